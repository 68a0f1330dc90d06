"""Read concepts of one edition file: each whole, with all that stands beside it, in one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from maksa.editions.connection import EditionConnection
from maksa.editions.content import designations_from_json, properties_from_json
from maksa.editions.recent import Recent
from maksa.model.concept import Concept, Designation, Property, PropertyDefinition, PropertyValue, Variant

_KEPT = 4_096
"""Concepts kept in memory after they were read; at some 2 KB each."""
_BESIDE = {
    "designation": "value, language, use",
    "property": "definition, value",
    "parent": "parent_code",
    "variant": "display, designations, properties, source_row",
}
"""The tables beside the concepts, and what of them is read: a JSON array of arrays for each concept."""
_READERS: dict[str, Callable[[str], PropertyValue]] = {
    "decimal": Decimal,
    "integer": int,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}
"""How values of a type are read from their text; others are texts."""

_designations = msgspec.json.Decoder(tuple[Designation, ...]).decode
_properties = msgspec.json.Decoder(list[tuple[int, str]]).decode
_parents = msgspec.json.Decoder(list[tuple[str]]).decode
_variants = msgspec.json.Decoder(list[tuple[str, str, str, int | None]]).decode


class Concepts:
    """The concepts of an edition whose properties are defined so; what was read lately is kept."""

    def __init__(self, connection: EditionConnection, definitions: Sequence[PropertyDefinition]) -> None:
        """Read through a connection."""
        self._connection = connection
        self._types = {one.code: one.type for one in definitions}
        self._definitions = [(one.code, _READERS.get(one.type)) for one in definitions]
        beside = (self._column_beside(table, columns) for table, columns in _BESIDE.items())
        self._select = f"""SELECT id, code, display, status, effective_from, effective_to, transition_until,
            replaced_by, not_selectable, usage, source_row, changed, carried_from, {", ".join(beside)}
            FROM concept """
        self._select_code = f"{self._select} WHERE code = ?"
        self._by_number: Recent[int, Concept] = Recent(_KEPT)
        self.of_code = lru_cache(maxsize=_KEPT)(self._read_code)

    def numbered(self, numbers: Sequence[int]) -> dict[int, Concept]:
        """Give the concepts of numbers. Cost: some 15 µs each when it was not read lately."""
        found = self._by_number.known(numbers)
        missing = [number for number in numbers if number not in found]
        if missing:
            places = ",".join("?" * len(missing))
            rows = self._connection.rows(f"{self._select} WHERE id IN ({places})", missing)
            read = {row[0]: self._concept(row) for row in rows}
            self._by_number.keep(read)
            found.update(read)
        return found

    def where(self, rest: str, parameters: Mapping[str, Any]) -> list[Concept]:
        """Give the concepts that the rest of a statement chooses, in its order."""
        return [
            self._concept(row) for row in self._connection.rows(f"{self._select} WHERE {rest}", parameters)
        ]

    def _column_beside(self, table: str, columns: str) -> str:
        """Write the column that gathers what stands in a table beside a concept; none where the table is empty."""
        if self._connection.row(f"SELECT 1 FROM {table} LIMIT 1") is None:
            return "NULL"
        return (
            f"(SELECT json_group_array(json_array({columns})) FROM (SELECT {columns} FROM {table} AS beside"
            " WHERE beside.concept = concept.id ORDER BY ordinal))"
        )

    def _read_code(self, code: str) -> Concept | None:
        row = self._connection.row(self._select_code, (code,))
        return None if row is None else self._concept(row)

    def _concept(self, row: tuple[Any, ...]) -> Concept:
        (_, code, display, status, start, end, transition, replaced, abstract, usage, source, changed, carried,
         designations, properties, parents, variants) = row  # fmt: skip
        return Concept(
            code,
            display,
            status,
            _designations(designations) if designations else (),
            tuple([self._property(*one) for one in _properties(properties)]) if properties else (),
            tuple([parent for (parent,) in _parents(parents)]) if parents else (),
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end) if end else None,
            date.fromisoformat(transition) if transition else None,
            replaced,
            bool(abstract),
            tuple([self._variant(*one) for one in _variants(variants)]) if variants else (),
            usage,
            source,
            changed,
            carried,
        )

    def _property(self, definition: int, text: str) -> Property:
        code, read = self._definitions[definition]
        return Property(code, text if read is None else read(text))

    def _variant(self, display: str, others: str, values: str, row: int | None) -> Variant:
        return Variant(
            display, designations_from_json(others), properties_from_json(values, self._types), row
        )
