"""How `maksa serve` speaks HTTP/1.1: uvicorn's protocol, and four things of our own.

An address typed by hand may hold letters as they are (`?q=کلیه`, as curl sends it): its bytes are percent-encoded
before they are parsed, since the parser takes ASCII alone. What is no HTTP is refused in problem+json. And what the
quick way (`guard.quick`) can answer goes out at once, without a task; a plain GET (`plain_get`) even without the parser.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from maksa.text import Text
from maksa.web.api.outcome import PROBLEM_MEDIA_TYPE, problem_of
from maksa.web.guard.headers import Header, complete, written
from maksa.web.guard.quick import QUICK_WAY
from maksa.web.plain_get import plain_get
from maksa.web.refusal import bad_request

_RAW = re.compile(rb"[\x80-\xff]+")
_OK = b"HTTP/1.1 200 OK\r\n"
_CLOSE = b"connection: close\r\n"
_END_OF_HEAD = b"\r\n\r\n"


class _Place(Enum):
    """Where in a request the next byte stands; `LINE` is also where no request has begun."""

    LINE = 1
    HEAD = 2
    BODY = 3


class HttpProtocol(HttpToolsProtocol):
    """One connection of a client."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._quick: Callable[[Scope], tuple[bytes, bytes] | None] | None = self.app_state.get(QUICK_WAY)
        self._place = _Place.LINE
        self._begun = False
        self._left: int | None = None
        """Bytes of the body that are still to come; None where its pieces say their own lengths."""
        self._asked: Scope | None = None
        """The plain GET that the quick way left to the gate, until its task starts."""
        self._answered = 0.0
        """When the last plain GET was answered, by the clock of the loop."""
        self._dated: tuple[Sequence[Header], bytes] = ((), b"")

    def data_received(self, data: bytes) -> None:
        """Parse what came in, request lines made ASCII."""
        if self._place is _Place.LINE and data.endswith(_END_OF_HEAD) and data.isascii():
            if not self._answered_plainly(data):  # Nearly every GET: whole heads, and nothing to mend.
                super().data_received(data)
            return
        while data and not self.transport.is_closing():
            piece = self._first_piece(data)
            data = data[len(piece) :]
            if self._place is _Place.LINE:
                self._parse_from_line(piece)
            else:
                super().data_received(piece)

    def _answered_plainly(self, data: bytes) -> bool:
        """Answer a plain GET when nothing is under way; what the quick way leaves is remembered for its task."""
        idle = not self._begun and getattr(self.cycle, "response_complete", True)
        if self._quick is None or not idle:
            return False
        plain = None if self.pipeline or self.flow.write_paused else plain_get(data)
        if plain is None:
            return False
        (path, raw_path, query), headers = plain
        scope: Scope = {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "root_path": self.root_path,
            "headers": headers,
            "state": self.app_state.copy(),
            "method": "GET",
            "path": path,
            "raw_path": raw_path,
            "query_string": query,
        }
        answer = self._quick(scope)
        if answer is None:
            self._asked = scope
            return False
        self._write(*answer)
        self.server_state.total_requests += 1
        self._answered = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_handler()
        return True

    def timeout_keep_alive_handler(self) -> None:
        """Hang up on who has asked nothing for a while; a timer that plain answers outlived is set again.

        One timer for many of them: to set one for each costs as much as to parse its question.
        """
        left = self._answered + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _write(self, head: bytes, body: bytes, end_of_head: bytes = b"\r\n") -> None:
        """Write a whole answer of 200, with the headers that uvicorn renews every second."""
        headers = self.server_state.default_headers
        if headers is not self._dated[0]:
            self._dated = (headers, _OK + written(headers))
        self.transport.write(b"".join((self._dated[1], head, end_of_head, body)))

    def _first_piece(self, data: bytes) -> bytes:
        """Give what may be parsed in one go: no further than the place of its bytes is known."""
        if self._place is _Place.BODY:
            return data[: self._left]
        if self._place is _Place.LINE:
            end = data.find(_END_OF_HEAD)
            if end >= 0:
                return data[: end + len(_END_OF_HEAD)]
        return data[: data.find(b"\n") + 1 or len(data)]

    def _parse_from_line(self, piece: bytes) -> None:
        if not self._begun:
            piece = piece.lstrip(b"\r\n")  # Blank lines before a request mean nothing.
        line, newline, rest = piece.partition(b"\n")
        if newline:
            self._place = _Place.HEAD
        super().data_received(_RAW.sub(_escaped, line) + newline + rest)

    def on_message_begin(self) -> None:
        """Note that a request began."""
        super().on_message_begin()
        self._begun = True

    def on_headers_complete(self) -> None:
        """Note that a body follows, and how long it is."""
        lengths = [value for name, value in self.headers if name == b"content-length"]
        self._place = _Place.BODY
        self._left = int(lengths[0]) if lengths else None
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Note what came of the body."""
        if self._left is not None:
            self._left -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the next request may begin."""
        super().on_message_complete()
        self._place = _Place.LINE
        self._begun = False

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            cycle.scope["state"] = asked["state"]
        in_order = asked is None and not self.pipeline and not self.flow.write_paused
        answer = self._quick(cycle.scope) if in_order and self._quick else None
        if answer is None:
            super()._start_asgi_task(cycle, app)
            return
        self._write(*answer, b"\r\n" if cycle.keep_alive else _CLOSE + b"\r\n")
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's sentence says less than ours.
        """Refuse what is no HTTP, and hang up."""
        refusal = bad_request(
            Text(fa="این درخواست HTTP نیست.", en="This is no request of HTTP/1.1."),
            mend=Text(
                fa="سطر نخست چنین است و فاصله در آن %20 نوشته می‌شود: GET /api/v1/search?q=… HTTP/1.1",
                en="Its first line is such as GET /api/v1/search?q=… HTTP/1.1, with %20 for a space.",
            ),
        )
        request_id = secrets.token_hex(8)
        body = problem_of(refusal, "en", request_id)
        headers = complete(
            [
                (b"content-type", PROBLEM_MEDIA_TYPE.encode()),
                (b"content-length", str(len(body)).encode()),
                (b"content-language", b"en"),
            ]
        )
        headers.append((b"x-request-id", request_id.encode()))
        dated = written((*self.server_state.default_headers, *headers))
        self.transport.write(b"".join((b"HTTP/1.1 400 Bad Request\r\n", dated, _CLOSE, b"\r\n", body)))
        self.transport.close()


def _escaped(letters: re.Match[bytes]) -> bytes:
    return b"%" + letters[0].hex("%").upper().encode()
