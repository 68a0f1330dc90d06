"""The OpenAPI 3.1 document, made of the table of routes, so that neither can be without the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec

from maksa import __version__
from maksa.web.api.wire import Problem
from maksa.web.query import MAX_TEXT, Parameter

_REF = "#/components/schemas/{name}"
_PATH_PARAMETER = re.compile(r"\{(\w+)\+?\}")
_PATH_TITLES = {
    "id": "The list, by any known spelling of its id.",
    "code": "The code; a slash in it may stand as it is.",
    "edition": "The edition, by its name.",
    "number": "The number of the letter; the slash in it as %2F.",
    "subscription": "The number of the subscription.",
    "request": "The number of the request for a code.",
    "key": "The row: a code, or of a map the number of the row.",
    "comment": "The number of the comment.",
    "name": "The name of the attachment, as the letter's record has it.",
    "discrepancy": "The number of the discrepancy.",
    "upload": "The number of the list that was received.",
    "login": "The login of the person.",
    "client": "The id of the client.",
    "obligation": "The number of the obligation.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route is: its parameters, its JSON answer or what else it `produces`, and its errors.

    `headers` are parameters that are sent as headers. `takes` are the content types of a body that no schema of ours describes. `open` says that it asks for no token even when reads are not public; `signed` that it is
    for who acts at the desk, who is asked for there. `scope` is what a client's token needs here; other than `read` also where
    none is asked for but one is sent. `steady` tells of an answer that the same address has it until the shelf or the day changes.
    `status` is that of its JSON answer. 400, 401 and 403 are understood.
    """

    method: str
    path: str
    parameters: Sequence[Parameter[Any]]
    answer: type[msgspec.Struct] | None
    errors: tuple[int, ...] = ()
    body: type[msgspec.Struct] | None = None
    takes: tuple[str, ...] = ()
    headers: Sequence[Parameter[Any]] = ()
    produces: Mapping[int, str | None] = field(default_factory=dict)
    open: bool = False
    signed: bool = False
    scope: str = "read"
    status: int = 200
    steady: Callable[[Any], bool] | None = None


def describe(operations: Iterable[tuple[Operation, str, str]]) -> dict[str, Any]:
    """Make the document of operations, each with its id and its summary."""
    described = list(operations)
    types = {
        kind
        for operation, _, _ in described
        for kind in (operation.answer, operation.body)
        if kind is not None
    }
    _, schemas = msgspec.json.schema_components(
        sorted({*types, Problem}, key=lambda kind: kind.__name__), ref_template=_REF
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation, name, summary in described:
        path = operation.path.replace("+}", "}")
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, name, summary)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Maksa: the reference of health codes of Iran",
            "version": __version__,
            "description": (
                "Every answer names the editions it comes from. An unknown or repeated parameter is an error "
                "that names the known ones. Decimals are strings. Days are Jalali (1402/03/27) or ISO. "
                "Errors are problem+json (RFC 9457), in Persian with Accept-Language: fa."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "session": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _operation(operation: Operation, name: str, summary: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "parameters": [
            *(_path_parameter(found) for found in _PATH_PARAMETER.findall(operation.path)),
            *(_parameter(parameter) for parameter in operation.parameters),
            *({**_parameter(parameter), "in": "header"} for parameter in operation.headers),
        ],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        schema = {"$ref": _REF.format(name=operation.body.__name__)}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if operation.takes:
        content = {
            kind: {"schema": {"type": "object"} if kind.endswith(("json", "xml")) else {}}
            for kind in operation.takes
        }
        described["requestBody"] = {"required": True, "content": content}
    if operation.open:
        described["security"] = []
    if operation.signed:
        described["security"] = [{"session": []}, {"token": []}]
    return described


def _responses(operation: Operation) -> dict[str, Any]:
    produces = operation.produces or {operation.status: "application/json"}
    responses = {str(status): _answer(operation, status, kind) for status, kind in produces.items()}
    errors = (400, *operation.errors) if operation.open else (400, 401, 403, *operation.errors)
    for status in errors:
        responses[str(status)] = _problem(HTTPStatus(status).phrase)
    responses["default"] = _problem("Any other error: 405, 414, 431, or a fault of the server.")
    return responses


def _answer(operation: Operation, status: int, kind: str | None) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if operation.answer is not None:
        described["content"] = {kind: {"schema": {"$ref": _REF.format(name=operation.answer.__name__)}}}
    elif kind is not None:
        described["content"] = {kind: {"schema": {"type": "object"} if kind == "application/json" else {}}}
    return described


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name=Problem.__name__)}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _parameter(parameter: Parameter[Any]) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.title,
        "schema": dict(parameter.schema),
    }


def _path_parameter(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _PATH_TITLES[name],
        "schema": {"type": "string", "maxLength": MAX_TEXT},
    }
