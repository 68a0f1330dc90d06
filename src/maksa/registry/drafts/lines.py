"""The rows of drafts as they are stored: one canonical record each, by code or (of a map) by ordinal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, insert, select

from maksa.editions.content import (
    concept_fields,
    concept_from_fields,
    fields_of,
    mapping_fields,
    mapping_from_fields,
    record,
)
from maksa.intake.bounds import MAX_CODE
from maksa.intake.clean import CONTROL
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.registry.tables import draft_concept, draft_mapping

RowContent = Concept | Mapping
"""What a row of a draft says: a concept of a list, or a row of a map."""

_BATCH = 5_000
_AT_ONCE = 500
_ORDINAL = re.compile(r"0|[1-9][0-9]{0,8}")


def hash_of(line: str | None) -> str | None:
    """Give the hex SHA-256 of a record: the state of a row as its readers name it. None of no row."""
    return None if line is None else hashlib.sha256(line.encode()).hexdigest()


def line_of(content: RowContent) -> str:
    """Write the record of a row. Raises: BadInput when a text of it holds a character that parts records."""
    return record(concept_fields(content) if isinstance(content, Concept) else mapping_fields(content))


def content_of(terminology: Terminology, line: str) -> RowContent:
    """Read the record of a row of a list or of a map."""
    if terminology.kind == "map":
        return mapping_from_fields(fields_of(line))
    types = {definition.code: definition.type for definition in terminology.properties}
    return concept_from_fields(fields_of(line), types)


def insert_concepts(connection: Connection, number: int, concepts: Iterable[Concept]) -> int:
    """Add concepts to a draft, a batch at a time; gives how many there were."""
    rows = ({"draft": number, "code": c.code, "line": line_of(c)} for c in concepts)
    return _insert(connection, draft_concept, rows)


def insert_mappings(connection: Connection, number: int, mappings: Iterable[Mapping]) -> int:
    """Add rows of a map to a draft in their order; gives how many there were."""
    rows = ({"draft": number, "ordinal": n, "line": line_of(m)} for n, m in enumerate(mappings))
    return _insert(connection, draft_mapping, rows)


def stored_lines(connection: Connection, table: Table, number: int, order: str) -> Iterator[str]:
    """Yield the records of a draft in the order of a column, a batch at a time."""
    question = select(table.c.line).where(table.c.draft == number).order_by(table.c[order])
    with connection.scalars(question.execution_options(yield_per=_BATCH)) as lines:
        yield from lines


def held_lines(
    connection: Connection, terminology: Terminology, number: int, keys: Collection[str]
) -> dict[str, str]:
    """Give the records of some rows of a draft by their keys: codes, or (of a map) ordinals as text."""
    held: dict[str, str] = {}
    table, column = _table_of(terminology)
    for some in _parts(sorted(keys)):
        wanted = [_stored_key(terminology, key) for key in some]
        question = select(column, table.c.line).where(table.c.draft == number, column.in_(wanted))
        held |= {str(key): line for key, line in connection.execute(question)}
    return held


def lines_after(
    connection: Connection, terminology: Terminology, number: int, after: str | None, limit: int
) -> list[tuple[str, str]]:
    """Give the next rows of a draft in their order, each with its key; from the first where `after` is None."""
    table, column = _table_of(terminology)
    question = select(column, table.c.line).where(table.c.draft == number)
    if after is not None:
        question = question.where(column > _stored_key(terminology, after))
    rows = connection.execute(question.order_by(column).limit(limit))
    return [(str(key), line) for key, line in rows]


def all_lines(connection: Connection, terminology: Terminology, number: int) -> Iterator[tuple[str, str]]:
    """Yield the rows of a draft in their order, each with its key, a batch at a time."""
    after: str | None = None
    while some := lines_after(connection, terminology, number, after, _BATCH):
        yield from some
        after = some[-1][0]


def order_of(terminology: Terminology) -> Callable[[str], Any]:
    """Give what the keys of the rows of a draft are sorted by."""
    return int if terminology.kind == "map" else str


def is_key(terminology: Terminology, key: str) -> bool:
    """Tell whether a text can be the key of a row."""
    if terminology.kind == "map":
        return _ORDINAL.fullmatch(key) is not None
    return 0 < len(key) <= MAX_CODE and CONTROL.search(key) is None


def write_line(
    connection: Connection, terminology: Terminology, number: int, key: str, line: str | None
) -> None:
    """Put a record in the place of a row, whether one stands there or not; None takes it away."""
    table, column = _table_of(terminology)
    stored = _stored_key(terminology, key)
    connection.execute(delete(table).where(table.c.draft == number, column == stored))
    if line is not None:
        connection.execute(insert(table).values({"draft": number, column.name: stored, "line": line}))


def next_ordinal(connection: Connection, number: int) -> int:
    """Give the ordinal of a row that is added to the draft of a map."""
    last = connection.scalar(select(func.max(draft_mapping.c.ordinal)).where(draft_mapping.c.draft == number))
    return 0 if last is None else last + 1


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _table_of(terminology: Terminology) -> tuple[Table, Column[Any]]:
    if terminology.kind == "map":
        return draft_mapping, draft_mapping.c.ordinal
    return draft_concept, draft_concept.c.code


def _stored_key(terminology: Terminology, key: str) -> str | int:
    return int(key) if terminology.kind == "map" else key


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            count += len(batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    return count + len(batch)
