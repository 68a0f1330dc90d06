"""Who was told what about a code on a day."""

from __future__ import annotations

from maksa.web.api.desk import parameters as of
from maksa.web.api.desk import told_wire as wire
from maksa.web.api.questions import Asked
from maksa.web.desk import told as desk
from maksa.web.desk.acting import at_desk


async def told(asked: Asked) -> wire.ToldAnswer:
    """Tell what stood published about a code on a day, and who was told of it by then."""
    query = asked.query
    terminology, code, on = query.need(of.ABOUT_LIST), query.need(of.ABOUT_CODE), query.need(of.ON_THAT_DAY)
    return wire.told(
        await at_desk(asked.parts, asked.request, lambda acting: desk.told(acting, terminology, code, on))
    )
