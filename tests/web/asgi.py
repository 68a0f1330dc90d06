"""Ask an ASGI application directly, also what no well-behaved client would send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

LOOPBACK = ("127.0.0.1", 50000)
ELSEWHERE = ("192.0.2.7", 50000)


@dataclass(frozen=True)
class Answer:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self):
        """Read the body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """Read the body as text."""
        return self.body.decode()


class Asker:
    """Ask one application, each request in an event loop of its own."""

    def __init__(self, app) -> None:
        self.app = app

    def __call__(
        self,
        method: str,
        target: str | bytes,
        *,
        headers: Mapping[str, str | bytes] | None = None,
        body: bytes | Iterable[bytes] = b"",
        peer: tuple[str, int] | None = LOOPBACK,
    ) -> Answer:
        """Send a request; a body of several pieces comes chunk by chunk."""
        return asyncio.run(self.ask(method, target, headers=headers, body=body, peer=peer))

    def get(self, target: str | bytes, **rest) -> Answer:
        """Send a GET."""
        return self("GET", target, **rest)

    def post_json(self, target: str, content: object, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a POST of JSON."""
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self("POST", target, headers={"content-type": "application/json", **(headers or {})}, body=raw)

    async def ask(
        self, method, target, *, headers=None, body=b"", peer=LOOPBACK, gone=False
    ) -> Answer | None:
        """Send a request in the running loop; `gone` hangs up before the body is complete."""
        raw = target.encode() if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        pieces = [body] if isinstance(body, bytes) else list(body)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [
                (name.lower().encode(), value if isinstance(value, bytes) else value.encode("latin-1"))
                for name, value in {"host": "maksa.test", **(headers or {})}.items()
            ],
            "client": peer,
            "server": ("127.0.0.1", 8080),
        }
        received = _Receive(pieces, gone=gone)
        sent: list[dict] = []

        async def send(message):
            sent.append(message)

        await self.app(scope, received, send)
        if not sent:
            return None
        start, *rest = sent
        return Answer(
            start["status"],
            {name.decode(): value.decode("latin-1") for name, value in start["headers"]},
            b"".join(message.get("body", b"") for message in rest),
        )


class _Receive:
    """Hand a body out piece by piece; then the caller waits for its answer, or has gone."""

    def __init__(self, pieces: list[bytes], *, gone: bool) -> None:
        self._pieces = pieces or [b""]
        self._gone = gone

    async def __call__(self):
        if self._pieces:
            piece = self._pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self._pieces) or self._gone}
        if not self._gone:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}
