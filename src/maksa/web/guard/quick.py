"""The quick way: what is asked at once goes out whole, before the server has made a task for it.

These are steady answers that the memo holds, and questions that wait for nothing (`routing.Route.at_once`). A server
that knows this way (`maksa.web.protocol`) asks it first; it keeps the bounds of the head, the tokens, the figures and
the log, and leaves all else, each refusal too, to the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from starlette.requests import Request
from starlette.types import Scope

from maksa.web.access import asker, bearer
from maksa.web.guard.bounds import check_head
from maksa.web.guard.notes import Notes
from maksa.web.memo import Kept, Steady
from maksa.web.parts import Parts
from maksa.web.routing import Door, Route, Table
from maksa.web.uses import count

QUICK_WAY = "maksa.quick_way"
"""Where a server finds the quick way in the state of the lifespan."""
MET = "maksa.met"
"""Where the gate finds, in the state of a request, what the quick way met (an error, an answer that may not be given
again, the promise of one): so it need not ask again."""


class QuickWay:
    """Answer what needs no waiting."""

    def __init__(self, parts: Parts, notes: Notes, doors: Sequence[Door], table: Table) -> None:
        self._parts = parts
        self._notes = notes
        self._table = table
        self._door_of = {route.path: door.name for door in doors for route in door.routes}

    def answer(self, scope: Scope) -> tuple[bytes, bytes] | None:
        """Give the headers (in the form of HTTP/1.1) and the body of a 200; None leaves the request to the gate."""
        if scope["method"] != "GET":
            return None
        began = perf_counter()
        try:
            address = address_of(scope)
            kept = self._again(scope, address) or self._anew(scope, address)
        except Exception as error:  # noqa: BLE001 - Whatever refuses or fails here is said by the gate.
            scope.setdefault("state", {})[MET] = error
            return None
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
        return b"%bx-request-id: %b\r\n" % (kept.head(), request_id.encode()), kept.body

    def _again(self, scope: Scope, address: bytes) -> Kept | None:
        kept = self._parts.memo.get(address)
        if kept is not None:
            check_head(scope, self._parts.settings)
            public = self._parts.settings.public_reads
            client = None if public else bearer(self._parts, Request(scope)).client_id
            if kept.uses:
                count(self._parts, client or asker(self._parts, scope), kept.uses)
        return kept

    def _anew(self, scope: Scope, address: bytes) -> Kept | None:
        route, parameters = self._table.find("GET", scope["raw_path"])
        if not route.at_once:
            return None
        check_head(scope, self._parts.settings)
        scope["path_params"] = parameters
        response = route.endpoint(self._parts, Request(scope))
        if not isinstance(response, Steady):
            scope.setdefault("state", {})[MET] = response
            return None
        kept = Kept(self._door_of[route.path], route.path, bytes(response.body), response.uses)
        self._parts.memo.keep(response.mark, address, kept)
        return kept


def keep(parts: Parts, scope: Scope, door: Door, route: Route, response: Steady) -> None:
    """Let a steady answer be given again as it is."""
    kept = Kept(door.name, route.path, bytes(response.body), response.uses)
    parts.memo.keep(response.mark, address_of(scope), kept)


def address_of(scope: Scope) -> bytes:
    """Give path and query of a request as they were sent."""
    return b"%b?%b" % (scope.get("raw_path") or scope["path"].encode(), scope["query_string"])
