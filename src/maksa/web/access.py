"""Who asks: the bearer of a token, as the client stands now."""

from __future__ import annotations

import ipaddress
from contextvars import ContextVar
from functools import lru_cache

from starlette.requests import Request
from starlette.types import Scope

from maksa.errors import NotAllowed
from maksa.model.clients import Client
from maksa.text import Text
from maksa.web.parts import Parts

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_NO_TOKEN = Text(fa="توکن فرستاده نشده است.", en="No token was sent.")
_NO_TOKEN_MEND = Text(
    fa="آن را از /oauth/token بگیرید و در سرآیند Authorization: bearer … بفرستید.",
    en="Get one from /oauth/token and send it in the header Authorization: bearer …",
)

_ASKING: ContextVar[str | None] = ContextVar("maksa_asking", default=None)

_NO_SESSION = NotAllowed(
    Text("برای این کار باید وارد شده باشید.", "This is for who is signed in."),
    mend=Text(
        "با POST /api/v1/sessions وارد شوید و نشانهٔ نشست را در سرآیند Authorization: bearer … بفرستید.",
        "Sign in with POST /api/v1/sessions and send the session's token in the header Authorization: bearer …",
    ),
)


def bearer(parts: Parts, request: Request) -> Client:
    """Give the client of a request's token, with the word bearer in any case.

    Raises: NotAllowed when there is no token, it is not ours or over, or its client is revoked, expired, or
            a sandbox asked from another machine.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise NotAllowed(_NO_TOKEN, mend=_NO_TOKEN_MEND)
    client = parts.clients.current(parts.tokens.client_of(token.strip(), "access"))
    check_place(parts, request, client)
    _ASKING.set(client.client_id)
    return client


def asker(parts: Parts, scope: Scope) -> str | None:
    """Give the id of the client whose access token a request brings where it needs none, for counting alone.

    Whether that client still stands is not asked. Cost: some µs with a token, a part of one without.
    """
    if parts.uses is None:
        return None
    for name, value in scope["headers"]:
        if name == b"authorization":
            return _client_of(parts, value)
    return None


def _client_of(parts: Parts, header: bytes) -> str | None:
    scheme, _, token = header.decode("latin-1").partition(" ")
    if "." not in token or scheme.casefold() != "bearer":  # The token of a session has no dot.
        return None
    try:
        return parts.tokens.client_of(token.strip(), "access")
    except NotAllowed:
        return None


def asking() -> str | None:
    """Give the id of the client that `bearer` let in, to who answers in the same task; None when it was not asked."""
    return _ASKING.get()


def token_of(request: Request) -> str:
    """Give the token of the header Authorization. Raises: NotAllowed when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise _NO_SESSION
    return token.strip()


def check_place(parts: Parts, request: Request, client: Client) -> None:
    """Refuse a sandbox client that asks from another machine. Raises: NotAllowed."""
    if client.sandbox and parts.settings.sandbox_loopback_only and not from_loopback(request):
        raise NotAllowed(
            Text(
                fa=f"کارخواه آزمایشی {client.client_id} تنها از همین رایانه پذیرفته می‌شود.",
                en=f"The sandbox client {client.client_id} is accepted from this machine only.",
            ),
            mend=Text(
                fa="با «maksa clients add» کارخواه خود را بسازید.",
                en="Make your own with `maksa clients add`.",
            ),
        )


def from_loopback(request: Request) -> bool:
    """Tell whether a request comes from this machine itself, and was not passed on from another."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    return _is_loopback(request.client.host)


@lru_cache(maxsize=256)
def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
