"""Write an edition file: concepts in, one deterministic SQLite file out. Only publishing may call it.

Two passes. The first takes each concept's canonical record, while an indexer (for a large list in a second process)
indexes the same records; then all are ranked. The second fills the tables of concepts and the content hash in rank
order, while the indexer writes its own. Memory grows with the list: some 500 bytes a concept in each process. Same input and same SQLite give the same bytes: no clock,
path or chance enters the file.
"""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import islice
from pathlib import Path

from maksa.editions.connection import APPLICATION_ID
from maksa.editions.content import concept_fields, fields_of, mapping_fields, record, terminology_json
from maksa.editions.index import create_tables, open_for_writing, statements
from maksa.editions.indexer import Indexer
from maksa.editions.rows import INSERT_MAPPING, ConceptRows, mapping_row
from maksa.errors import BadInput
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import PLAIN_SCHEMA_VERSION, SCHEMA_VERSION
from maksa.text import Text

_BATCH = 20_000

_Staged = list[tuple[bool, int, int, str, int]]
"""What ranks a concept: retired last, then the most used, then the shorter title, then the code; and its arrival."""


@dataclass(frozen=True, slots=True)
class EditionHead:
    """What the file says of itself: which list, which edition, since when. `rows` counts the source rows."""

    terminology: Terminology
    edition: str
    sequence: int
    effective: date | None
    sample: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: counts and hashes (hex SHA-256), the version of its schema, and the SQLite that wrote it."""

    count: int
    content_hash: str
    file_hash: str
    schema_version: int
    sqlite_version: str


def write_edition(
    path: Path, head: EditionHead, concepts: Iterable[Concept], mappings: Iterable[Mapping] = ()
) -> Written:
    """Write an edition to a path that does not exist yet.

    Order:  any; the file's own order is the static rank (active first, usage, shorter title, code).
    Raises: BadInput when a code stands twice (variants belong inside a concept) or a field holds a
            control character; nothing is left at the path then.
    Cost:   some 30 µs a concept on two cores; memory some 1.5 GB for 2,000,000 in both processes together.
    """
    connection = open_for_writing(str(path))
    try:
        with _without_collection():
            content_hash, count, version = _fill(connection, path, head, concepts, mappings)
    except BaseException:
        connection.close()
        path.unlink(missing_ok=True)
        raise
    connection.close()
    return Written(count, content_hash, file_hash(path), version, sqlite3.sqlite_version)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the cycle collector out: it would walk millions of records again and again and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def file_hash(path: Path) -> str:
    """Give the hex SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fill(
    connection: sqlite3.Connection,
    path: Path,
    head: EditionHead,
    concepts: Iterable[Concept],
    mappings: Iterable[Mapping],
) -> tuple[str, int, int]:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("BEGIN")
    create_tables(connection)
    digest = hashlib.sha256(_head_record(head).encode())
    with Indexer(path.with_name(f"{path.name}.index")) as indexer:
        lines, staged = _stage(concepts, indexer)
        staged.sort()
        indexer.rank(_ranks(staged))
        ranked = (lines[arrival] for *_, arrival in staged)
        count = _write_concepts(connection, head.terminology, ranked, digest)
        indexer.fill(connection)
        rows, version = _write_mappings(connection, mappings, digest)
        _make_indexes(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        written = digest.hexdigest(), count + rows, version
        _write_meta(connection, head, *written)
        connection.execute("COMMIT")
    return written


def _head_record(head: EditionHead) -> str:
    return record(
        [
            terminology_json(head.terminology),
            head.edition,
            str(head.sequence),
            head.effective.isoformat() if head.effective else "",
            "sample" if head.sample else "",
        ]
    )


def _stage(concepts: Iterable[Concept], indexer: Indexer) -> tuple[list[bytes], _Staged]:
    """Give the records of the concepts as they arrive, and what ranks each."""
    arriving = iter(concepts)
    lines: list[bytes] = []
    staged: _Staged = []
    while batch := list(islice(arriving, _BATCH)):
        written = [record(concept_fields(concept)).encode() for concept in batch]
        staged += (
            (concept.status == "retired", -concept.usage, len(concept.display), concept.code, arrival)
            for arrival, concept in enumerate(batch, start=len(lines))
        )
        lines += written
        indexer.add(written)
    return lines, staged


def _ranks(ranked: _Staged) -> array[int]:
    """Give each concept's rank by its arrival."""
    ranks = array("I", bytes(4 * len(ranked)))
    for rank, (*_, arrival) in enumerate(ranked):
        ranks[arrival] = rank
    return ranks


def _write_concepts(
    connection: sqlite3.Connection,
    terminology: Terminology,
    ranked: Iterator[bytes],
    digest: hashlib._Hash,
) -> int:
    connection.executemany(
        "INSERT INTO property_definition VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                definition.code,
                definition.type,
                definition.title.fa,
                definition.title.en,
                definition.repeats,
            )
            for number, definition in enumerate(terminology.properties)
        ],
    )
    rows = ConceptRows(terminology)
    while batch := list(islice(ranked, _BATCH)):
        for line in batch:
            digest.update(line)
            rows.add(fields_of(line.decode()))
        rows.flush(connection)
    return rows.count


def _make_indexes(connection: sqlite3.Connection) -> None:
    text = (resources.files("maksa.editions") / "indexes.sql").read_text(encoding="utf-8")
    try:
        for statement in statements(text):
            connection.execute(statement)
    except sqlite3.IntegrityError:
        raise BadInput(
            Text(
                fa="یک کد دو بار در انتشار آمده است؛ ردیف‌های بعدی هر کد گونهٔ همان مفهوم‌اند.",
                en="A code stands twice in the edition; further rows of a code are variants of its concept.",
            )
        ) from None


def _write_mappings(
    connection: sqlite3.Connection, mappings: Iterable[Mapping], digest: hashlib._Hash
) -> tuple[int, int]:
    """Write the rows of a map; give their number and the version of the schema that they need."""
    count, version = 0, PLAIN_SCHEMA_VERSION
    for count, mapping in enumerate(mappings, start=1):
        fields = mapping_fields(mapping)
        digest.update(record(fields).encode())
        connection.execute(INSERT_MAPPING, mapping_row(count, fields))
        if mapping.decision is not None:
            version = SCHEMA_VERSION
    return count, version


def _write_meta(
    connection: sqlite3.Connection, head: EditionHead, content_hash: str, count: int, version: int
) -> None:
    facts = {
        "format": "maksa-edition",
        "schema_version": str(version),
        "terminology": terminology_json(head.terminology),
        "edition": head.edition,
        "sequence": str(head.sequence),
        "effective": head.effective.isoformat() if head.effective else "",
        "sample": "true" if head.sample else "false",
        "count": str(count),
        "rows": str(head.rows),
        "content_hash": content_hash,
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
