"""The rows of the desk's table that are about requests for missing codes."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import code_requests_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, FILE_TYPES, WRITING
from maksa.web.api.openapi import Operation

_ALL = f"{PREFIX}/code-requests"

CODE_REQUESTS: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "GET",
            _ALL,
            (of.REQUEST_STATE, of.TERMINOLOGY, of.PARTY, of.WORDS, of.OVERDUE, of.LIMIT, of.AFTER),
            wire.RequestsAnswer,
            errors=ACTING,
            signed=True,
        ),
        later(
            "code_requests.queue",
            "List requests: those of one's own party, or of all to who may see them.",
        ),
    ),
    (
        Operation(
            "GET",
            f"{_ALL}/{{request}}/history",
            (),
            wire.RequestHistory,
            errors=ACTING,
            signed=True,
        ),
        later(
            "code_requests.history",
            "Tell what was done to a request, what may be done now, and what may be there already.",
        ),
    ),
    (
        Operation(
            "POST",
            f"{_ALL}/{{request}}/acts",
            (),
            wire.RequestHistory,
            body=wire.RequestAct,
            errors=WRITING,
            signed=True,
        ),
        later(
            "code_requests.act",
            "Do an act to a request: accept it, work on it, ask its asker, end it with a code, or refuse it.",
        ),
    ),
    (
        Operation(
            "POST", f"{_ALL}/batch", (), wire.RequestBatch, takes=FILE_TYPES, errors=WRITING, signed=True
        ),
        later(
            "code_requests.batch",
            "File the rows of a CSV or XLSX file; the same file again files only what is not filed yet.",
        ),
    ),
    (
        Operation(
            "GET",
            f"{_ALL}/statistics",
            (of.SINCE, of.TERMINOLOGY),
            wire.RequestStatistics,
            errors=ACTING,
            signed=True,
        ),
        later(
            "code_requests.statistics",
            "Count requests by state, list, origin and outcome, and tell how long they take.",
        ),
    ),
)
