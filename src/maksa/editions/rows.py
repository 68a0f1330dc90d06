"""From canonical records to table rows: what a concept leaves in each table; and the rows of maps, both ways."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from maksa.editions.content import FIXED_FIELDS, concept_parts, decision_from_texts
from maksa.model.concept import Mapping, Terminology

_INSERTS = {
    "concept": "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "designation": "INSERT INTO designation VALUES (?, ?, ?, ?, ?)",
    "property": "INSERT INTO property VALUES (?, ?, ?, ?)",
    "parent": "INSERT INTO parent VALUES (?, ?, ?)",
    "variant": "INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?)",
    "value_set": "INSERT OR IGNORE INTO value_set_concept VALUES (?, ?)",
}
INSERT_MAPPING = "INSERT INTO mapping VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MAPPING_COLUMNS = 12
"""The columns of a mapping after its number; its canonical fields are these, the last four only when it is decided."""


class ConceptRows:
    """The rows of concepts given one after another in rank order, kept until `flush`."""

    def __init__(self, terminology: Terminology) -> None:
        """Start at rank 0 for a list's property definitions and value sets."""
        self.count = 0
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _INSERTS}
        self._definitions = {p.code: number for number, p in enumerate(terminology.properties)}
        self._value_sets: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for value_set in terminology.value_sets:
            self._value_sets[value_set.property].append((value_set.id, frozenset(value_set.values)))

    def add(self, fields: list[str]) -> None:
        """Take the canonical fields of the next concept."""
        self._rows["concept"].append(_concept_row(self.count, fields))
        if len(fields) > FIXED_FIELDS:
            self._add_parts(self.count, fields)
        self.count += 1

    def flush(self, connection: sqlite3.Connection) -> None:
        """Write the rows kept so far."""
        for table, insert in _INSERTS.items():
            connection.executemany(insert, self._rows[table])
            self._rows[table].clear()

    def _add_parts(self, concept: int, fields: list[str]) -> None:
        for ordinal, part in enumerate(concept_parts(fields), start=1):
            tag = part[0]
            if tag == "p":
                self._add_property(concept, ordinal, part[1], part[2])
            elif tag == "d":
                self._rows["designation"].append((concept, ordinal, part[1] or None, part[2], part[3]))
            elif tag == "h":
                self._rows["parent"].append((concept, ordinal, part[1]))
            else:
                number = int(part[1]) if part[1] else None
                self._rows["variant"].append((concept, ordinal, number, part[2], part[3], part[4]))

    def _add_property(self, concept: int, ordinal: int, code: str, value: str) -> None:
        self._rows["property"].append((concept, ordinal, self._definitions[code], value))
        for value_set, values in self._value_sets.get(code, ()):
            if not values or value in values:
                self._rows["value_set"].append((value_set, concept))


def mapping_row(number: int, fields: list[str]) -> tuple[int | str | None, ...]:
    """Give the row of a mapping from its canonical fields; an absent field is NULL."""
    values: list[int | str | None] = [field or None for field in fields[1:]]
    values += [None] * (_MAPPING_COLUMNS - len(values))
    return (number, *values)


def mapping_from_row(row: tuple[Any, ...]) -> Mapping:
    """Read a row of the table `mapping`; files of schema version 1 have no columns of a decision."""
    _, source_list, source, target_list, target, relationship, condition, comment, number, *decided = row
    decision = decision_from_texts(*decided) if any(decided) else None
    return Mapping(
        source_list, source, target_list, target, relationship, condition, comment, number, decision
    )


def _concept_row(concept: int, fields: list[str]) -> tuple[Any, ...]:
    code, display, status, start, end, transition, replaced, abstract, usage, row, changed, carried = fields[
        :FIXED_FIELDS
    ]
    return (
        concept,
        code,
        display,
        status,
        start or None,
        end or None,
        transition or None,
        replaced or None,
        1 if abstract else 0,
        int(usage),
        int(row) if row else None,
        int(changed),
        carried or None,
    )
