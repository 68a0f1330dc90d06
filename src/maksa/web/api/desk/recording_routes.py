"""The rows of the desk's table that are about letters to be recorded and files to be imported."""

from __future__ import annotations

from maksa.web.api import letters_wire
from maksa.web.api.build import PREFIX
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk import recording_wire as wire
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import FILE_TYPES, WRITING
from maksa.web.api.openapi import Operation

_IMPORT = (
    of.READ_BY,
    of.BECOMES,
    of.NAMED_LIST,
    of.EFFECTIVE,
    of.TRANSITION_UNTIL,
    of.A_PART,
    of.ANNOUNCED_BY,
    of.OVER_EDITS,
    of.FILE,
)

RECORDING: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "POST",
            f"{PREFIX}/letters",
            (),
            letters_wire.LetterAnswer,
            body=wire.LetterIn,
            status=201,
            errors=WRITING,
            signed=True,
        ),
        later("letters.record", "Record a letter, or add to the record of its number."),
    ),
    (
        Operation(
            "PUT",
            f"{PREFIX}/letters/{{number}}/attachments/{{name}}",
            (),
            letters_wire.LetterAnswer,
            takes=("*/*",),
            errors=WRITING,
            signed=True,
        ),
        later("letters.attach", "Keep a file that came with a letter; the same file again changes nothing."),
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/drafts/imports",
            _IMPORT,
            wire.ImportAnswer,
            takes=FILE_TYPES,
            status=201,
            errors=WRITING,
            signed=True,
        ),
        later(
            "imports.bring_in",
            "Import a list, CSV or XLSX, into a draft, with an account of every row; nothing is published.",
        ),
    ),
)
