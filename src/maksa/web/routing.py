"""Tables of routes: a path and a method to an endpoint, and each door's form for what has none.

Paths are matched segment by segment before percent-decoding, so that a code such as 8010/3 can stand in one
segment (`8010%2F3`).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from maksa.text import Text
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, bad_request, method_not_allowed, unknown_path

_NAME = re.compile(r"\{(\w+)\+?\}")
_NEVER = r"(?!)"

Endpoint = Callable[[Parts, Request], Awaitable[Response] | Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One row of a door's table. In `path`, `{name}` is one segment and a last `{name+}` one or more.

    `at_once` says that the endpoint waits for nothing: it gives its answer well within 2 ms, or else a promise of it.
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


class Match(NamedTuple):
    """Where a request leads: the route and the parameters in its path."""

    route: Route
    parameters: dict[str, str]


class _Open(NamedTuple):
    """The routes of a path with parameters: by their methods, the names, and the group of the first parameter."""

    methods: dict[str, Route]
    names: tuple[str, ...]
    first: int


class Table:
    """All routes of an application, ready for matching: one dict lookup, or one pattern of all paths with parameters."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, dict[str, Route]] = {}
        self._open: dict[int, _Open] = {}
        for route in routes:
            self._fixed.setdefault(route.path, {})[route.method] = route
        patterns, groups = [], 0
        for path in [path for path in self._fixed if "{" in path]:
            methods, names = self._fixed.pop(path), tuple(_NAME.findall(path))
            self._open[groups + len(names) + 1] = _Open(methods, names, groups + 1)
            patterns.append(f"{_pattern(path)}()")  # The last group that matched tells which path it is.
            groups += len(names) + 1
        self._pattern = re.compile("|".join(patterns) or _NEVER, re.DOTALL)

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
        found = self._pattern.fullmatch(path)
        if found is None or found.lastindex is None:
            raise unknown_path()
        candidates, names, first = self._open[found.lastindex]
        route = candidates.get(method) or _of_method(candidates, method)
        values = [found[place] for place in range(first, found.lastindex)]
        if "%" in path or "\x00" in path:
            values = [_decoded(value) for value in values]
        return Match(route, dict(zip(names, values, strict=True)))


def _of_method(methods: dict[str, Route], method: str) -> Route:
    route = methods.get("GET" if method == "HEAD" else method)
    if route is None:
        raise method_not_allowed(method, allowed_methods(methods))
    return route


def allowed_methods(methods: Iterable[str]) -> Sequence[str]:
    """List the methods of a path as its Allow header names them."""
    return sorted({*methods, *(("HEAD",) if "GET" in methods else ())})


def _pattern(path: str) -> str:
    """Write a template as a pattern: `{name}` is what stands between two slashes, `{name+}` all that follows."""
    parts = re.split(r"\{(\w+\+?)\}", path)
    return "".join(
        re.escape(part) if place % 2 == 0 else "(.+)" if part.endswith("+") else "([^/]+)"
        for place, part in enumerate(parts)
    )


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
