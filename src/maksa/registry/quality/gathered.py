"""What the rules must know of all codes at once: gathered in a database of its own on disk, not in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby, islice
from typing import Any, NamedTuple

from maksa.model.concept import Concept
from maksa.model.persian import fold, squeeze
from maksa.registry.quality.scratch import scratch_database

_BATCH = 10_000
_MOST_WORDS = 30
"""Words of a title that are compared with those of others."""
LONG_WORD = 4
"""Letters from which one wrong letter makes a look-alike: shorter words are other words."""
MOST_ALIKE = 50_000
"""Codes of like titles that are compared with each other; further ones of the same likeness are not."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff]")

SAME, AMOUNT, WORD = 1, 2, 3
"""Likenesses of titles: the same; the same but for points and zeros of numbers; the same but for one word."""

_SCHEMA = """
CREATE TABLE code (
    number INTEGER PRIMARY KEY, code TEXT NOT NULL, title TEXT NOT NULL,
    held INTEGER NOT NULL,   -- It is in the draft.
    known INTEGER NOT NULL,  -- It is in the edition before.
    ends INTEGER NOT NULL,   -- It is retired, or has a last day; or the draft drops it.
    ended INTEGER NOT NULL,  -- The same of the edition before.
    said INTEGER NOT NULL,   -- A note says something of it.
    replaced_by TEXT, starts TEXT, last TEXT, until TEXT,
    english INTEGER NOT NULL,
    rest INTEGER NOT NULL    -- A hash of all but code and display.
);
CREATE TABLE parent (number INTEGER NOT NULL, code TEXT NOT NULL);
CREATE TABLE likeness (kind INTEGER NOT NULL, key INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX code_code ON code (code);
CREATE INDEX code_replaced ON code (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX parent_code ON parent (code);
CREATE INDEX likeness_key ON likeness (kind, key, number, place);
"""


class Alike(NamedTuple):
    """A code among others of like title; `place` is that of the word in which it differs."""

    code: str
    title: str
    rest: int
    place: int

    @property
    def words(self) -> list[str]:
        """Give the folded words of the title."""
        return fold(self.title).split()

    @property
    def word(self) -> str:
        """Give the word in which it differs."""
        return self.words[self.place]


@contextmanager
def gathering(*, partial: bool, reasons: frozenset[str], likenesses: bool) -> Iterator[Gathered]:
    """Give what gathers codes, until they are no longer needed. Raises: as scratch_database."""
    with scratch_database(_SCHEMA) as connection:
        yield Gathered(connection, partial=partial, reasons=reasons, likenesses=likenesses)


class Gathered:
    """The codes of a draft and of the edition before it, each once, with what rules ask of all of them.

    They lie in a scratch database. Memory: a batch of codes.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, partial: bool, reasons: frozenset[str], likenesses: bool
    ) -> None:
        """Begin with the empty tables; without `likenesses` no titles are compared."""
        self._partial = partial
        self._reasons = reasons
        self._likenesses = likenesses
        self._count = 0
        self._left_out: dict[int, int] = {}
        self._waiting: dict[str, list[tuple[Any, ...]]] = {"code": [], "parent": [], "likeness": []}
        self._connection = connection

    def take(self, code: str, after: Concept | None, before: Concept | None) -> None:
        """Take what the draft and the edition before have of a code; codes come in their order, each once."""
        shown = after or before
        if shown is None:
            return
        self._count += 1
        dropped = after is None and not self._partial
        self._waiting["code"].append(
            (
                self._count,
                code,
                shown.display,
                after is not None,
                before is not None,
                dropped or ends(shown),
                before is not None and ends(before),
                any(prop.code in self._reasons and str(prop.value).strip() for prop in shown.properties),
                shown.replaced_by,
                *(
                    day and day.isoformat()
                    for day in (shown.effective_from, shown.effective_to, shown.transition_until)
                ),
                _has_english(shown),
                _hash(_rest(shown)) if self._likenesses else 0,
            )
        )
        self._waiting["parent"] += ((self._count, parent) for parent in shown.parents)
        if self._likenesses and after is not None and not ends(after):
            self._waiting["likeness"] += ((*key, self._count, place) for *key, place in _keys(after.display))
        if self._count % _BATCH == 0:
            self._write()

    def finish(self) -> None:
        """Make it ready to be asked."""
        self._write()
        self._connection.executescript(_INDEXES)

    def rows(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a question in SQL."""
        yield from self._connection.execute(question, values)

    def groups(self, kind: int) -> Iterator[list[Alike]]:
        """Yield the codes of each likeness that several have, in code order, `MOST_ALIKE` at most."""
        found = self.rows(
            "SELECT l.key, c.code, c.title, c.rest, l.place FROM likeness l JOIN code c USING (number)"
            " WHERE l.kind = ?1 AND l.key IN"
            " (SELECT key FROM likeness WHERE kind = ?1 GROUP BY key HAVING count(*) > 1)"
            " ORDER BY l.key, l.number",
            kind,
        )
        left_out = 0
        for _, group in groupby(found, key=lambda row: row[0]):
            yield [Alike(*row[1:]) for row in islice(group, MOST_ALIKE)]
            left_out += sum(1 for _ in group)
        self._left_out[kind] = left_out

    @property
    def left_out(self) -> int:
        """Count the codes that groups left out, once for each likeness that more than `MOST_ALIKE` have."""
        return sum(self._left_out.values())

    def _write(self) -> None:
        self._connection.execute("BEGIN")
        for table, rows in self._waiting.items():
            if rows:
                places = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - Names of our own.
            rows.clear()
        self._connection.execute("COMMIT")


def ends(concept: Concept) -> bool:
    """Tell whether a concept is retired or will be: its status or a last day says so."""
    return concept.status == "retired" or concept.effective_to is not None


def _rest(concept: Concept) -> str:
    return repr((concept.properties, concept.parents, concept.designations, concept.variants))


def _has_english(concept: Concept) -> bool:
    return any(designation.language == "en" for designation in concept.designations) or bool(
        _LATIN.search(concept.display) and not _ARABIC_SCRIPT.search(concept.display)
    )


def _keys(title: str) -> Iterator[tuple[int, int, int]]:
    """Yield the likenesses of a title: kind, key, and the place of the word that it leaves out."""
    folded = fold(title)
    words = folded.split()
    yield SAME, _hash(squeeze(folded)), 0
    if any(map(str.isdigit, folded)):
        yield AMOUNT, _hash(_NUMBER.sub(_without_zeros, folded)), 0
    if len(words) <= _MOST_WORDS:
        for place, word in enumerate(words):
            if len(word) >= LONG_WORD or (len(word) > 1 and word.isdigit()):
                rest = " ".join((*words[:place], "\0", *words[place + 1 :]))
                yield WORD, _hash(rest), place


def _without_zeros(number: re.Match[str]) -> str:
    return number[0].replace(".", "").strip("0") or "0"


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
