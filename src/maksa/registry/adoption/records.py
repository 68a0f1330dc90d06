"""The records of the adoption board as they are kept, and the forms of their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row

from maksa.errors import BadParameter
from maksa.text import Text

TOPIC = "adoption"
"""The topic of notices of this room; their subject is the id of a party, or that of a list."""
DeclaredState = Literal["planned", "in-work", "live", "not-applicable"]
DECLARED: dict[str, Text] = {
    "planned": Text("برنامه‌ریزی شده", "planned"),
    "in-work": Text("در دست اجرا", "in work"),
    "live": Text("اجرا شده", "live"),
    "not-applicable": Text("موضوعیت ندارد", "not applicable"),
}
"""What a party may declare of a system and a list."""
LONGEST_NAME = 200
LONGEST_TEXT = 1_000
_MARKS = frozenset("\u200c\u200d\n\t")


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must use a list: parties of some kinds as a whole, and systems of some kinds, whoever's they are.

    `edition` is the oldest that will do, None the one in force on the day asked. `letter` is the number of the letter
    behind it. After `deadline` who has not is overdue; None: never. `ended` is when it was lifted.
    """

    number: int
    terminology: str
    edition: str | None
    party_kinds: tuple[str, ...]
    system_kinds: tuple[str, ...]
    letter: str
    deadline: date | None
    at: datetime
    actor: str
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a party said of a list in one of its systems (None: in the party as a whole); «اعلام مراتب».

    `day` is since when (live) or for when (planned); `reason` why it is not applicable; `letter` the number of the
    party's own report. `why` is the reason of a curator who declared in its place.
    """

    number: int
    party: str
    system: str | None
    terminology: str
    edition: str | None
    state: DeclaredState
    day: date | None
    reason: str | None
    note: str | None
    letter: str | None
    at: datetime
    actor: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A test that a system passed: of which kit and version, for which edition, until when it holds.

    `evidence` is the hex SHA-256 of the report of the test; `examiner` is who tested.
    """

    number: int
    party: str
    system: str
    terminology: str
    edition: str
    kit: str
    version: str
    passed: date
    valid_until: date
    evidence: str
    examiner: str
    at: datetime
    actor: str

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.passed <= on <= self.valid_until


def obligation_of(row: Row[Any]) -> Obligation:
    """Make the record of a row."""
    return Obligation(
        number=row.number,
        terminology=row.terminology,
        edition=row.edition,
        party_kinds=tuple(row.party_kinds.split()),
        system_kinds=tuple(row.system_kinds.split()),
        letter=row.letter,
        deadline=day_or_none(row.deadline),
        at=row.at,
        actor=row.actor,
        ended=row.ended,
    )


def declaration_of(row: Row[Any]) -> Declaration:
    """Make the record of a row."""
    fields = row._asdict()
    return Declaration(**{**fields, "system": row.system or None, "day": day_or_none(row.day)})


def certificate_of(row: Row[Any]) -> Certificate:
    """Make the record of a row."""
    passed, until = date.fromisoformat(row.passed), date.fromisoformat(row.valid_until)
    return Certificate(**{**row._asdict(), "passed": passed, "valid_until": until})


def day_or_none(written: str | None) -> date | None:
    """Read a day of the registry."""
    return None if written is None else date.fromisoformat(written)


def plain(parameter: str, text: str, longest: int = LONGEST_NAME) -> str:
    """Give a text trimmed. Raises: BadParameter when it is empty, long, or holds control characters."""
    trimmed = text.strip()
    if 0 < len(trimmed) <= longest and all(c.isprintable() or c in _MARKS for c in trimmed):
        return trimmed
    raise BadParameter(
        parameter,
        Text(
            f"{parameter} باید 1 تا {longest} نویسهٔ چاپ‌شدنی باشد.",
            f"{parameter} has 1 to {longest} printable characters.",
        ),
        mend=Text("آن را کوتاه و ساده بنویسید.", "Write it short and plain."),
    )


def plain_or_none(parameter: str, text: str | None, longest: int = LONGEST_NAME) -> str | None:
    """Give a text trimmed, None for none. Raises: as `plain`."""
    return None if text is None else plain(parameter, text, longest)
