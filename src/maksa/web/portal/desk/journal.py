"""The page of the journal: who did what, when and why, and whether its chain is whole."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from starlette.responses import Response

from maksa.registry.journal import ACTS, Wanted
from maksa.web.desk import journal as desk
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit

_PATH = "/desk/journal"
_ACTOR = filters.text("actor", "Who did it.")
_ACT = filters.choice("act", "The act.", *ACTS)
_SUBJECT = filters.text("subject", "What the subject holds.")
_SINCE = filters.day("since", "From this day on.")
_KNOWN = (_ACTOR, _ACT, _SUBJECT, _SINCE, filters.BEFORE)


async def entries(visit: Visit) -> Response:
    """Show the entries, newest first."""
    query = visit.query(_KNOWN)
    wanted = Wanted(query.get(_ACTOR), query.get(_ACT), query.get(_SUBJECT), query.get(_SINCE))
    chosen = asdict(wanted)
    before = query.get(filters.BEFORE)
    found = await visit.do(
        lambda acting: desk.entries(acting, wanted, before=before, limit=filters.PAGE_SIZE + 1)
    )
    page, more = found[: filters.PAGE_SIZE], len(found) > filters.PAGE_SIZE
    return visit.page(
        "desk/journal.html",
        {
            "rows": [(one, datetime.fromisoformat(one.at)) for one in page],
            "next": filters.page_after(_PATH, chosen, "before", page[-1].number) if more else None,
            "chosen": chosen,
            "narrowed": any(chosen.values()),
            "acts": ACTS,
        },
    )


async def chain(visit: Visit) -> Response:
    """Verify the chain of the journal, and show what was found."""
    visit.query()
    return visit.page("desk/journal_chain.html", {"chain": await visit.do(desk.chain)})
