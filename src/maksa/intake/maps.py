"""Turn the rows of a table into the rows of a map."""

from __future__ import annotations

from collections.abc import Iterator

from maksa.intake.cell_sentences import broken_code
from maksa.intake.cells import has_line_break, settle_code
from maksa.intake.headers import BoundColumn
from maksa.intake.ledger import Ledger, RowRefusedError
from maksa.intake.profile_records import MapForm, Profile
from maksa.intake.result import ImportedList
from maksa.intake.rows import checked_rows
from maksa.intake.sentences import (
    code_repaired,
    duplicate_code,
    duplicate_row,
    malformed_code,
    missing_cell,
)
from maksa.intake.sheet import SheetRow
from maksa.model.concept import Mapping


def read_map(
    rows: Iterator[SheetRow], profile: Profile, bound: list[BoundColumn], width: int, ledger: Ledger
) -> ImportedList:
    """Read a map: `condition` and `comment` columns are kept as `header=value`, joined by semicolons.

    The key of a row is its source and its condition: the same key with another target is told, and both stay.
    """
    form = profile.map or MapForm("", "", "equivalent")
    kept: dict[tuple[str, str | None], list[Mapping]] = {}
    mappings: list[Mapping] = []
    count = 0
    for row in checked_rows(rows, ledger, bound, width):
        try:
            mapping = _mapping(row, profile, form, bound, ledger)
        except RowRefusedError as refused:
            ledger.refuse_row(refused)
            continue
        count += 1
        ledger.close_row()
        earlier = kept.setdefault((mapping.source_code, mapping.condition), [])
        if _is_new(mapping, earlier, ledger):
            mappings.append(mapping)
            earlier.append(mapping)
    return ImportedList(profile.terminology, (), tuple(mappings), count)


def _mapping(
    row: SheetRow, profile: Profile, form: MapForm, bound: list[BoundColumn], ledger: Ledger
) -> Mapping:
    cells = {
        entry.column.name: row.cells[entry.place].strip() if entry.place < len(row.cells) else ""
        for entry in bound
    }
    for entry in bound:
        if entry.column.required and not cells[entry.column.name]:
            raise RowRefusedError(missing_cell(entry.header), entry.header)
        if entry.column.to in {"source", "target"} and has_line_break(cells[entry.column.name]):
            raise RowRefusedError(broken_code(cells[entry.column.name]), entry.header)
    source = _one(bound, cells, "source")
    return Mapping(
        source_terminology=form.source,
        source_code=source,
        target_terminology=form.target,
        target_code=_target(profile, bound, cells, source, ledger),
        relationship=form.relationship,
        condition=_joined(bound, cells, "condition"),
        comment=_joined(bound, cells, "comment"),
        row=row.number,
    )


def _target(
    profile: Profile, bound: list[BoundColumn], cells: dict[str, str], source: str, ledger: Ledger
) -> str:
    entry = next(entry for entry in bound if entry.column.to == "target")
    published = cells[entry.column.name]
    settled = settle_code(published, entry.column.form, profile.pad_at_most)
    if not settled.fits:
        raise RowRefusedError(
            malformed_code(published, entry.header, entry.column.form), entry.header, source
        )
    if settled.repaired:
        ledger.repair(code_repaired(published, settled.code), entry.header, source)
    return settled.code


def _one(bound: list[BoundColumn], cells: dict[str, str], to: str) -> str:
    return next(cells[entry.column.name] for entry in bound if entry.column.to == to)


def _joined(bound: list[BoundColumn], cells: dict[str, str], to: str) -> str | None:
    parts = [
        f"{entry.column.name}={cells[entry.column.name]}"
        for entry in bound
        if entry.column.to == to and cells[entry.column.name]
    ]
    return "; ".join(parts) or None


def _is_new(mapping: Mapping, earlier: list[Mapping], ledger: Ledger) -> bool:
    """Tell whether a row adds something, after saying what it repeats or contradicts."""
    for other in earlier:
        if (other.target_code, other.comment) == (mapping.target_code, mapping.comment):
            ledger.note(duplicate_row(mapping.source_code, other.row), None, mapping.source_code)
            return False
    if earlier:
        fields = ("target", "comment")
        ledger.note(duplicate_code(mapping.source_code, earlier[0].row, fields), None, mapping.source_code)
    return True
