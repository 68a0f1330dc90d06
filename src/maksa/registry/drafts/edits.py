"""Editing a draft in a grid: each edit names the state of the row that its author saw, so that nobody loses anything.

A call is one transaction: all of its edits are kept, or none. What is kept can be undone until the draft is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, TooLarge, WrongState
from maksa.registry.database import Registry
from maksa.registry.drafts.changes import Change, RowEdit, changes_of
from maksa.registry.drafts.drafts import Draft, DraftOptions, find_within, held_draft, keep_size
from maksa.registry.drafts.history import Edit, edit_of, edits_of, held_edit, last_standing
from maksa.registry.drafts.lines import RowContent, line_of, write_line
from maksa.registry.drafts.start import begin_from_edition, require_unpublished
from maksa.registry.journal import Act, write_entry
from maksa.registry.requests.form import checked_text
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.review.life import LONGEST_SAID, life_of, touch
from maksa.registry.review.states import State
from maksa.registry.review.tables import draft_edit
from maksa.registry.review.work import edit_stands
from maksa.text import Text

MOST_EDITS = 1_000
"""Rows of one call."""
_PLAIN = DraftOptions()


@dataclass(frozen=True, slots=True)
class Edited:
    """What a call did: the draft as it is now, and the edits that it kept; those without effect are left out.

    `left` is the state that the draft lost by it: it was submitted, and is back in editing. `started` says that the
    draft was made by this call, of the edition that it will follow.
    """

    draft: Draft
    edits: tuple[Edit, ...]
    left: State | None = None
    started: bool = False


def edit_draft(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    edits: Sequence[RowEdit],
    *,
    why: str | None = None,
    starting: DraftOptions = _PLAIN,
    who: Who = OPERATOR,
) -> Edited:
    """Change, add or remove rows of a draft, all or none; a draft that is not there is started with `starting`.

    Edits that a draft has already are done without being kept again, so a call that was cut off can be sent again.
    Raises: Conflict (somebody changed a row meanwhile), BadParameter (a cell), TooLarge (over 1,000 edits), BadInput
            (none, or a row twice), WrongState (the edition is published; a decision of the desk stands on a row of a
            map), Refused (role); as `start_draft`.
    Cost:   some 500 µs an edit.
    """
    _check_count(edits)
    reason = checked_text("why", why, LONGEST_SAID)
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-edit")
        found = find_within(connection, terminology, edition)
        draft = found or begin_from_edition(
            connection, desk, shelf, terminology, edition=edition, options=starting
        )
        _require_open(shelf, draft)
        changes = changes_of(connection, draft, edits)
        edited = _keep(connection, desk, draft, changes, why=reason)
    return replace(edited, started=found is None)


def undo_edits(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    number: int | None = None,
    *,
    why: str | None = None,
    who: Who = OPERATOR,
) -> Edited:
    """Take back all edits of the newest call that has one standing, or the edit of a number when nothing later touched its row.

    The undo is kept as an edit of its own. Raises: UnknownEdition, NotFound (no such edit), WrongState (nothing
    stands, it is undone or an undo, a later edit stands on the row, the edition is published), Refused (role).
    """
    reason = checked_text("why", why, LONGEST_SAID)
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-edit")
        draft = held_draft(connection, terminology, edition)
        _require_open(shelf, draft)
        if number is None:
            undone = _newest(connection, draft)
        else:
            undone = (_undoable(connection, draft, held_edit(connection, draft, number)),)
        changes = [
            Change(edit.key, _line(edit.after), _line(edit.before), undoes=edit.number) for edit in undone
        ]
        return _keep(connection, desk, draft, changes, why=reason)


def _keep(
    connection: Connection, desk: Registry, draft: Draft, changes: Sequence[Change], *, why: str | None
) -> Edited:
    if not changes:
        return Edited(draft, ())
    last = connection.scalar(select(func.max(draft_edit.c.batch)).where(draft_edit.c.draft == draft.number))
    batch = (last or 0) + 1
    numbers = [_keep_one(connection, desk, draft, change, batch=batch, why=why) for change in changes]
    grown = sum((change.after is not None) - (change.before is not None) for change in changes)
    after = keep_size(connection, draft.number, size=draft.count + grown, rows=draft.rows)
    left = touch(connection, desk, life_of(connection, draft.number, draft.name))
    act: Act = "draft-edit" if changes[0].undoes is None else "draft-undo"
    told = {"draft": draft.number, "first": numbers[0], "count": len(numbers), "why": why}
    write_entry(desk, connection, act, draft.name, **told)
    kept = edits_of(draft.number).where(draft_edit.c.number >= numbers[0]).order_by(draft_edit.c.number)
    edits = tuple(edit_of(draft.terminology, row) for row in connection.execute(kept))
    return Edited(after, edits, left)


def _keep_one(
    connection: Connection, desk: Registry, draft: Draft, change: Change, *, batch: int, why: str | None
) -> int:
    write_line(connection, draft.terminology, draft.number, change.key, change.after)
    number: int = connection.scalars(
        insert(draft_edit)
        .returning(draft_edit.c.number)
        .values(
            draft=draft.number,
            batch=batch,
            key=change.key,
            actor=desk.actor,
            at=datetime.now(UTC),
            why=why,
            before=change.before,
            after=change.after,
            undoes=change.undoes,
        )
    ).one()
    return number


def _newest(connection: Connection, draft: Draft) -> tuple[Edit, ...]:
    of_draft = draft_edit.c.draft == draft.number
    batch = connection.scalar(select(func.max(draft_edit.c.batch)).where(of_draft, *edit_stands()))
    if batch is None:
        raise WrongState(
            Text(
                fa=f"پیش‌نویس «{draft.name}» ویرایشی ندارد که بازگردانده شود.",
                en=f"The draft '{draft.name}' has no edit to undo.",
            )
        )
    wanted = edits_of(draft.number).where(draft_edit.c.batch == batch, *edit_stands())
    rows = connection.execute(wanted.order_by(draft_edit.c.number.desc()))
    return tuple(edit_of(draft.terminology, row) for row in rows)


def _undoable(connection: Connection, draft: Draft, edit: Edit) -> Edit:
    """Give an edit that may be undone by itself. Raises: WrongState saying why it may not."""
    if edit.undoes is not None:
        raise _not_undone(
            Text(
                f"ویرایش {edit.number} خود بازگرداندن ویرایش {edit.undoes} است.",
                f"Edit {edit.number} is itself the undo of edit {edit.undoes}.",
            )
        )
    if edit.undone_by is not None:
        raise _not_undone(
            Text(
                f"ویرایش {edit.number} پیش‌تر بازگردانده شده است (ویرایش {edit.undone_by}).",
                f"Edit {edit.number} was undone before, by edit {edit.undone_by}.",
            )
        )
    last = last_standing(connection, draft, (edit.key,))[edit.key]
    if last.number != edit.number:
        raise _not_undone(
            Text(
                f"پس از ویرایش {edit.number}، «{last.by}» ردیف «{edit.key}» را دوباره ویرایش کرده است (ویرایش {last.number}).",
                f"After edit {edit.number}, '{last.by}' edited the row '{edit.key}' again (edit {last.number}).",
            )
        )
    return edit


def _line(content: RowContent | None) -> str | None:
    return None if content is None else line_of(content)


def _not_undone(text: Text) -> WrongState:
    return WrongState(
        text,
        mend=Text(
            fa="نخست ویرایش تازه‌تر را بازگردانید، یا ردیف را دوباره ویرایش کنید.",
            en="Undo the newer edit first, or edit the row again.",
        ),
    )


def _require_open(shelf: Shelf, draft: Draft) -> None:
    """See that the draft is not published already: a publish that was cut off leaves it behind its edition."""
    shelf.refresh()
    require_unpublished(shelf, draft.terminology.id, draft.edition)


def _check_count(edits: Sequence[RowEdit]) -> None:
    if not edits:
        raise BadInput(
            Text(fa="هیچ ویرایشی داده نشده است.", en="No edit is given."),
            mend=Text(fa="دست‌کم یک ردیف بدهید.", en="Give at least one row."),
        )
    if len(edits) > MOST_EDITS:
        raise TooLarge(
            Text(
                fa=f"{len(edits)} ویرایش در یک بار داده شده است؛ بیشینه {MOST_EDITS} است.",
                en=f"{len(edits)} edits are given at once; the bound is {MOST_EDITS}.",
            ),
            mend=Text(fa="آن‌ها را در چند بار بفرستید.", en="Send them in several calls."),
        )
