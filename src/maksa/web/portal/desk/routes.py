"""The table of the desk's pages. Each stands in a module of this package, loaded when it is first asked."""

from __future__ import annotations

from maksa.web.portal.desk.later import later
from maksa.web.portal.pages import Pages
from maksa.web.routing import Route

PAGES = (
    ("GET", "/desk", "front.front"),
    ("GET", "/desk/sign-in", "sign_in.blank"),
    ("POST", "/desk/sign-in", "sign_in.enter"),
    ("POST", "/desk/sign-out", "sign_in.leave"),
)
"""Method, path, and the function that makes the page."""


def desk_routes(pages: Pages) -> tuple[Route, ...]:
    """Give the routes of the desk's pages."""
    return tuple(Route(method, path, later(pages, name)) for method, path, name in PAGES)
