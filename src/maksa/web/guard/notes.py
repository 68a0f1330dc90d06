"""What is noted of every request, whichever way answers it: its id, a line in the log, the figures."""

from __future__ import annotations

import itertools
import re
import secrets

from starlette.types import Scope

from maksa.web.guard.journal import Journal
from maksa.web.guard.metrics import Metrics

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}\Z")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})


class Notes:
    """Note requests in a log and in figures."""

    def __init__(self, metrics: Metrics, journal: Journal | None) -> None:
        self._metrics = metrics
        self._journal = journal
        self._run = secrets.token_hex(6)
        self._numbers = itertools.count(1)

    def request_id(self, scope: Scope) -> str:
        """Give the caller's id of a request when it is one, else one of ours that no other request has."""
        for name, value in scope["headers"]:
            if name == b"x-request-id" and _REQUEST_ID.match(value):
                return str(value, "ascii")
        return f"{self._run}-{next(self._numbers):x}"

    def begin(self) -> None:
        """Note that a request began."""
        self._metrics.begin()

    def end(
        self, scope: Scope, request_id: str, *, door: str, route: str, status: int, size: int, seconds: float
    ) -> None:
        """Note that a request was answered, or that its caller went."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.end(door=door, route=route, method=method, status=status, seconds=seconds)
        if self._journal:
            self._journal.info(
                "request",
                id=request_id,
                door=door,
                route=route,
                method=method,
                status=status,
                bytes=size,
                ms=round(seconds * 1000, 2),
            )

    def fault(self, request_id: str, error: str, where: list[str]) -> None:
        """Note a fault of ours: the kind of the error and its place, without its message."""
        self._metrics.fault()
        if self._journal:
            self._journal.error("fault", id=request_id, error=error, where=where)
