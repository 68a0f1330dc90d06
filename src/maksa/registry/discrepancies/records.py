"""The records of the discrepancy register, and how a difference is kept: as JSON, with a fingerprint of its sides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from maksa.errors import BadParameter
from maksa.model.discrepancy import Difference, Outcome, State
from maksa.text import Text

LONGEST_NAME = 100
LONGEST_TEXT = 1_000
_MARKS = "\u200c\u200d\n"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided of a discrepancy: by whom, on which day, why, by which letter and upon what evidence."""

    outcome: Outcome
    by: str
    on: date
    why: str
    letter: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One record: a difference of a party's list, who reported it by which channel, and what became of it.

    It is `open` until it is decided, and `closed` once an upload no longer has it. `ruling` is the last decision; it
    stays beside a record that came back changed and is open again. `owner` answers for it until `deadline`.
    """

    number: int
    party: str
    list: str
    state: State
    difference: Difference
    reporter: str
    channel: str
    owner: str | None
    deadline: date | None
    ruling: Ruling | None
    opened: datetime
    changed: datetime
    first_upload: int
    last_upload: int

    def overdue(self, day: date) -> bool:
        """Tell whether its deadline is over and it is not closed."""
        return self.state != "closed" and self.deadline is not None and self.deadline < day


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the history of a record: opened, changed, reopened, closed, decided or assigned."""

    at: datetime
    actor: str
    act: str
    upload: int | None
    details: dict[str, Any]


def content_of(difference: Difference) -> str:
    """Write a difference for the register."""
    return msgspec.json.encode(difference).decode()


def difference_in(content: str) -> Difference:
    """Read a difference of the register."""
    return msgspec.json.decode(content, type=Difference)


def fingerprint_of(difference: Difference) -> str:
    """Give the hex SHA-256 of what differs: both sides, not the row in the file and not what is suggested."""
    sides = (difference.kind, difference.code, difference.product, difference.theirs, difference.ours)
    return hashlib.sha256(msgspec.json.encode(sides)).hexdigest()


def record_of(row: Row[Any]) -> Discrepancy:
    """Give the record of a row."""
    ruling = None
    if row.outcome is not None:
        decided_on = date.fromisoformat(row.decided_on)
        ruling = Ruling(row.outcome, row.decided_by, decided_on, row.reason, row.letter, row.evidence)
    return Discrepancy(
        row.number,
        row.party,
        row.list,
        row.state,
        difference_in(row.content),
        row.reporter,
        row.channel,
        row.owner,
        None if row.deadline is None else date.fromisoformat(row.deadline),
        ruling,
        row.opened,
        row.changed,
        row.first_upload,
        row.last_upload,
    )


def plain(parameter: str, text: str, longest: int = LONGEST_NAME) -> str:
    """Give a name or sentence trimmed. Raises: BadParameter when it is empty, long, or holds control characters."""
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
