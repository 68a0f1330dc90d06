"""The two steps of signing in with a provider: to it with a question, and back from it with an answer."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx

from maksa.web.single_sign_on.exchange import Reply
from maksa.web.single_sign_on.id_token import Asked, read_id_token
from maksa.web.single_sign_on.issuer import Description, Issuer
from maksa.web.single_sign_on.refusals import not_believed, not_granted

_MAX_CODE = 4_000
"""Characters of an authorization code."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who we are to a provider; `wants_email` asks it for the e-mail address too."""

    issuer: Issuer
    client_id: str
    secret: str
    wants_email: bool = False

    def __repr__(self) -> str:
        """Leave the secret out: what is logged by mistake holds none."""
        return f"RelyingParty({self.issuer.address!r}, {self.client_id!r})"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in under way: what only the browser that began it has, and what the answer is held against."""

    redirect_uri: str
    state: str
    nonce: str
    verifier: str

    def __repr__(self) -> str:
        """Leave the secrets out: what is logged by mistake holds none."""
        return f"Pending({self.redirect_uri!r})"


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom a provider vouches for: the subject, and the e-mail address if it was wanted and the provider verified it."""

    subject: str
    email: str | None


def begin(party: RelyingParty, redirect_uri: str) -> tuple[str, Pending]:
    """Give the address to which the browser is sent, and what is kept until it comes back. Raises: Unreachable."""
    address = party.issuer.describe().authorization
    pending = Pending(redirect_uri, *(secrets.token_urlsafe(32) for _ in range(3)))
    challenge = urlsafe_b64encode(hashlib.sha256(pending.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": party.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email" if party.wants_email else "openid",
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return _with_query(address, asked), pending


def finish(party: RelyingParty, pending: Pending, query: Sequence[tuple[str, str]]) -> Claims:
    """Give whom the provider vouches for, by the query with which the browser came back.

    Raises: NotAllowed (the provider did not sign them in, or its answer is not believed), Unreachable.
    """
    code = _code(party, pending, query)
    tokens = _exchanged(party, pending, code)
    access_token = tokens.get("access_token")
    asked = Asked(party.client_id, pending.nonce, access_token if isinstance(access_token, str) else None)
    claims = read_id_token(party.issuer, tokens.get("id_token"), asked)
    email = _verified_email(party, claims, asked.access_token) if party.wants_email else None
    return Claims(claims["sub"], email)


def sign_out_address(party: RelyingParty, return_to: str) -> str | None:
    """Give the address at which the browser ends its session with the provider too; None when it has no such.

    The ID token is not kept, so the provider may ask the person whether they mean it. Raises: Unreachable.
    """
    address = party.issuer.describe().end_session
    if address is None:
        return None
    return _with_query(address, {"client_id": party.client_id, "post_logout_redirect_uri": return_to})


def _with_query(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _code(party: RelyingParty, pending: Pending, query: Sequence[tuple[str, str]]) -> str:
    given = dict(query)
    if len(given) != len(query):
        raise not_believed("چیزی در آن دو بار آمده است", "something stands in it twice")
    if not compare_digest(given.get("state", "").encode("utf-8", "replace"), pending.state.encode()):
        raise not_believed("از آنِ ورود دیگری است (state)", "it belongs to another sign-in (state)")
    # RFC 9207: an answer that another provider gave must not be carried to this one.
    wanted = party.issuer.address if party.issuer.describe().names_itself else given.get("iss")
    if given.get("iss") != wanted or wanted not in {None, party.issuer.address}:
        raise not_believed("از صادرکنندهٔ دیگری است (iss)", "it is of another issuer (iss)")
    if "error" in given:
        raise not_granted(given["error"])
    code = given.get("code", "")
    if not 0 < len(code) <= _MAX_CODE:
        raise not_believed("کدی در آن نیست (code)", "it has no code (code)")
    return code


def _exchanged(party: RelyingParty, pending: Pending, code: str) -> Mapping[str, Any]:
    description = party.issuer.describe()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": pending.redirect_uri,
        "code_verifier": pending.verifier,
    }
    reply = _ask_token(party, description, form)
    if reply.status != 200:
        raise not_granted(str(reply.members.get("error", reply.status)))
    return reply.members


def _ask_token(party: RelyingParty, description: Description, form: Mapping[str, str]) -> Reply:
    if description.secret_in_form:
        form = {**form, "client_id": party.client_id, "client_secret": party.secret}
        return party.issuer.exchange.post(description.token, form, None)
    # RFC 6749, section 2.3.1: both are encoded as a form encodes them before they are joined.
    basic = httpx.BasicAuth(quote_plus(party.client_id), quote_plus(party.secret))
    return party.issuer.exchange.post(description.token, form, basic)


def _verified_email(party: RelyingParty, claims: Mapping[str, Any], token: str | None) -> str | None:
    address = party.issuer.describe().userinfo
    if "email" not in claims and address is not None and token is not None:
        reply = party.issuer.exchange.get(address, token=token)
        if reply.status != 200 or reply.members.get("sub") != claims["sub"]:
            raise not_believed("آگاهی‌هایش از فرد دیگری است (userinfo)", "its userinfo is of somebody else")
        claims = reply.members
    email = claims.get("email")
    return email if claims.get("email_verified") is True and isinstance(email, str) else None
