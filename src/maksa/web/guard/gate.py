"""The gate: every request enters and every answer leaves through it. An ASGI application over the doors."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from time import perf_counter

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from maksa.errors import MaksaError
from maksa.web.guard.bounds import Body, check_head
from maksa.web.guard.journal import Journal, where
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, internal, refusal_of
from maksa.web.routing import Door, Match, Table

_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", _POLICY),
)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_GONE = 499
"""In log and metrics: the caller went before the answer."""


class Gate:
    """Lead each request to its door, and give every refusal and every fault that door's form.

    Nothing that a caller sends leaves here as an exception. The last door owns every path that no other does.
    """

    def __init__(self, parts: Parts, doors: Sequence[Door], journal: Journal | None) -> None:
        self._parts = parts
        self._doors = doors
        self._journal = journal
        self._table = Table(route for door in doors for route in door.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's word that it starts or stops."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._parts.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        self._parts.metrics.begin()
        sent = _Sent(send, head=scope["method"] == "HEAD")
        body = Body(receive, self._parts.settings)
        request = Request(scope, body)
        request.state.id = sent.request_id = _request_id(request)
        door = next((door for door in self._doors if door.owns(scope["path"])), self._doors[-1])
        match: Match | None = None
        try:
            check_head(scope, self._parts.settings)
            match = self._table.find(request.method, scope.get("raw_path") or scope["path"].encode())
            scope["path_params"] = match.parameters
            response = await match.route.endpoint(self._parts, request)
            await response(scope, receive, sent)
        except ClientDisconnect:
            sent.status = _GONE
        except Exception as error:  # noqa: BLE001 - The last resort: a fault is answered and logged, never raised.
            await self._refuse(door, request, error, body, sent)
        finally:
            self._note(request, door, match, sent, perf_counter() - began)

    async def _refuse(self, door: Door, request: Request, error: Exception, body: Body, sent: _Sent) -> None:
        refusal = self._refusal(error, request.state.id)
        if sent.status:  # The answer has begun: it is broken off, which its caller sees by the length.
            return
        response = self._in_form(door, request, refusal)
        response.headers.update(refusal.headers)
        await sent.start(response)
        if refusal.status == 413 and request.headers.get("expect") is None:
            await body.pass_by()
        await sent({"type": "http.response.body"})

    def _refusal(self, error: Exception, request_id: str) -> Refusal:
        if isinstance(error, Refusal):
            return error
        if isinstance(error, MaksaError):
            return refusal_of(error)
        self._parts.metrics.fault()
        if self._journal:
            self._journal.error("fault", id=request_id, error=type(error).__name__, where=where(error))
        return internal(request_id)

    def _in_form(self, door: Door, request: Request, refusal: Refusal) -> Response:
        try:
            return door.refuse(self._parts, request, refusal)
        except Exception as error:  # noqa: BLE001 - Even a broken form must not end in silence.
            refusal = self._refusal(error, request.state.id)
            return PlainTextResponse(refusal.sentence("en"), refusal.status)

    def _note(self, request: Request, door: Door, match: Match | None, sent: _Sent, seconds: float) -> None:
        route = match.route.path if match else "unknown"
        method = request.method if request.method in _METHODS else "other"
        self._parts.metrics.end(
            door=door.name, route=route, method=method, status=sent.status, seconds=seconds
        )
        if self._journal:
            self._journal.info(
                "request",
                id=request.state.id,
                door=door.name,
                route=route,
                method=method,
                status=sent.status,
                bytes=sent.size,
                ms=round(seconds * 1000, 2),
            )


class _Sent:
    """A send that adds the headers every answer has, drops the body for HEAD, and remembers status and size."""

    __slots__ = ("_head", "_send", "request_id", "size", "status")

    def __init__(self, send: Send, *, head: bool) -> None:
        self._send = send
        self._head = head
        self.status = 0
        self.size = 0
        self.request_id = ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            headers.extend(_SECURITY)
            headers.append((b"x-request-id", self.request_id.encode()))
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-cache"))
        elif self._head:
            message["body"] = b""
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)

    async def start(self, response: Response) -> None:
        """Send a whole answer without ending it."""
        headers = response.raw_headers
        await self({"type": "http.response.start", "status": response.status_code, "headers": headers})
        await self({"type": "http.response.body", "body": bytes(response.body), "more_body": True})


def _request_id(request: Request) -> str:
    given = request.headers.get("x-request-id", "")
    return given if _REQUEST_ID.match(given) else secrets.token_hex(8)
