"""The JSON of the adoption board: its rows, obligations, declarations, certificates, reminders, trend."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from maksa.model.jalali import format_jalali
from maksa.text import Text
from maksa.web.api import build
from maksa.web.api.wire import Day, Record, Title

if TYPE_CHECKING:
    from maksa.registry.adoption.board import BoardRow
    from maksa.registry.adoption.observed import Observed
    from maksa.registry.adoption.old_lists import OldListUser
    from maksa.registry.adoption.records import Certificate, Declaration, Obligation
    from maksa.registry.adoption.reminded import Reminded, Reminder
    from maksa.registry.adoption.trend import Week


class ObligationOut(Record, frozen=True):
    """An obligation; `ended` is when it was lifted."""

    number: int
    terminology: str
    edition: str | None
    party_kinds: tuple[str, ...]
    system_kinds: tuple[str, ...]
    letter: str
    deadline: Day | None
    at: str
    by: str
    ended: str | None


class ObligationsAnswer(Record, frozen=True):
    """All obligations, lifted ones too, in the order of their numbers; or those just recorded."""

    total: int
    items: tuple[ObligationOut, ...]


class DeclarationOut(Record, frozen=True):
    """What was declared, when and by whom; `why` is the reason of who declared in the place of the party."""

    number: int
    party: str
    system: str | None
    terminology: str
    edition: str | None
    state: str
    word: Title
    day: Day | None
    reason: str | None
    note: str | None
    letter: str | None
    at: str
    by: str
    why: str | None


class DeclarationsAnswer(Record, frozen=True):
    """A page of what was declared, oldest first; the last one of a party, system and list stands."""

    items: tuple[DeclarationOut, ...]
    next_after: int | None


class CertificateOut(Record, frozen=True):
    """A test that a system passed, and until when that holds."""

    number: int
    party: str
    system: str
    terminology: str
    edition: str
    kit: str
    version: str
    passed: Day
    valid_until: Day
    evidence: str
    examiner: str
    at: str
    by: str


class CertificatesAnswer(Record, frozen=True):
    """A page of certificates, oldest first."""

    items: tuple[CertificateOut, ...]
    next_after: int | None


class SeenEditionOut(Record, frozen=True):
    """An edition that answered, how often, and whether it was old for any of those questions."""

    edition: str
    questions: int
    old: bool


class OldUseOut(Record, frozen=True):
    """Signs of an old list, in numbers of questions; `proves` says that one is in use.

    `named` are questions that named an older edition than the one in force, `downloads` downloads of one, `retired` of
    `validated` codes those that have ended, `by_day` questions for a past day, which prove nothing.
    """

    named: int
    downloads: int
    retired: int
    validated: int
    by_day: int
    proves: bool


class ObservedOut(Record, frozen=True):
    """The use of a list by clients, in the observed days: counts only, nobody in them."""

    questions: int
    last: Day | None
    editions: tuple[SeenEditionOut, ...]
    old: OldUseOut


class RemindedOut(Record, frozen=True):
    """That a party was reminded, by which letter of which day."""

    letter: str
    day: Day
    at: str
    by: str


class BoardRowOut(Record, frozen=True):
    """A party as a whole (`system` null) or one of its systems, and one list.

    `wanted` is the edition in force, `obligations` are numbers, `deadline` is the earliest of theirs. `declared` is what
    was declared last, `certified` the last certificate, which holds or not.
    """

    party: str
    party_name: str
    kind: str
    system: str | None
    system_name: str | None
    system_kind: str | None
    terminology: str
    title: Title
    wanted: str | None
    state: str
    word: Title
    obligations: tuple[int, ...]
    letters: tuple[str, ...]
    deadline: Day | None
    declared: DeclarationOut | None
    observed: ObservedOut
    certified: CertificateOut | None
    certificate_holds: bool
    reminders: tuple[RemindedOut, ...]


class BoardAnswer(Record, frozen=True):
    """A page of the board of a day. `states` counts all rows asked for, whatever state was asked for.

    `since` is the first day observed. `without_systems` are vendors of which no system is registered. `of_nobody` counts
    questions of clients of no party, for who may see all.
    """

    on: Day
    since: Day
    total: int
    states: dict[str, int]
    items: tuple[BoardRowOut, ...]
    next_after: int | None
    without_systems: tuple[str, ...]
    of_nobody: int | None


class OldListUserOut(Record, frozen=True):
    """A client with signs of an old list, whose it is, and the edition in force."""

    client: str
    party: str | None
    party_name: str | None
    system: str | None
    terminology: str
    in_force: str | None
    observed: ObservedOut


class OldListsAnswer(Record, frozen=True):
    """Who still uses an old list; those with proof come first."""

    total: int
    items: tuple[OldListUserOut, ...]


class WeekOut(Record, frozen=True):
    """A week from its Saturday on: questions and clients, those of them with old editions, and what stood declared live."""

    begins: Day
    questions: int
    old: int
    clients: int
    old_clients: int
    declared_live: int


class AdoptionTrend(Record, frozen=True):
    """Weeks, oldest first; the last one is not over."""

    items: tuple[WeekOut, ...]


class ReminderOut(Record, frozen=True):
    """A letter of reminder and its text; `open` counts the lists that it names."""

    party: str
    letter: str
    day: Day
    answer_by: Day | None
    open: int
    text: str


class RemindersAnswer(Record, frozen=True):
    """A page of letters of reminder, oldest first; or those just made. A place is a number of letters before it."""

    total: int
    items: tuple[ReminderOut, ...]
    next_after: int | None


def obligation(one: Obligation) -> ObligationOut:
    """Write an obligation."""
    return ObligationOut(
        number=one.number,
        terminology=one.terminology,
        edition=one.edition,
        party_kinds=one.party_kinds,
        system_kinds=one.system_kinds,
        letter=one.letter,
        deadline=build.day(one.deadline),
        at=_moment(one.at),
        by=one.actor,
        ended=None if one.ended is None else _moment(one.ended),
    )


def declaration(one: Declaration, word: Text) -> DeclarationOut:
    """Write what was declared."""
    return DeclarationOut(
        number=one.number,
        party=one.party,
        system=one.system,
        terminology=one.terminology,
        edition=one.edition,
        state=one.state,
        word=build.title(word),
        day=build.day(one.day),
        reason=one.reason,
        note=one.note,
        letter=one.letter,
        at=_moment(one.at),
        by=one.actor,
        why=one.why,
    )


def certificate(one: Certificate) -> CertificateOut:
    """Write a certificate."""
    return CertificateOut(
        number=one.number,
        party=one.party,
        system=one.system,
        terminology=one.terminology,
        edition=one.edition,
        kit=one.kit,
        version=one.version,
        passed=_day(one.passed),
        valid_until=_day(one.valid_until),
        evidence=one.evidence,
        examiner=one.examiner,
        at=_moment(one.at),
        by=one.actor,
    )


def observed(seen: Observed) -> ObservedOut:
    """Write what was observed."""
    old = seen.old
    return ObservedOut(
        questions=seen.questions,
        last=build.day(seen.last),
        editions=tuple(SeenEditionOut(one.edition, one.questions, one.old) for one in seen.editions),
        old=OldUseOut(old.named, old.downloads, old.retired, old.validated, old.by_day, old.proves),
    )


def row(one: BoardRow, word: Text, declared: DeclarationOut | None) -> BoardRowOut:
    """Write a row of the board."""
    system = one.system
    return BoardRowOut(
        party=one.party.party_id,
        party_name=one.party.name,
        kind=one.party.kind,
        system=None if system is None else system.system_id,
        system_name=None if system is None else system.name,
        system_kind=None if system is None else system.kind,
        terminology=one.terminology,
        title=build.title(one.title),
        wanted=one.wanted,
        state=one.state,
        word=build.title(word),
        obligations=tuple(duty.number for duty in one.obligations),
        letters=tuple(dict.fromkeys(duty.letter for duty in one.obligations)),
        deadline=build.day(one.deadline),
        declared=declared,
        observed=observed(one.observed),
        certified=None if one.certified is None else certificate(one.certified),
        certificate_holds=one.certificate_holds,
        reminders=tuple(map(_reminded, one.reminders)),
    )


def old_list_user(one: OldListUser) -> OldListUserOut:
    """Write a client with signs of an old list."""
    return OldListUserOut(
        client=one.client,
        party=None if one.party is None else one.party.party_id,
        party_name=None if one.party is None else one.party.name,
        system=one.system,
        terminology=one.terminology,
        in_force=one.in_force,
        observed=observed(one.observed),
    )


def week(one: Week) -> WeekOut:
    """Write a week."""
    return WeekOut(_day(one.begins), one.questions, one.old, one.clients, one.old_clients, one.declared_live)


def reminder(one: Reminder, text: str) -> ReminderOut:
    """Write a letter of reminder with its text."""
    return ReminderOut(one.party, one.letter, _day(one.day), build.day(one.answer_by), len(one.open), text)


def _reminded(one: Reminded) -> RemindedOut:
    return RemindedOut(one.letter, _day(one.date), _moment(one.at), one.actor)


def _day(value: date) -> Day:
    return Day(value, format_jalali(value))


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
