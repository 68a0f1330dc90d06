"""The table of the native API: each row is a route, its parameters, its answer, and the errors it can give."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache, partial
from inspect import iscoroutinefunction

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from maksa.model.clients import Client, require_scope
from maksa.web.access import asker, bearer, token_of
from maksa.web.api import (
    code_requests,
    code_requests_wire,
    download,
    feeds,
    health,
    letters,
    letters_wire,
    maps,
    maps_wire,
    outcome,
    prescriptions,
    questions,
    subscriptions,
    wire,
)
from maksa.web.api import parameters as of
from maksa.web.api.build import PREFIX
from maksa.web.api.desk.routes import DESK
from maksa.web.api.openapi import Operation, describe
from maksa.web.api.questions import Asked
from maksa.web.memo import Mark, Steady
from maksa.web.parts import Parts
from maksa.web.query import read_query
from maksa.web.routing import Door, Route
from maksa.web.uses import count

Answer = msgspec.Struct | Response
Ask = Callable[[Asked], Awaitable[Answer] | Answer]
_LIST = f"{PREFIX}/terminologies/{{id}}"
_FILE = {200: download.FILE_TYPE, 206: download.FILE_TYPE, 304: None}


async def openapi_document(asked: Asked) -> Response:  # noqa: ARG001 - Every question takes the same.
    """Describe this API in OpenAPI 3.1."""
    return Response(_document(), media_type="application/json")


def _always(answer: msgspec.Struct) -> bool:  # noqa: ARG001 - Every test takes the same.
    return True


def _found(answer: wire.SearchAnswer) -> bool:
    """Tell whether some title answers; the service counts the searches of which none does, so it must see each."""
    return any(not hit.left_out for hit in answer.items)


OPERATIONS: tuple[tuple[Operation, Ask], ...] = (
    (
        Operation("GET", f"{PREFIX}/terminologies", (of.ON, of.SINCE), wire.TerminologiesAnswer),
        questions.terminologies,
    ),
    (Operation("GET", _LIST, (of.ON,), wire.TerminologyAnswer, errors=(404,)), questions.terminology),
    (
        Operation(
            "GET",
            f"{_LIST}/concepts",
            (of.LIMIT, of.AFTER, of.STATUS, of.SINCE, of.VALUE_SET, of.ON, of.EDITION),
            wire.ConceptsAnswer,
            errors=(404, 429, 503),
        ),
        questions.concepts,
    ),
    (
        Operation(
            "GET",
            f"{_LIST}/concepts/{{code+}}",
            (of.ON, of.EDITION),
            wire.ConceptAnswer,
            errors=(404,),
            steady=_always,
        ),
        questions.concept,
    ),
    (Operation("GET", f"{_LIST}/editions", (), wire.EditionsAnswer, errors=(404,)), questions.editions),
    (
        Operation(
            "GET",
            f"{_LIST}/diff",
            (of.FROM, of.TO, of.LIMIT_OF_CHANGES, of.AFTER),
            wire.DiffAnswer,
            errors=(404, 429, 503),
        ),
        questions.diff,
    ),
    (
        Operation("GET", f"{_LIST}/editions/{{edition}}/file", (), None, errors=(404, 416), produces=_FILE),
        download.edition_file,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/letters",
            (of.TERMINOLOGY, letters.SINCE, letters.STUB, letters.LIMIT, letters.AFTER, of.ON),
            letters_wire.LettersAnswer,
            errors=(404,),
            steady=_always,
        ),
        letters.letters,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/letters/{{number}}",
            (of.ON,),
            letters_wire.LetterAnswer,
            errors=(404, 429, 503),
            steady=_always,
        ),
        letters.letter,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/letters/{{number}}/attachments/{{name}}",
            (),
            None,
            errors=(404, 416),
            produces={200: download.ATTACHMENT_TYPE, 206: download.ATTACHMENT_TYPE, 304: None},
        ),
        download.attachment,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/search",
            (
                of.TEXT,
                of.TERMINOLOGY,
                of.LIMIT_OF_HITS,
                of.OFFSET,
                of.STATUS,
                of.VALUE_SET,
                of.FACETS,
                of.ON,
                of.EDITION,
            ),
            wire.SearchAnswer,
            errors=(404, 429, 503),
            steady=_found,
        ),
        questions.search,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/validate",
            (of.TERMINOLOGY, of.CODE, of.VALUE, of.ON, of.EDITION, of.VALUE_SET),
            wire.ValidateAnswer,
            steady=_always,
        ),
        questions.validate,
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/validate",
            (),
            wire.ValidateAnswer,
            body=wire.Questions,
            errors=(408, 413, 415, 429, 503),
        ),
        questions.validate_batch,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/translate",
            (maps.SOURCE, maps.SERVICE, maps.TARGET, maps.MAP, of.ON),
            maps_wire.TranslateAnswer,
            errors=(404, 429, 503),
        ),
        maps.translate,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/relative-value",
            (maps.SOURCE, maps.SERVICE, of.ON, maps.COEFFICIENTS),
            maps_wire.RelativeValueAnswer,
            errors=(404, 413, 429, 503),
        ),
        maps.relative_value,
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/prescriptions/check",
            (of.ON,),
            prescriptions.CheckAnswer,
            takes=prescriptions.MESSAGE_TYPES,
            errors=(408, 413, 415, 429, 503),
        ),
        prescriptions.check_prescription,
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/code-requests",
            (),
            code_requests_wire.CodeRequestAnswer,
            body=code_requests_wire.CodeRequestIn,
            produces={201: "application/json"},
            errors=(403, 404, 408, 413, 415, 429, 503),
            scope="requests",
        ),
        code_requests.file_code_request,
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/code-requests/{{request}}",
            (),
            code_requests_wire.CodeRequestAnswer,
            headers=(code_requests.TOKEN,),
            errors=(403, 404, 429, 503),
        ),
        code_requests.code_request,
    ),
    *(
        (
            Operation(
                "POST",
                f"{PREFIX}/code-requests/{{request}}/{act}",
                (),
                code_requests_wire.CodeRequestAnswer,
                body=code_requests_wire.AskerSays,
                headers=(code_requests.TOKEN,),
                errors=(403, 404, 408, 409, 413, 415, 429, 503),
                scope="requests",
            ),
            endpoint,
        )
        for act, endpoint in (("answer", code_requests.answer_question), ("appeal", code_requests.appeal))
    ),
    *DESK,
    *feeds.OPERATIONS,
    *subscriptions.OPERATIONS,
    (Operation("GET", f"{PREFIX}/openapi.json", (), None, open=True), openapi_document),
    (Operation("GET", "/healthz", (), wire.HealthAnswer, open=True), health.alive),
    (Operation("GET", "/readyz", (), wire.HealthAnswer, errors=(503,), open=True), health.ready),
    (
        Operation("GET", "/metrics", (), None, produces={200: "text/plain"}, open=True),
        health.metrics,
    ),
)

_ENCODER = msgspec.json.Encoder()


def door() -> Door:
    """Give the native API as a door."""
    return Door(
        name="api",
        prefixes=("/api/", "/healthz", "/readyz", "/metrics"),
        routes=tuple(_route(operation, ask) for operation, ask in OPERATIONS),
        refuse=outcome.refuse,
    )


def _route(operation: Operation, ask: Ask) -> Route:
    """Make a route; a question that is a plain function, and has a steady answer, is asked at once."""
    at_once = operation.steady is not None and not iscoroutinefunction(ask)
    return Route(operation.method, operation.path, partial(_answer, operation, ask), at_once)


def _answer(operation: Operation, ask: Ask, parts: Parts, request: Request) -> Awaitable[Response] | Response:
    client = _client(operation, parts, request)
    query = read_query(request.scope["query_string"], operation.parameters)
    mark = parts.memo.mark() if operation.steady else None
    asked = Asked(parts, request, query, client)
    answer = ask(asked)
    if isinstance(answer, (msgspec.Struct, Response)):
        return _written(operation, asked, mark, answer)
    return _awaited(operation, asked, mark, answer)


def _client(operation: Operation, parts: Parts, request: Request) -> Client | None:
    """Give who asks: where a token is needed, or was sent for what is done in the name of a party.

    Raises: NotAllowed, Refused (without the scope).
    """
    if operation.signed:
        token_of(request)  # Who it stands for is asked at the desk; without one nothing is read further.
    if operation.open or operation.signed:
        return None
    acts = operation.scope != "read" and "authorization" in request.headers
    if parts.settings.public_reads and not acts:
        return None
    client = bearer(parts, request)
    require_scope(client, operation.scope)
    return client


async def _awaited(
    operation: Operation, asked: Asked, mark: Mark | None, answer: Awaitable[Answer]
) -> Response:
    return _written(operation, asked, mark, await answer)


def _written(operation: Operation, asked: Asked, mark: Mark | None, answer: Answer) -> Response:
    if asked.uses:
        client = asker(asked.parts, asked.request.scope) if asked.client is None else asked.client.client_id
        count(asked.parts, client, asked.uses)
    if isinstance(answer, Response):
        return answer
    body = _ENCODER.encode(answer)
    if mark is not None and operation.steady and operation.steady(answer):
        return Steady(body, mark, asked.uses)
    headers = {"cache-control": "no-store"} if operation.signed else None
    return Response(body, operation.status, headers, "application/json")


@cache
def _document() -> bytes:
    return _ENCODER.encode(
        describe(
            (operation, ask.__name__, (ask.__doc__ or "").partition("\n")[0]) for operation, ask in OPERATIONS
        )
    )
