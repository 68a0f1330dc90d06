"""The table of the gateway: the token, and the four services by POST (JSON) and GET (query)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from maksa.text import Text
from maksa.web.access import bearer
from maksa.web.body import read_json
from maksa.web.gateway import outcome, services
from maksa.web.gateway.fields import Fields
from maksa.web.gateway.outcome import Answer
from maksa.web.gateway.token import token
from maksa.web.parts import Parts
from maksa.web.query import read_pairs, repeated
from maksa.web.refusal import Refusal, bad_parameter, bad_request
from maksa.web.routing import Door, Route

Service = Callable[[Parts, Fields], Awaitable[Answer]]

PREFIX = "/api/client/apim/v1/maksaservice/gwmaksa"
SERVICES: tuple[tuple[str, Service], ...] = (
    ("CtsTerminologies", services.cts_terminologies),
    ("Terminology", services.codes),
    ("SearchTerminology", services.codes),
    ("ValidateCts", services.validate_cts),
)

_PID = re.compile(r"[0-9A-Fa-f]{24}\Z")


def door() -> Door:
    """Give the gateway as a door."""
    asked = tuple(
        Route(method, f"{PREFIX}/{name}", partial(_answer, service))
        for name, service in SERVICES
        for method in ("POST", "GET")
    )
    return Door(
        name="gateway",
        prefixes=("/oauth", "/api/client"),
        routes=(Route("POST", "/oauth/token", token), *asked),
        refuse=outcome.refuse,
    )


async def _answer(service: Service, parts: Parts, request: Request) -> Response:
    _check_pid(request, bearer(parts, request).pids)
    bare = outcome.wants_bare(request)
    return outcome.respond(parts, await service(parts, await _read_fields(parts, request)), bare=bare)


def _check_pid(request: Request, pids: tuple[str, ...]) -> None:
    pid = request.headers.get("pid", "").strip()
    if not pid:
        raise bad_parameter(
            "pid",
            Text(fa="سرآیند pid فرستاده نشده است.", en="The header pid was not sent."),
            mend=Text(
                fa="شناسهٔ بستهٔ خود را در آن بفرستید (24 رقم شانزده‌شانزدهی).",
                en="Send the id of your package in it (24 hexadecimal digits).",
            ),
        )
    if not _PID.match(pid):
        raise bad_parameter(
            "pid",
            Text(
                fa="سرآیند pid باید 24 رقم شانزده‌شانزدهی باشد.",
                en="The header pid must be 24 hexadecimal digits.",
            ),
        )
    if pid.casefold() not in (one.casefold() for one in pids):
        raise Refusal(
            403,
            "unknown-pid",
            Text(fa="این pid از بسته‌های این کارخواه نیست.", en="This pid is no package of this client."),
            mend=Text(
                fa="pid بسته‌ای را بفرستید که با شناسه و رمز کارخواه به شما داده شد، یا آن را از مرکز بپرسید.",
                en="Send the pid that you were given with the client's id and secret, or ask the centre for it.",
            ),
        )


async def _read_fields(parts: Parts, request: Request) -> Fields:
    pairs: list[tuple[str, object]] = []
    for name, value in read_pairs(request.scope["query_string"]):
        if any(name == other for other, _ in pairs):
            raise repeated(name)
        pairs.append((name, value))
    if request.method == "POST":
        body = await read_json(parts, request)
        if isinstance(body, dict):
            pairs.extend(body.items())
        elif body is not None:
            raise bad_request(
                Text(fa="بدنهٔ درخواست باید یک شیء JSON باشد.", en="The body must be one JSON object."),
                mend=Text(fa='مانند {"Terminology_id": "RVU3"}.', en='Such as {"Terminology_id": "RVU3"}.'),
            )
    return Fields(pairs)
