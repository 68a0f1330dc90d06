"""Drafts: begun, read row by row, edited, undone, commented on."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from maksa.errors import Conflict
from maksa.model.jalali import parse_day
from maksa.registry.drafts.cells import cell_names, cells_of
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.drafts import DraftOptions
from maksa.registry.drafts.edits import Edited
from maksa.registry.drafts.lines import RowContent
from maksa.registry.drafts.rows import RowFilter
from maksa.registry.review.standing import Standing
from maksa.registry.review.states import table
from maksa.web.api.desk import drafts_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.reading import number_in_path, read_fields
from maksa.web.api.desk.wire import Done
from maksa.web.api.outcome import PROBLEM_MEDIA_TYPE, problem_of
from maksa.web.api.questions import Asked
from maksa.web.desk import drafts as desk
from maksa.web.desk.acting import Acting, at_desk
from maksa.web.language import language_of
from maksa.web.query import MAX_TEXT
from maksa.web.refusal import refusal_of

_MAX_EDITS = 4 * 1024 * 1024
"""Bytes of a batch of edits."""


async def drafts(asked: Asked) -> wire.DraftsAnswer:
    """List the drafts with their states and counts."""
    found = await at_desk(asked.parts, asked.request, desk.find)
    return wire.DraftsAnswer(len(found), tuple(map(draft_out, found)))


async def start(asked: Asked) -> wire.DraftOut:
    """Begin a draft from the edition in force."""
    sent = await read_fields(asked, wire.DraftStart)
    name = (sent.terminology, sent.edition)
    options = DraftOptions(
        effective=None if sent.effective is None else parse_day(sent.effective, parameter="effective"),
        transition_until=None
        if sent.transition_until is None
        else parse_day(sent.transition_until, parameter="transition_until"),
    )

    def do(acting: Acting) -> Standing:
        begun = desk.begin(acting, name, options)
        return desk.one(acting, (begun.terminology.id, begun.edition))[0].standing

    return draft_out(await at_desk(asked.parts, asked.request, do))


async def discard(asked: Asked) -> Done:
    """Throw a draft away."""
    name = name_of(asked)
    await at_desk(asked.parts, asked.request, lambda acting: desk.discard(acting, name))
    return Done()


async def rows(asked: Asked) -> wire.DraftRowsAnswer:
    """Give a page of a draft's rows, as a grid shows them."""
    name, query = name_of(asked), asked.query
    wanted = RowFilter(
        text=query.get(of.WORDS) or None,
        changed=query.get(of.CHANGED) == "true",
        commented=query.get(of.COMMENTED) == "true",
        status=query.get(of.ROW_STATUS),
    )
    limit, after = query.get(of.LIMIT) or 100, query.get(of.AFTER_ROW) or None

    def do(acting: Acting) -> wire.DraftRowsAnswer:
        columns = cell_names(desk.draft(acting, name).terminology)
        page = desk.page(acting, name, wanted, after=after, limit=limit)
        return wire.DraftRowsAnswer(columns, tuple(wire.row(one, cells) for one in page.rows), page.next)

    return await at_desk(asked.parts, asked.request, do)


async def row(asked: Asked) -> wire.DraftRowAnswer:
    """Show one row of a draft with its edits and comments."""
    name, key = name_of(asked), str(asked.request.path_params["key"])[:MAX_TEXT]
    found = await at_desk(asked.parts, asked.request, lambda acting: desk.row(acting, name, key))
    return wire.DraftRowAnswer(
        row=wire.row(found.row, cells),
        edits=tuple(wire.edit(one, cells) for one in found.edits),
        comments=tuple(map(wire.comment, found.comments)),
    )


async def edit(asked: Asked) -> wire.DraftEdited | Response:
    """Change rows of a draft, all or none; what somebody else changed meanwhile is shown, and nothing is lost."""
    name = name_of(asked)
    sent = await read_fields(asked, wire.DraftEdits, most=_MAX_EDITS)
    wanted = [RowEdit(one.key, one.seen, one.cells) for one in sent.edits]
    try:
        done = await at_desk(
            asked.parts, asked.request, lambda acting: desk.edit(acting, name, wanted, sent.why)
        )
    except Conflict as conflict:
        return _both_sides(asked, conflict)
    return _edited(done)


async def undo(asked: Asked) -> wire.DraftEdited:
    """Undo one edit that nothing later touched, or all of the newest call."""
    name, sent = name_of(asked), await read_fields(asked, wire.DraftUndo)
    done = await at_desk(
        asked.parts, asked.request, lambda acting: desk.undo(acting, name, sent.edit, sent.why)
    )
    return _edited(done)


async def edits(asked: Asked) -> wire.DraftEditsAnswer:
    """List the edits of a draft, newest first."""
    name, query = name_of(asked), asked.query
    key, before, limit = query.get(of.ROW) or None, query.get(of.BEFORE), query.get(of.LIMIT) or 100
    found = await at_desk(
        asked.parts,
        asked.request,
        lambda acting: desk.made(acting, name, key=key, before=before, limit=limit),
    )
    items = tuple(wire.edit(one, cells) for one in found)
    return wire.DraftEditsAnswer(items, found[-1].number if len(found) == limit else None)


async def comments(asked: Asked) -> wire.CommentsAnswer:
    """List the comments on a draft, or on one row of it."""
    name, query = name_of(asked), asked.query
    key, limit, after = query.get(of.ROW) or None, query.get(of.LIMIT) or 100, query.get(of.AFTER) or 0
    open_only = query.get(of.OPEN) == "true"
    found = await at_desk(
        asked.parts,
        asked.request,
        lambda acting: desk.said(acting, name, key=key, open_only=open_only, after=after, limit=limit),
    )
    return wire.CommentsAnswer(
        tuple(map(wire.comment, found)), found[-1].number if len(found) == limit else None
    )


async def comment(asked: Asked) -> wire.CommentOut:
    """Comment on a draft, or on one row of it."""
    name, sent = name_of(asked), await read_fields(asked, wire.CommentIn)
    said = await at_desk(
        asked.parts, asked.request, lambda acting: desk.say(acting, name, sent.text, sent.key)
    )
    return wire.comment(said)


async def resolve(asked: Asked) -> wire.CommentOut:
    """Say what became of a comment; it is open no longer."""
    name, number = name_of(asked), number_in_path(asked, "comment")
    sent = await read_fields(asked, wire.CommentResolution)
    said = await at_desk(
        asked.parts, asked.request, lambda acting: desk.resolve(acting, name, number, sent.text)
    )
    return wire.comment(said)


def name_of(asked: Asked) -> desk.Name:
    """Give the list and the edition that the path names."""
    parameters = asked.request.path_params
    return str(parameters["id"])[:MAX_TEXT], str(parameters["edition"])[:MAX_TEXT]


def draft_out(standing: Standing) -> wire.DraftOut:
    """Write a draft as lists show it."""
    return wire.draft(standing, table().words[standing.life.state])


def cells(content: RowContent | None) -> dict[str, Any] | None:
    """Give the cells of a row, None where there is none."""
    return None if content is None else cells_of(content)


def _edited(done: Edited) -> wire.DraftEdited:
    return wire.DraftEdited(tuple(wire.edit(one, cells) for one in done.edits), done.started, done.left)


def _both_sides(asked: Asked, conflict: Conflict) -> Response:
    """Give the problem of a conflict with both sides, so that what was sent can be sent again."""
    language = language_of(asked.request, default="en")
    problem = msgspec.json.decode(problem_of(refusal_of(conflict), language, asked.request.state.id))
    problem["clashes"] = [msgspec.to_builtins(wire.clash(one)) for one in conflict.clashes]
    headers = {"content-language": language, "vary": "accept-language", "cache-control": "no-store"}
    return Response(msgspec.json.encode(problem), 409, headers, PROBLEM_MEDIA_TYPE)
