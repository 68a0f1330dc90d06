"""The journal: who did what, when and why, and whether its chain is whole."""

from __future__ import annotations

from maksa.registry.journal import Wanted
from maksa.web.api import build
from maksa.web.api.desk import journal_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.questions import Asked
from maksa.web.desk import journal as desk
from maksa.web.desk.acting import at_desk


async def entries(asked: Asked) -> wire.JournalAnswer:
    """List what was done at the desk, newest first."""
    query = asked.query
    wanted = Wanted(
        actor=query.get(of.ACTOR) or None,
        act=query.get(of.ACT) or None,
        subject=query.get(of.SUBJECT) or None,
        since=query.get(of.SINCE),
    )
    limit, before = query.get(of.LIMIT) or 100, query.get(of.BEFORE)
    found = await at_desk(
        asked.parts,
        asked.request,
        lambda acting: desk.entries(acting, wanted, before=before, limit=limit + 1),
    )
    page = found[:limit]
    return wire.JournalAnswer(
        items=tuple(map(wire.entry, page)),
        next_before=page[-1].number if len(found) > limit else None,
    )


async def chain(asked: Asked) -> wire.JournalChain:
    """Verify every entry of the journal and its seal."""
    found = await at_desk(asked.parts, asked.request, desk.chain)
    return wire.JournalChain(
        whole=not found.problems,
        number=found.number,
        hash=found.hash,
        problems=tuple(map(build.title, found.problems)),
    )
