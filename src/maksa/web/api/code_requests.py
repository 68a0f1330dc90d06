"""Requests for a missing code: filed by anybody, followed by who has the token; as JSON, or as a Task of FHIR R4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import msgspec
from starlette.responses import Response

from maksa.model.clients import Client
from maksa.model.code_request import AskersAct, CodeRequest, Origin, Wanted
from maksa.text import Text
from maksa.web.api import build
from maksa.web.api import code_requests_wire as wire
from maksa.web.api.code_requests_task import FHIR_TYPE, fields_of_task, task_of
from maksa.web.api.questions import Asked
from maksa.web.api.wire import Edition
from maksa.web.body import read_json
from maksa.web.code_requests import act_as_asker, file_wanted, follow
from maksa.web.query import MAX_TEXT, Parameter, read_text
from maksa.web.refusal import Refusal, bad_parameter, missing_parameter, shown, too_large

TOKEN: Parameter[str] = Parameter(
    "x-maksa-request-token",
    read_text,
    "The token that was given when the request was filed.",
    {"type": "string", "maxLength": MAX_TEXT},
    required=True,
)
MAX_BODY = 64 * 1024
"""Bytes of a request; its texts together are well within."""
_FIELDS = wire.CodeRequestIn.__struct_fields__
_ORIGINS = tuple(origin for origin in get_args(Origin) if origin not in {"desk", "batch"})
_ENCODER = msgspec.json.Encoder()


async def file_code_request(asked: Asked) -> Response:
    """File a request for a missing code, and tell what may be there already; as JSON, or as a FHIR Task."""
    if len(await asked.request.body()) > MAX_BODY:
        raise too_large(MAX_BODY)
    sent = await read_json(asked.parts, asked.request)
    is_task = isinstance(sent, dict) and "resourceType" in sent
    wanted = _of_party(asked.client, _wanted(fields_of_task(sent) if is_task else sent))
    filed = await file_wanted(asked.parts, asked.request, wanted)
    headers = {
        TOKEN.name: filed.token,
        "location": f"{build.PREFIX}/code-requests/{filed.request.number}",
        "cache-control": "no-store",
    }
    if is_task:
        return _task(filed.request, 201, headers)
    answer = wire.CodeRequestAnswer(
        request=wire.code_request(filed.request),
        token=filed.token,
        candidates=tuple(map(wire.candidate, filed.candidates)),
        editions=_editions(asked, filed.request),
    )
    return Response(_ENCODER.encode(answer), 201, headers, "application/json")


async def code_request(asked: Asked) -> Response:
    """Tell how a request stands, to who shows its token; as JSON, or as a FHIR Task where that is accepted."""
    request = await follow(asked.parts, str(asked.request.path_params["request"]), _token(asked))
    headers = {"cache-control": "no-store", "vary": "accept"}
    if FHIR_TYPE in asked.request.headers.get("accept", ""):
        return _task(request, 200, headers)
    answer = wire.CodeRequestAnswer(wire.code_request(request), None, (), _editions(asked, request))
    return Response(_ENCODER.encode(answer), 200, headers, "application/json")


async def answer_question(asked: Asked) -> Response:
    """Answer the desk's question about a request, by who shows its token."""
    return await _act(asked, "answer")


async def appeal(asked: Asked) -> Response:
    """Appeal against the refusal of a request, once, by who shows its token."""
    return await _act(asked, "appeal")


async def _act(asked: Asked, act: AskersAct) -> Response:
    if len(await asked.request.body()) > MAX_BODY:
        raise too_large(MAX_BODY)
    sent = await read_json(asked.parts, asked.request)
    if not isinstance(sent, dict) or not isinstance(sent.get("said"), str) or len(sent) != 1:
        raise missing_parameter("said", example='{"said": "…"}')
    number = str(asked.request.path_params["request"])
    request = await act_as_asker(asked.parts, number, _token(asked), act, sent["said"])
    answer = wire.CodeRequestAnswer(wire.code_request(request), None, (), _editions(asked, request))
    return Response(_ENCODER.encode(answer), 200, {"cache-control": "no-store"}, "application/json")


def _token(asked: Asked) -> str:
    token = asked.request.headers.get(TOKEN.name, "")
    if not token.strip():
        raise missing_parameter(TOKEN.name, example=f"{TOKEN.name}: …")
    return token[:MAX_TEXT]


def _task(request: CodeRequest, status: int, headers: dict[str, str]) -> Response:
    return Response(_ENCODER.encode(task_of(request)), status, headers, FHIR_TYPE)


def _wanted(sent: Any) -> Wanted:
    """Read the fields of a request. Raises: Refusal 400 naming the field that is missing, unknown or no text."""
    if not isinstance(sent, dict):
        raise bad_parameter(
            "body", Text("بدنه باید یک شیء JSON باشد.", "The body must be one JSON object."), known=_FIELDS
        )
    for name, value in sent.items():
        if name not in _FIELDS:
            raise _bad(name, f"فیلد «{shown(name)}» شناخته نیست.", f"The field '{shown(name)}' is not known.")
        if value is not None and not isinstance(value, str):
            raise _bad(name, f"{name} باید متن باشد.", f"{name} must be a text.")
    for name in ("terminology", "text"):
        if not (sent.get(name) or "").strip():
            raise missing_parameter(name, example=f'{{"terminology": "RVU3", "{name}": "…"}}')
    fields = {"origin": "api"} | {name: value for name, value in sent.items() if value is not None}
    if fields["origin"] not in _ORIGINS:
        raise bad_parameter(
            "origin",
            Text("origin شناخته نیست.", "The origin is not known."),
            mend=Text(f"یکی از {'، '.join(_ORIGINS)}.", f"One of {', '.join(_ORIGINS)}."),
            known=_ORIGINS,
        )
    return Wanted(**fields)


def _of_party(client: Client | None, wanted: Wanted) -> Wanted:
    """Give a request in the name of a client's party. Raises: Refusal 400 when it names another."""
    if client is None:
        return wanted
    if wanted.organisation not in {None, client.party}:
        raise bad_parameter(
            "organisation",
            Text(
                f"این کارخواه از سازمان «{client.party}» است و به نام دیگری درخواست نمی‌دهد.",
                f"This client is of the party '{client.party}', and files in no other's name.",
            ),
        )
    return replace(wanted, organisation=client.party)


def _bad(name: str, fa: str, en: str) -> Refusal:
    return bad_parameter(
        shown(name),
        Text(fa, en),
        mend=Text(f"فیلدها: {'، '.join(_FIELDS)}.", f"The fields are {', '.join(_FIELDS)}."),
        known=_FIELDS,
    )


def _editions(asked: Asked, request: CodeRequest) -> tuple[Edition, ...]:
    entry = asked.parts.service.terminology(request.wanted.terminology).entry
    return asked.editions([entry.manifest.ref if entry else None])
