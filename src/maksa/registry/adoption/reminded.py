"""Letters of reminder as they are kept: who was reminded of what, when, by which letter."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from maksa.registry.adoption.records import day_or_none
from maksa.registry.adoption.tables import adoption_reminder
from maksa.registry.database import Registry

Key = tuple[str, str, str]
"""A party, a system ('': the party as a whole) and a list."""


@dataclass(frozen=True, slots=True)
class OpenList:
    """One list that is open: the state, and what the letter says of it. `title` is the list's, in Persian.

    `declared` is the state declared last. The counts are signs of an old list (observed.OldUse), since `since`.
    """

    terminology: str
    title: str
    system: str | None
    system_name: str | None
    state: str
    wanted: str | None
    letter: str | None
    deadline: date | None
    declared: str | None
    declared_edition: str | None
    since: date
    named: int
    downloads: int
    retired: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A letter that a reminder refers to."""

    number: str
    date: date | None
    subject: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter of reminder to a party, whole: from it the same text and PDF are made at any time.

    `letter` and `day` are its number and date; `addressee` its lines; `signatory` is a name and an office, each in a
    line; `answer_by` the day by which an answer is asked for.
    """

    party: str
    letter: str
    day: date
    addressee: tuple[str, ...]
    cited: tuple[Cited, ...]
    open: tuple[OpenList, ...]
    answer_by: date | None
    signatory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """That a party was reminded: by which letter of which day, recorded when and by whom."""

    letter: str
    date: date
    at: datetime
    actor: str


def list_reminders(registry: Registry, *, party: str | None = None) -> Sequence[tuple[Reminder, Reminded]]:
    """Give the letters of reminder, or those to a party, with when and by whom each was made, oldest first."""
    wanted = select(adoption_reminder).order_by(adoption_reminder.c.number)
    if party is not None:
        wanted = wanted.where(adoption_reminder.c.party == party)
    with registry.reading() as connection:
        return [(reminder_of(row), _reminded_of(row)) for row in connection.execute(wanted)]


def read_reminded(connection: Connection) -> dict[Key, list[Reminded]]:
    """Give of each party, system and list when it was reminded, oldest first."""
    found: dict[Key, list[Reminded]] = defaultdict(list)
    for row in connection.execute(select(adoption_reminder).order_by(adoption_reminder.c.number)):
        for one in json.loads(row.content)["open"]:
            found[row.party, one["system"] or "", one["terminology"]].append(_reminded_of(row))
    return found


def find_reminder(connection: Connection, party: str, letter: str) -> Reminder | None:
    """Give the reminder to a party by a letter, if there is one."""
    columns = adoption_reminder.c
    wanted = select(adoption_reminder).where(columns.party == party, columns.letter == letter)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else reminder_of(row)


def content_of(reminder: Reminder) -> str:
    """Write what a reminder says as JSON."""
    fields = asdict(reminder)
    for name in ("party", "letter", "day"):
        del fields[name]
    return json.dumps(fields, ensure_ascii=False, default=date.isoformat)


def reminder_of(row: Row[Any]) -> Reminder:
    """Make the record of a row."""
    content = json.loads(row.content)
    return Reminder(
        party=row.party,
        letter=row.letter,
        day=date.fromisoformat(row.day),
        addressee=tuple(content["addressee"]),
        cited=tuple(
            Cited(one["number"], day_or_none(one["date"]), one["subject"]) for one in content["cited"]
        ),
        open=tuple(
            OpenList(
                **{
                    **one,
                    "deadline": day_or_none(one["deadline"]),
                    "since": date.fromisoformat(one["since"]),
                }
            )
            for one in content["open"]
        ),
        answer_by=day_or_none(content["answer_by"]),
        signatory=tuple(content["signatory"]),
    )


def _reminded_of(row: Row[Any]) -> Reminded:
    return Reminded(row.letter, date.fromisoformat(row.day), row.at, row.actor)
