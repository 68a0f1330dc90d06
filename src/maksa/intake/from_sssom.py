"""Read an SSSOM mapping set (TSV with its metadata as comments) as a table of a map.

Source: SSSOM, https://mapping-commons.github.io/sssom/ (mapping sets, the TSV format, chaining of slots).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from maksa.intake.bounds import MAX_ROW, MIB
from maksa.intake.file_sentences import missing_column, over_bound, unknown_column
from maksa.intake.from_concept_map import MAP_HEADER
from maksa.intake.from_csv import encoding_of, read_table
from maksa.intake.map_words import LIST_URN, NO_MAP, NO_RELATION, NO_TERM_FOUND, SSSOM_COLUMNS
from maksa.intake.sheet import Sheet, SheetRow
from maksa.model.concept import Terminology
from maksa.model.persian import title_key

_REQUIRED = ("subject_id", "predicate_id", "object_id")
_TAKEN = frozenset(
    (
        *_REQUIRED,
        "predicate_modifier",
        "object_source",
        "comment",
        "author_id",
        "author_label",
        "mapping_date",
        "mapping_justification",
        *SSSOM_COLUMNS.values(),
    )
)
_TITLES = frozenset(("subject_label", "predicate_label", "object_label"))
"""Titles belong to the lists and are read from there."""
_MAX_METADATA = MIB
_FACT = re.compile(r"(\s*)([^\s:#][^:]*?)\s*:\s*(.*)\Z")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")


class _Metadata(NamedTuple):
    """What stands above the table: slots of the whole set, and the URI of each prefix."""

    slots: dict[str, str]
    prefixes: dict[str, str]
    lines: int


def read_sssom(name: str, file: BinaryIO, known: Mapping[str, Terminology]) -> Sheet:
    """Give the rows of a mapping set under the standard columns; prefixes become lists.

    `known` are the lists of the profile by every folded spelling of their ids. A slot of the whole set stands in
    for an empty one of a row (`mapping_date`, `object_source`, `author_id`, `author_label`).
    Raises: IntakeError when it is no text, lacks a column, or is over a bound.
    """
    encoding = encoding_of(name, file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    metadata = _metadata(name, text)
    table = read_table(name, text, "\t", encoding=encoding, above=metadata.lines)
    for column in _REQUIRED:
        if column not in table.header:
            raise missing_column(name, column, (), table.header)
    remarks = [
        unknown_column(column)
        for column in table.header
        if column and column not in _TAKEN and column not in _TITLES
    ]
    rows = _Rows(table.header, metadata, known).read(table.rows)
    return Sheet(MAP_HEADER, rows, table.encoding, (*table.remarks, *remarks), text)


def _metadata(name: str, text: io.TextIOWrapper) -> _Metadata:
    """Read the comments above the table: YAML of facts, and the prefixes one step further in."""
    slots: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    section, size, lines = "", 0, 0
    start = text.tell()
    while (line := text.readline(MAX_ROW)).startswith("#"):
        size, lines, start = size + len(line), lines + 1, text.tell()
        if size > _MAX_METADATA:
            raise over_bound(
                name, "توضیح‌های بالای آن بیش از اندازه است", "the comments above its table are too long"
            )
        fact = _FACT.match(line[1:].removeprefix(" ").rstrip())
        if fact is None:
            continue
        indent, key, value = fact[1], fact[2].strip("'\""), fact[3].strip().strip("'\"")
        if not indent:
            section = key
            slots[key] = value
        elif section == "curie_map":
            prefixes[key] = value
    text.seek(start)
    return _Metadata(slots, prefixes, lines)


class _Rows:
    """Turns rows of slots into rows of the standard columns."""

    def __init__(
        self, header: tuple[str, ...], metadata: _Metadata, known: Mapping[str, Terminology]
    ) -> None:
        self._places = {column: place for place, column in enumerate(header)}
        self._metadata = metadata
        self._known = known
        self._namespaces = {uri: self._list_of(prefix) for prefix, uri in metadata.prefixes.items() if uri}
        """Each namespace of the prefixes, whole, and the list that it is of."""

    def read(self, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
        for row in rows:
            yield SheetRow(row.number, self._cells(row.cells)) if row.cells else row

    def _cells(self, cells: list[str]) -> list[str]:
        source_list, source = self._parted(self._slot(cells, "subject_id"))
        object_id = self._slot(cells, "object_id")
        if object_id == NO_TERM_FOUND:
            target_list, target = self._list_of(self._set_slot(cells, "object_source")), NO_MAP
        else:
            target_list, target = self._parted(object_id)
        negated = self._slot(cells, "predicate_modifier").casefold() == "not"
        by, on = self._author(cells), self._set_slot(cells, "mapping_date") if self._author(cells) else ""
        reason = self._slot(cells, SSSOM_COLUMNS["reason"])
        return [
            source_list,
            source,
            target_list,
            target,
            NO_RELATION if negated else self._slot(cells, "predicate_id"),
            self._slot(cells, SSSOM_COLUMNS["condition"]),
            self._slot(cells, "comment"),
            by,
            on,
            reason or (self._slot(cells, "mapping_justification") if by else ""),
            self._slot(cells, SSSOM_COLUMNS["letter"]),
        ]

    def _author(self, cells: list[str]) -> str:
        """Give who made a mapping: the name, else the id; several are joined."""
        stated = self._set_slot(cells, "author_label") or self._set_slot(cells, "author_id")
        names = (name.replace("\\|", "|").strip() for name in _UNESCAPED_BAR.split(stated))
        return "، ".join(filter(None, names))

    def _slot(self, cells: list[str], slot: str) -> str:
        place = self._places.get(slot, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    def _set_slot(self, cells: list[str], slot: str) -> str:
        return self._slot(cells, slot) or self._metadata.slots.get(slot, "")

    def _parted(self, curie: str) -> tuple[str, str]:
        """Part a CURIE or a whole URI into list and code; a text without a prefix is a code of the list meant."""
        prefix, colon, code = curie.partition(":")
        if prefix in self._metadata.prefixes or title_key(prefix) in self._known:
            return self._list_of(prefix), code
        namespace = max(filter(curie.startswith, self._namespaces), key=len, default=None)
        if namespace is not None:
            return self._namespaces[namespace], curie.removeprefix(namespace)
        if _URI.match(curie):
            address, _, code = curie.rpartition("/")
            return address, code
        return (self._list_of(prefix), code) if colon else ("", curie)

    def _list_of(self, named: str) -> str:
        """Give a list from a prefix, from the URI behind it, or from `maksa:LIST`."""
        prefix = named.removeprefix("maksa:").rstrip(":")
        if title_key(prefix) in self._known:
            return prefix
        uri = self._metadata.prefixes.get(prefix, "")
        if uri.startswith(LIST_URN):
            return uri.removeprefix(LIST_URN).rstrip(":")
        return uri if title_key(uri) in self._known else prefix
