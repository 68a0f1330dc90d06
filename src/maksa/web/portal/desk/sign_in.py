"""The page for signing in, with a password or with a provider (single_sign_on.py), and leaving."""

from __future__ import annotations

import re

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.registry.parties import sign_in as sessions
from maksa.registry.parties.providers import list_providers
from maksa.registry.parties.single_sign_on import provider_of_session
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
    return await sign_in_page(visit, visit.query((NEXT,)).get(NEXT) or "")


async def enter(visit: Visit) -> Response:
    """Begin a session and go to the page that was asked for."""
    sent = await read_form(visit.request, ("login", "password", "next"))
    registry = home_of(visit.parts).registry
    login, password = sent.get("login", "").strip(), sent.get("password", "")
    try:
        begun = await visit.parts.logins.run(lambda: sessions.sign_in(registry, login, password))
    except NotAllowed as wrong:
        return await sign_in_page(visit, sent.get("next", ""), login=login[:64], wrong=wrong)
    answer = go_to(page_to_go_to(sent.get("next", "")))
    keep_session(visit.parts, visit.request, answer, begun.token)
    return answer


async def leave(visit: Visit) -> Response:
    """End the session; who signed in with a provider may sign out there too."""
    await visit.form(())
    registry, token = home_of(visit.parts).registry, visit.token
    provider = await visit.parts.desk.run(lambda: provider_of_session(registry, token))
    await visit.parts.desk.run(lambda: sessions.sign_out(registry, token))
    answer = go_to(SIGN_IN if provider is None else f"/desk/sign-out/{provider}")
    drop_session(visit.parts, visit.request, answer)
    return answer


def page_to_go_to(path: str) -> str:
    """Give a path of this site as it is; anything else leads to the desk's front."""
    return path if _OURS.fullmatch(path) else _FRONT


async def sign_in_page(
    visit: Visit, path: str, *, login: str = "", wrong: MaksaError | None = None
) -> Response:
    """Show the form for signing in and the providers beside it; `wrong` is why it was in vain."""
    registry = home_of(visit.parts).registry
    providers = await visit.parts.desk.run(lambda: list_providers(registry))
    fields = {"next": page_to_go_to(path), "login": login, "providers": providers}
    return visit.page("desk/sign_in.html", fields, wrong=wrong)
