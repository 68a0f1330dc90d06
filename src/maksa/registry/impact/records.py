"""The impact of a draft as records: counts of all, and the first of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from maksa.text import Text

FIRST = 20
"""How many of each are shown; all are counted."""

Change = Literal["retired", "changed", "added"]


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What a draft does to a code; `was` is the title it had, where that changes; `since` is the first day on which a retired one no longer holds, where that is known.

    Until `until` its use is a warning only.
    """

    code: str
    title: str
    change: Change
    was: str | None = None
    since: date | None = None
    until: date | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class CodeChanges:
    """How many codes of one kind of change, and the first of them in code order."""

    count: int
    first: tuple[CodeChange, ...]


@dataclass(frozen=True, slots=True)
class RowAffected:
    """A row of a map with a code that retires or changes at one end; `other` is its other end: list and code."""

    code: str
    change: Change
    side: Literal["source", "target"]
    other: str


@dataclass(frozen=True, slots=True)
class MapAffected:
    """A map (its name and edition) with such rows: `retired` and `changed` count them."""

    map: str
    drafted: bool
    retired: int
    changed: int
    first: tuple[RowAffected, ...]


@dataclass(frozen=True, slots=True)
class ValueSetAffected:
    """A value set of the list whose codes change: how many leave and join; `gone`: the draft no longer defines it."""

    id: str
    title: Text
    left: int
    joined: int
    first_left: tuple[str, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class FieldBound:
    """A field of prescriber messages that takes codes of the list, and of which value set of it."""

    message: str
    path: str
    rule: str
    title: Text
    value_set: str | None


@dataclass(frozen=True, slots=True)
class PartyUse:
    """How often the clients of a party asked a question about the list; None: clients of no party."""

    party: str | None
    count: int


@dataclass(frozen=True, slots=True)
class RecordAffected:
    """A discrepancy that is not closed and speaks of such a code: whose, of which kind, and in what state."""

    number: int
    party: str
    kind: str
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class RequestAffected:
    """A request for a code that is not decided and speaks of a code that this draft adds, changes or retires."""

    number: int
    text: str
    state: str
    code: str
    change: Change


@dataclass(frozen=True, slots=True)
class ListUploaded:
    """The newest list of its own that a party had compared with this one."""

    party: str
    day: date
    file: str
    edition: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What publishing a draft does: to codes, maps, value sets, message fields, and to whom.

    `effective` is its first day (None: at once), `base` the edition that it follows (None: it is the first, and breaks nothing).
    `uses` has the parties that used the list, the most use first. `discrepancies` and
    `requests` count all that are affected, beside the first of them. `uploads` are of parties whose own list may hold
    the codes: only their differences are kept, not their lists.
    """

    terminology: str
    edition: str
    draft: int
    base: str | None
    effective: date | None
    transition_until: date | None
    retired: CodeChanges
    changed: CodeChanges
    added: CodeChanges
    maps: tuple[MapAffected, ...]
    value_sets: tuple[ValueSetAffected, ...]
    fields: tuple[FieldBound, ...]
    uses: tuple[PartyUse, ...]
    discrepancies: int
    first_discrepancies: tuple[RecordAffected, ...]
    requests: int
    first_requests: tuple[RequestAffected, ...]
    uploads: tuple[ListUploaded, ...]
