"""Pages named by `module.function`, loaded when they are first asked: they load an SQL toolkit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maksa.errors import NotAllowed
from maksa.web.parts import Parts
from maksa.web.portal.pages import Pages
from maksa.web.routing import Endpoint

if TYPE_CHECKING:
    from maksa.web.portal.desk.visit import Visit

Page = Callable[["Visit"], Awaitable[Response]]


def later(pages: Pages, name: str) -> Endpoint:
    """Give the endpoint of a page of this package; who is not signed in is led to the page for that, and back."""
    module, _, function = name.partition(".")

    async def page(parts: Parts, request: Request) -> Response:
        from maksa.web.portal.desk.visit import SIGN_IN, Visit  # noqa: PLC0415 - As said above.

        endpoint: Page = getattr(import_module(f"{__package__}.{module}"), function)
        try:
            return await endpoint(Visit(pages, parts, request))
        except NotAllowed:
            if request.url.path == SIGN_IN:
                raise
            return RedirectResponse(f"{SIGN_IN}?next={quote(_back_to(request), safe='')}", 303)

    return page


def _back_to(request: Request) -> str:
    """Give the page to come back to; what was sent by a form is sent again by its reader."""
    if request.method != "GET":
        return "/desk"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
