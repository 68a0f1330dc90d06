"""The desk's front page: what waits for who is signed in."""

from __future__ import annotations

from starlette.responses import Response

from maksa.registry.parties.access import acts, roles
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk.visit import Visit


async def front(visit: Visit) -> Response:
    """Show who is signed in, and what they may do."""
    visit.query()
    may = await visit.do(_may)
    return visit.page("desk/front.html", {"may": may, "roles": roles()})


def _may(acting: Acting) -> list[str]:
    held = set(acting.roles)
    return [act.title.fa for act in acts().values() if held & set(act.roles)]
