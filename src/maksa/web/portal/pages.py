"""The pages: what is here, what a search found, one list code by code, one concept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from maksa import __version__
from maksa.model.jalali import format_jalali
from maksa.model.service import CatalogueEntry, CodesPage, SearchPage
from maksa.text import Text
from maksa.web.parts import Parts
from maksa.web.portal.maps import about_maps
from maksa.web.portal.render import Renderer
from maksa.web.query import MAX_TEXT, Parameter, read_day, read_number, read_pairs, read_query, read_text
from maksa.web.refusal import Refusal, bad_parameter

PAGE_SIZE = 20

_HOST = re.compile(r"[A-Za-z0-9.\-]{1,200}(:[0-9]{1,5})?\Z|\[[0-9A-Fa-f:]{2,45}\](:[0-9]{1,5})?\Z")


def _read_day_or_none(name: str, text: str) -> date | None:
    return read_day(name, text) if text.strip() else None  # An untouched field of the form is sent empty.


TEXT: Parameter[str] = Parameter("q", read_text, "Words or a code.")
TERMINOLOGY: Parameter[str] = Parameter("terminology", read_text, "The list; empty: all.")
ON: Parameter[date | None] = Parameter("on", _read_day_or_none, "The day; empty: today.")
AFTER: Parameter[str] = Parameter("after", read_text, "The page of a list after this code.")
PAGE: Parameter[int] = Parameter("page", read_number(1, 500), "The page of hits.")
EDITION: Parameter[str] = Parameter("edition", read_text, "An edition by its name.")


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands under the search box: hits, or a page of one list, or neither."""

    hits: SearchPage | None = None
    page: int = 1
    codes: CodesPage | None = None

    @property
    def pages(self) -> int:
        """Count the pages of hits that can be asked for."""
        return 0 if self.hits is None else min(-(-self.hits.total // PAGE_SIZE), 500)


@dataclass(frozen=True, slots=True)
class Pages:
    """The endpoints that make pages."""

    renderer: Renderer

    async def home(self, parts: Parts, request: Request) -> Response:
        """Show the search box with what it found, else the catalogue and the doors."""
        query = read_query(request.scope["query_string"], (TEXT, TERMINOLOGY, ON, AFTER, PAGE))
        text = (query.get(TEXT) or "").strip()
        terminology = (query.get(TERMINOLOGY) or "").strip() or None
        on, page = query.get(ON), query.get(PAGE) or 1
        listed = parts.service.catalogue(on=on)
        if text:
            found = await _search(parts, text, terminology, on, page)
        elif terminology:
            found = await _browse(parts, terminology, on, query.get(AFTER) or None)
        else:
            found = _Found()
        return self.page(
            parts,
            request,
            "home.html",
            {
                "listed": listed,
                "titles": {one.terminology.id: one.terminology.title.fa for one in listed},
                "samples": _samples(listed),
                "q": text,
                "terminology": terminology or "",
                "on": on,
                "found": found,
                "sandbox": parts.settings.demo,
                "takes_requests": parts.requests is not None,
            },
        )

    async def concept(self, parts: Parts, request: Request) -> Response:
        """Show one concept with everything known of it."""
        query = read_query(request.scope["query_string"], (ON, EDITION))
        terminology, code = request.path_params["list"], request.path_params["code"]
        if len(code) > MAX_TEXT or len(terminology) > MAX_TEXT:
            raise bad_parameter(
                "code", Text(fa="نشانی این کد بیش از اندازه بلند است.", en="The code is too long.")
            )
        on, edition = query.get(ON), query.get(EDITION) or None
        found = parts.service.lookup(terminology, code, on=on, edition=edition)
        listed = parts.service.terminology(found.edition.terminology)
        maps = await parts.ask(partial(about_maps, parts.service, found, on, edition), costly=True)
        return self.page(
            parts,
            request,
            "concept.html",
            {
                "maps": maps,
                "found": found,
                "concept": found.concept,
                "described": listed.terminology,
                "property_titles": {one.code: one.title.fa for one in listed.terminology.properties},
                "on": on,
            },
        )

    def refuse(self, parts: Parts, request: Request, refusal: Refusal) -> Response:
        """Show a refusal as a page."""
        typed = _typed_question(request.scope["query_string"])
        return self.page(parts, request, "error.html", {"refusal": refusal, "q": typed}, refusal.status)

    def page(
        self, parts: Parts, request: Request, template: str, fields: dict[str, Any], status: int = 200
    ) -> Response:
        """Give a page of a template, with what every page shows."""
        on = fields.get("on")
        shared = {
            "version": __version__,
            "base": site_address(parts, request),
            "request_id": request.state.id,
            "on_text": format_jalali(on) if on else "",
        }
        html = self.renderer.render(template, {**shared, **fields})
        return HTMLResponse(html, status, {"content-language": "fa"})


def _typed_question(raw: bytes) -> str:
    """Give the text of the search box as it was sent, so that a mistake beside it does not lose it."""
    try:
        return next((value[:MAX_TEXT] for name, value in read_pairs(raw) if name == TEXT.name), "")
    except Refusal:
        return ""


async def _search(parts: Parts, text: str, terminology: str | None, on: date | None, page: int) -> _Found:
    hits = await parts.ask(
        lambda: parts.service.search(
            text, terminology=terminology, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, on=on
        ),
        costly=terminology is None,
    )
    return _Found(hits=hits, page=page)


async def _browse(parts: Parts, terminology: str, on: date | None, after: str | None) -> _Found:
    codes = await parts.ask(
        lambda: parts.service.codes(terminology, limit=PAGE_SIZE, after=after, on=on), costly=True
    )
    return _Found(codes=codes)


def _samples(listed: Sequence[CatalogueEntry]) -> frozenset[str]:
    return frozenset(one.terminology.id for one in listed if one.entry and one.entry.manifest.sample)


def site_address(parts: Parts, request: Request) -> str:
    """Give the address by which people reach this site: `public_url`, or the one that was asked."""
    if parts.settings.public_url:
        return parts.settings.public_url.rstrip("/")
    host = request.headers.get("host", "")
    return f"{request.scope['scheme']}://{host if _HOST.match(host) else '127.0.0.1:8080'}"
