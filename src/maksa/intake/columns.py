"""What becomes of the cells of a column: one small writer per column, made once for a file."""

from __future__ import annotations

import re
from collections.abc import Callable

from maksa.intake.cells import read_day, read_status, read_value, settle_code
from maksa.intake.clean import cleaned
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.headers import BoundColumn
from maksa.intake.ledger import Ledger, RowRefusedError
from maksa.intake.profile_records import Profile, Target
from maksa.intake.sentences import (
    code_repaired,
    missing_cell,
    unknown_status,
    unknown_value,
    unreadable_day,
    unreadable_number,
    unreadable_value,
    value_repaired,
    wrong_check_digit,
)
from maksa.model.concept import Property, PropertyDefinition, PropertyValue
from maksa.model.persian import title_key
from maksa.text import Text

Writer = Callable[[DraftConcept, str], None]
"""Takes the row and its cell, trimmed and not empty."""

_DAYS = {
    "effective-from": "effective_from",
    "effective-to": "effective_to",
    "transition-until": "transition_until",
}
_COUNT = re.compile(r"[0-9]{1,15}\Z")


class ColumnWriters:
    """Makes the writers of a file's columns; `added` collects the properties that only findings brought."""

    def __init__(self, profile: Profile, ledger: Ledger) -> None:
        self._profile = profile
        self._ledger = ledger
        self.added: dict[str, PropertyDefinition] = {}
        self._defined = {definition.code for definition in profile.terminology.properties}
        self._makers: dict[Target, Callable[[BoundColumn], Writer]] = {
            "display": self._display,
            "designation": self._designation,
            "property": self._property,
            "status": self._status,
            "effective-from": self._day,
            "effective-to": self._day,
            "transition-until": self._day,
            "replaced-by": self._replaced_by,
            "parent": self._parents,
            "usage": self._usage,
        }

    def writer(self, bound: BoundColumn) -> Writer | None:
        """Give the writer of a column; None for a column that is read elsewhere (code, list) or ignored."""
        make = self._makers.get(bound.column.to)
        return None if make is None else make(bound)

    def _display(self, bound: BoundColumn) -> Writer:
        steps, tally = bound.column.clean, self._ledger.tally

        def write(draft: DraftConcept, cell: str) -> None:
            draft.display = cell
            if steps:
                tidy = cleaned(cell, steps)
                if tidy != cell:
                    draft.designate(tidy, "fa", "synonym")
                    tally["title-cleaned"] += 1

        return write

    def _designation(self, bound: BoundColumn) -> Writer:
        column = bound.column

        def write(draft: DraftConcept, cell: str) -> None:
            draft.designate(cell, column.language, column.use)
            draft.designate(cleaned(cell, column.clean), column.language, column.use)

        return write

    def _status(self, bound: BoundColumn) -> Writer:
        def write(draft: DraftConcept, cell: str) -> None:
            status = read_status(cell)
            if status is None:
                raise RowRefusedError(unknown_status(cell), bound.header, draft.code)
            draft.status = status

        return write

    def _day(self, bound: BoundColumn) -> Writer:
        field = _DAYS[bound.column.to]

        def write(draft: DraftConcept, cell: str) -> None:
            day = read_day(cell)
            if day is None:
                raise RowRefusedError(unreadable_day(bound.header, cell), bound.header, draft.code)
            setattr(draft, field, day)

        return write

    def _replaced_by(self, bound: BoundColumn) -> Writer:
        def write(draft: DraftConcept, cell: str) -> None:
            draft.replaced_by = self._code_of_list(draft, bound, cell)

        return write

    def _parents(self, bound: BoundColumn) -> Writer:
        separator = bound.column.separator

        def write(draft: DraftConcept, cell: str) -> None:
            parts = cell.split(separator) if separator else [cell]
            for part in filter(None, map(str.strip, parts)):
                parent = self._code_of_list(draft, bound, part)
                if parent not in draft.parents:
                    draft.parents.append(parent)

        return write

    def _code_of_list(self, draft: DraftConcept, bound: BoundColumn, cell: str) -> str:
        settled = settle_code(cell, self._profile.terminology.code_form, self._profile.pad_at_most)
        if settled.repaired:
            self._ledger.repair(code_repaired(cell, settled.code), bound.header, draft.code)
        return settled.code

    def _usage(self, bound: BoundColumn) -> Writer:
        def write(draft: DraftConcept, cell: str) -> None:
            count = read_value(cell, "integer")
            if isinstance(count, int) and _COUNT.match(str(count)):
                draft.usage = count
            else:
                self._ledger.note(unreadable_number(bound.header, cell), bound.header, draft.code)

        return write

    def _property(self, bound: BoundColumn) -> Writer:
        column = bound.column
        if column.property_code not in self._defined and column.title is not None:
            definition = PropertyDefinition(column.property_code, column.type, column.title, column.repeats)
            self.added[column.property_code] = definition
        if column.marks is not None:
            return self._marks(bound)
        write = self._value(bound)
        if column.separator is None:
            return write
        separator = column.separator

        def write_parts(draft: DraftConcept, cell: str) -> None:
            for part in filter(None, map(str.strip, cell.split(separator))):
                write(draft, part)

        return write_parts

    def _marks(self, bound: BoundColumn) -> Writer:
        code, marks = bound.column.property_code, bound.column.marks or ""
        members = {mark: Property(code, mark) for mark in marks}

        def write(draft: DraftConcept, cell: str) -> None:
            draft.properties += [members[mark] for mark in marks if mark in cell]
            if any(mark not in members and not mark.isspace() for mark in cell):
                self._keep_text(draft, bound, cell)
                self._ledger.note(unknown_value(bound.header, cell, members), bound.header, draft.code)

        return write

    def _value(self, bound: BoundColumn) -> Writer:
        column = bound.column
        if column.type in {"string", "code"}:
            return self._text(bound)

        def write(draft: DraftConcept, cell: str) -> None:
            value = read_value(cell, column.type)
            if value is None:
                kept_as = self._keep_text(draft, bound, cell)
                remark = unreadable_value(bound.header, cell, column.type, kept_as)
                self._ledger.note(remark, bound.header, draft.code)
            else:
                _add(draft, column.property_code, value)

        return write

    def _text(self, bound: BoundColumn) -> Writer:
        column = bound.column
        plain = not (column.clean or column.values or column.form.known)

        def write(draft: DraftConcept, cell: str) -> None:
            _add(draft, column.property_code, cell if plain else self._settled(draft, bound, cell))

        return write

    def _settled(self, draft: DraftConcept, bound: BoundColumn, cell: str) -> str:
        column, ledger = bound.column, self._ledger
        tidy = cleaned(cell, column.clean)
        if column.values:
            known = column.values.get(title_key(tidy))
            if known is None:
                ledger.note(
                    unknown_value(bound.header, tidy, column.values.values()), bound.header, draft.code
                )
            return tidy if known is None else known
        if column.form.known:
            settled = settle_code(tidy, column.form, self._profile.pad_at_most)
            if not settled.fits:
                ledger.note(wrong_check_digit(bound.header, tidy), bound.header, draft.code)
            tidy = settled.code
        if tidy != cell:
            ledger.repair(value_repaired(bound.header, cell, tidy), bound.header, draft.code)
        return tidy

    def _keep_text(self, draft: DraftConcept, bound: BoundColumn, cell: str) -> str:
        column = bound.column
        code = f"{column.property_code}-text"
        if code not in self.added:
            title = column.title or Text(column.property_code, column.property_code)
            self.added[code] = PropertyDefinition(
                code, "string", Text(f"{title.fa} (متن)", f"{title.en} (text)"), column.repeats
            )
        _add(draft, code, cell)
        return code

    def blank_writer(self, bound: BoundColumn) -> Callable[[DraftConcept], None] | None:
        """Give what an empty cell of a column does; None for nothing."""
        column = bound.column
        if column.to == "property" and column.blank is not None:
            write, blank = self._property(bound), column.blank
            return lambda draft: write(draft, blank)
        if column.to == "property" and column.required:
            return lambda draft: self._ledger.note(missing_cell(bound.header), bound.header, draft.code)
        return None


def _add(draft: DraftConcept, code: str, value: PropertyValue) -> None:
    prop = Property(code, value)
    if prop not in draft.properties:
        draft.properties.append(prop)
