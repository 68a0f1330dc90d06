"""A request for a missing code as a Task of FHIR R4: what is asked for is its input, the code that came of it its output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maksa.model.code_request import STATE_WORDS, CodeRequest, State
from maksa.model.verdict import Coding
from maksa.text import Text
from maksa.web.refusal import Refusal, bad_parameter, shown

FHIR_TYPE = "application/fhir+json"
STATUSES: Mapping[State, str] = {
    "new": "requested",
    "accepted": "accepted",
    "in-work": "in-progress",
    "question": "on-hold",
    "done": "completed",
    "refused": "rejected",
    "appeal": "received",
}
"""The status of a Task for each state; the state itself is its businessStatus."""
_STATE_SYSTEM = "urn:maksa:code-request-state"
_TERMINOLOGY_SYSTEM = "urn:maksa:terminology:"
_SHOWN = ("terminology", "text", "title_fa", "title_en", "use_case", "reference", "organisation", "origin")
_KNOWN = frozenset(
    {"resourceType", "id", "meta", "language", "status", "intent", "code", "input", "authoredOn"}
)
_MAX_INPUTS = 20


def fields_of_task(task: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a request that a Task asks for: its inputs, each with its name in `type.text`.

    Raises: Refusal 400 for another resource, a status other than requested, an element that is not read here, or
            an input that is no named text, or stands twice.
    """
    if task.get("resourceType") != "Task":
        raise _bad("resourceType", "منبع باید Task باشد", "the resource must be a Task")
    unknown = next((name for name in task if name not in _KNOWN), None)
    if unknown is not None:
        raise _bad(
            shown(unknown),
            "این عنصر در Task درخواست خوانده نمی‌شود",
            "this element is not read of such a Task",
        )
    if task.get("status") != "requested":
        raise _bad("status", "status باید requested باشد", "the status must be requested")
    inputs = task.get("input")
    if not isinstance(inputs, list) or len(inputs) > _MAX_INPUTS:
        raise _bad(
            "input", f"input آرایه‌ای تا {_MAX_INPUTS} عضو است", f"input is an array of at most {_MAX_INPUTS}"
        )
    fields: dict[str, Any] = {}
    for name, value in map(_read_input, inputs):
        if name in fields:
            raise _bad(shown(name), "این ورودی دو بار آمده است", "this input stands twice")
        fields[name] = value
    return fields


def task_of(request: CodeRequest) -> dict[str, Any]:
    """Write a request as a Task."""
    said = {"statusReason": {"text": request.said}} if request.said and request.result is None else {}
    output = {} if request.result is None else {"output": [_output(request.outcome, request.result)]}
    return {
        "resourceType": "Task",
        "id": str(request.number),
        "status": STATUSES[request.state],
        **said,
        "businessStatus": {
            "coding": [
                {"system": _STATE_SYSTEM, "code": request.state, "display": STATE_WORDS[request.state].en}
            ]
        },
        "intent": "order",
        "code": {"text": "missing-code request"},
        "authoredOn": request.created.isoformat(timespec="seconds"),
        "lastModified": request.changed.isoformat(timespec="seconds"),
        "restriction": {"period": {"end": request.answer_by.isoformat()}},
        "input": list(_inputs(request)),
        **output,
    }


def _inputs(request: CodeRequest) -> Iterator[dict[str, Any]]:
    for name in _SHOWN:
        value = getattr(request.wanted, name)
        if value is not None:
            yield {"type": {"text": name}, "valueString": value}


def _output(outcome: str | None, coding: Coding) -> dict[str, Any]:
    display = {} if coding.display is None else {"display": coding.display}
    return {
        "type": {"text": outcome},
        "valueCoding": {
            "system": f"{_TERMINOLOGY_SYSTEM}{coding.terminology}",
            "code": coding.code,
            **display,
        },
    }


def _read_input(sent: Any) -> tuple[str, str]:
    kind = sent.get("type") if isinstance(sent, dict) else None
    name = kind.get("text") if isinstance(kind, dict) else None
    value = sent.get("valueString") if isinstance(sent, dict) else None
    if not isinstance(name, str) or not isinstance(value, str) or len(sent) != 2:
        raise _bad(
            "input",
            "هر ورودی نامی در type.text و متنی در valueString دارد",
            "each input has a name in type.text and a text in valueString",
        )
    return name, value


def _bad(parameter: str, fa: str, en: str) -> Refusal:
    return bad_parameter(parameter, Text(f"{parameter}: {fa}.", f"{parameter}: {en}."))
