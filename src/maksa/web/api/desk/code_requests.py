"""Requests for missing codes: the queue, their history, the acts upon them, batches and statistics."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maksa.model.code_request import CodeRequest
from maksa.model.jalali import today
from maksa.registry.requests.code_requests import Sought
from maksa.registry.requests.next_acts import clock_of
from maksa.web.api import build
from maksa.web.api.code_requests_wire import candidate
from maksa.web.api.code_requests_wire import code_request as request_out
from maksa.web.api.desk import code_requests_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.reading import number_in_path, read_fields, read_file
from maksa.web.api.questions import Asked
from maksa.web.desk import code_requests as desk
from maksa.web.desk.acting import Acting, at_desk

if TYPE_CHECKING:
    from maksa.registry.requests.batch import BatchRow


async def queue(asked: Asked) -> wire.RequestsAnswer:
    """List requests: those of one's own party, or of all to who may see them."""
    query = asked.query
    sought = Sought(
        state=query.get(of.REQUEST_STATE),
        terminology=query.get(of.TERMINOLOGY) or None,
        organisation=query.get(of.PARTY) or None,
        text=query.get(of.WORDS) or None,
        overdue=query.get(of.OVERDUE) == "true",
    )
    limit, after = query.get(of.LIMIT) or 100, query.get(of.AFTER) or 0
    total, found = await at_desk(
        asked.parts, asked.request, lambda acting: desk.find(acting, sought, after=after, limit=limit + 1)
    )
    page, day = found[:limit], today()
    return wire.RequestsAnswer(
        total=total,
        items=tuple(wire.queued(one, clock_of(one, day)) for one in page),
        next_after=page[-1].number if len(found) > limit else None,
    )


async def history(asked: Asked) -> wire.RequestHistory:
    """Tell what was done to a request, what may be done now, and what may be there already."""
    number = number_in_path(asked, "request")
    return await at_desk(asked.parts, asked.request, lambda acting: _history(acting, number))


async def act(asked: Asked) -> wire.RequestHistory:
    """Do an act to a request: accept it, work on it, ask its asker, end it with a code, or refuse it."""
    number = number_in_path(asked, "request")
    sent = await read_fields(asked, wire.RequestAct)
    doing = desk.Doing(sent.act, sent.said, sent.code, sent.terminology)

    def do(acting: Acting) -> wire.RequestHistory:
        desk.act_on(acting, number, doing)
        return _history(acting, number)

    return await at_desk(asked.parts, asked.request, do)


async def batch(asked: Asked) -> wire.RequestBatch:
    """File the rows of a CSV or XLSX file; the same file again files only what is not filed yet."""
    content = await read_file(asked)
    rows = await at_desk(asked.parts, asked.request, lambda acting: list(desk.file_batch(acting, content)))
    fates = Counter("set_aside" if row.request is None else "filed" if row.token else "held" for row in rows)
    return wire.RequestBatch(
        rows=len(rows),
        filed=fates["filed"],
        held=fates["held"],
        set_aside=fates["set_aside"],
        items=tuple(map(_row, rows)),
    )


async def statistics(asked: Asked) -> wire.RequestStatistics:
    """Count requests by state, list, origin and outcome, and tell how long they take."""
    since, terminology = asked.query.get(of.SINCE), asked.query.get(of.TERMINOLOGY) or None
    counted = await at_desk(
        asked.parts,
        asked.request,
        lambda acting: desk.statistics(acting, since=since, terminology=terminology),
    )
    return wire.statistics(counted)


def _history(acting: Acting, number: int) -> wire.RequestHistory:
    found = desk.standing(acting, number)
    return wire.RequestHistory(
        request=request_out(found.request),
        clock=wire.clock_out(found.clock),
        steps=tuple(map(wire.step, found.steps)),
        allowed=tuple(wire.AllowedAct(one.name, one.says) for one in found.acts),
        candidates=tuple(map(candidate, desk.candidates(acting, found.request))),
    )


def _row(row: BatchRow) -> wire.BatchRowOut:
    request: CodeRequest | None = row.request
    return wire.BatchRowOut(
        row=row.row,
        number=None if request is None else request.number,
        token=row.token,
        likely=tuple(candidate(one) for one in row.candidates if one.likely),
        reason=None if row.reason is None else build.title(row.reason),
    )
