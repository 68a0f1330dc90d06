"""Refusals in the form of the native API: problem+json, its sentence in the language asked for."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from maksa.text import Text
from maksa.web.api.wire import Problem
from maksa.web.language import Language, language_of
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal

PROBLEM_MEDIA_TYPE = "application/problem+json"
PROBLEM_TYPE = "urn:maksa:problem:"
TITLES: dict[str, Text] = {
    "bad-parameter": Text("پارامتر نادرست", "Bad parameter"),
    "bad-request": Text("درخواست ناخوانا", "Unreadable request"),
    "bad-input": Text("ورودی ناخوانا", "Unreadable input"),
    "not-allowed": Text("بی‌اجازه", "Not allowed"),
    "refused": Text("رد شد", "Refused"),
    "not-found": Text("یافت نشد", "Not found"),
    "unknown-path": Text("نشانی ناشناخته", "Unknown address"),
    "unknown-terminology": Text("فهرست ناشناخته", "Unknown terminology"),
    "unknown-edition": Text("انتشار ناشناخته", "Unknown edition"),
    "unknown-code": Text("کد ناشناخته", "Unknown code"),
    "method-not-allowed": Text("روش نامجاز", "Method not allowed"),
    "body-too-slow": Text("بدنهٔ کند", "Body too slow"),
    "wrong-state": Text("وضعیت نامناسب", "Wrong state"),
    "too-large": Text("بیش از اندازه بزرگ", "Too large"),
    "uri-too-long": Text("نشانی بیش از اندازه بلند", "Address too long"),
    "unsupported-media-type": Text("نوع محتوای ناشناخته", "Unsupported media type"),
    "range-not-satisfiable": Text("بازهٔ بیرون از پرونده", "Range not satisfiable"),
    "too-busy": Text("شلوغ", "Too busy"),
    "over-quota": Text("بیش از سهم", "Over quota"),
    "headers-too-large": Text("سرآیندهای بیش از اندازه بزرگ", "Headers too large"),
    "internal": Text("خطای سامانه", "Fault of the server"),
    "not-ready": Text("آماده نیست", "Not ready"),
    "edition-unreadable": Text("انتشار ناخوانا", "Unreadable edition"),
    "unreachable": Text("در دسترس نیست", "Out of reach"),
    "deadline": Text("پایان مهلت", "Out of time"),
}
"""A title for every kind of refusal; a test holds it complete."""

_ENCODER = msgspec.json.Encoder()


def refuse(parts: Parts, request: Request, refusal: Refusal) -> Response:  # noqa: ARG001 - Every door's form takes the same.
    """Give a refusal as problem+json."""
    language = language_of(request, default="en")
    headers = {"content-language": language, "vary": "accept-language"}
    if refusal.status == 401:
        headers["www-authenticate"] = 'Bearer realm="maksa"'
    problem = problem_of(refusal, language, request.state.id)
    return Response(problem, refusal.status, headers, PROBLEM_MEDIA_TYPE)


def problem_of(refusal: Refusal, language: Language, request_id: str) -> bytes:
    """Write a refusal as the body of problem+json."""
    problem = Problem(
        type=PROBLEM_TYPE + refusal.kind,
        title=TITLES[refusal.kind].in_language(language),
        status=refusal.status,
        detail=refusal.text.in_language(language),
        detail_fa=refusal.text.fa,
        mend=None if refusal.mend is None else refusal.mend.in_language(language),
        parameter=refusal.parameter,
        known=refusal.known,
        request_id=request_id,
    )
    return _ENCODER.encode(problem)
