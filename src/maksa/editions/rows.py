"""From canonical records to table rows: what a concept leaves in each table and in the postings."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from typing import Any

from maksa.editions.content import FIXED_FIELDS, concept_parts, designations_from_json
from maksa.editions.words import code_aliases, title_number, words_of
from maksa.model.concept import Terminology
from maksa.model.persian import fold

_INSERTS = {
    "concept": "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "designation": "INSERT INTO designation VALUES (?, ?, ?, ?, ?)",
    "property": "INSERT INTO property VALUES (?, ?, ?, ?)",
    "parent": "INSERT INTO parent VALUES (?, ?, ?)",
    "variant": "INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?)",
    "value_set": "INSERT OR IGNORE INTO value_set_concept VALUES (?, ?)",
    "title": "INSERT INTO staging.title VALUES (?, ?)",
    "alias": "INSERT INTO staging.alias VALUES (?, ?)",
}


class ConceptRows:
    """The rows of concepts given one after another in rank order, kept until `flush`, and their postings."""

    def __init__(self, terminology: Terminology) -> None:
        """Start at rank 0 for a list's property definitions and value sets."""
        self.count = 0
        self.postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _INSERTS}
        self._definitions = {p.code: number for number, p in enumerate(terminology.properties)}
        self._value_sets: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for value_set in terminology.value_sets:
            self._value_sets[value_set.property].append((value_set.id, frozenset(value_set.values)))

    def add(self, fields: list[str]) -> None:
        """Take the canonical fields of the next concept."""
        concept = self.count
        self.count += 1
        self._rows["concept"].append(_concept_row(concept, fields))
        for alias in code_aliases(fields[0]):
            self._rows["alias"].append((alias, concept))
        titles = [fields[1]]
        if len(fields) > FIXED_FIELDS:
            self._add_parts(concept, fields, titles)
        self._add_titles(concept, titles)

    def flush(self, connection: sqlite3.Connection) -> None:
        """Write the rows kept so far."""
        for table, insert in _INSERTS.items():
            connection.executemany(insert, self._rows[table])
            self._rows[table].clear()

    def _add_parts(self, concept: int, fields: list[str], titles: list[str]) -> None:
        for ordinal, part in enumerate(concept_parts(fields), start=1):
            match part:
                case ["p", code, value]:
                    self._add_property(concept, ordinal, code, value)
                case ["d", language, use, value]:
                    self._rows["designation"].append((concept, ordinal, language or None, use, value))
                    titles.append(value)
                case ["h", parent]:
                    self._rows["parent"].append((concept, ordinal, parent))
                case [_, row, display, others, values]:
                    number = int(row) if row else None
                    self._rows["variant"].append((concept, ordinal, number, display, others, values))
                    titles += (display, *(d.value for d in designations_from_json(others)))

    def _add_property(self, concept: int, ordinal: int, code: str, value: str) -> None:
        self._rows["property"].append((concept, ordinal, self._definitions[code], value))
        for value_set, values in self._value_sets.get(code, ()):
            if not values or value in values:
                self._rows["value_set"].append((value_set, concept))

    def _add_titles(self, concept: int, titles: list[str]) -> None:
        words: list[str] = []
        for title in titles:
            folded = fold(title)
            self._rows["title"].append((title_number(folded), concept))
            words += words_of(folded)
        postings = self.postings
        for word in set(words):
            postings[word].append(concept)


def _concept_row(concept: int, fields: list[str]) -> tuple[Any, ...]:
    code, display, status, start, end, transition, replaced, abstract, usage, row, changed, carried = fields[
        :12
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
