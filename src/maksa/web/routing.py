"""Tables of routes: a path and a method to an endpoint, and each door's form for what has none.

Paths are matched segment by segment before percent-decoding, so that a code such as 8010/3 can stand in one
segment (`8010%2F3`).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from maksa.text import Text
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, bad_request, method_not_allowed, unknown_path

Endpoint = Callable[[Parts, Request], Awaitable[Response] | Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One row of a door's table. In `path`, `{name}` is one segment and a last `{name+}` one or more.

    `at_once` says that the endpoint waits for nothing: it gives its answer, not a promise of it, well within 2 ms.
    """

    method: str
    path: str
    endpoint: Endpoint
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A wire format: the paths it owns by prefix, its table of routes, and its form for refusals."""

    name: str
    prefixes: tuple[str, ...]
    routes: tuple[Route, ...]
    refuse: Callable[[Parts, Request, Refusal], Response]

    def owns(self, path: str) -> bool:
        """Tell whether a path belongs to this door, known or not."""
        return path.startswith(self.prefixes)


def owner(doors: Sequence[Door], path: str) -> Door:
    """Give the door that a path belongs to; the last one owns every path that no other does."""
    return next((door for door in doors if door.owns(path)), doors[-1])


@dataclass(frozen=True, slots=True)
class Match:
    """Where a request leads: the route and the parameters in its path."""

    route: Route
    parameters: dict[str, str]


class Table:
    """All routes of an application, ready for matching. Paths without parameters cost one dict lookup."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, dict[str, Route]] = {}
        self._open: list[tuple[re.Pattern[str], dict[str, Route]]] = []
        templates: dict[str, dict[str, Route]] = {}
        for route in routes:
            templates.setdefault(route.path, {})[route.method] = route
        for path, methods in templates.items():
            if "{" in path:
                self._open.append((_pattern(path), methods))
            else:
                self._fixed[path] = methods

    def find(self, method: str, raw_path: bytes) -> Match:
        """Find the route of a request; HEAD goes where GET goes.

        Raises: Refusal 400 (not UTF-8), 404 (no such path), 405 (naming the methods allowed).
        """
        try:
            path = raw_path.decode()  # Typed by hand, it may stand unescaped.
        except UnicodeDecodeError:
            raise _bad_path() from None
        methods = self._fixed.get(path)
        if methods is not None:
            return Match(_of_method(methods, method), {})
        for pattern, candidates in self._open:
            found = pattern.fullmatch(path)
            if found is not None:
                route = _of_method(candidates, method)
                return Match(route, {name: _decoded(value) for name, value in found.groupdict().items()})
        raise unknown_path()


def _of_method(methods: dict[str, Route], method: str) -> Route:
    route = methods.get("GET" if method == "HEAD" else method)
    if route is None:
        raise method_not_allowed(method, allowed_methods(methods))
    return route


def allowed_methods(methods: Iterable[str]) -> Sequence[str]:
    """List the methods of a path as its Allow header names them."""
    return sorted({*methods, *(("HEAD",) if "GET" in methods else ())})


def _pattern(path: str) -> re.Pattern[str]:
    """Write a template as a pattern: `{name}` is what stands between two slashes, `{name+}` all that follows."""
    parts = re.split(r"\{(\w+\+?)\}", path)
    written = [
        re.escape(part)
        if place % 2 == 0
        else f"(?P<{part.rstrip('+')}>{'.+' if part.endswith('+') else '[^/]+'})"
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.DOTALL)


def _decoded(segment: str) -> str:
    try:
        value = unquote(segment, errors="strict") if "%" in segment else segment
    except UnicodeDecodeError:
        raise _bad_path() from None
    if "\x00" in value:
        raise _bad_path()
    return value


def _bad_path() -> Refusal:
    return bad_request(
        Text(
            fa="نشانی درخواست متن UTF-8 درستی نیست.",
            en="The path of the request is not proper UTF-8 text.",
        ),
        mend=Text(
            fa="نشانی را با کدگذاری درصدی UTF-8 بفرستید.", en="Send the path percent-encoded from UTF-8."
        ),
    )
