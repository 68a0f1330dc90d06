"""The adoption board: its rows, who still uses an old list, and the acts of parties and of who keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from maksa.model.jalali import format_jalali, parse_day
from maksa.registry.adoption import board as boards
from maksa.registry.adoption.certificates import Passed
from maksa.registry.adoption.declarations import Declared
from maksa.registry.adoption.obligations import Addressees
from maksa.registry.adoption.records import DECLARED, Certificate, Declaration
from maksa.registry.adoption.reminded import Reminder
from maksa.registry.adoption.reminder_text import text_of
from maksa.registry.adoption.reminders import Sending
from maksa.registry.adoption.standing import STATES
from maksa.web.api.desk import adoption_acts_wire as acts_wire
from maksa.web.api.desk import adoption_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.reading import number_in_path, read_fields
from maksa.web.api.questions import Asked
from maksa.web.api.wire import Day
from maksa.web.desk import adoption as desk
from maksa.web.desk.acting import Acting, at_desk
from maksa.web.refusal import missing_parameter

T = TypeVar("T")
Numbered = TypeVar("Numbered", Declaration, Certificate)


async def board(asked: Asked) -> wire.BoardAnswer:
    """Show the adoption board of a day: what is due, declared, observed and certified; all to who may see it, else one's own."""
    query = asked.query
    wanted = boards.Asked(
        party=query.get(of.PARTY) or None,
        kind=query.get(of.PARTY_KIND) or None,
        system_kind=query.get(of.SYSTEM_KIND) or None,
        terminology=query.get(of.TERMINOLOGY) or None,
        state=query.get(of.BOARD_STATE) or None,
        letter=query.get(of.LETTER) or None,
    )
    on, limit, after = query.get(of.ON_DAY), query.get(of.LIMIT) or 100, query.get(of.AFTER_PLACE) or 0

    def do(acting: Acting) -> wire.BoardAnswer:
        found = desk.board(acting, wanted, on)
        last = after + limit
        return wire.BoardAnswer(
            on=_day(found.on),
            since=_day(found.since),
            total=len(found.rows),
            states=dict(found.states),
            items=tuple(map(_row, found.rows[after:last])),
            next_after=last if last < len(found.rows) else None,
            without_systems=found.without_systems,
            of_nobody=found.of_nobody if acting.sees_all else None,
        )

    return await _do(asked, do)


async def old_lists(asked: Asked) -> wire.OldListsAnswer:
    """Tell who still uses an old list, those with proof first."""
    on = asked.query.get(of.ON_DAY)
    found = await _do(asked, lambda acting: desk.old_lists(acting, on))
    return wire.OldListsAnswer(len(found), tuple(map(wire.old_list_user, found)))


async def trend(asked: Asked) -> wire.AdoptionTrend:
    """Tell how adoption went from week to week, oldest first."""
    query = asked.query
    on, weeks = query.get(of.ON_DAY), query.get(of.WEEKS) or 12
    terminology = query.get(of.TERMINOLOGY) or None
    found = await _do(asked, lambda acting: desk.trend(acting, on=on, weeks=weeks, terminology=terminology))
    return wire.AdoptionTrend(tuple(map(wire.week, found)))


async def obligations(asked: Asked) -> wire.ObligationsAnswer:
    """List all obligations, lifted ones too."""
    found = await _do(asked, desk.list_obligations)
    return wire.ObligationsAnswer(len(found), tuple(map(wire.obligation, found)))


async def oblige(asked: Asked) -> wire.ObligationsAnswer:
    """Record who must use a list, or all lists that a letter announces, and by when."""
    sent = await read_fields(asked, acts_wire.ObligationIn)
    if sent.terminology is None and sent.edition is not None:
        raise missing_parameter("terminology", example='{"terminology": "RVU3"}')
    named = bool(sent.party_kinds or sent.system_kinds)
    wanted = desk.Obliging(
        letter=sent.letter,
        terminology=sent.terminology,
        edition=sent.edition,
        addressees=Addressees(sent.party_kinds, sent.system_kinds) if named else None,
        deadline=_day_or_none(sent.deadline, "deadline"),
    )
    kept = await _do(asked, lambda acting: desk.oblige(acting, wanted))
    return wire.ObligationsAnswer(len(kept), tuple(map(wire.obligation, kept)))


async def end_obligation(asked: Asked) -> wire.ObligationOut:
    """Lift an obligation: from now on nobody is held to it."""
    number = number_in_path(asked, "obligation")
    sent = await read_fields(asked, acts_wire.ObligationEnd)
    return wire.obligation(await _do(asked, lambda acting: desk.end_obligation(acting, number, sent.why)))


async def declarations(asked: Asked) -> wire.DeclarationsAnswer:
    """List what was declared, oldest first: by all, or by one's own party."""
    query = asked.query
    party, terminology = query.get(of.PARTY) or None, query.get(of.TERMINOLOGY) or None
    found = await _do(asked, lambda acting: desk.list_declarations(acting, party, terminology))
    page, following = _page(asked, found)
    return wire.DeclarationsAnswer(tuple(map(_declaration, page)), following)


async def declare(asked: Asked) -> wire.DeclarationOut:
    """Declare how a party stands with a list: for one's own, or with a reason for another one."""
    sent = await read_fields(asked, acts_wire.DeclarationIn)
    day = _day_or_none(sent.day, "day")

    def do(acting: Acting) -> wire.DeclarationOut:
        party = sent.party or acting.party or ""
        declared = Declared(
            party=party,
            system=sent.system,
            terminology=sent.terminology,
            state=sent.state,
            edition=sent.edition,
            day=day,
            reason=sent.reason,
            note=sent.note,
            letter=sent.letter,
        )
        return _declaration(desk.declare(acting, declared, sent.why))

    return await _do(asked, do)


async def certificates(asked: Asked) -> wire.CertificatesAnswer:
    """List the certificates of all, or of one's own party, oldest first."""
    party = asked.query.get(of.PARTY) or None
    found = await _do(asked, lambda acting: desk.list_certificates(acting, party))
    page, following = _page(asked, found)
    return wire.CertificatesAnswer(tuple(map(wire.certificate, page)), following)


async def certify(asked: Asked) -> wire.CertificateOut:
    """Record that a system passed the test of a kit."""
    sent = await read_fields(asked, acts_wire.CertificateIn)
    passed = Passed(
        party=sent.party,
        system=sent.system,
        terminology=sent.terminology,
        edition=sent.edition,
        kit=sent.kit,
        version=sent.version,
        passed=parse_day(sent.passed, parameter="passed"),
        valid_until=parse_day(sent.valid_until, parameter="valid_until"),
        evidence=sent.evidence,
        examiner=sent.examiner,
    )
    return wire.certificate(await _do(asked, lambda acting: desk.certify(acting, passed)))


async def reminders(asked: Asked) -> wire.RemindersAnswer:
    """List the letters of reminder with their texts, to all or to one's own party, oldest first."""
    party = asked.query.get(of.PARTY) or None
    found = await _do(asked, lambda acting: desk.list_reminders(acting, party))
    after = asked.query.get(of.AFTER_PLACE) or 0
    last = after + (asked.query.get(of.LIMIT) or 100)
    page = [one for one, _ in found[after:last]]
    return _reminders(page, total=len(found), following=last if last < len(found) else None)


async def remind(asked: Asked) -> wire.RemindersAnswer:
    """Record a letter of reminder and give its text; it is not sent, and a PDF is made by `maksa adoption remind`."""
    sent = await read_fields(asked, acts_wire.ReminderIn)
    sending = Sending(
        letter=sent.letter,
        day=parse_day(sent.day, parameter="day"),
        signatory=sent.signatory,
        answer_by=_day_or_none(sent.answer_by, "answer_by"),
        addressee=sent.addressee,
    )
    made = await _do(
        asked,
        lambda acting: desk.remind(
            acting, sent.party, sending, terminology=sent.terminology, overdue=sent.overdue
        ),
    )
    return _reminders(made, total=len(made), following=None)


async def _do(asked: Asked, work: Callable[[Acting], T]) -> T:
    return await at_desk(asked.parts, asked.request, work)


def _row(one: boards.BoardRow) -> wire.BoardRowOut:
    declared = None if one.declared is None else _declaration(one.declared)
    return wire.row(one, STATES[one.state], declared)


def _declaration(one: Declaration) -> wire.DeclarationOut:
    return wire.declaration(one, DECLARED[one.state])


def _reminders(found: Sequence[Reminder], *, total: int, following: int | None) -> wire.RemindersAnswer:
    return wire.RemindersAnswer(total, tuple(wire.reminder(one, text_of(one)) for one in found), following)


def _page(asked: Asked, found: Sequence[Numbered]) -> tuple[Sequence[Numbered], int | None]:
    """Give the page after a number, and after which the next one comes."""
    limit, after = asked.query.get(of.LIMIT) or 100, asked.query.get(of.AFTER) or 0
    rest = [one for one in found if one.number > after]
    return rest[:limit], rest[limit - 1].number if len(rest) > limit else None


def _day(value: date) -> Day:
    return Day(value, format_jalali(value))


def _day_or_none(sent: str | None, parameter: str) -> date | None:
    return None if sent is None else parse_day(sent, parameter=parameter)
