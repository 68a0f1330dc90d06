"""The search index of an edition: keys of titles, aliases of codes, the vocabulary with its postings.

Concepts are taken as they arrive and get their numbers, the ranks, when all are known. Run as a module it is the
second process of a large build: records in from a spool, the tables of the index out into a file.
"""

from __future__ import annotations

import gc
import marshal
import sqlite3
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import IO, Any

from maksa.editions.content import FIXED_FIELDS, concept_parts, designations_from_json, fields_of
from maksa.editions.word_tables import Postings, write_words
from maksa.editions.words import code_aliases, title_number, words_of
from maksa.model.persian import fold

TABLES = ("title", "code_alias", "word", "prefix", "deletion", "sound")
"""The tables of the index, in the order in which they are written."""

_LENGTH = struct.Struct("<Q")


class Index:
    """Gathers the index of concepts, numbered as they arrive, then writes it with their ranks."""

    def __init__(self) -> None:
        """Begin with no concepts."""
        self._count = 0
        self._keys = array("q")
        self._owners = array("I")
        self._own_title = bytearray()
        self._aliases: list[str] = []
        self._alias_owners = array("I")
        self._postings: tuple[Postings, Postings] = (_postings(), _postings())

    def add(self, lines: Iterable[bytes]) -> None:
        """Take the records of further concepts. Cost: some 12 µs a concept."""
        for line in lines:
            fields = fields_of(line.decode())
            for alias in code_aliases(fields[0]):
                self._aliases.append(alias)
                self._alias_owners.append(self._count)
            for own, titles in enumerate(reversed(_titles(fields))):
                if titles:
                    self._add_titles(titles, own)
            self._count += 1

    def write(self, connection: sqlite3.Connection, ranks: Sequence[int]) -> None:
        """Write the tables of the index; `ranks` gives each concept's number by its arrival."""
        connection.execute("CREATE TEMP TABLE staged (key INTEGER, concept INTEGER, own INTEGER)")
        connection.executemany(
            "INSERT INTO staged VALUES (?, ?, ?)",
            zip(self._keys, map(ranks.__getitem__, self._owners), self._own_title, strict=True),
        )
        connection.execute(
            "INSERT INTO title SELECT key, concept, max(own) FROM staged GROUP BY key, concept ORDER BY key, concept"
        )
        connection.execute("DROP TABLE staged")
        connection.execute("CREATE TEMP TABLE staged (alias TEXT, concept INTEGER)")
        connection.executemany(
            "INSERT INTO staged VALUES (?, ?)",
            zip(self._aliases, map(ranks.__getitem__, self._alias_owners), strict=True),
        )
        connection.execute("INSERT INTO code_alias SELECT alias, concept FROM staged ORDER BY alias, concept")
        connection.execute("DROP TABLE staged")
        other, own = self._postings
        write_words(connection, own, other, ranks)

    def _add_titles(self, titles: Iterable[str], own: int) -> None:
        concept, words = self._count, []
        for title in titles:
            folded = fold(title)
            self._keys.append(title_number(folded))
            self._owners.append(concept)
            self._own_title.append(own)
            words += words_of(folded)
        postings = self._postings[own]
        for word in set(words):
            postings[word].append(concept)


def _postings() -> Postings:
    return defaultdict(lambda: array("I"))


def _titles(fields: list[str]) -> tuple[list[str], list[str]]:
    """Give the displays of a concept and its variants, and the other designations of both."""
    own, other = [fields[1]], []
    if len(fields) > FIXED_FIELDS:
        for part in concept_parts(fields):
            if part[0] == "d":
                other.append(part[3])
            elif part[0] == "v":
                own.append(part[2])
                other += [designation.value for designation in designations_from_json(part[3])]
    return own, other


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables of an edition."""
    text = (resources.files("maksa.editions") / "schema.sql").read_text(encoding="utf-8")
    for statement in statements(text):
        connection.execute(statement)


def statements(text: str) -> Iterable[str]:
    """Part a text of SQL into its statements; comments are whole lines."""
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return (statement for statement in "\n".join(lines).split(";") if statement.strip())


def open_for_writing(path: str) -> sqlite3.Connection:
    """Open a new database that one writer fills once: no journal, no waiting for the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        "page_size = 4096",
        "journal_mode = OFF",
        "synchronous = OFF",
        "cache_size = -131072",
        "temp_store = FILE",
        "threads = 2",  # Large sorts use a second thread; their result is the same.
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message to a pipe."""
    packed = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message from a pipe; None at its end. The other side is this program itself."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return marshal.loads(stream.read(_LENGTH.unpack(head)[0]))  # noqa: S302


def _serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Index the records of a spool, whose path comes first and then the length of each batch that is in it.

    At last comes the length of the ranks (uint32) there, with the path to write to. The spool keeps the writer
    from ever waiting.
    """
    gc.disable()  # As in the writer: there are no cycles to find.
    index = Index()
    with Path(receive(source)).open("rb") as spool:
        while isinstance(message := receive(source), int):
            index.add(marshal.loads(spool.read(message)))  # noqa: S302
        if message is None:  # The writer gave up.
            return
        length, path = message
        ranks = array("I", spool.read(length))
    connection = open_for_writing(path)
    connection.execute("BEGIN")
    create_tables(connection)
    index.write(connection, ranks)
    connection.execute("COMMIT")
    connection.close()
    send(sink, "written")


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
