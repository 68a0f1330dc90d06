"""The rows of a draft as a grid shows them: a page at a time, each with its state, its edits and open comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from maksa.errors import BadParameter
from maksa.intake.cells import read_status
from maksa.model.concept import Concept
from maksa.model.persian import fold
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, held_draft
from maksa.registry.drafts.history import Edit, edit_of, edits_of, last_standing, require_row
from maksa.registry.drafts.lines import (
    RowContent,
    content_of,
    hash_of,
    held_lines,
    is_key,
    lines_after,
    order_of,
)
from maksa.registry.review.comments import Comment, comments_on, open_comments
from maksa.registry.review.tables import draft_comment, draft_edit
from maksa.registry.review.work import comment_is_open, edit_stands
from maksa.terminology.bounds import MAX_QUERY, check_limit
from maksa.text import Text

MOST_LOOKED_AT = 20_000
"""Rows that one call looks at for its filter."""
MOST_OF_ROW = 200
"""Edits and comments of one row that are shown."""
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are wanted; all that is said must hold.

    `text`: each of its words stands in a title, or the code begins with it. `changed`: an edit of the row stands; rows
    that were removed are shown then too. `commented`: an open comment speaks of it. `status`: active or retired (of a
    list). `keys`: one of these rows, for example those of which a check has findings.
    """

    text: str | None = None
    changed: bool = False
    commented: bool = False
    status: str | None = None
    keys: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row. `seen` is the hash of its record, which an edit of it names; `content` None: it was removed.

    `edits` counts those that stand, `last_edit` is the last of them; `comments` are the open ones.
    """

    key: str
    seen: str | None
    content: RowContent | None
    edits: int = 0
    last_edit: Edit | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPage:
    """A page of rows in their order; `next` is the key after which to ask on, None at the end.

    A page may hold fewer rows than asked for, and even none, where its filter looked at many.
    """

    rows: tuple[DraftRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RowHistory:
    """One row with its last 200 edits, newest first, undone ones too, and its first 200 comments, resolved ones too."""

    row: DraftRow
    edits: tuple[Edit, ...]
    comments: tuple[Comment, ...]


_ALL = RowFilter()


def page_rows(
    registry: Registry,
    terminology: str,
    edition: str,
    wanted: RowFilter = _ALL,
    *,
    after: str | None = None,
    limit: int = 100,
) -> RowPage:
    """Give a page of the rows of a draft, those after the row of a key.

    Raises: UnknownEdition, BadParameter (limit 1 to 1,000, the status, the key).
    Cost:   grows with the rows looked at, 20,000 at most.
    """
    check_limit(limit)
    with registry.reading() as connection:
        draft = held_draft(connection, terminology, edition)
        matches = _Matches(draft, wanted)
        if after is not None and not is_key(draft.terminology, after):
            raise _wrong("after", after, Text("کلید یک ردیف", "the key of a row"))
        found: list[tuple[str, str | None]] = []
        looked, last, ended = 0, after, True
        for key, line in _candidates(connection, draft, wanted, after):
            if len(found) == limit or looked == MOST_LOOKED_AT:
                ended = False
                break
            looked, last = looked + 1, key
            if matches(key, line):
                found.append((key, line))
        return RowPage(_rows(connection, draft, found), None if ended else last)


def read_row(registry: Registry, terminology: str, edition: str, key: str) -> RowHistory:
    """Give one row of a draft with its history; also one that was removed. Raises: UnknownEdition, UnknownCode."""
    with registry.reading() as connection:
        draft = held_draft(connection, terminology, edition)
        require_row(connection, draft, key)
        line = held_lines(connection, draft.terminology, draft.number, (key,)).get(key)
        wanted = edits_of(draft.number).where(draft_edit.c.key == key)
        edits = connection.execute(wanted.order_by(draft_edit.c.number.desc()).limit(MOST_OF_ROW))
        return RowHistory(
            _rows(connection, draft, [(key, line)])[0],
            tuple(edit_of(draft.terminology, row) for row in edits),
            comments_on(connection, draft.number, key, limit=MOST_OF_ROW),
        )


class _Matches:
    """Tells whether a row is wanted."""

    def __init__(self, draft: Draft, wanted: RowFilter) -> None:
        self._terminology = draft.terminology
        text = (wanted.text or "").strip()
        if len(text) > MAX_QUERY:
            raise _wrong("text", text, Text(f"تا {MAX_QUERY} نویسه", f"at most {MAX_QUERY} characters"))
        self._text, self._words = text, fold(text).split()
        self._status = None
        if wanted.status is not None:
            self._status = read_status(wanted.status)
            if self._status is None or draft.terminology.kind == "map":
                raise _wrong(
                    "status",
                    wanted.status,
                    Text("در یک فهرست active یا retired", "of a list, active or retired"),
                )

    def __call__(self, key: str, line: str | None) -> bool:
        if not self._text and self._status is None:
            return True
        if line is None:
            return self._status is None and key.startswith(self._text)
        content = content_of(self._terminology, line)
        if isinstance(content, Concept):
            if self._status not in {None, content.status}:
                return False
            code, titles = content.code, content.titles()
        else:
            code, titles = content.source_code, (content.target_code or "", content.comment or "")
        folded = fold(" ".join((code, *titles)))
        return code.startswith(self._text) or all(word in folded for word in self._words)


def _candidates(
    connection: Connection, draft: Draft, wanted: RowFilter, after: str | None
) -> Iterator[tuple[str, str | None]]:
    """Yield the rows that may be wanted, in their order: all, or those of which a part of the filter names the keys."""
    keys = _keys(connection, draft, wanted)
    if keys is None:
        while some := lines_after(connection, draft.terminology, draft.number, after, _AT_ONCE):
            yield from some
            after = some[-1][0]
        return
    order = order_of(draft.terminology)
    ordered = sorted((key for key in keys if after is None or order(key) > order(after)), key=order)
    for start in range(0, len(ordered), _AT_ONCE):
        some_keys = ordered[start : start + _AT_ONCE]
        lines = held_lines(connection, draft.terminology, draft.number, some_keys)
        yield from ((key, lines.get(key)) for key in some_keys if key in lines or wanted.changed)


def _keys(connection: Connection, draft: Draft, wanted: RowFilter) -> set[str] | None:
    sets = []
    if wanted.changed:
        edited = select(draft_edit.c.key).where(draft_edit.c.draft == draft.number, *edit_stands())
        sets.append(set(connection.scalars(edited.distinct())))
    if wanted.commented:
        spoken = select(draft_comment.c.key).where(
            draft_comment.c.draft == draft.number, draft_comment.c.key.is_not(None), *comment_is_open()
        )
        sets.append(set(connection.scalars(spoken.distinct())))
    if wanted.keys is not None:
        sets.append({key for key in wanted.keys if is_key(draft.terminology, key)})
    return set.intersection(*sets) if sets else None


def _rows(connection: Connection, draft: Draft, found: list[tuple[str, str | None]]) -> tuple[DraftRow, ...]:
    keys = [key for key, _ in found]
    counted = (
        select(draft_edit.c.key, func.count().label("edits"))
        .where(draft_edit.c.draft == draft.number, draft_edit.c.key.in_(keys), *edit_stands())
        .group_by(draft_edit.c.key)
    )
    edits = {row.key: row.edits for row in connection.execute(counted)}
    last = last_standing(connection, draft, keys)
    comments = open_comments(connection, draft.number, keys)
    return tuple(
        DraftRow(
            key=key,
            seen=hash_of(line),
            content=None if line is None else content_of(draft.terminology, line),
            edits=edits.get(key, 0),
            last_edit=last.get(key),
            comments=comments.get(key, ()),
        )
        for key, line in found
    )


def _wrong(name: str, value: str, wanted: Text) -> BadParameter:
    return BadParameter(
        name,
        Text(fa=f"«{value[:60]}» برای {name} نمی‌شود.", en=f"'{value[:60]}' cannot be the {name}."),
        mend=Text(fa=f"بدهید: {wanted.fa}.", en=f"Give {wanted.en}."),
    )
