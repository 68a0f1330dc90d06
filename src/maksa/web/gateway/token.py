"""POST /oauth/token: the three grants of the DITAS gateway (RFC 6749), errors in its words."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from maksa.errors import NotAllowed
from maksa.model.clients import Client
from maksa.text import Text
from maksa.web.access import check_place
from maksa.web.parts import Parts
from maksa.web.query import read_pairs, repeated
from maksa.web.refusal import Refusal, shown, too_large

GRANTS = ("password", "refresh_token", "client_credentials")

_FORM = "application/x-www-form-urlencoded"
_MAX_FORM = 16 * 1024
_MAX_BASIC = 2_000
_ENCODER = msgspec.json.Encoder()


async def token(parts: Parts, request: Request) -> Response:
    """Give an access and a refresh token to a client that shows its id and secret, and its user's password."""
    if request.scope["query_string"]:
        raise _invalid_request(
            "پارامترها در بدنهٔ فرم می‌آید، نه در نشانی", "Parameters belong into the form, not the address"
        )
    form = await _read_form(request)
    grant = _need(form, "grant_type")
    if grant not in GRANTS:
        raise Refusal(
            400,
            "unsupported_grant_type",
            Text(
                fa=f"grant_type «{shown(grant)}» شناخته نیست.",
                en=f"The grant_type '{shown(grant)}' is not known.",
            ),
            mend=Text(fa=f"یکی از {'، '.join(GRANTS)} را بدهید.", en=f"Give one of {', '.join(GRANTS)}."),
            known=GRANTS,
        )
    client = await _authenticate(parts, request)
    if grant == "password":
        await _check_user(parts, client, _need(form, "username"), _need(form, "password"))
    elif grant == "refresh_token":
        _check_refresh(parts, client, _need(form, "refresh_token"))
    return _granted(parts, client)


async def _read_form(request: Request) -> Mapping[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != _FORM:
        raise _invalid_request(f"بدنه باید {_FORM} باشد", f"The body must be {_FORM}")
    raw = await request.body()
    if len(raw) > _MAX_FORM:
        raise too_large(_MAX_FORM)
    form: dict[str, str] = {}
    for name, value in read_pairs(raw):
        if name in form:
            raise repeated(name)
        form[name] = value
    return form


def _need(form: Mapping[str, str], name: str) -> str:
    value = form.get(name)
    if not value:
        raise _invalid_request(f"فیلد {name} داده نشده است", f"The field {name} is missing")
    return value


async def _authenticate(parts: Parts, request: Request) -> Client:
    client_id, secret = _basic(request.headers.get("authorization", ""))
    try:
        client = await parts.logins.run(lambda: parts.clients.authenticate(client_id, secret))
        check_place(parts, request, client)
    except NotAllowed as error:
        raise Refusal(401, "invalid_client", error.text, mend=error.mend) from None
    return client


def _basic(header: str) -> tuple[str, str]:
    scheme, _, value = header.partition(" ")
    if scheme.casefold() != "basic":
        raise _invalid_client()
    try:
        pair = base64.b64decode(value.strip()[:_MAX_BASIC], validate=True).decode()
    except (binascii.Error, ValueError):
        raise _invalid_client() from None
    client_id, colon, secret = pair.partition(":")
    if not (colon and client_id and secret) or "\x00" in pair:
        raise _invalid_client()
    return client_id, secret


async def _check_user(parts: Parts, client: Client, username: str, password: str) -> None:
    try:
        await parts.logins.run(lambda: parts.clients.authenticate_user(client, username, password))
    except NotAllowed as error:
        raise Refusal(400, "invalid_grant", error.text, mend=error.mend) from None


def _check_refresh(parts: Parts, client: Client, token: str) -> None:
    try:
        owner = parts.tokens.client_of(token, "refresh")
    except NotAllowed as error:
        raise Refusal(400, "invalid_grant", error.text, mend=error.mend) from None
    if owner != client.client_id:
        raise Refusal(
            400,
            "invalid_grant",
            Text(fa="این توکن از آن کارخواه دیگری است.", en="This token belongs to another client."),
        )


def _granted(parts: Parts, client: Client) -> Response:
    body = {
        "access_token": parts.tokens.issue(client.client_id, "access"),
        "token_type": "bearer",
        "expires_in": parts.tokens.seconds["access"],
        "refresh_token": parts.tokens.issue(client.client_id, "refresh"),
    }
    headers = {"cache-control": "no-store", "pragma": "no-cache"}
    return Response(_ENCODER.encode(body), 200, headers, "application/json")


def _invalid_request(fa: str, en: str) -> Refusal:
    return Refusal(400, "invalid_request", Text(fa=f"{fa}.", en=f"{en}."))


def _invalid_client() -> Refusal:
    return Refusal(
        401,
        "invalid_client",
        Text(fa="شناسه و رمز کارخواه فرستاده نشده است.", en="Client id and secret were not sent."),
        mend=Text(
            fa="آن‌ها را در سرآیند Authorization: Basic base64(client_id:client_secret) بفرستید.",
            en="Send them in the header Authorization: Basic base64(client_id:client_secret).",
        ),
    )
