"""How adoption went from week to week; a week begins on Saturday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.model.jalali import TEHRAN, today
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.declarations import read_declarations
from maksa.registry.adoption.records import Declaration
from maksa.registry.adoption.uses import Used, read_uses
from maksa.registry.database import Registry
from maksa.text import Text

MOST_WEEKS = 56
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Saturday on: questions and clients, those of them with old editions, and what stood declared live at its end.

    Old are questions that named an edition older than the one in force, and downloads of one.
    """

    begins: date
    questions: int
    old: int
    clients: int
    old_clients: int
    declared_live: int


def adoption_trend(
    registry: Registry,
    shelf: Shelf,
    *,
    on: date | None = None,
    weeks: int = 12,
    terminology: str | None = None,
) -> Sequence[Week]:
    """Give the weeks up to that of a day (None: today), of one list or of all, oldest first; the last one is not over.

    Raises: BadParameter (more weeks than are kept), UnknownTerminology.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise BadParameter("weeks", Text(f"1 تا {MOST_WEEKS} هفته بدهید.", f"Give 1 to {MOST_WEEKS} weeks."))
    day, calendar = on or today(), Calendar(shelf)
    wanted = None if terminology is None else calendar.canonical(terminology)
    last = day - timedelta(days=(day.weekday() - _SATURDAY) % 7)
    begins = [last - timedelta(weeks=weeks - 1 - place) for place in range(weeks)]
    with registry.reading() as connection:
        parts = {*begins, *calendar.changes(begins[0], day)}
        used = list(read_uses(connection, begins[0], day, sorted(parts), wanted))
        declarations = read_declarations(connection, terminology=wanted)
    return [
        _week(
            calendar,
            begin,
            [one for one in used if begin <= one.begins < begin + timedelta(weeks=1)],
            declarations,
        )
        for begin in begins
    ]


def _week(
    calendar: Calendar, begins: date, used: Sequence[Used], declarations: Sequence[Declaration]
) -> Week:
    asked = [one for one in used if one.use.kind != "retired"]
    old = [
        one
        for one in asked
        if (one.use.way == "edition" or one.use.kind == "download")
        and calendar.is_old(one.use.terminology, one.use.edition, one.begins)
    ]
    standing = {
        (one.party, one.system, one.terminology): one.state
        for one in declarations
        if one.at.astimezone(TEHRAN).date() < begins + timedelta(weeks=1)
    }
    return Week(
        begins=begins,
        questions=sum(one.count for one in asked),
        old=sum(one.count for one in old),
        clients=len({one.use.client for one in asked}),
        old_clients=len({one.use.client for one in old}),
        declared_live=sum(state == "live" for state in standing.values()),
    )
