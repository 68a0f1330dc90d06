"""What people put into a draft: edits that stand and open comments, which no import may replace unasked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, select

from maksa.errors import WrongState
from maksa.registry.review.life import life_of
from maksa.registry.review.states import table
from maksa.registry.review.tables import draft_comment, draft_edit
from maksa.text import Text

_undo = draft_edit.alias("undo")
_close = draft_comment.alias("close")


@dataclass(frozen=True, slots=True)
class Work:
    """How many edits of a draft stand, and how many comments on it are open."""

    edits: int
    comments: int


def work_on(connection: Connection, draft: int) -> Work:
    """Count what people put into the draft of a number."""
    edits = select(func.count()).where(draft_edit.c.draft == draft, *edit_stands())
    comments = select(func.count()).where(draft_comment.c.draft == draft, *comment_is_open())
    return Work(connection.scalar(edits) or 0, connection.scalar(comments) or 0)


def require_replaceable(
    connection: Connection, draft: int, subject: str, *, over_edits: bool
) -> dict[str, int | str] | None:
    """See that replacing a draft loses no work unasked; gives what the journal is to say of it, None of no work.

    Raises: WrongState naming the edits, the open comments and the state.
    """
    work, life = work_on(connection, draft), life_of(connection, draft, subject)
    if not (work.edits or work.comments or life.state != "editing"):
        return None
    if over_edits:
        return {"draft": draft, "edits": work.edits, "comments": work.comments, "state": life.state}
    word = table().words[life.state]
    raise WrongState(
        Text(
            fa=f"پیش‌نویس «{subject}» {work.edits} ویرایش و {work.comments} نظر باز دارد و در وضعیت «{word.fa}» است؛ واردکردن همهٔ آن را جایگزین می‌کند.",
            en=f"The draft '{subject}' has {work.edits} edits and {work.comments} open comments and is in the state '{word.en}'; an import would replace all of it.",
        ),
        mend=Text(
            fa="نخست آن را با «maksa drafts discard» دور بریزید، یا با --over-edits وارد کنید.",
            en="Discard it first ('maksa drafts discard'), or import with --over-edits.",
        ),
    )


def edit_stands() -> tuple[ColumnElement[bool], ...]:
    """Tell the edits that stand: no undos, and not undone."""
    undone = exists().where(_undo.c.undoes == draft_edit.c.number)
    return draft_edit.c.undoes.is_(None), ~undone


def comment_is_open() -> tuple[ColumnElement[bool], ...]:
    """Tell the comments that are open: none that resolves another, and not resolved."""
    resolved = exists().where(_close.c.resolves == draft_comment.c.number)
    return draft_comment.c.resolves.is_(None), ~resolved
