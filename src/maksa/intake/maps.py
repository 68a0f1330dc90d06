"""Turn the rows of a table into the rows of a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from maksa.intake.cell_sentences import broken_code
from maksa.intake.cells import has_line_break, read_day, settle_code
from maksa.intake.headers import BoundColumn
from maksa.intake.ledger import Ledger, RowRefusedError
from maksa.intake.lists import is_list_id
from maksa.intake.map_sentences import (
    ONE_HAS_NO_MAP,
    OTHER_RELATIONSHIP,
    contradiction,
    incomplete_decision,
    missing_target,
    other_list,
    relationship_widened,
    target_beside_no_map,
    unknown_relationship,
    unnamed_end,
)
from maksa.intake.map_words import CONDITION, NO_RELATION, means_no_map, relationship_of
from maksa.intake.profile_records import MapForm, Profile
from maksa.intake.result import ImportedList
from maksa.intake.rows import checked_rows
from maksa.intake.sentences import (
    code_repaired,
    duplicate_code,
    duplicate_row,
    list_id_form,
    malformed_code,
    malformed_list,
    missing_cell,
)
from maksa.intake.sheet import SheetRow
from maksa.model.codeform import CodeForm
from maksa.model.concept import Decision, Mapping
from maksa.model.persian import title_key

Side = Literal["source", "target"]
_DECISION = ("decided-by", "decided-on", "reason", "letter")
_BARE = ("comment", CONDITION)
"""Columns that are called as what they become keep their text bare; of others the header stands before it."""
_COMPARED = ("target_terminology", "target_code", "relationship", "comment", "decision")


def read_map(
    rows: Iterator[SheetRow], profile: Profile, bound: list[BoundColumn], width: int, ledger: Ledger
) -> ImportedList:
    """Read a map: `condition` and `comment` columns are kept as `header=value`, joined by semicolons.

    The key of a row is its source and its condition: the same key with another target is told, and both stay.
    """
    reader = _RowReader(profile, bound, ledger)
    kept: dict[tuple[str, str, str | None], list[Mapping]] = {}
    mappings: list[Mapping] = []
    count = 0
    for row in checked_rows(rows, ledger, bound, width):
        try:
            mapping = reader.read(row)
        except RowRefusedError as refused:
            ledger.refuse_row(refused)
            continue
        count += 1
        ledger.close_row()
        key = (mapping.source_terminology, mapping.source_code, mapping.condition)
        earlier = kept.setdefault(key, [])
        if _is_new(mapping, earlier, ledger):
            mappings.append(mapping)
            earlier.append(mapping)
    return ImportedList(profile.terminology, (), tuple(mappings), count)


class _RowReader:
    """Reads the rows of one map, each by its bound columns."""

    def __init__(self, profile: Profile, bound: list[BoundColumn], ledger: Ledger) -> None:
        self._profile = profile
        self._form = profile.map or MapForm((), (), "equivalent")
        self._bound = bound
        self._by_target: dict[str, BoundColumn] = {entry.column.to: entry for entry in bound}
        self._known = profile.known_lists()
        self._forms = {known.id: known.code_form for known in profile.lists}
        self._ledger = ledger

    def read(self, row: SheetRow) -> Mapping:
        cells = {
            entry.column.name: row.cells[entry.place].strip() if entry.place < len(row.cells) else ""
            for entry in self._bound
        }
        self._check(cells)
        source_list = self._list(cells, "source", self._form.sources)
        source = self._code(cells, "source", source_list)
        relationship = self._relationship(cells)
        decision, told = self._decision(cells)
        comment = "; ".join(filter(None, (self._joined(cells, "comment"), told)))
        target_list = self._list(cells, "target", self._form.targets)
        target = self._target(cells, target_list, source, no_map=relationship is None)
        return Mapping(
            source_terminology=source_list,
            source_code=source,
            target_terminology=target_list,
            target_code=target,
            relationship=NO_RELATION if target is None or relationship is None else relationship,
            condition=self._joined(cells, CONDITION),
            comment=comment or None,
            row=row.number,
            decision=decision,
        )

    def _check(self, cells: dict[str, str]) -> None:
        for entry in self._bound:
            column, cell = entry.column, cells[entry.column.name]
            if column.required and column.to != "target" and not cell:
                raise RowRefusedError(missing_cell(entry.header), entry.header)
            if column.to in {"source", "target"} and has_line_break(cell):
                raise RowRefusedError(broken_code(cell), entry.header)

    def _cell(self, cells: dict[str, str], to: str) -> str:
        entry = self._by_target.get(to)
        return "" if entry is None else cells[entry.column.name]

    def _list(self, cells: dict[str, str], side: Side, allowed: tuple[str, ...]) -> str:
        """Give the list at one end: as the row names it, else the first whose form the code fits."""
        sent = self._cell(cells, f"{side}-list")
        if not sent:
            return self._unnamed(self._cell(cells, side), side, allowed)
        header = self._by_target["source-list" if side == "source" else "target-list"].header
        known = self._known.get(title_key(sent))
        found = known.id if known is not None else next((i for i in allowed if _same(i, sent)), sent)
        if allowed and found not in allowed:
            raise RowRefusedError(other_list(sent, allowed), header)
        if not is_list_id(found):
            raise RowRefusedError(malformed_list(sent), header)
        if found != sent and known is not None and sent != known.url:
            self._ledger.repair(list_id_form(sent, found), header)
        return found

    def _unnamed(self, code: str, side: Side, allowed: tuple[str, ...]) -> str:
        if len(allowed) == 1:
            return allowed[0]
        if not allowed or not code or means_no_map(code):
            raise RowRefusedError(unnamed_end(side))
        pad = self._profile.pad_at_most
        fitting = (name for name in allowed if settle_code(code, self._forms.get(name, CodeForm()), pad).fits)
        return next(fitting, allowed[0])

    def _relationship(self, cells: dict[str, str]) -> str | None:
        """Give the relationship of a row; None when it says that there is no map."""
        word = self._cell(cells, "relationship")
        if not word:
            return self._form.relationship
        if means_no_map(word):
            return None
        found, header = relationship_of(word), self._by_target["relationship"].header
        if found is None:
            raise RowRefusedError(unknown_relationship(word), header)
        if not found.exact:
            self._ledger.note(relationship_widened(word, found.name), header)
        return found.name

    def _target(self, cells: dict[str, str], terminology: str, source: str, *, no_map: bool) -> str | None:
        cell, entry = self._cell(cells, "target"), self._by_target["target"]
        if means_no_map(cell):
            return None
        if no_map and cell:
            raise RowRefusedError(target_beside_no_map(cell), entry.header, source)
        if not cell and not no_map:
            word = relationship_of(self._cell(cells, "relationship"))
            if word is None or word.name != NO_RELATION:
                raise RowRefusedError(missing_target(entry.header), entry.header, source)
        return self._code(cells, "target", terminology, source) if cell else None

    def _code(self, cells: dict[str, str], side: Side, terminology: str, source: str | None = None) -> str:
        entry, published = self._by_target[side], self._cell(cells, side)
        form: CodeForm = self._forms.get(terminology, entry.column.form)
        settled = settle_code(published, form, self._profile.pad_at_most)
        if not settled.fits:
            remark = malformed_code(
                published, terminology if terminology in self._forms else entry.header, form
            )
            raise RowRefusedError(remark, entry.header, source)
        if settled.repaired:
            self._ledger.repair(code_repaired(published, settled.code), entry.header, source or settled.code)
        return settled.code

    def _decision(self, cells: dict[str, str]) -> tuple[Decision | None, str | None]:
        """Give the decision of a row; of one that lacks a part, what it says as text instead."""
        by, on, why, letter = (self._cell(cells, to) for to in _DECISION)
        if not (by or on or why or letter):
            return None, None
        day = read_day(on) if on else None
        if by and why and day is not None:
            return Decision(by, day, why, letter or None), None
        said = {"decided_by": by, "decided_on": on, "reason": why, "letter": letter}
        missing = [
            name for name, cell in (("decided_by", by), ("decided_on", day), ("reason", why)) if not cell
        ]
        self._ledger.note(incomplete_decision(missing), None, self._cell(cells, "source"))
        return None, "; ".join(f"{name}={cell}" for name, cell in said.items() if cell)

    def _joined(self, cells: dict[str, str], to: str) -> str | None:
        parts = [
            cells[name] if name == to and name in _BARE else f"{name}={cells[name]}"
            for name in (entry.column.name for entry in self._bound if entry.column.to == to)
            if cells[name]
        ]
        return "; ".join(parts) or None


def _same(known: str, sent: str) -> bool:
    return title_key(known) == title_key(sent)


def _is_new(mapping: Mapping, earlier: list[Mapping], ledger: Ledger) -> bool:
    """Tell whether a row adds something, after saying what it repeats or contradicts."""
    for other in earlier:
        if not _differing(mapping, other):
            ledger.note(duplicate_row(mapping.source_code, other.row), None, mapping.source_code)
            return False
    for other in earlier:
        if (other.target_code is None) != (mapping.target_code is None):
            what = ONE_HAS_NO_MAP
        elif (other.target_code, other.target_terminology) == (
            mapping.target_code,
            mapping.target_terminology,
        ) and other.relationship != mapping.relationship:
            what = OTHER_RELATIONSHIP
        else:
            continue
        ledger.note(contradiction(mapping.source_code, other.row, what), None, mapping.source_code)
        return True
    if earlier:
        fields = _differing(mapping, earlier[0])
        ledger.note(duplicate_code(mapping.source_code, earlier[0].row, fields), None, mapping.source_code)
    return True


def _differing(mapping: Mapping, other: Mapping) -> list[str]:
    return [name for name in _COMPARED if getattr(mapping, name) != getattr(other, name)]
