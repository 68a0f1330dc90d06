"""What edits would do to the rows of a draft, or whose change they would overwrite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from maksa.errors import BadInput, BadParameter, Clash, Conflict, WrongState
from maksa.intake.cells import has_line_break, settle_code
from maksa.intake.sentences import malformed_code, shown
from maksa.model.concept import Mapping
from maksa.registry.drafts.cells import Cells, cells_of, content_from_cells
from maksa.registry.drafts.drafts import Draft
from maksa.registry.drafts.history import require_row, unknown_row
from maksa.registry.drafts.lines import (
    all_lines,
    content_of,
    hash_of,
    held_lines,
    is_key,
    line_of,
    next_ordinal,
)
from maksa.registry.maps.decisions import DecisionKey, decided_rows, key_of
from maksa.registry.review.tables import draft_edit
from maksa.text import Text

AS_IT_STANDS = "*"
"""The `seen` of an author who means the row as it stands, whoever changed it last."""
_SHOWN = 6
"""Cells that the sentence of a conflict shows; the conflict itself has all of them."""


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What an author wants of one row: `cells` to be changed, or None to remove it.

    `key` is the code; of a map the ordinal as text, None for a new row. `seen` is the hash of the row that the author
    saw (`DraftRow.seen`), None where there was no row, or `AS_IT_STANDS`.
    """

    key: str | None
    seen: str | None
    cells: Cells | None


Clashing = tuple[str, RowEdit, str | None]
"""The key of a row, what somebody wants of it, and its record as it stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row from a record to a record, None for no row; `undoes` is the number of an edit."""

    key: str
    before: str | None
    after: str | None
    undoes: int | None = None


def changes_of(connection: Connection, draft: Draft, edits: Sequence[RowEdit]) -> list[Change]:
    """Give the changes that edits make, in their order; those without effect are left out.

    Raises: Conflict showing every row that somebody changed meanwhile; BadParameter (a cell or code), BadInput (a row
            twice), UnknownCode (no key of this draft), WrongState (a decision of the desk stands on a row of a map).
    """
    named = _with_keys(connection, draft, edits)
    lines = held_lines(connection, draft.terminology, draft.number, [key for key, _ in named])
    changes: list[Change] = []
    clashing: list[Clashing] = []
    for key, edit in named:
        before = lines.get(key)
        fresh = edit.seen in {AS_IT_STANDS, hash_of(before)}
        if before is None and edit.cells is None:
            require_row(
                connection, draft, key
            )  # One that others have taken away is gone, as its author wants.
        elif before is None and not fresh:
            clashing.append((key, edit, None))
        elif (after := _after(draft, key, edit, before)) != before:
            if fresh:
                changes.append(Change(key, before, after))
            else:
                clashing.append((key, edit, before))
    if draft.terminology.kind == "map":
        changes, standing = _without_standing(connection, draft, changes)
        clashing += standing
    if clashing:
        raise _conflict(draft, _clashes(connection, draft, clashing))
    if draft.terminology.kind == "map":
        _require_undecided(connection, draft, changes)
    return changes


def _without_standing(
    connection: Connection, draft: Draft, changes: Sequence[Change]
) -> tuple[list[Change], list[Clashing]]:
    """Part the changes of a map: those that make sense, and new rows that stand otherwise; what stands so is left out."""
    added = {
        _identity(content): change
        for change in changes
        if change.before is None and (content := _row(draft, change.after)) is not None
    }
    if not added:
        return list(changes), []
    moot: set[str] = set()
    standing: list[Clashing] = []
    for key, line in all_lines(connection, draft.terminology, draft.number):
        content = _row(draft, line)
        change = None if content is None else added.get(_identity(content))
        wanted = None if change is None else _row(draft, change.after)
        if change is None or wanted is None:
            continue
        moot.add(change.key)
        if change.after != line:
            standing.append((key, RowEdit(key, None, cells_of(wanted)), line))
    return [change for change in changes if change.key not in moot], standing


def _row(draft: Draft, line: str | None) -> Mapping | None:
    content = None if line is None else content_of(draft.terminology, line)
    return content if isinstance(content, Mapping) else None


def _identity(row: Mapping) -> tuple[str, str, str, str | None, str | None]:
    return row.source_terminology, row.source_code, row.target_terminology, row.target_code, row.condition


def _with_keys(connection: Connection, draft: Draft, edits: Sequence[RowEdit]) -> list[tuple[str, RowEdit]]:
    """Give each edit with the key of its row: of a new one the code as the list writes it, or the next ordinal."""
    fresh = next_ordinal(connection, draft.number) if draft.terminology.kind == "map" else 0
    named = []
    for edit in edits:
        if edit.key is None and draft.terminology.kind == "map":
            named.append((str(fresh), replace(edit, seen=None)))
            fresh += 1
        else:
            named.append((_key(draft, edit), edit))
    seen: set[str] = set()
    for key, _ in named:
        if key in seen:
            raise BadInput(
                Text(fa=f"ردیف «{shown(key)}» دو بار آمده است.", en=f"The row '{shown(key)}' stands twice."),
                mend=Text(fa="هر ردیف را یک بار بدهید.", en="Give each row once."),
            )
        seen.add(key)
    return named


def _key(draft: Draft, edit: RowEdit) -> str:
    if edit.key is None or not is_key(draft.terminology, edit.key):
        raise BadParameter(
            "key",
            Text(
                fa=f"«{shown(edit.key or '')}» کلید ردیفی از «{draft.name}» نمی‌شود.",
                en=f"'{shown(edit.key or '')}' cannot be the key of a row of '{draft.name}'.",
            ),
            mend=Text(
                fa="کد را بدهید؛ در نگاشت شمارهٔ ردیف را.", en="Give the code; of a map, the row's ordinal."
            ),
        )
    if draft.terminology.kind == "map" or edit.seen not in {None, AS_IT_STANDS}:
        return edit.key
    settled = settle_code(edit.key.strip(), draft.terminology.code_form, 0)
    return settled.code if settled.code and settled.fits else edit.key


def _after(draft: Draft, key: str, edit: RowEdit, before: str | None) -> str | None:
    """Give the record that an edit makes of the row as it stands."""
    if edit.cells is None:
        return None
    if before is None:
        _require_new(draft, key, edit)
    content = None if before is None else content_of(draft.terminology, before)
    return line_of(content_from_cells(draft.terminology, key, edit.cells, content))


def _require_new(draft: Draft, key: str, edit: RowEdit) -> None:
    """See that a new row may have a key. Raises: UnknownCode (an ordinal of no row), BadParameter (no code of this list)."""
    if draft.terminology.kind == "map":
        if edit.key is not None:
            raise unknown_row(draft, key)
        return
    form = draft.terminology.code_form
    if key != key.strip() or has_line_break(key) or not form.fits(key):
        remark = malformed_code(key, draft.terminology.id, form)
        raise BadParameter("key", remark.text, mend=remark.mend)


def _clashes(connection: Connection, draft: Draft, clashing: Sequence[Clashing]) -> list[Clash]:
    of_draft = draft_edit.c.draft == draft.number
    last = (
        select(func.max(draft_edit.c.number))
        .where(of_draft, draft_edit.c.key.in_([key for key, *_ in clashing]))
        .group_by(draft_edit.c.key)
    )
    rows = connection.execute(select(draft_edit).where(draft_edit.c.number.in_(last)))
    touched = {row.key: (row.actor, row.at) for row in rows}
    clashes = []
    for key, edit, before in clashing:
        if before is None and key not in touched:
            raise unknown_row(draft, key)  # Nobody took it away: there was none.
        by, at = touched.get(key, (None, None))
        theirs = None if before is None else cells_of(content_of(draft.terminology, before))
        clashes.append(Clash(key, theirs, edit.cells, by, at, hash_of(before)))
    return clashes


def _conflict(draft: Draft, clashes: Sequence[Clash]) -> Conflict:
    first = clashes[0]
    more = len(clashes) - 1
    changed = _whose(first)
    theirs, yours = _differing(first)
    return Conflict(
        Text(
            fa=f"ردیف «{first.key}» پیش‌نویس «{draft.name}» همان نیست که شما دیدید: {changed.fa}. اکنون: {theirs.fa}. خواستهٔ شما: {yours.fa}."
            + (f" {more} ردیف دیگر هم چنین است." if more else ""),
            en=f"The row '{first.key}' of the draft '{draft.name}' is not what you saw: {changed.en}. It is now: {theirs.en}. Yours: {yours.en}."
            + (f" So it is with {more} other rows." if more else ""),
        ),
        clashes=clashes,
        mend=Text(
            fa="چیزی نوشته نشد و چیزی گم نشد؛ ردیف تازه را ببینید و اگر باز همان را می‌خواهید آن را با حالت تازهٔ ردیف بفرستید.",
            en="Nothing was written and nothing is lost; look at the row, and send yours again with its new state if you still want it.",
        ),
    )


def _whose(clash: Clash) -> Text:
    if clash.by is None or clash.at is None:
        return Text(
            "با واردکردن یا آغاز پیش‌نویس چنین شده است", "it came so with the import or the start of the draft"
        )
    when = f"{clash.at:%Y-%m-%d %H:%M} UTC"
    return Text(f"«{clash.by}» آن را در {when} تغییر داده است", f"'{clash.by}' changed it at {when}")


def _differing(clash: Clash) -> tuple[Text, Text]:
    """Say what both sides have in the cells that were sent."""
    gone = Text("نیست", "not there")
    names = list(clash.yours or clash.theirs or ())
    theirs = gone if clash.theirs is None else _said(names, clash.theirs)
    yours = Text("برداشتن آن", "to remove it") if clash.yours is None else _said(names, clash.yours)
    return theirs, yours


def _said(names: Iterable[str], cells: Cells) -> Text:
    texts = ((name, cells.get(name)) for name in list(names)[:_SHOWN])
    said = "; ".join(f"{name} = {'-' if value is None else shown(str(value))}" for name, value in texts)
    return Text(said, said)


def _require_undecided(connection: Connection, draft: Draft, changes: Sequence[Change]) -> None:
    """See that an edit of a map has an effect: a decision of the desk would stand over it. Raises: WrongState."""
    decided = {key_of(row) for row in decided_rows(connection, draft.terminology.id, ())}
    for change in changes:
        for key in _decision_keys(draft, change):
            if key in decided:
                raise WrongState(
                    Text(
                        fa=f"دربارهٔ «{key[1]}» از «{key[0]}» در میز کار تصمیم گرفته شده است و آن تصمیم بر ویرایش پیشی دارد.",
                        en=f"The desk has decided on '{key[1]}' of '{key[0]}', and that decision stands over any edit.",
                    ),
                    mend=Text(
                        fa="تصمیم را با «maksa maps decide» عوض کنید یا با «maksa maps undecide» بردارید.",
                        en="Change the decision with 'maksa maps decide', or take it back with 'maksa maps undecide'.",
                    ),
                )


def _decision_keys(draft: Draft, change: Change) -> Iterable[DecisionKey]:
    rows = (_row(draft, line) for line in (change.before, change.after))
    return [key_of(row) for row in rows if row is not None]
