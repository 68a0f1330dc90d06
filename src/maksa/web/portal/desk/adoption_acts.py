"""The pages of acts on the adoption board: what a party declares; what the centre obliges, certifies and reminds of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.jalali import parse_day
from maksa.registry.adoption.certificates import Passed
from maksa.registry.adoption.declarations import Declared
from maksa.registry.adoption.obligations import Addressees, known_addressees
from maksa.registry.adoption.reminders import Sending
from maksa.registry.parties.access import may
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS
from maksa.text import Text
from maksa.web.desk import adoption as desk
from maksa.web.desk import keeping
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.adoption import PATH, words
from maksa.web.portal.desk.visit import Visit, go_to
from maksa.web.query import read_number
from maksa.web.refusal import bad_parameter

_OF_ROW = ("party", "system", "terminology")
_DECLARED = (*_OF_ROW, "state", "edition", "day", "reason", "note", "letter", "why")
_KEPT = (
    "act",
    *_OF_ROW,
    *("edition", "letter", "deadline", "number", "why"),
    *("kit", "version", "passed", "valid_until", "evidence", "examiner"),
    *("day", "signatory", "answer_by", "addressee", "overdue"),
    *(f"party-{kind}" for kind in PARTY_KINDS),
    *(f"system-{kind}" for kind in SYSTEM_KINDS),
)
_ROW = tuple(filters.text(name, "Of the row that is to be declared.") for name in _OF_ROW)
_SHOWN = 50
Given = Mapping[str, str]


async def declaration(visit: Visit) -> Response:
    """Show the form that declares how a party stands with a list, and what it declared before."""
    query = visit.query(_ROW)
    typed = {}
    for one in _ROW:
        value = query.get(one)
        typed[one.name] = value or ""
    return await _declare(visit, typed=typed)


async def declare(visit: Visit) -> Response:
    """Declare, and show the board."""
    given = _stripped(await visit.form(_DECLARED))
    try:
        await visit.do(
            lambda acting: desk.declare(acting, _declared(given, acting), given.get("why") or None)
        )
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _declare(visit, typed=given, wrong=wrong)
    return go_to(f"{PATH}?done=declared")


async def keeping_page(visit: Visit) -> Response:
    """Show what is obliged, and the forms of who keeps the board."""
    visit.query()
    return await _keep(visit)


async def keep(visit: Visit) -> Response:
    """Oblige, lift, certify or remind."""
    given = _stripped(await visit.form(_KEPT))
    act = _ACTS.get(given.get("act", ""))
    if act is None:
        raise bad_parameter("act", Text("این کار شناخته نیست.", "There is no such act."), known=tuple(_ACTS))
    try:
        there = await visit.do(lambda acting: act(acting, given))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _keep(visit, typed=given, wrong=wrong)
    return go_to(there)


async def _declare(visit: Visit, *, typed: Given, wrong: MaksaError | None = None) -> Response:
    def ask(acting: Acting) -> dict[str, Any]:
        return {
            "parties": keeping.list_parties(acting),
            "history": desk.list_declarations(acting)[: -_SHOWN - 1 : -1],
        }

    fields = await visit.do(ask)
    shown = {
        "lists": visit.lists(),
        "typed": {name: typed.get(name, "") for name in _DECLARED},
        "declares": may(visit.roles, "adoption-declare"),
        "keeps": may(visit.roles, desk.KEEP),
    }
    return visit.page("desk/adoption_declare.html", {**fields, **shown, **words()}, wrong=wrong)


async def _keep(visit: Visit, *, typed: Given | None = None, wrong: MaksaError | None = None) -> Response:
    def ask(acting: Acting) -> dict[str, Any]:
        acting.require(desk.KEEP)
        return {
            "obligations": desk.list_obligations(acting)[::-1],
            "reminders": desk.list_reminders(acting)[: -_SHOWN - 1 : -1],
            "parties": keeping.list_parties(acting),
        }

    fields = await visit.do(ask)
    shown = {
        "lists": visit.lists(),
        "typed": {name: (typed or {}).get(name, "") for name in _KEPT},
        "known_letters": tuple(known_addressees()),
    }
    return visit.page("desk/adoption_keep.html", {**fields, **shown, **words()}, wrong=wrong)


def _declared(given: Given, acting: Acting) -> Declared:
    return Declared(
        party=given.get("party") or acting.party or "",
        system=given.get("system") or None,
        terminology=given.get("terminology", ""),
        state=given.get("state", ""),
        edition=given.get("edition") or None,
        day=_day(given, "day"),
        reason=given.get("reason") or None,
        note=given.get("note") or None,
        letter=given.get("letter") or None,
    )


def _oblige(acting: Acting, given: Given) -> str:
    kinds = Addressees(
        tuple(kind for kind in PARTY_KINDS if given.get(f"party-{kind}") == "1"),
        tuple(kind for kind in SYSTEM_KINDS if given.get(f"system-{kind}") == "1"),
    )
    named = bool(kinds.party_kinds or kinds.system_kinds)
    wanted = desk.Obliging(
        letter=given.get("letter", ""),
        terminology=given.get("terminology") or None,
        edition=given.get("edition") or None,
        addressees=kinds if named else None,
        deadline=_day(given, "deadline"),
    )
    desk.oblige(acting, wanted)
    return f"{PATH}?done=obliged"


def _lift(acting: Acting, given: Given) -> str:
    number = read_number(1, filters.LARGEST_NUMBER)("number", given.get("number", ""))
    desk.end_obligation(acting, number, given.get("why", ""))
    return f"{PATH}?done=lifted"


def _certify(acting: Acting, given: Given) -> str:
    passed = Passed(
        party=given.get("party", ""),
        system=given.get("system", ""),
        terminology=given.get("terminology", ""),
        edition=given.get("edition", ""),
        kit=given.get("kit", ""),
        version=given.get("version", ""),
        passed=parse_day(given.get("passed", ""), parameter="passed"),
        valid_until=parse_day(given.get("valid_until", ""), parameter="valid_until"),
        evidence=given.get("evidence", ""),
        examiner=given.get("examiner", ""),
    )
    desk.certify(acting, passed)
    return f"{PATH}?done=certified"


def _remind(acting: Acting, given: Given) -> str:
    sending = Sending(
        letter=given.get("letter", ""),
        day=parse_day(given.get("day", ""), parameter="day"),
        signatory=_lines(given, "signatory"),
        answer_by=_day(given, "answer_by"),
        addressee=_lines(given, "addressee"),
    )
    party, terminology = given.get("party") or None, given.get("terminology") or None
    made = desk.remind(acting, party, sending, terminology=terminology, overdue=given.get("overdue") == "1")
    if len(made) == 1:
        return f"{PATH}/reminder?{urlencode({'party': made[0].party, 'letter': made[0].letter})}"
    return f"{PATH}?done=reminded"


_ACTS: Mapping[str, Callable[[Acting, Given], str]] = {
    "oblige": _oblige,
    "lift": _lift,
    "certify": _certify,
    "remind": _remind,
}
"""What each act does; it gives the page to show then."""


def _stripped(sent: Given) -> dict[str, str]:
    return {name: value.strip() for name, value in sent.items()}


def _day(given: Given, name: str) -> date | None:
    return parse_day(given[name], parameter=name) if given.get(name) else None


def _lines(given: Given, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.get(name, "").splitlines() if line.strip())
