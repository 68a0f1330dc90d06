"""The questions of maps in the native API: what a code becomes in another list, and what a service is worth."""

from __future__ import annotations

from maksa.web.api import maps_build, maps_wire
from maksa.web.api import parameters as of
from maksa.web.api.questions import Asked
from maksa.web.query import MAX_TEXT, Parameter, read_choice, read_text

_TEXT = {"type": "string", "maxLength": MAX_TEXT}

SOURCE: Parameter[str] = Parameter(
    "terminology", read_text, "The list of the code, by any known spelling.", _TEXT, "imaging", required=True
)
SERVICE: Parameter[str] = Parameter(
    "code", read_text, "The code, in any of the three digit sets.", _TEXT, "030799-100", required=True
)
TARGET: Parameter[str] = Parameter(
    "target", read_text, "Only what the code becomes in this list.", _TEXT, "RVU3"
)
MAP: Parameter[str] = Parameter("map", read_text, "Only by this map.", _TEXT, "insurer-generic-code")
COEFFICIENTS: Parameter[str] = Parameter(
    "coefficients",
    read_choice("true", "false"),
    "Whether the rial amounts are given too, by the coefficients in force on the day.",
    {"type": "string", "enum": ["true", "false"], "default": "false"},
    "true",
)


async def translate(asked: Asked) -> maps_wire.TranslateAnswer:
    """Tell what a code becomes in other terminologies, by the maps in force on a day."""
    query = asked.query
    terminology, code = query.need(SOURCE), query.need(SERVICE)
    target, map_id, on = query.get(TARGET) or None, query.get(MAP) or None, query.get(of.ON)

    def ask() -> maps_wire.TranslateAnswer:
        found = asked.parts.service.translate(terminology, code, target=target, map_id=map_id, on=on)
        return maps_build.translate_answer(found, asked.parts.marks.is_sample)

    return await asked.parts.ask(ask, costly=True)


async def relative_value(asked: Asked) -> maps_wire.RelativeValueAnswer:
    """Give the relative value of a service, through maps when it is not a code of the book, and its rials."""
    query = asked.query
    terminology, code, on = query.need(SOURCE), query.need(SERVICE), query.get(of.ON)
    with_coefficients = query.get(COEFFICIENTS) == "true"

    def ask() -> maps_wire.RelativeValueAnswer:
        found = asked.parts.service.relative_value(
            terminology, code, on=on, with_coefficients=with_coefficients
        )
        return maps_build.relative_value_answer(found, asked.parts.marks.is_sample)

    return await asked.parts.ask(ask, costly=True)
