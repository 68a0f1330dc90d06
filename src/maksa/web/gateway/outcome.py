"""Answers and refusals in the gateway's forms: the envelope, or OAuth's errors under /oauth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from maksa.model.edition import EditionRef
from maksa.text import Text
from maksa.web.gateway.wire import Envelope, Inner, Result, Status
from maksa.web.language import language_of
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, bad_parameter, shown

_OAUTH_ERRORS = frozenset({"invalid_request", "invalid_client", "invalid_grant", "unsupported_grant_type"})
_ENCODER = msgspec.json.Encoder()
_MAX_EDITIONS_NAMED = 20
"""Editions in one header: proxies take some 4 KB of headers."""
_MAX_FIELDS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service found: payload, the editions behind it, fields it did not use, and the page of a list.

    `lists` names the terminologies of the payload where not all of the editions asked gave a part of it.
    """

    payload: Any
    editions: tuple[EditionRef, ...] = ()
    lists: frozenset[str] | None = None
    unused: list[str] = field(default_factory=list)
    total: int | None = None
    page: int = 1
    size: int = 0


def wants_bare(request: Request) -> bool:
    """Tell whether the caller wants the payload without its envelope. Raises: Refusal for an unknown word."""
    word = request.headers.get("x-maksa-envelope", "full").strip().casefold()
    if word not in {"full", "none"}:
        raise bad_parameter(
            "X-Maksa-Envelope",
            Text(
                fa="سرآیند X-Maksa-Envelope این مقدار را نمی‌شناسد.",
                en="The header X-Maksa-Envelope does not know this value.",
            ),
            mend=Text(fa="none یا full بدهید، یا آن را نفرستید.", en="Give none or full, or leave it out."),
            known=("none", "full"),
        )
    return word == "none"


def respond(parts: Parts, answer: Answer, *, bare: bool) -> Response:
    """Give an answer, in its envelope unless it is wanted bare."""
    headers = {"cache-control": "no-store"}
    if answer.editions:
        headers["x-maksa-edition"] = _edition_header(answer.editions)
    samples = [
        ref.terminology
        for ref in answer.editions
        if (answer.lists is None or ref.terminology in answer.lists) and parts.marks.is_sample(ref)
    ]
    if samples:
        headers["x-maksa-sample"] = "true"
    if answer.total is not None:
        headers["x-maksa-total"] = str(answer.total)
    if answer.unused:
        headers["x-maksa-unused-fields"] = ", ".join(
            quote(one[:60]) for one in answer.unused[:_MAX_FIELDS_NAMED]
        )
    if bare:
        return _json(answer.payload, 200, headers)
    inner = Inner(
        data=answer.payload,
        is_success=True,
        wait_time=0,
        status_code=0,
        message=tuple(_remarks(answer.unused, samples)),
        total=msgspec.UNSET if answer.total is None else answer.total,
        page=msgspec.UNSET if answer.total is None else answer.page,
        page_size=msgspec.UNSET if answer.total is None else answer.size,
    )
    status = Status(200, "OK")
    return _json(Envelope(Result(inner, status), status), 200, headers)


def refuse(parts: Parts, request: Request, refusal: Refusal) -> Response:  # noqa: ARG001 - Every door's form takes the same.
    """Give a refusal: as OAuth has it for tokens, else in the envelope, or its inner part alone when bare."""
    if request.scope["path"].startswith("/oauth"):
        return _refuse_token(refusal)
    inner = Inner(
        data=None,
        is_success=False,
        wait_time=0,
        status_code=refusal.status,
        message=(refusal.sentence("fa"), refusal.sentence("en")),
    )
    headers = {"cache-control": "no-store"}
    if refusal.status == 401:
        headers["www-authenticate"] = 'Bearer realm="maksa"'
    if request.headers.get("x-maksa-envelope", "").strip().casefold() == "none":
        return _json(inner, refusal.status, headers)
    status = Status(refusal.status, refusal.sentence(language_of(request, default="fa")))
    return _json(Envelope(Result(inner, status), status), refusal.status, headers)


def _refuse_token(refusal: Refusal) -> Response:
    error = refusal.kind if refusal.kind in _OAUTH_ERRORS else "invalid_request"
    if refusal.status >= 500:
        error = "server_error"
    elif refusal.status == 429:
        error = "temporarily_unavailable"
    description = refusal.sentence("en").replace('"', "'").replace("\\", "/")
    body = {
        "error": error,
        "error_description": description.encode("ascii", "replace").decode(),
        "error_description_fa": refusal.sentence("fa"),
    }
    headers = {"cache-control": "no-store", "pragma": "no-cache"}
    if refusal.status == 401:
        headers["www-authenticate"] = 'Basic realm="maksa", charset="UTF-8"'
    return _json(body, refusal.status, headers)


def _remarks(unused: list[str], samples: list[str]) -> Iterable[str]:
    if samples:
        names = ", ".join(samples)
        yield f"نمونه است و رسمی نیست: {names}"
        yield f"A sample, not official: {names}"
    if unused:
        names = ", ".join(shown(one) for one in unused[:_MAX_FIELDS_NAMED])
        yield f"این فیلدها به کار نرفت: {names}"
        yield f"These fields were not used: {names}"


def _edition_header(editions: tuple[EditionRef, ...]) -> str:
    named = [
        f"{quote(ref.terminology)}|{quote(ref.edition)};sha256={ref.hash}"
        for ref in editions[:_MAX_EDITIONS_NAMED]
    ]
    if len(editions) > _MAX_EDITIONS_NAMED:
        named.append(f"+{len(editions) - _MAX_EDITIONS_NAMED}")
    return ", ".join(named)


def _json(body: Any, status: int, headers: dict[str, str]) -> Response:
    return Response(_ENCODER.encode(body), status, headers, "application/json")
