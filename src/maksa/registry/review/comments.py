"""Comments on a draft, or on one row of it: only ever appended to, open until one of them resolves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, held_draft
from maksa.registry.drafts.history import require_row
from maksa.registry.journal import write_entry
from maksa.registry.requests.form import checked_text
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.review.tables import MOST_NUMBER, draft_comment
from maksa.terminology.bounds import check_limit
from maksa.text import Text

LONGEST_COMMENT = 4_000
_close = draft_comment.alias("close")


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a draft, or of its row `key`. It is open while `resolved_by` is None."""

    number: int
    key: str | None
    by: str
    at: datetime
    text: str
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    resolution: str | None = None


def add_comment(
    registry: Registry,
    terminology: str,
    edition: str,
    text: str,
    *,
    key: str | None = None,
    who: Who = OPERATOR,
) -> Comment:
    """Say something of a draft, or of one row of it (a code; of a map, an ordinal), that stands or once stood.

    Raises: UnknownEdition, UnknownCode (no such row), BadParameter (no text, or one over 4,000 characters), Refused (role).
    """
    said = _checked(text)
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-comment")
        draft = held_draft(connection, terminology, edition)
        if key is not None:
            require_row(connection, draft, key)
        return _append(connection, desk, draft, key=key, text=said)


def resolve_comment(
    registry: Registry, terminology: str, edition: str, number: int, text: str, *, who: Who = OPERATOR
) -> Comment:
    """Close an open comment of a draft, saying how it was settled.

    Raises: UnknownEdition, NotFound (no such comment), WrongState (it is resolved), BadParameter (no text),
            Refused (role).
    """
    said = _checked(text)
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-comment")
        draft = held_draft(connection, terminology, edition)
        held = _held(connection, draft, number)
        if held.resolved_by is not None:
            raise WrongState(
                Text(
                    fa=f"نظر {number} را «{held.resolved_by}» پیش‌تر بسته است.",
                    en=f"Comment {number} was resolved before, by '{held.resolved_by}'.",
                ),
                mend=Text(fa="نظر تازه‌ای بنویسید.", en="Write a new comment."),
            )
        _append(connection, desk, draft, key=held.key, text=said, resolves=number)
        return _held(connection, draft, number)


def list_comments(
    registry: Registry,
    terminology: str,
    edition: str,
    *,
    key: str | None = None,
    open_only: bool = False,
    after: int = 0,
    limit: int = 100,
) -> Sequence[Comment]:
    """Give the comments on a draft in their order, with `key` those on one row.

    Raises: UnknownEdition, BadParameter (limit 1 to 1,000).
    """
    check_limit(limit)
    with registry.reading() as connection:
        draft = held_draft(connection, terminology, edition)
        wanted = _comments(draft.number, open_only=open_only).where(
            draft_comment.c.number > min(after, MOST_NUMBER)
        )
        if key is not None:
            wanted = wanted.where(draft_comment.c.key == key)
        rows = connection.execute(wanted.order_by(draft_comment.c.number).limit(limit))
        return [_comment_of(row) for row in rows]


def open_comments(
    connection: Connection, draft: int, keys: Collection[str]
) -> Mapping[str, tuple[Comment, ...]]:
    """Give the open comments on these rows of a draft, by row, in their order."""
    wanted = _comments(draft, open_only=True).where(draft_comment.c.key.in_(keys))
    found: defaultdict[str, list[Comment]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(draft_comment.c.number)):
        found[row.key].append(_comment_of(row))
    return {key: tuple(comments) for key, comments in found.items()}


def comments_on(connection: Connection, draft: int, key: str, *, limit: int) -> tuple[Comment, ...]:
    """Give the first comments on one row of a draft, resolved ones too, in their order."""
    wanted = _comments(draft, open_only=False).where(draft_comment.c.key == key)
    rows = connection.execute(wanted.order_by(draft_comment.c.number).limit(limit))
    return tuple(_comment_of(row) for row in rows)


def _comments(draft: int, *, open_only: bool) -> Select[Any]:
    joined = draft_comment.outerjoin(_close, _close.c.resolves == draft_comment.c.number)
    told = (_close.c.actor.label("closer"), _close.c.at.label("closed"), _close.c.text.label("resolution"))
    wanted = select(draft_comment, *told).select_from(joined)
    wanted = wanted.where(draft_comment.c.draft == draft, draft_comment.c.resolves.is_(None))
    return wanted.where(_close.c.number.is_(None)) if open_only else wanted


def _append(
    connection: Connection,
    desk: Registry,
    draft: Draft,
    *,
    key: str | None,
    text: str,
    resolves: int | None = None,
) -> Comment:
    now = datetime.now(UTC)
    values = {"draft": draft.number, "key": key, "actor": desk.actor, "at": now, "text": text}
    inserted = insert(draft_comment).returning(draft_comment.c.number)
    number: int = connection.scalars(inserted.values(**values, resolves=resolves)).one()
    told = {"draft": draft.number, "comment": number, "row": key, "resolves": resolves}
    write_entry(desk, connection, "draft-comment", draft.name, **told)
    return Comment(number, key, desk.actor, now, text)


def _held(connection: Connection, draft: Draft, number: int) -> Comment:
    row = None
    if 0 < number <= MOST_NUMBER:
        wanted = _comments(draft.number, open_only=False).where(draft_comment.c.number == number)
        row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(
            Text(
                fa=f"پیش‌نویس «{draft.name}» نظری با شمارهٔ {number} ندارد.",
                en=f"The draft '{draft.name}' has no comment {number}.",
            ),
            mend=Text(
                fa="شماره‌ها را با «maksa drafts comments» ببینید.",
                en="See the numbers with 'maksa drafts comments'.",
            ),
        )
    return _comment_of(row)


def _comment_of(row: Row[Any]) -> Comment:
    return Comment(row.number, row.key, row.actor, row.at, row.text, row.closer, row.closed, row.resolution)


def _checked(text: str) -> str:
    said = checked_text("text", text, LONGEST_COMMENT)
    if said is None:
        raise BadParameter(
            "text",
            Text(fa="نظر خالی است.", en="The comment is empty."),
            mend=Text(fa="آن را بنویسید.", en="Write what you have to say."),
        )
    return said
