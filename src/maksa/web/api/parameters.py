"""The parameters of the native API, each once: what reads them and what documents them."""

from __future__ import annotations

from datetime import date

from maksa.web.query import (
    MAX_TEXT,
    MAX_VALUE,
    Parameter,
    read_choice,
    read_day,
    read_number,
    read_text,
    read_title,
)

MAX_CONCEPTS = 1_000
MAX_HITS = 100
MAX_OFFSET = 10_000
MAX_CHANGES = 10_000

_DAY = {"type": "string", "examples": ["1402/03/27", "2023-06-17"]}
_TEXT = {"type": "string", "maxLength": MAX_TEXT}


def _number(name: str, title: str, low: int, high: int, default: int) -> Parameter[int]:
    schema = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return Parameter(name, read_number(low, high), title, schema, str(default))


TEXT: Parameter[str] = Parameter(
    "q", read_text, "Words in any order, each a prefix, or a code.", _TEXT, "سونوگرافی", required=True
)
TERMINOLOGY: Parameter[str] = Parameter(
    "terminology", read_text, "The list, by any known spelling of its id.", _TEXT, "RVU3"
)
CODE: Parameter[str] = Parameter(
    "code", read_text, "The code, in any of the three digit sets.", _TEXT, "700100"
)
VALUE: Parameter[str] = Parameter(
    "value", read_title, "The title that stands with the code.", {"type": "string", "maxLength": MAX_VALUE}
)
ON: Parameter[date] = Parameter(
    "on", read_day, "The day asked of, Jalali or ISO; today in Tehran by default.", _DAY, "1402/03/27"
)
SINCE: Parameter[date] = Parameter(
    "since", read_day, "Only what changed on this day or later.", _DAY, "1402/03/27"
)
EDITION: Parameter[str] = Parameter(
    "edition", read_text, "An edition by its name, instead of `on`.", _TEXT, "1404"
)
VALUE_SET: Parameter[str] = Parameter("value_set", read_text, "A value set of the list.", _TEXT, "ct")
FACETS: Parameter[str] = Parameter(
    "facets",
    read_choice("true", "false"),
    "Whether the hits are counted by terminology, status and the properties of the list.",
    {"type": "string", "enum": ["true", "false"], "default": "false"},
    "true",
)
STATUS: Parameter[str] = Parameter(
    "status",
    read_choice("active", "retired", "not-yet-effective"),
    "Only concepts of this status on the day asked.",
    {"type": "string", "enum": ["active", "retired", "not-yet-effective"]},
    "active",
)
AFTER: Parameter[str] = Parameter("after", read_text, "The page after this code.", _TEXT, "700100")
LIMIT = _number("limit", "Concepts on a page.", 1, MAX_CONCEPTS, 100)
LIMIT_OF_HITS = _number("limit", "Hits on a page.", 1, MAX_HITS, 20)
OFFSET = _number("offset", "Hits to pass over.", 0, MAX_OFFSET, 0)
LIMIT_OF_CHANGES = _number("limit", "Changes on a page.", 1, MAX_CHANGES, 1_000)
FROM: Parameter[str] = Parameter("from", read_text, "The earlier edition.", _TEXT, "1403", required=True)
TO: Parameter[str] = Parameter("to", read_text, "The later edition.", _TEXT, "1404", required=True)
