"""The gate: every request enters and every answer leaves through it. An ASGI application over the doors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from maksa.errors import MaksaError
from maksa.web.guard.bounds import Body, check_head
from maksa.web.guard.headers import complete
from maksa.web.guard.journal import where
from maksa.web.guard.notes import Notes
from maksa.web.guard.quick import MET, QUICK_WAY, QuickWay, keep
from maksa.web.memo import Steady
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, internal, refusal_of
from maksa.web.routing import Door, Match, Table, owner

_GONE = 499
"""In log and metrics: the caller went before the answer."""


class Gate:
    """Lead each request to its door, and give every refusal and every fault that door's form.

    Nothing that a caller sends leaves here as an exception. The last door owns every path that no other does.
    """

    def __init__(
        self,
        parts: Parts,
        doors: Sequence[Door],
        notes: Notes,
        *,
        ending: Callable[[], None] | None = None,
    ) -> None:
        self._parts = parts
        self._doors = doors
        self._notes = notes
        self._ending = ending
        self._table = Table(route for door in doors for route in door.routes)
        self._quick_way = QuickWay(parts, notes, doors, self._table)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's word that it starts or stops."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.get("state", {})[QUICK_WAY] = self._quick_way.answer
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._parts.close()
                if self._ending is not None:
                    self._ending()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        self._notes.begin()
        request_id = self._notes.request_id(scope)
        scope.setdefault("state", {})["id"] = request_id
        sent = _Sent(send, request_id, head=scope["method"] == "HEAD")
        body = Body(receive, self._parts.settings)
        request = Request(scope, body)
        door = owner(self._doors, scope["path"])
        match: Match | None = None
        try:
            check_head(scope, self._parts.settings)
            match = self._table.find(scope["method"], scope.get("raw_path") or scope["path"].encode())
            response = await self._ask(match, request)
            if isinstance(response, Steady):
                keep(self._parts, scope, door, match.route, response)
            await response(scope, receive, sent)
        except ClientDisconnect:
            sent.status = _GONE
        except Exception as error:  # noqa: BLE001 - The last resort: a fault is answered and logged, never raised.
            await self._refuse(door, request, error, body, sent)
        finally:
            self._notes.end(
                scope,
                request_id,
                door=door.name,
                route=match.route.path if match else "unknown",
                status=sent.status,
                size=sent.size,
                seconds=perf_counter() - began,
            )

    async def _ask(self, match: Match, request: Request) -> Response:
        met = request.scope["state"].get(MET)
        if isinstance(met, Exception):
            raise met
        request.scope["path_params"] = match.parameters
        answer = match.route.endpoint(self._parts, request) if met is None else met
        return answer if isinstance(answer, Response) else await answer

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
        self._notes.fault(request_id, type(error).__name__, where(error))
        return internal(request_id)

    def _in_form(self, door: Door, request: Request, refusal: Refusal) -> Response:
        try:
            return door.refuse(self._parts, request, refusal)
        except Exception as error:  # noqa: BLE001 - Even a broken form must not end in silence.
            refusal = self._refusal(error, request.state.id)
            return PlainTextResponse(refusal.sentence("en"), refusal.status)


class _Sent:
    """A send that adds the headers every answer has, drops the body for HEAD, and remembers status and size."""

    __slots__ = ("_head", "_request_id", "_send", "size", "status")

    def __init__(self, send: Send, request_id: str, *, head: bool) -> None:
        self._send = send
        self._request_id = request_id
        self._head = head
        self.status = 0
        self.size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = complete(message["headers"])
            headers.append((b"x-request-id", self._request_id.encode()))
            message["headers"] = headers
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
