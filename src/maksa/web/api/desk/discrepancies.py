"""The discrepancy register: its records, decisions, owners and deadlines, lists that parties send, and their trend."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from maksa.model.jalali import parse_day, today
from maksa.registry.discrepancies.received import Sent
from maksa.registry.discrepancies.register import Decided, Wanted
from maksa.web.api.build import PREFIX
from maksa.web.api.desk import discrepancies_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.reading import number_in_path, read_fields, read_file
from maksa.web.api.questions import Asked
from maksa.web.desk import discrepancies as desk
from maksa.web.desk.acting import Acting, at_desk

_ENCODER = msgspec.json.Encoder()


async def records(asked: Asked) -> wire.DiscrepanciesAnswer:
    """List records of the register: those of one's own party, or of all to who may see them."""
    query = asked.query
    wanted = Wanted(
        party=query.get(of.PARTY) or None,
        list=query.get(of.LIST) or None,
        kind=query.get(of.KIND),
        state=query.get(of.STATE),
        owner=query.get(of.OWNER) or None,
        overdue_on=today() if query.get(of.OVERDUE) == "true" else None,
    )
    limit, after = query.get(of.LIMIT) or 100, query.get(of.AFTER) or 0
    total, found = await at_desk(
        asked.parts, asked.request, lambda acting: desk.find(acting, wanted, after=after, limit=limit + 1)
    )
    page = found[:limit]
    return wire.DiscrepanciesAnswer(
        total=total,
        items=tuple(map(wire.discrepancy, page)),
        next_after=page[-1].number if len(found) > limit else None,
    )


async def record(asked: Asked) -> wire.DiscrepancyAnswer:
    """Show one record: both sides, suggestions with their evidence, the decision, the history."""
    number = number_in_path(asked, "discrepancy")
    return await at_desk(asked.parts, asked.request, lambda acting: _record(acting, number))


async def decide(asked: Asked) -> wire.DiscrepancyAnswer:
    """Decide a record: it may stand, the party or the reference corrects, or it is no discrepancy."""
    number = number_in_path(asked, "discrepancy")
    sent = await read_fields(asked, wire.DiscrepancyDecision)
    decided = Decided(sent.outcome, sent.why, sent.letter, sent.evidence)

    def do(acting: Acting) -> wire.DiscrepancyAnswer:
        desk.decide(acting, number, decided, again=sent.again)
        return _record(acting, number)

    return await at_desk(asked.parts, asked.request, do)


async def assign(asked: Asked) -> wire.DiscrepancyAnswer:
    """Give a record an owner, a deadline, or both."""
    number = number_in_path(asked, "discrepancy")
    sent = await read_fields(asked, wire.DiscrepancyAssignment)
    deadline = None if sent.deadline is None else parse_day(sent.deadline, parameter="deadline")

    def do(acting: Acting) -> wire.DiscrepancyAnswer:
        desk.assign(acting, number, desk.Assigned(sent.owner, deadline))
        return _record(acting, number)

    return await at_desk(asked.parts, asked.request, do)


async def upload(asked: Asked) -> Response:
    """Receive a party's list, CSV or XLSX; it is compared by `maksa discrepancies work`, and its state says how far it is."""
    query = asked.query
    party = query.need(of.THEIR_PARTY)
    sent = Sent(
        party=party,
        list=query.need(of.OUR_LIST),
        day=query.get(of.ON) or today(),
        file=query.get(of.FILE) or "list",
        content=await read_file(asked),
        reporter=query.get(of.REPORTER) or party,
        channel=query.get(of.CHANNEL) or "direct",
        profile=query.get(of.PROFILE) or "generic",
        partial=query.get(of.PARTIAL) == "true",
    )
    kept = await at_desk(asked.parts, asked.request, lambda acting: desk.receive(acting, sent))
    headers = {
        "location": f"{PREFIX}/discrepancies/uploads/{kept.number}",
        "cache-control": "no-store",
    }
    return Response(_ENCODER.encode(wire.received(kept)), 202, headers, "application/json")


async def uploads(asked: Asked) -> wire.ReceivedLists:
    """List the lists that were received, newest first."""
    party = asked.query.get(of.PARTY) or None
    found = await at_desk(asked.parts, asked.request, lambda acting: desk.received_lists(acting, party=party))
    return wire.ReceivedLists(tuple(map(wire.received, found)))


async def upload_state(asked: Asked) -> wire.ReceivedList:
    """Tell how far a received list is, and what became of it."""
    number = number_in_path(asked, "upload")
    found = await at_desk(asked.parts, asked.request, lambda acting: desk.received_list(acting, number))
    return wire.received(found)


async def trend(asked: Asked) -> wire.TrendAnswer:
    """Tell how the differences of a party went from upload to upload, oldest first."""
    party, terminology = asked.query.need(of.THEIR_PARTY), asked.query.get(of.LIST) or None
    found = await at_desk(asked.parts, asked.request, lambda acting: desk.uploads(acting, party, terminology))
    return wire.TrendAnswer(len(found), tuple(map(wire.upload, found)))


def _record(acting: Acting, number: int) -> wire.DiscrepancyAnswer:
    found, steps = desk.one(acting, number)
    return wire.DiscrepancyAnswer(wire.discrepancy(found), tuple(map(wire.step, steps)))
