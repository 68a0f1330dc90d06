"""The rows of the desk's table that are about the adoption board."""

from __future__ import annotations

from typing import Any

import msgspec

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import adoption_acts_wire as acts_wire
from maksa.web.api.desk import adoption_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, WRITING
from maksa.web.api.openapi import Operation
from maksa.web.query import Parameter

_ADOPTION = f"{PREFIX}/adoption"


def _get(path: str, answer: type[msgspec.Struct], *known: Parameter[Any]) -> Operation:
    return Operation("GET", f"{_ADOPTION}{path}", known, answer, errors=ACTING, signed=True)


def _post(
    path: str, answer: type[msgspec.Struct], body: type[msgspec.Struct], *, status: int = 201
) -> Operation:
    return Operation(
        "POST", f"{_ADOPTION}{path}", (), answer, body=body, status=status, errors=WRITING, signed=True
    )


ADOPTION: tuple[tuple[Operation, Endpoint], ...] = (
    (
        _get(
            "",
            wire.BoardAnswer,
            of.PARTY,
            of.PARTY_KIND,
            of.SYSTEM_KIND,
            of.TERMINOLOGY,
            of.BOARD_STATE,
            of.LETTER,
            of.ON_DAY,
            of.LIMIT,
            of.AFTER_PLACE,
        ),
        later(
            "adoption.board",
            "Show the adoption board of a day: what is due, declared, observed and certified; all to who may see it, else one's own.",
        ),
    ),
    (
        _get("/old-lists", wire.OldListsAnswer, of.ON_DAY),
        later("adoption.old_lists", "Tell who still uses an old list, those with proof first."),
    ),
    (
        _get("/trend", wire.AdoptionTrend, of.TERMINOLOGY, of.WEEKS, of.ON_DAY),
        later("adoption.trend", "Tell how adoption went from week to week, oldest first."),
    ),
    (
        _get("/obligations", wire.ObligationsAnswer),
        later("adoption.obligations", "List all obligations, lifted ones too."),
    ),
    (
        _post("/obligations", wire.ObligationsAnswer, acts_wire.ObligationIn),
        later(
            "adoption.oblige",
            "Record who must use a list, or all lists that a letter announces, and by when.",
        ),
    ),
    (
        _post("/obligations/{obligation}/end", wire.ObligationOut, acts_wire.ObligationEnd, status=200),
        later("adoption.end_obligation", "Lift an obligation: from now on nobody is held to it."),
    ),
    (
        _get("/declarations", wire.DeclarationsAnswer, of.PARTY, of.TERMINOLOGY, of.LIMIT, of.AFTER),
        later(
            "adoption.declarations", "List what was declared, oldest first: by all, or by one's own party."
        ),
    ),
    (
        _post("/declarations", wire.DeclarationOut, acts_wire.DeclarationIn),
        later(
            "adoption.declare",
            "Declare how a party stands with a list: for one's own, or with a reason for another one.",
        ),
    ),
    (
        _get("/certificates", wire.CertificatesAnswer, of.PARTY, of.LIMIT, of.AFTER),
        later("adoption.certificates", "List the certificates of all, or of one's own party, oldest first."),
    ),
    (
        _post("/certificates", wire.CertificateOut, acts_wire.CertificateIn),
        later("adoption.certify", "Record that a system passed the test of a kit."),
    ),
    (
        _get("/reminders", wire.RemindersAnswer, of.PARTY, of.LIMIT, of.AFTER_PLACE),
        later(
            "adoption.reminders",
            "List the letters of reminder with their texts, to all or to one's own party, oldest first.",
        ),
    ),
    (
        _post("/reminders", wire.RemindersAnswer, acts_wire.ReminderIn),
        later(
            "adoption.remind",
            "Record a letter of reminder and give its text; it is not sent, and a PDF is made by `maksa adoption remind`.",
        ),
    ),
)
