"""The page that answers who was told what about a code on a day."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.jalali import format_jalali, today
from maksa.registry.parties.access import may
from maksa.web.desk import told as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit

_LIST = filters.text("terminology", "The list.")
_CODE = filters.text("code", "The code.")
_ON = filters.day("on", "The day asked of.")


async def told(visit: Visit) -> Response:
    """Show the question and, once it is asked, what stood published that day and who knew."""
    query = visit.query((_LIST, _CODE, _ON))
    terminology, code, on = query.get(_LIST), query.get(_CODE), query.get(_ON) or today()

    def ask(acting: Acting) -> Any:
        if not may(acting.roles, "journal-read"):
            acting.require("registry-read")
        return desk.told(acting, terminology, code, on) if terminology and code else None

    fields = {
        "lists": visit.lists(),
        "chosen": {"terminology": terminology, "code": code, "on": format_jalali(on)},
    }
    try:
        found = await visit.do(ask)
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return visit.page("desk/told.html", {**fields, "found": None}, wrong=wrong)
    return visit.page("desk/told.html", {**fields, "found": found})
