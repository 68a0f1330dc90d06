"""Turn the rows of a table into draft concepts, each with its fate in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from maksa.intake.bounds import MAX_CELL
from maksa.intake.cell_sentences import (
    cell_too_long,
    control_characters,
    error_cell,
    lost_digits,
    swallowed_rows,
    too_many_cells,
    truth_cell,
)
from maksa.intake.clean import CONTROL
from maksa.intake.columns import ColumnWriters, Writer
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.file_sentences import blank_rows
from maksa.intake.headers import BoundColumn
from maksa.intake.ledger import Ledger, RowRefusedError
from maksa.intake.profile_records import Profile
from maksa.intake.sentences import (
    missing_cell,
    missing_code,
    missing_list,
    missing_title,
    title_stands_in,
)
from maksa.intake.settle import Settler
from maksa.intake.sheet import SheetRow
from maksa.model.concept import PropertyDefinition
from maksa.model.persian import fold

_SYNTHETIC_DIGITS = 10
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!")
)
"""What a spreadsheet writes into a CSV for a formula that failed."""
_JOINT = "، "


class _Step(NamedTuple):
    """A column that is written: its place, and what its cell (or an empty one) does."""

    place: int
    write: Writer
    blank: Callable[[DraftConcept], None] | None


class TableReader:
    """Reads the rows of one table into drafts."""

    def __init__(
        self, profile: Profile, bound: list[BoundColumn], width: int, ledger: Ledger, *, settler: Settler
    ) -> None:
        """Make the writers of the columns once; `width` is the number of headers."""
        self._profile = profile
        self._settler = settler
        self._ledger = ledger
        self._width = width
        self._bound = bound
        self._writers = ColumnWriters(profile, ledger)
        self._places = {entry.column.name: entry for entry in bound}
        self._by_target = {entry.column.to: entry for entry in bound}
        self._steps = [
            _Step(entry.place, write, self._writers.blank_writer(entry))
            for entry in bound
            if (write := self._writers.writer(entry)) is not None
        ]
        self._display_place = self._by_target["display"].place if "display" in self._by_target else -1
        self._last_place = max((entry.place for entry in bound), default=0)

    def drafts(self, rows: Iterator[SheetRow]) -> Iterator[DraftConcept]:
        """Give a draft for each row that can be taken; the others are set aside in the ledger."""
        for row in checked_rows(rows, self._ledger, self._bound, self._width):
            try:
                draft = self._draft(row)
            except RowRefusedError as refused:
                self._ledger.refuse_row(refused)
            else:
                self._ledger.close_row()
                yield draft

    def added(self) -> tuple[PropertyDefinition, ...]:
        """Give the definitions of properties that only findings brought."""
        return tuple(self._writers.added.values())

    def _draft(self, row: SheetRow) -> DraftConcept:
        cells = row.cells
        if len(cells) <= self._last_place:
            cells.extend([""] * (self._last_place + 1 - len(cells)))
        draft = DraftConcept(row.number)
        list_column = self._by_target.get("list")
        if list_column is not None:
            draft.list_id = cells[list_column.place].strip()
            if not draft.list_id:
                raise RowRefusedError(missing_list(), list_column.header)
        draft.code = self._code(cells)
        for step in self._steps:
            cell = cells[step.place].strip()
            if cell:
                step.write(draft, cell)
            elif step.blank is not None:
                step.blank(draft)
        if self._display_place >= 0 and draft.display != cells[self._display_place]:
            self._ledger.tally["trimmed"] += bool(draft.display)
        if not draft.display:
            self._stand_in(draft, cells)
        self._settler.settle(draft)
        return draft

    def _code(self, cells: list[str]) -> str:
        if self._profile.made_of:
            return self._made_code(cells)
        column = self._by_target["code"]
        code = cells[column.place].strip()
        if not code:
            raise RowRefusedError(missing_code(), column.header)
        return code

    def _made_code(self, cells: list[str]) -> str:
        """Make a code of the cells that identify a row; `#` counts, spelling does not."""
        digest = hashlib.sha256()
        for name in self._profile.made_of:
            cell = cells[self._places[name].place].strip()
            if not cell:
                raise RowRefusedError(missing_cell(name), name)
            digest.update("#".join(fold(part) for part in cell.split("#")).encode() + b"\x1f")
        return f"{self._profile.prefix}{digest.hexdigest()[:_SYNTHETIC_DIGITS]}"

    def _stand_in(self, draft: DraftConcept, cells: list[str]) -> None:
        if self._profile.made_of:
            draft.display = _JOINT.join(
                cells[self._places[name].place].strip() for name in self._profile.made_of
            )
            return
        for name in self._profile.title_from:
            entry = self._places.get(name)
            cell = cells[entry.place].strip() if entry else ""
            if entry and cell:
                draft.display = cell
                self._ledger.note(title_stands_in(draft.code, entry.header, cell), entry.header, draft.code)
                return
        header = self._by_target["display"].header if "display" in self._by_target else None
        raise RowRefusedError(missing_title(draft.code), header, draft.code)


def checked_rows(
    rows: Iterator[SheetRow], ledger: Ledger, bound: list[BoundColumn], width: int
) -> Iterator[SheetRow]:
    """Give the rows that hold something, opened in the ledger, their cells within bounds and printable.

    A row whose cells cannot be trusted is set aside here: too many of them, one too long, a number that a
    spreadsheet has rounded, the error of a formula, or a truth value where none belongs. Blank rows are counted
    in one note.
    """
    taken = {entry.place: entry for entry in bound if entry.column.to != "ignored"}
    headers = {place: entry.header for place, entry in taken.items()}
    blank = 0
    for row in rows:
        if not row.cells:
            blank += 1
            continue
        ledger.open_row(row.number)
        try:
            _check_cells(row, headers, width)
            _check_marks(row, taken, ledger)
        except RowRefusedError as refused:
            ledger.refuse_row(refused)
            continue
        if CONTROL.search("".join(row.cells)):
            _drop_control_characters(row.cells, headers, ledger)
        yield row
    if blank:
        ledger.note_file(blank_rows(blank))


def _check_cells(row: SheetRow, headers: dict[int, str], width: int) -> None:
    cells = row.cells
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        raise RowRefusedError(too_many_cells(len(cells), width))
    for place, header in headers.items():
        if place < len(cells) and cells[place] in _ERRORS:
            raise RowRefusedError(error_cell(header, cells[place]), header)
    if max(map(len, cells)) > MAX_CELL:
        place = next(place for place, cell in enumerate(cells) if len(cell) > MAX_CELL)
        header = headers.get(place, str(place + 1))
        raise RowRefusedError(cell_too_long(header, len(cells[place]), MAX_CELL), header)


def _check_marks(row: SheetRow, taken: dict[int, BoundColumn], ledger: Ledger) -> None:
    """Refuse a row for what its reader says of a cell that is read; of swallowed rows, tell."""
    for place, mark in row.marks.items():
        if place not in taken:
            continue
        header, cell = taken[place].header, row.cells[place]
        if mark == "rounded":
            raise RowRefusedError(lost_digits(header, cell), header)
        if mark == "error":
            raise RowRefusedError(error_cell(header, cell), header)
        if mark == "truth" and not taken[place].column.takes_truth:
            raise RowRefusedError(truth_cell(header, cell), header)
        if mark == "rows":
            ledger.note(swallowed_rows(header, cell), header)


def _drop_control_characters(cells: list[str], headers: dict[int, str], ledger: Ledger) -> None:
    for place, cell in enumerate(cells):
        if CONTROL.search(cell):
            cells[place] = CONTROL.sub("", cell)
            if place in headers:
                ledger.repair(control_characters(headers[place]), headers[place])
