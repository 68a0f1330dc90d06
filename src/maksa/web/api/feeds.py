"""Atom feeds of what is announced: editions of all lists or of one, and letters. Anybody may read them; none is asked who."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from starlette.responses import Response

from maksa.errors import Refused
from maksa.model.notices import Announcement, NoticeDesk
from maksa.text import Text
from maksa.web.api.build import PREFIX
from maksa.web.api.openapi import Operation
from maksa.web.api.questions import Asked
from maksa.web.language import language_of

ATOM_TYPE = "application/atom+xml"
_PRODUCES = {200: ATOM_TYPE, 304: None}
_NEVER = datetime.fromtimestamp(0, UTC)
_AUTHOR = Text("مکسا", "Maksa")


def notices_of(asked: Asked) -> NoticeDesk:
    """Give the desk of notices. Raises: Refused on a server that announces nothing."""
    if asked.parts.notices is None:
        raise Refused(
            Text("این کارگزار خبری اعلام نمی‌کند.", "This server announces nothing."),
            mend=Text("خوراک کارگزار مرکز را بخوانید.", "Read the feed of the centre's server."),
        )
    return asked.parts.notices


async def editions_feed(asked: Asked) -> Response:
    """Give the last editions of all lists, their withdrawals and restorings, as an Atom feed."""
    desk = notices_of(asked)
    announced = await asked.parts.ask(desk.editions, costly=True)
    return _feed(asked, "editions", Text("انتشارهای مکسا", "Editions of Maksa"), announced)


async def letters_feed(asked: Asked) -> Response:
    """Give the letters recorded last as an Atom feed."""
    desk = notices_of(asked)
    announced = await asked.parts.ask(desk.letters, costly=True)
    return _feed(asked, "letters", Text("نامه‌های مکسا", "Letters of Maksa"), announced)


async def terminology_feed(asked: Asked) -> Response:
    """Give the last editions of one list, their withdrawals and restorings, as an Atom feed."""
    desk, listed = notices_of(asked), asked.parts.service.terminology(asked.terminology).terminology
    announced = await asked.parts.ask(lambda: desk.editions(listed.id), costly=True)
    title = Text(f"انتشارهای {listed.title.fa}", f"Editions of {listed.title.en}")
    return _feed(asked, quote(listed.id, safe=""), title, announced)


Ask = Callable[[Asked], Awaitable[Response]]
OPERATIONS: tuple[tuple[Operation, Ask], ...] = (
    (
        Operation(
            "GET", f"{PREFIX}/feeds/editions.atom", (), None, errors=(403, 429, 503), produces=_PRODUCES
        ),
        editions_feed,
    ),
    (
        Operation(
            "GET", f"{PREFIX}/feeds/letters.atom", (), None, errors=(403, 429, 503), produces=_PRODUCES
        ),
        letters_feed,
    ),
    (
        Operation(
            "GET", f"{PREFIX}/feeds/{{id}}.atom", (), None, errors=(403, 404, 429, 503), produces=_PRODUCES
        ),
        terminology_feed,
    ),
)


def _feed(asked: Asked, name: str, title: Text, announced: Sequence[Announcement]) -> Response:
    """Write a feed in the language asked for; its ETag is of its bytes."""
    language = language_of(asked.request, default="fa")
    site = (asked.parts.settings.public_url or str(asked.request.base_url)).rstrip("/")
    updated = max((one.at for one in announced), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>urn:maksa:feed:{_xml(name)}</id>",
        f"<title>{_xml(title.in_language(language))}</title>",
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{_AUTHOR.in_language(language)}</name></author>",
        f'<link rel="self" type="{ATOM_TYPE}" href="{_xml(f"{site}{PREFIX}/feeds/{name}.atom")}"/>',
        *(_entry(one, site, language) for one in announced),
        "</feed>\n",
    ]
    body = "\n".join(lines).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "public, no-cache", "vary": "accept-language"}
    known = asked.request.headers.get("if-none-match", "")
    if known.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "content-language": language}, media_type=ATOM_TYPE)


def _entry(one: Announcement, site: str, language: str) -> str:
    title = _xml(one.title.in_language(language))
    return (
        f"<entry><id>{_xml(one.id)}</id><title>{title}</title><updated>{_instant(one.at)}</updated>"
        f'<link rel="alternate" href="{_xml(site + one.path)}"/><content type="text">{title}</content></entry>'
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _xml(text: str) -> str:
    """Give a text as XML takes it: marked up, and without characters that XML cannot hold."""
    return escape("".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text))
