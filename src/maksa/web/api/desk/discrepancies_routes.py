"""The rows of the desk's table that are about the discrepancy register."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import discrepancies_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, FILE_TYPES, WRITING
from maksa.web.api.openapi import Operation

_ALL = f"{PREFIX}/discrepancies"
_ONE = f"{_ALL}/{{discrepancy}}"
_SENT = (of.THEIR_PARTY, of.OUR_LIST, of.ON, of.CHANNEL, of.REPORTER, of.PROFILE, of.PARTIAL, of.FILE)

DISCREPANCIES: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "GET",
            _ALL,
            (of.PARTY, of.LIST, of.KIND, of.STATE, of.OWNER, of.OVERDUE, of.LIMIT, of.AFTER),
            wire.DiscrepanciesAnswer,
            errors=ACTING,
            signed=True,
        ),
        later(
            "discrepancies.records",
            "List records of the register: those of one's own party, or of all to who may see them.",
        ),
    ),
    (
        Operation("GET", _ONE, (), wire.DiscrepancyAnswer, errors=ACTING, signed=True),
        later(
            "discrepancies.record",
            "Show one record: both sides, suggestions with their evidence, the decision, the history.",
        ),
    ),
    (
        Operation(
            "POST",
            f"{_ONE}/decision",
            (),
            wire.DiscrepancyAnswer,
            body=wire.DiscrepancyDecision,
            errors=WRITING,
            signed=True,
        ),
        later(
            "discrepancies.decide",
            "Decide a record: it may stand, the party or the reference corrects, or it is no discrepancy.",
        ),
    ),
    (
        Operation(
            "POST",
            f"{_ONE}/assignment",
            (),
            wire.DiscrepancyAnswer,
            body=wire.DiscrepancyAssignment,
            errors=WRITING,
            signed=True,
        ),
        later("discrepancies.assign", "Give a record an owner, a deadline, or both."),
    ),
    (
        Operation(
            "POST",
            f"{_ALL}/uploads",
            _SENT,
            wire.ReceivedList,
            takes=FILE_TYPES,
            status=202,
            errors=WRITING,
            signed=True,
        ),
        later(
            "discrepancies.upload",
            "Receive a party's list, CSV or XLSX; it is compared by `maksa discrepancies work`, and its state says how far it is.",
        ),
    ),
    (
        Operation("GET", f"{_ALL}/uploads", (of.PARTY,), wire.ReceivedLists, errors=ACTING, signed=True),
        later("discrepancies.uploads", "List the lists that were received, newest first."),
    ),
    (
        Operation("GET", f"{_ALL}/uploads/{{upload}}", (), wire.ReceivedList, errors=ACTING, signed=True),
        later("discrepancies.upload_state", "Tell how far a received list is, and what became of it."),
    ),
    (
        Operation(
            "GET",
            f"{_ALL}/trend",
            (of.THEIR_PARTY, of.LIST),
            wire.TrendAnswer,
            errors=ACTING,
            signed=True,
        ),
        later(
            "discrepancies.trend",
            "Tell how the differences of a party went from upload to upload, oldest first.",
        ),
    ),
)
