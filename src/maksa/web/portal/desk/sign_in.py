"""The page for signing in with a password, and leaving."""

from __future__ import annotations

import re

from starlette.responses import Response

from maksa.errors import NotAllowed
from maksa.registry.parties import sign_in as sessions
from maksa.web.desk.acting import home_of
from maksa.web.desk.cookies import drop_session, keep_session
from maksa.web.portal.desk.visit import SIGN_IN, Visit, go_to
from maksa.web.portal.forms import read_form
from maksa.web.query import Parameter, read_text

NEXT: Parameter[str] = Parameter("next", read_text, "The page to come back to.")
_FRONT = "/desk"
_OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,900}")
"""A path of this site: no address of another one, which could begin with two slashes, and no control characters."""


async def blank(visit: Visit) -> Response:
    """Show the form for signing in."""
    home_of(visit.parts)
    return _form(visit, visit.query((NEXT,)).get(NEXT) or "")


async def enter(visit: Visit) -> Response:
    """Begin a session and go to the page that was asked for."""
    sent = await read_form(visit.request, ("login", "password", "next"))
    registry = home_of(visit.parts).registry
    login, password = sent.get("login", "").strip(), sent.get("password", "")
    try:
        begun = await visit.parts.logins.run(lambda: sessions.sign_in(registry, login, password))
    except NotAllowed as wrong:
        return _form(visit, sent.get("next", ""), login=login[:64], wrong=wrong)
    answer = go_to(page_to_go_to(sent.get("next", "")))
    keep_session(visit.parts, visit.request, answer, begun.token)
    return answer


async def leave(visit: Visit) -> Response:
    """End the session."""
    await visit.form(())
    registry, token = home_of(visit.parts).registry, visit.token
    await visit.parts.desk.run(lambda: sessions.sign_out(registry, token))
    answer = go_to(SIGN_IN)
    drop_session(visit.parts, visit.request, answer)
    return answer


def page_to_go_to(path: str) -> str:
    """Give a path of this site as it is; anything else leads to the desk's front."""
    return path if _OURS.fullmatch(path) else _FRONT


def _form(visit: Visit, path: str, *, login: str = "", wrong: NotAllowed | None = None) -> Response:
    return visit.page("desk/sign_in.html", {"next": page_to_go_to(path), "login": login}, wrong=wrong)
