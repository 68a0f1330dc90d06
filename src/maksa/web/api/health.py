"""How the server is: alive, ready, its figures, and the description of its API."""

from __future__ import annotations

from contextlib import suppress

from starlette.responses import Response

from maksa import __version__
from maksa.errors import MaksaError
from maksa.text import Text
from maksa.web.api.questions import Asked
from maksa.web.api.wire import HealthAnswer
from maksa.web.guard.metrics import CONTENT_TYPE
from maksa.web.refusal import Refusal


async def alive(asked: Asked) -> HealthAnswer:  # noqa: ARG001 - Every question takes the same.
    """Tell that the process answers."""
    return HealthAnswer("ok", __version__, None)


async def ready(asked: Asked) -> HealthAnswer:
    """Tell that the catalogue can be read, how many terminologies it has, and which files are refused."""
    try:
        listed = asked.parts.service.catalogue()
    except MaksaError as error:
        raise Refusal(503, "not-ready", error.text, mend=error.mend) from None
    if not listed:
        raise Refusal(
            503,
            "not-ready",
            Text(fa="هیچ فهرستی در دسترس نیست.", en="No terminology is held."),
            mend=Text(fa="با «maksa import» فهرستی وارد کنید.", en="Import one with `maksa import`."),
        )
    refused = tuple(problem.text.en for problem in asked.parts.service.refusals())
    return HealthAnswer("ready", __version__, len(listed), refused)


async def metrics(asked: Asked) -> Response:
    """Give the figures of operation for Prometheus."""
    with suppress(Exception):  # Figures are wanted most when something else fails.
        asked.parts.metrics.refused(len(asked.parts.service.refusals()))
    return Response(asked.parts.metrics.render(), headers={"content-type": CONTENT_TYPE})
