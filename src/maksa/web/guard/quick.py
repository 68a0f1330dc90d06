"""The quick way: a steady answer goes out whole, before the server has made a task for it.

The gate keeps steady answers in the memo. A server that knows this way (`maksa.web.protocol`) asks it first; it keeps
the bounds of the head, the tokens, the figures and the log, and leaves all else, each refusal too, to the gate.
"""

from __future__ import annotations

from time import perf_counter

from starlette.requests import Request
from starlette.types import Scope

from maksa.web.access import bearer
from maksa.web.guard.bounds import check_head
from maksa.web.guard.notes import Notes
from maksa.web.memo import Kept
from maksa.web.parts import Parts

QUICK_WAY = "maksa.quick_way"
"""Where a server finds the quick way in the state of the lifespan."""


class QuickWay:
    """Answer what needs no waiting."""

    def __init__(self, parts: Parts, notes: Notes) -> None:
        self._parts = parts
        self._notes = notes

    def answer(self, scope: Scope) -> tuple[bytes, bytes] | None:
        """Give the headers (in the form of HTTP/1.1) and the body of a 200; None leaves the request to the gate."""
        if scope["method"] != "GET":
            return None
        began = perf_counter()
        kept = self._kept(scope)
        if kept is None:
            return None
        self._notes.begin()
        request_id = self._notes.request_id(scope)
        self._notes.end(
            scope,
            request_id,
            door=kept.door,
            route=kept.route,
            status=200,
            size=len(kept.body),
            seconds=perf_counter() - began,
        )
        return b"%bx-request-id: %b\r\n" % (kept.head, request_id.encode()), kept.body

    def _kept(self, scope: Scope) -> Kept | None:
        try:
            kept = self._parts.memo.get(address_of(scope))
            if kept is not None:
                check_head(scope, self._parts.settings)
                if not self._parts.settings.public_reads:
                    bearer(self._parts, Request(scope))
        except Exception:  # noqa: BLE001 - Whatever refuses or fails here does so again in the gate, which says it.
            return None
        return kept


def address_of(scope: Scope) -> bytes:
    """Give path and query of a request as they were sent."""
    return b"%b?%b" % (scope.get("raw_path") or scope["path"].encode(), scope["query_string"])
