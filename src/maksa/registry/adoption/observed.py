"""What the use of a list by some clients shows: how much, of which editions, and whether an old one is still in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.uses import Used

RETIRED_LEAST = 10
"""Retired codes below this number are slips of a hand, not an old list."""
RETIRED_PERCENT = 1
"""So is a smaller part of the codes that were validated."""


@dataclass(frozen=True, slots=True)
class OldUse:
    """Signs of an old list. `named`, `downloads` and `retired` may prove one; `by_day` does not.

    named      questions that named an edition older than the one in force when they were asked
    downloads  downloads of such an edition by clients that did not take the one in force as well
    retired    of `validated` codes on today's edition, those that it has retired, past any transition
    by_day     questions for a past day, on which an older edition was in force: who audits old claims must ask so
    """

    named: int = 0
    downloads: int = 0
    retired: int = 0
    validated: int = 0
    by_day: int = 0

    @property
    def proves(self) -> bool:
        """Tell whether an old list is in use."""
        many = self.retired >= RETIRED_LEAST and self.retired * 100 >= self.validated * RETIRED_PERCENT
        return bool(self.named or self.downloads or many)


@dataclass(frozen=True, slots=True)
class SeenEdition:
    """An edition that answered, how often, and whether it was old for any of those questions."""

    edition: str
    questions: int
    old: bool


@dataclass(frozen=True, slots=True)
class Observed:
    """The use of a list: questions (downloads too), the last day, the editions in the order of names, signs of an old one."""

    questions: int = 0
    last: date | None = None
    editions: tuple[SeenEdition, ...] = ()
    old: OldUse = field(default_factory=OldUse)


@dataclass(slots=True)
class _Sum:
    questions: int = 0
    old: bool = False


def observe(calendar: Calendar, uses: Iterable[Used]) -> Observed:
    """Sum up uses of one list."""
    held = list(uses)
    editions: dict[str, _Sum] = {}
    counts = {"named": 0, "retired": 0, "validated": 0, "by_day": 0}
    for one in held:
        use, old = one.use, calendar.is_old(one.use.terminology, one.use.edition, one.begins)
        if use.kind == "retired":
            counts["retired"] += one.count if use.way == "now" else 0
            continue
        seen = editions.setdefault(use.edition, _Sum())
        seen.questions += one.count
        seen.old = seen.old or old
        if use.kind == "validate" and use.way == "now":
            counts["validated"] += one.count
        if old and use.kind != "download" and use.way != "now":
            counts["named" if use.way == "edition" else "by_day"] += one.count
    return Observed(
        questions=sum(seen.questions for seen in editions.values()),
        last=max((one.last for one in held), default=None),
        editions=tuple(
            SeenEdition(name, editions[name].questions, editions[name].old) for name in sorted(editions)
        ),
        old=OldUse(downloads=_old_downloads(calendar, held), **counts),
    )


def _old_downloads(calendar: Calendar, uses: Iterable[Used]) -> int:
    """Count downloads of old editions by clients that took no edition that was in force: a mirror takes all of them."""
    old: dict[str, int] = {}
    current: set[str] = set()
    for one in uses:
        if one.use.kind == "download":
            if calendar.is_old(one.use.terminology, one.use.edition, one.begins):
                old[one.use.client] = old.get(one.use.client, 0) + one.count
            else:
                current.add(one.use.client)
    return sum(count for client, count in old.items() if client not in current)
