"""The edits of drafts: who changed which row, when, why, from what to what; only ever appended to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from maksa.errors import NotFound, UnknownCode
from maksa.intake.sentences import shown
from maksa.model.concept import Terminology
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, held_draft
from maksa.registry.drafts.lines import RowContent, content_of, hash_of, held_lines, is_key
from maksa.registry.review.tables import MOST_NUMBER, draft_edit
from maksa.registry.review.work import edit_stands
from maksa.terminology.bounds import check_limit
from maksa.text import Text

_undo = draft_edit.alias("undo")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one row. `key` is its code, or (of a map) its ordinal as text.

    `before` and `after` are None where there is no row; `seen` is the hash of `after`, which the next edit of the row
    names. Edits of one call share a `batch`. An undo `undoes` an earlier edit; an edit that was taken back names its
    undo in `undone_by`.
    """

    number: int
    batch: int
    key: str
    by: str
    at: datetime
    why: str | None
    before: RowContent | None
    after: RowContent | None
    seen: str | None
    undoes: int | None
    undone_by: int | None


def list_edits(
    registry: Registry,
    terminology: str,
    edition: str,
    *,
    key: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> Sequence[Edit]:
    """Give the edits of a draft, newest first, undone ones and undos too; with `key` those of one row.

    `before` is the number of the last edit of the page before. Raises: UnknownEdition, BadParameter (limit 1 to 1,000).
    """
    check_limit(limit)
    with registry.reading() as connection:
        draft = held_draft(connection, terminology, edition)
        wanted = edits_of(draft.number)
        if key is not None:
            wanted = wanted.where(draft_edit.c.key == key)
        if before is not None:
            wanted = wanted.where(draft_edit.c.number < min(before, MOST_NUMBER))
        rows = connection.execute(wanted.order_by(draft_edit.c.number.desc()).limit(limit))
        return [edit_of(draft.terminology, row) for row in rows]


def edits_of(draft: int) -> Select[Any]:
    """Ask for the edits of a draft, each with the number of its undo."""
    joined = draft_edit.outerjoin(_undo, _undo.c.undoes == draft_edit.c.number)
    return (
        select(draft_edit, _undo.c.number.label("undone_by"))
        .select_from(joined)
        .where(draft_edit.c.draft == draft)
    )


def last_standing(connection: Connection, draft: Draft, keys: Collection[str]) -> Mapping[str, Edit]:
    """Give, of each of these rows that was edited, the last edit that stands."""
    last = (
        select(func.max(draft_edit.c.number))
        .where(draft_edit.c.draft == draft.number, draft_edit.c.key.in_(keys), *edit_stands())
        .group_by(draft_edit.c.key)
    )
    rows = connection.execute(edits_of(draft.number).where(draft_edit.c.number.in_(last)))
    return {row.key: edit_of(draft.terminology, row) for row in rows}


def held_edit(connection: Connection, draft: Draft, number: int) -> Edit:
    """Give one edit of a draft. Raises: NotFound."""
    row = None
    if 0 < number <= MOST_NUMBER:
        row = connection.execute(edits_of(draft.number).where(draft_edit.c.number == number)).one_or_none()
    if row is None:
        raise NotFound(
            Text(
                fa=f"پیش‌نویس «{draft.name}» ویرایشی با شمارهٔ {number} ندارد.",
                en=f"The draft '{draft.name}' has no edit {number}.",
            ),
            mend=Text(
                fa="شماره‌ها را با «maksa drafts history» ببینید.",
                en="See the numbers with 'maksa drafts history'.",
            ),
        )
    return edit_of(draft.terminology, row)


def require_row(connection: Connection, draft: Draft, key: str) -> None:
    """See that a draft has a row, or had one. Raises: UnknownCode."""
    if is_key(draft.terminology, key):
        if held_lines(connection, draft.terminology, draft.number, (key,)):
            return
        edited = select(draft_edit.c.number).where(
            draft_edit.c.draft == draft.number, draft_edit.c.key == key
        )
        if connection.execute(edited.limit(1)).first() is not None:
            return
    raise unknown_row(draft, key)


def unknown_row(draft: Draft, key: str) -> UnknownCode:
    """Say that a draft has no row of a key."""
    return UnknownCode(
        Text(
            fa=f"پیش‌نویس «{draft.name}» ردیفی با کلید «{shown(key)}» ندارد.",
            en=f"The draft '{draft.name}' has no row '{shown(key)}'.",
        ),
        mend=Text(fa="ردیف‌ها را با «maksa drafts rows» ببینید.", en="See the rows with 'maksa drafts rows'."),
    )


def edit_of(terminology: Terminology, row: Row[Any]) -> Edit:
    """Read an edit of a row of `edits_of`."""
    return Edit(
        number=row.number,
        batch=row.batch,
        key=row.key,
        by=row.actor,
        at=row.at,
        why=row.why,
        before=None if row.before is None else content_of(terminology, row.before),
        after=None if row.after is None else content_of(terminology, row.after),
        seen=hash_of(row.after),
        undoes=row.undoes,
        undone_by=row.undone_by,
    )
