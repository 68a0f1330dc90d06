"""The table of the portal, and its style sheet, which lies beside its templates."""

from __future__ import annotations

import hashlib
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response

from maksa.web.parts import Parts
from maksa.web.portal.code_requests import RequestPages
from maksa.web.portal.desk.routes import desk_routes
from maksa.web.portal.letters import LetterPages
from maksa.web.portal.pages import Pages
from maksa.web.portal.render import Renderer
from maksa.web.routing import Door, Endpoint, Route


def door() -> Door:
    """Give the portal as a door; it owns every path that no other door does."""
    pages = Pages(Renderer())
    requests = RequestPages(pages)
    letters = LetterPages(pages)
    return Door(
        name="portal",
        prefixes=("/",),
        routes=(
            Route("GET", "/", pages.home),
            Route("GET", "/c/{list}/{code+}", pages.concept),
            Route("GET", "/letters", letters.timeline),
            Route("GET", "/letters/{number+}", letters.letter),
            Route("GET", "/requests/new", requests.blank),
            Route("POST", "/requests", requests.file),
            Route("GET", "/requests", requests.ask),
            Route("POST", "/requests/status", requests.standing),
            Route("POST", "/requests/answer", requests.answer),
            Route("POST", "/requests/appeal", requests.appeal),
            Route("GET", "/static/portal.css", _style_sheet()),
            *desk_routes(pages),
        ),
        refuse=pages.refuse,
    )


def _style_sheet() -> Endpoint:
    content = (resources.files("maksa.web.portal") / "static" / "portal.css").read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'

    async def style_sheet(parts: Parts, request: Request) -> Response:  # noqa: ARG001 - Every endpoint takes the same.
        headers = {"etag": etag, "cache-control": "public, max-age=300"}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/css")

    return style_sheet
