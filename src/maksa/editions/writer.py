"""Write an edition file: concepts in, one deterministic SQLite file out. Only publishing may call it.

Two passes. The first stages each concept's canonical record beside its rank, on disk; the second reads the
records in rank order and fills every table and the content hash, while an indexer (for a large list in a second
process) makes the search index of the same batch. Memory is bounded by the
vocabulary and its postings, not by the concepts. Same input and same SQLite give the same bytes: no clock,
path or chance enters the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from maksa.editions.connection import APPLICATION_ID
from maksa.editions.content import concept_fields, fields_of, mapping_fields, record, terminology_json
from maksa.editions.index import Indexed
from maksa.editions.indexer import open_indexer
from maksa.editions.rows import ConceptRows
from maksa.editions.word_tables import Words
from maksa.errors import BadInput
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import SCHEMA_VERSION
from maksa.text import Text

_BATCH = 20_000
_STAGING = """
    CREATE TABLE staging.concept (status TEXT, usage INTEGER, length INTEGER, code TEXT, line TEXT);
    CREATE TABLE staging.title (key INTEGER, concept INTEGER, own INTEGER);
    CREATE TABLE staging.alias (alias TEXT, concept INTEGER);
"""
_RANK_ORDER = "SELECT line FROM staging.concept ORDER BY status = 'retired', usage DESC, length, code"


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
    """What was written: counts and hashes (hex SHA-256), and the SQLite that wrote it."""

    count: int
    content_hash: str
    file_hash: str
    sqlite_version: str


def write_edition(
    path: Path, head: EditionHead, concepts: Iterable[Concept], mappings: Iterable[Mapping] = ()
) -> Written:
    """Write an edition to a path that does not exist yet.

    Order:  any; the file's own order is the static rank (active first, usage, shorter title, code).
    Raises: BadInput when a code stands twice (variants belong inside a concept) or a field holds a
            control character; nothing is left at the path then.
    Cost:   about 15 µs a concept on one core; memory grows with the vocabulary (some 1 GB for 2,000,000).
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        content_hash, count = _fill(connection, head, concepts, mappings)
    except BaseException:
        connection.close()
        path.unlink(missing_ok=True)
        raise
    connection.close()
    return Written(count, content_hash, file_hash(path), sqlite3.sqlite_version)


def file_hash(path: Path) -> str:
    """Give the hex SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fill(
    connection: sqlite3.Connection,
    head: EditionHead,
    concepts: Iterable[Concept],
    mappings: Iterable[Mapping],
) -> tuple[str, int]:
    for pragma in (
        "page_size = 4096",
        f"application_id = {APPLICATION_ID}",
        f"user_version = {SCHEMA_VERSION}",
        "journal_mode = OFF",
        "synchronous = OFF",
        "cache_size = -131072",
        "temp_store = FILE",
        "threads = 2",  # Large sorts use a second thread; their result is the same.
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH DATABASE '' AS staging")
    connection.executescript(_STAGING)
    connection.execute("BEGIN")
    for statement in _statements("schema.sql"):
        connection.execute(statement)
    digest = hashlib.sha256(_head_record(head).encode())
    _stage(connection, concepts)
    count = _write_concepts(connection, head.terminology, digest)
    count += _write_mappings(connection, mappings, digest)
    _index(connection)
    content_hash = digest.hexdigest()
    _write_meta(connection, head, count, content_hash)
    connection.execute("COMMIT")
    return content_hash, count


def _statements(name: str) -> Iterator[str]:
    text = (resources.files("maksa.editions") / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    yield from (statement for statement in "\n".join(lines).split(";") if statement.strip())


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


def _stage(connection: sqlite3.Connection, concepts: Iterable[Concept]) -> None:
    rows = (
        (concept.status, concept.usage, len(concept.display), concept.code, record(concept_fields(concept)))
        for concept in concepts
    )
    connection.executemany("INSERT INTO staging.concept VALUES (?, ?, ?, ?, ?)", rows)


def _index(connection: sqlite3.Connection) -> None:
    try:
        for statement in _statements("indexes.sql"):
            connection.execute(statement)
    except sqlite3.IntegrityError:
        raise BadInput(
            Text(
                fa="یک کد دو بار در انتشار آمده است؛ ردیف‌های بعدی هر کد گونهٔ همان مفهوم‌اند.",
                en="A code stands twice in the edition; further rows of a code are variants of its concept.",
            )
        ) from None


def _write_concepts(connection: sqlite3.Connection, terminology: Terminology, digest: hashlib._Hash) -> int:
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
    (staged,) = connection.execute("SELECT count(*) FROM staging.concept").fetchone()
    rows = ConceptRows(terminology)
    words = Words()
    ranked = connection.execute(_RANK_ORDER)
    with open_indexer(staged) as indexer:
        while batch := [line for (line,) in ranked.fetchmany(_BATCH)]:
            indexer.begin(rows.count, batch)
            for line in batch:
                digest.update(line.encode())
                rows.add(fields_of(line))
            rows.flush(connection)
            _keep_index(connection, indexer.end(), words)
    connection.execute(
        "INSERT INTO title SELECT key, concept, max(own) FROM staging.title"
        " GROUP BY key, concept ORDER BY key, concept"
    )
    connection.execute(
        "INSERT INTO code_alias SELECT alias, concept FROM staging.alias ORDER BY alias, concept"
    )
    words.write(connection)
    return rows.count


def _keep_index(connection: sqlite3.Connection, indexed: Indexed, words: Words) -> None:
    keys, concepts = array("q", indexed.title_keys), array("I", indexed.title_concepts)
    connection.executemany(
        "INSERT INTO staging.title VALUES (?, ?, ?)", zip(keys, concepts, indexed.title_own, strict=True)
    )
    connection.executemany("INSERT INTO staging.alias VALUES (?, ?)", indexed.aliases)
    words.add(indexed)


def _write_mappings(
    connection: sqlite3.Connection, mappings: Iterable[Mapping], digest: hashlib._Hash
) -> int:
    count = 0
    for count, mapping in enumerate(mappings, start=1):
        digest.update(record(mapping_fields(mapping)).encode())
        connection.execute(
            "INSERT INTO mapping VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                count,
                mapping.source_terminology,
                mapping.source_code,
                mapping.target_terminology,
                mapping.target_code,
                mapping.relationship,
                mapping.condition,
                mapping.comment,
                mapping.row,
            ),
        )
    return count


def _write_meta(connection: sqlite3.Connection, head: EditionHead, count: int, content_hash: str) -> None:
    facts = {
        "format": "maksa-edition",
        "schema_version": str(SCHEMA_VERSION),
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
