"""Signing in with an OpenID provider: the browser goes to it, comes back from it, and may sign out there too.

What the browser needs to come back stands in a cookie of its own, sealed with the key of the home: any node can go on with
it, and no database is written for who only begins. That an answer begins one session is the registry's to see to.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from maksa.errors import MaksaError, NotAllowed
from maksa.registry.parties.providers import Provider, provider_with_secret
from maksa.registry.parties.sealing import Seal
from maksa.registry.parties.sign_in import SignedIn
from maksa.registry.parties.single_sign_on import Vouched, sign_in_with
from maksa.text import Text
from maksa.web.desk.acting import home_of
from maksa.web.desk.cookies import is_https, keep_session
from maksa.web.portal.desk.sign_in import NEXT, page_to_go_to, sign_in_page
from maksa.web.portal.desk.visit import SIGN_IN, Visit, go_to
from maksa.web.portal.pages import site_address
from maksa.web.query import read_pairs
from maksa.web.single_sign_on import flow
from maksa.web.single_sign_on.issuer import Issuer

if TYPE_CHECKING:
    from maksa.home import Home

COOKIE = "maksa_sign_in"
SECONDS = 600
"""How long a person may take at the provider."""
_PURPOSE = "sign-in under way"
_NOT_BEGUN = NotAllowed(
    Text(
        fa="این ورود در همین مرورگر آغاز نشده، یا بیش از 10 دقیقه از آغاز آن گذشته است.",
        en="This sign-in was not begun in this browser, or more than 10 minutes ago.",
    ),
    mend=Text(fa="ورود را از نو آغاز کنید.", en="Begin to sign in anew."),
)


async def begin(visit: Visit) -> Response:
    """Send the browser to a provider."""
    path = page_to_go_to(visit.query((NEXT,)).get(NEXT) or "")
    home, provider_id = home_of(visit.parts), _provider_id(visit)
    back_to = f"{site_address(visit.parts, visit.request)}{SIGN_IN}/{provider_id}/callback"

    def asked() -> tuple[str, flow.Pending]:
        return flow.begin(_known(home, provider_id)[1], back_to)

    try:
        address, pending = await visit.parts.providers.run(asked)
    except MaksaError as wrong:
        return await sign_in_page(visit, path, wrong=wrong)
    answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
    kept = json.dumps({"provider": provider_id, "next": path, "pending": asdict(pending)})
    _set_cookie(visit, answer, Seal(home.token_key, _PURPOSE).close(kept), SECONDS)
    return answer


async def back(visit: Visit) -> Response:
    """Begin the session of whom the provider vouches for, and go to the page that was asked for."""
    query = read_pairs(visit.request.scope["query_string"])  # What else a provider adds is not looked at.
    path = ""
    try:
        path, pending = _under_way(visit)
        begun = await visit.parts.providers.run(lambda: _signed_in(visit, pending, query))
    except MaksaError as wrong:
        answer = await sign_in_page(visit, path, wrong=wrong)
    else:
        answer = go_to(path)
        keep_session(visit.parts, visit.request, answer, begun.token)
    _set_cookie(visit, answer, "", 0)
    return answer


async def left(visit: Visit) -> Response:
    """Show where the session with the provider is ended too; without such a place, the page for signing in."""
    visit.query()
    home, provider_id = home_of(visit.parts), _provider_id(visit)
    back_to = f"{site_address(visit.parts, visit.request)}{SIGN_IN}"

    def asked() -> tuple[str | None, str]:
        provider, party = _known(home, provider_id)
        return flow.sign_out_address(party, back_to), provider.title.fa

    try:
        address, title = await visit.parts.providers.run(asked)
    except MaksaError as wrong:
        return await sign_in_page(visit, "", wrong=wrong)
    if address is None:
        return go_to(SIGN_IN)
    return visit.page("desk/signed_out.html", {"address": address, "title": title})


def _provider_id(visit: Visit) -> str:
    named: str = visit.request.path_params["provider"]
    return named


def _under_way(visit: Visit) -> tuple[str, flow.Pending]:
    """Give the page to go to, and the sign-in that this browser began. Raises: NotAllowed when it began none here."""
    seal = Seal(home_of(visit.parts).token_key, _PURPOSE)
    opened = seal.open(visit.request.cookies.get(COOKIE, ""), seconds=SECONDS)
    kept = {} if opened is None else json.loads(opened)
    if kept.get("provider") != _provider_id(visit):
        raise _NOT_BEGUN
    return page_to_go_to(kept["next"]), flow.Pending(**kept["pending"])


def _signed_in(visit: Visit, pending: flow.Pending, query: list[tuple[str, str]]) -> SignedIn:
    home, provider_id = home_of(visit.parts), _provider_id(visit)
    claims = flow.finish(_known(home, provider_id)[1], pending, query)
    vouched = Vouched(claims.subject, claims.email, pending.nonce)
    return sign_in_with(home.registry, provider_id, vouched)


def _known(home: Home, provider_id: str) -> tuple[Provider, flow.RelyingParty]:
    """Give a provider and who we are to it. Raises: NotFound, WrongState."""
    provider, secret = provider_with_secret(home.registry, provider_id, home.token_key)
    wants_email = bool(provider.email_parties)
    party = flow.RelyingParty(_issuer(provider.issuer), provider.client_id, secret, wants_email)
    return provider, party


@lru_cache(maxsize=64)
def _issuer(address: str) -> Issuer:
    """Give the one reader of an issuer's description and keys, which keeps them for all sign-ins of this process."""
    return Issuer(address)


def _set_cookie(visit: Visit, answer: Response, value: str, seconds: int) -> None:
    answer.set_cookie(
        COOKIE,
        value,
        max_age=seconds,
        path=SIGN_IN,
        secure=is_https(visit.parts, visit.request),
        httponly=True,
        samesite="lax",  # The browser comes back from another site.
    )
