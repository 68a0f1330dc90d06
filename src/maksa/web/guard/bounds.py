"""Bounds of a request: its address, its headers and its body, whatever the headers say of it."""

from __future__ import annotations

import asyncio
import contextlib
import re

from starlette.types import Message, Receive, Scope

from maksa.text import Text
from maksa.web.refusal import Refusal, bad_request, too_large
from maksa.web.settings import WebSettings

_MAX_HEADER_COUNT = 100
_LENGTH = re.compile(rb"[0-9]{1,18}\Z")


def check_head(scope: Scope, settings: WebSettings) -> None:
    """Refuse an address or headers over their bound, and a body whose announced length is.

    Raises: Refusal 400 (Content-Length is no number), 413, 414 or 431.
    """
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > settings.max_url:
        raise _too_long(414, "uri-too-long", "نشانی درخواست", "The address of the request", settings.max_url)
    size, lengths = 0, []
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        if name == b"content-length":
            lengths.append(value)
    if size > settings.max_headers or len(scope["headers"]) > _MAX_HEADER_COUNT:
        raise _too_long(
            431, "headers-too-large", "سرآیندهای درخواست", "The headers of the request", settings.max_headers
        )
    for length in lengths:
        _check_length(length, settings.max_body)


class Body:
    """The body of a request as an ASGI receive that ends in a Refusal when it is too large (413) or slow (408)."""

    def __init__(self, receive: Receive, settings: WebSettings) -> None:
        self._receive = receive
        self._settings = settings
        self._left = settings.max_body
        self._deadline = asyncio.get_running_loop().time() + settings.body_seconds
        self._complete = False

    async def __call__(self) -> Message:
        """Give the next piece."""
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._next()
        except TimeoutError:
            raise _too_slow(self._settings.body_seconds) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise too_large(self._settings.max_body)
        return message

    async def pass_by(self) -> None:
        """Let what is left of an oversized body pass unkept, for a while, so that its sender reads our answer.

        Without it the connection is reset while the caller still writes, and the answer is lost (RFC 9112, 9.6).
        """
        left = self._settings.linger_body
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.linger_seconds):
                while left > 0 and not self._complete:
                    left -= len((await self._next()).get("body", b""))

    async def _next(self) -> Message:
        message = await self._receive()
        self._complete = not message.get("more_body", False)
        return message


def _check_length(value: bytes, limit: int) -> None:
    if not _LENGTH.match(value):
        raise bad_request(
            Text(
                fa="سرآیند Content-Length عدد درستی نیست.",
                en="The header Content-Length is no proper number.",
            )
        )
    if int(value) > limit:
        raise too_large(limit)


def _too_long(status: int, kind: str, fa: str, en: str, limit: int) -> Refusal:
    return Refusal(
        status,
        kind,
        Text(fa=f"{fa} از {limit} بایت بزرگ‌تر است.", en=f"{en} is over its bound of {limit} bytes."),
        mend=Text(fa="آن را کوتاه‌تر کنید.", en="Make it shorter."),
        headers={"connection": "close"},
    )


def _too_slow(seconds: float) -> Refusal:
    return Refusal(
        408,
        "body-too-slow",
        Text(
            fa=f"بدنهٔ درخواست در {seconds:g} ثانیه نرسید.",
            en=f"The body of the request did not arrive within {seconds:g} seconds.",
        ),
        headers={"connection": "close"},
    )
