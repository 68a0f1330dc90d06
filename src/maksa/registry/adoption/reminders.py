"""Letters of reminder: made of the board, recorded with the notice and the journal, and never sent by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, WrongState
from maksa.model.edition import Letter
from maksa.model.jalali import format_jalali
from maksa.model.persian import ascii_digits
from maksa.registry.adoption.board import Asked, BoardRow, adoption_board
from maksa.registry.adoption.calendar import letters_by_number
from maksa.registry.adoption.records import TOPIC, plain
from maksa.registry.adoption.reminded import Cited, OpenList, Reminder, content_of, find_reminder
from maksa.registry.adoption.standing import OPEN
from maksa.registry.adoption.tables import adoption_reminder
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.text import Text

_MOST_LINES = 4
_ADDRESSED = {
    "centre": "همکاران محترم",
    "insurer": "مدیرعامل محترم",
    "vendor": "مدیرعامل محترم",
    "hospital": "رئیس محترم",
    "university": "رئیس محترم",
}
"""How the head of a party is addressed where no name is given, by the kind of party."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What the curator gives for a letter: its number and day, who signs (a name and an office), until when to answer.

    `addressee` are the lines to whom it goes; empty: the head of the party.
    """

    letter: str
    day: date
    signatory: tuple[str, ...]
    answer_by: date | None = None
    addressee: tuple[str, ...] = ()


def remind_party(
    registry: Registry, shelf: Shelf, party: str, sending: Sending, *, terminology: str | None = None
) -> Reminder:
    """Record a letter that reminds a party of what is open with it: of one list or of all.

    The same letter to the same party again is given as it was made, whatever changed meanwhile.
    Raises: NotFound, UnknownTerminology, BadParameter (a text out of form), WrongState (nothing is open).
    """
    checked = _checked(sending)
    board = adoption_board(registry, shelf, Asked(party=party, terminology=terminology))
    rows = [row for row in board.rows if row.state in OPEN]
    with registry.reading() as connection:
        held = find_reminder(connection, party, checked.letter)
    if held is not None:
        return held
    if not rows:
        raise WrongState(
            Text(f"نزد «{party}» چیزی باز نیست.", f"Nothing is open with '{party}'."),
            mend=Text("وضعیت‌ها را با «maksa adoption board» ببینید.", "See 'maksa adoption board'."),
        )
    return _record(registry, [_reminder(shelf, rows, checked, board.since)])[0]


def remind_overdue(
    registry: Registry, shelf: Shelf, sending: Sending, *, terminology: str | None = None
) -> Sequence[Reminder]:
    """Record a letter of the same number to each party with whom something is overdue, of that alone; all or none.

    A party that this letter reminded before gets it as it was made. Raises: as `remind_party`, but nothing for nothing.
    """
    checked = _checked(sending)
    board = adoption_board(registry, shelf, Asked(terminology=terminology, state="overdue"))
    of_party: dict[str, list[BoardRow]] = defaultdict(list)
    for row in board.rows:
        of_party[row.party.party_id].append(row)
    return _record(registry, [_reminder(shelf, rows, checked, board.since) for rows in of_party.values()])


def _record(registry: Registry, reminders: Sequence[Reminder]) -> Sequence[Reminder]:
    kept = []
    with registry.writing() as connection:
        for one in reminders:
            held = find_reminder(connection, one.party, one.letter)
            kept.append(held or one)
            if held is not None:
                continue
            now = datetime.now(UTC)
            values = {"party": one.party, "letter": one.letter, "day": one.day.isoformat()}
            connection.execute(
                insert(adoption_reminder).values(
                    **values, content=content_of(one), at=now, actor=registry.actor
                )
            )
            append_notice(connection, TOPIC, one.party, _told(one), at=now, act="reminded")
            lists = sorted({item.terminology for item in one.open})
            write_entry(
                registry,
                connection,
                "adoption-remind",
                one.party,
                letter=one.letter,
                day=values["day"],
                lists=lists,
            )
    return kept


def _checked(sending: Sending) -> Sending:
    for name, lines in (("signatory", sending.signatory), ("addressee", sending.addressee)):
        if len(lines) > _MOST_LINES:
            raise BadParameter(
                name,
                Text(f"{name} حداکثر {_MOST_LINES} سطر دارد.", f"{name} has at most {_MOST_LINES} lines."),
            )
    if sending.answer_by is not None and sending.answer_by < sending.day:
        raise BadParameter(
            "answer-by",
            Text("مهلت پاسخ پیش از تاریخ نامه است.", "The answer would be due before the letter's day."),
        )
    return Sending(
        letter=ascii_digits(plain("number", sending.letter, 40)),
        day=sending.day,
        signatory=tuple(plain("signatory", line) for line in sending.signatory),
        answer_by=sending.answer_by,
        addressee=tuple(plain("addressee", line) for line in sending.addressee),
    )


def _reminder(shelf: Shelf, rows: Sequence[BoardRow], sending: Sending, since: date) -> Reminder:
    party = rows[0].party
    letters = letters_by_number(shelf)
    numbers = {one.letter for row in rows for one in row.obligations}
    cited = [_cited(number, letters.get(number)) for number in numbers]
    return Reminder(
        party=party.party_id,
        letter=sending.letter,
        day=sending.day,
        addressee=sending.addressee or (f"{_ADDRESSED[party.kind]} {party.name}",),
        cited=tuple(sorted(cited, key=lambda one: (one.date or date.max, one.number))),
        open=tuple(_open(row, since) for row in rows),
        answer_by=sending.answer_by,
        signatory=sending.signatory,
    )


def _cited(number: str, letter: Letter | None) -> Cited:
    return Cited(number, None, "") if letter is None else Cited(number, letter.date, letter.subject)


def _open(row: BoardRow, since: date) -> OpenList:
    declared, old = row.declared, row.observed.old
    first = min(row.obligations, key=lambda one: (one.deadline or date.max, one.number), default=None)
    return OpenList(
        terminology=row.terminology,
        title=row.title.fa,
        system=None if row.system is None else row.system.system_id,
        system_name=None if row.system is None else row.system.name,
        state=row.state,
        wanted=row.wanted,
        letter=None if first is None else first.letter,
        deadline=row.deadline,
        declared=None if declared is None else declared.state,
        declared_edition=None if declared is None else declared.edition,
        since=since,
        named=old.named,
        downloads=old.downloads,
        retired=old.retired,
    )


def _told(one: Reminder) -> Text:
    day = format_jalali(one.day)
    count = len(one.open)
    return Text(
        f"نامهٔ یادآوری {one.letter} مورخ {day} به «{one.party}» نوشته شد؛ {count} مورد باز است.",
        f"The letter of reminder {one.letter} of {day} to '{one.party}' was made; open: {count}.",
    )
