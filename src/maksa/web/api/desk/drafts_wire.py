"""The JSON of drafts: how they stand, their rows as a grid shows them, edits, comments, and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from maksa.text import Text
from maksa.web.api import build
from maksa.web.api.wire import Day, Problem, Record, Title

if TYPE_CHECKING:
    from maksa.errors import Clash
    from maksa.registry.drafts.history import Edit
    from maksa.registry.drafts.lines import RowContent
    from maksa.registry.drafts.rows import DraftRow
    from maksa.registry.review.comments import Comment
    from maksa.registry.review.standing import Standing

Write = Callable[["RowContent | None"], dict[str, Any] | None]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Hash = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
MOST_EDITS = 1_000


class DraftStart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft to be begun from the edition in force; days are Jalali or ISO."""

    terminology: Name
    edition: Name
    effective: Name | None = None
    transition_until: Name | None = None


class RowEditIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one row is to become.

    `key` is its code; of a map the number of the row, null for a new row. `seen` is that of the row as its author saw
    it, null for a new one. `cells` are those that change, null removes the row.
    """

    key: Key | None = None
    seen: Hash | None = None
    cells: dict[str, Any] | None = None


class DraftEdits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows to be changed, all or none."""

    edits: Annotated[tuple[RowEditIn, ...], msgspec.Meta(min_length=1, max_length=MOST_EDITS)]
    why: Reason | None = None


class DraftUndo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The edit to be undone; without a number, all of the newest call."""

    edit: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    why: Reason | None = None


class CommentIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment on a draft, or on one row of it."""

    text: Reason
    key: Key | None = None


class CommentResolution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of a comment."""

    text: Reason


class DraftOut(Record, frozen=True):
    """A draft as lists show it."""

    terminology: str
    edition: str
    title: Title
    kind: str
    state: str
    state_title: Title
    count: int
    rows: int
    effective: Day | None
    transition_until: Day | None
    partial: bool
    letter: str | None
    source: str
    saved: str
    maker: str
    round: int
    hash: str | None
    edits: int
    comments: int


class DraftsAnswer(Record, frozen=True):
    """All drafts, in the order of list and edition."""

    total: int
    items: tuple[DraftOut, ...]


class DraftRowOut(Record, frozen=True):
    """One row: what an edit of it must name (`seen`), its cells, and what was done to it. `cells` null: it was removed."""

    key: str
    seen: str | None
    cells: dict[str, Any] | None
    edits: int
    last_edit: DraftEditOut | None
    comments: tuple[CommentOut, ...]


class DraftEditOut(Record, frozen=True):
    """One edit: both sides as cells, null where there was, or is, no row."""

    number: int
    batch: int
    key: str
    by: str
    at: str
    why: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None
    undone_by: int | None


class CommentOut(Record, frozen=True):
    """One comment; `resolved_by` null: it is open."""

    number: int
    key: str | None
    by: str
    at: str
    text: str
    resolved_by: str | None
    resolved_at: str | None
    resolution: str | None


class DraftRowsAnswer(Record, frozen=True):
    """A page of rows; `columns` are the names of cells. `next_after` may stand though the page is not full."""

    columns: tuple[str, ...]
    items: tuple[DraftRowOut, ...]
    next_after: str | None


class DraftRowAnswer(Record, frozen=True):
    """One row with its edits, newest first, and its comments."""

    row: DraftRowOut
    edits: tuple[DraftEditOut, ...]
    comments: tuple[CommentOut, ...]


class DraftEditsAnswer(Record, frozen=True):
    """Edits, newest first."""

    items: tuple[DraftEditOut, ...]
    next_before: int | None


class DraftEdited(Record, frozen=True):
    """What was changed. `left` is a state that was lost by it: the draft is back in editing."""

    items: tuple[DraftEditOut, ...]
    started: bool
    left: str | None


class CommentsAnswer(Record, frozen=True):
    """Comments in their order."""

    items: tuple[CommentOut, ...]
    next_after: int | None


class ClashOut(Record, frozen=True):
    """One row that two people wanted otherwise. `seen` is what to send with `yours` to put it in place of theirs."""

    key: str | None
    theirs: dict[str, Any] | None
    yours: dict[str, Any] | None
    by: str | None
    at: str | None
    seen: str | None


class ConflictProblem(Problem, frozen=True):
    """The problem of a conflict: nothing was written, and both sides are shown."""

    clashes: tuple[ClashOut, ...] = ()


def draft(standing: Standing, words: Text) -> DraftOut:
    """Write a draft as lists show it; `words` name its state."""
    held, life, work = standing.draft, standing.life, standing.work
    return DraftOut(
        terminology=held.terminology.id,
        edition=held.edition,
        title=build.title(held.terminology.title),
        kind=held.terminology.kind,
        state=life.state,
        state_title=build.title(words),
        count=held.count,
        rows=held.rows,
        effective=build.day(held.options.effective),
        transition_until=build.day(held.options.transition_until),
        partial=held.options.partial,
        letter=held.options.letter.number if held.options.letter else None,
        source=held.source.name,
        saved=held.saved.isoformat(timespec="seconds"),
        maker=life.maker,
        round=life.round,
        hash=life.hash,
        edits=work.edits,
        comments=work.comments,
    )


def row(held: DraftRow, write: Write) -> DraftRowOut:
    """Write a row; `write` gives the cells of a content."""
    return DraftRowOut(
        key=held.key,
        seen=held.seen,
        cells=write(held.content),
        edits=held.edits,
        last_edit=None if held.last_edit is None else edit(held.last_edit, write),
        comments=tuple(map(comment, held.comments)),
    )


def edit(made: Edit, write: Write) -> DraftEditOut:
    """Write an edit; `write` gives the cells of a content."""
    return DraftEditOut(
        number=made.number,
        batch=made.batch,
        key=made.key,
        by=made.by,
        at=made.at.isoformat(timespec="seconds"),
        why=made.why,
        before=write(made.before),
        after=write(made.after),
        undoes=made.undoes,
        undone_by=made.undone_by,
    )


def comment(said: Comment) -> CommentOut:
    """Write a comment."""
    return CommentOut(
        number=said.number,
        key=said.key,
        by=said.by,
        at=said.at.isoformat(timespec="seconds"),
        text=said.text,
        resolved_by=said.resolved_by,
        resolved_at=None if said.resolved_at is None else said.resolved_at.isoformat(timespec="seconds"),
        resolution=said.resolution,
    )


def clash(both: Clash) -> ClashOut:
    """Write both sides of a conflict."""
    return ClashOut(
        key=both.key,
        theirs=None if both.theirs is None else dict(both.theirs),
        yours=None if both.yours is None else dict(both.yours),
        by=both.by,
        at=None if both.at is None else both.at.isoformat(timespec="seconds"),
        seen=both.seen,
    )
