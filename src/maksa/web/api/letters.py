"""The questions of letters in the native API: which are recorded, and one with its chain and its lists."""

from __future__ import annotations

from datetime import date

from maksa.web.api import letters_build, letters_wire
from maksa.web.api import parameters as of
from maksa.web.api.questions import Asked
from maksa.web.query import MAX_TEXT, Parameter, read_choice, read_day, read_number, read_text

MAX_LETTERS = 1_000

SINCE: Parameter[date] = Parameter(
    "since",
    read_day,
    "Only letters issued on this day or later.",
    {"type": "string", "examples": ["1400/05/01", "2021-07-23"]},
    "1400/05/01",
)
STUB: Parameter[str] = Parameter(
    "stub",
    read_choice("true", "false"),
    "Only letters whose text is not at hand, or only the others.",
    {"type": "string", "enum": ["true", "false"]},
    "true",
)
AFTER: Parameter[str] = Parameter(
    "after",
    read_text,
    "The page after the letter of this number.",
    {"type": "string", "maxLength": MAX_TEXT},
    "110/130",
)
LIMIT: Parameter[int] = Parameter(
    "limit",
    read_number(1, MAX_LETTERS),
    "Letters on a page.",
    {"type": "integer", "minimum": 1, "maximum": MAX_LETTERS, "default": 100},
    "100",
)


async def letters(asked: Asked) -> letters_wire.LettersAnswer:
    """List the recorded letters, newest first, with the lists that they announce."""
    query, stub = asked.query, asked.query.get(STUB)
    page = asked.parts.service.letters(
        terminology=query.get(of.TERMINOLOGY) or None,
        since=query.get(SINCE),
        stub=None if stub is None else stub == "true",
        after=query.get(AFTER) or None,
        limit=query.get(LIMIT) or 100,
        on=query.get(of.ON),
    )
    return letters_build.letters_answer(page, asked.parts.marks.is_sample)


async def letter(asked: Asked) -> letters_wire.LetterAnswer:
    """Give one letter: its chain both ways, and what became of the lists that it announces."""
    number, on = str(asked.request.path_params["number"]), asked.query.get(of.ON)

    def ask() -> letters_wire.LetterAnswer:
        found = asked.parts.service.letter(number, on=on)
        return letters_build.letter_answer(found, asked.parts.marks.is_sample)

    return await asked.parts.ask(ask, costly=True)
