"""The rows of the desk's table that are about the journal."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import journal_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING
from maksa.web.api.openapi import Operation

JOURNAL: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "GET",
            f"{PREFIX}/journal",
            (of.ACTOR, of.ACT, of.SUBJECT, of.SINCE, of.LIMIT, of.BEFORE),
            wire.JournalAnswer,
            errors=ACTING,
            signed=True,
        ),
        later("journal.entries", "List what was done at the desk, newest first."),
    ),
    (
        Operation("GET", f"{PREFIX}/journal/chain", (), wire.JournalChain, errors=ACTING, signed=True),
        later("journal.chain", "Verify every entry of the journal and its seal."),
    ),
)
