"""The JSON of the discrepancy register."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from maksa.model.discrepancy import Outcome, Side, Suggestion
from maksa.model.jalali import format_jalali, today
from maksa.web.api import build
from maksa.web.api.wire import CodingOut, Day, Record, Title

if TYPE_CHECKING:
    from maksa.registry.discrepancies.received import Received
    from maksa.registry.discrepancies.records import Discrepancy, Ruling, Step
    from maksa.registry.discrepancies.trend import Upload

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class DiscrepancyDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is decided of a record and why; `again` replaces a decision that stands, which the history keeps."""

    outcome: Outcome
    why: Reason
    letter: Name | None = None
    evidence: Reason | None = None
    again: bool = False


class DiscrepancyAssignment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who answers for a record, until which day (Jalali or ISO); at least one of them."""

    owner: Name | None = None
    deadline: Name | None = None


class SideOfDiscrepancy(Record, frozen=True):
    """One side: a code, its title, and what else differs."""

    code: str
    display: str | None
    detail: str | None


class SuggestedCode(Record, frozen=True):
    """A code of the reference that may be meant, 0 to 100, and why; never taken by itself."""

    target: CodingOut
    score: int
    evidence: tuple[Title, ...]


class DiscrepancyRuling(Record, frozen=True):
    """A decision that was taken."""

    outcome: str
    by: str
    on: Day
    why: str
    letter: str | None
    evidence: str | None


class DiscrepancyOut(Record, frozen=True):
    """One record of the register; `suggestions` stand best first."""

    number: int
    party: str
    list: str
    kind: str
    state: str
    code: str
    product: str | None
    rows: tuple[int, ...]
    theirs: SideOfDiscrepancy | None
    ours: tuple[SideOfDiscrepancy, ...]
    says: Title
    suggestions: tuple[SuggestedCode, ...]
    reporter: str
    channel: str
    owner: str | None
    deadline: Day | None
    overdue: bool
    decision: DiscrepancyRuling | None
    opened: str
    changed: str
    first_upload: int
    last_upload: int


class DiscrepanciesAnswer(Record, frozen=True):
    """A page of records in the order of their numbers; `next_after` is the last one when more follow."""

    total: int
    items: tuple[DiscrepancyOut, ...]
    next_after: int | None


class DiscrepancyStep(Record, frozen=True):
    """One step of a record's history; `details` tell what was decided or what its sides were before."""

    at: str
    actor: str
    act: str
    upload: int | None
    details: dict[str, Any]


class DiscrepancyAnswer(Record, frozen=True):
    """A record with its history, oldest first."""

    discrepancy: DiscrepancyOut
    history: tuple[DiscrepancyStep, ...]


class ReceivedList(Record, frozen=True):
    """A list that was received: it waits to be compared, became the upload of a number, or cannot be read for a reason."""

    number: int
    party: str
    list: str
    state: str
    at: str
    actor: str
    reporter: str
    channel: str
    day: Day | None
    profile: str
    partial: bool
    file: str
    file_hash: str
    size: int
    upload: int | None
    reason: Title | None


class ReceivedLists(Record, frozen=True):
    """Lists that were received, newest first, at most 100."""

    items: tuple[ReceivedList, ...]


class UploadOut(Record, frozen=True):
    """One upload of a party's list: the account of its rows, its differences by kind, what it changed in the register."""

    number: int
    party: str
    list: str
    at: str
    actor: str
    reporter: str
    channel: str
    file: str
    day: Day | None
    edition: str
    partial: bool
    rows: dict[str, int]
    kinds: dict[str, int]
    changes: dict[str, int]


class TrendAnswer(Record, frozen=True):
    """The uploads of a party, oldest first, at most the last 1,000."""

    total: int
    items: tuple[UploadOut, ...]


def discrepancy(record: Discrepancy) -> DiscrepancyOut:
    """Write a record."""
    one = record.difference
    return DiscrepancyOut(
        number=record.number,
        party=record.party,
        list=record.list,
        kind=one.kind,
        state=record.state,
        code=one.code,
        product=one.product or None,
        rows=one.rows,
        theirs=None if one.theirs is None else _side(one.theirs),
        ours=tuple(map(_side, one.ours)),
        says=build.title(one.said),
        suggestions=tuple(map(_suggestion, one.suggestions)),
        reporter=record.reporter,
        channel=record.channel,
        owner=record.owner,
        deadline=build.day(record.deadline),
        overdue=record.overdue(today()),
        decision=None if record.ruling is None else _ruling(record.ruling),
        opened=record.opened.isoformat(timespec="seconds"),
        changed=record.changed.isoformat(timespec="seconds"),
        first_upload=record.first_upload,
        last_upload=record.last_upload,
    )


def step(one: Step) -> DiscrepancyStep:
    """Write a step of a history."""
    return DiscrepancyStep(one.at.isoformat(timespec="seconds"), one.actor, one.act, one.upload, one.details)


def received(one: Received) -> ReceivedList:
    """Write a list that was received."""
    return ReceivedList(
        number=one.number,
        party=one.party,
        list=one.list,
        state=one.state,
        at=one.at.isoformat(timespec="seconds"),
        actor=one.actor,
        reporter=one.reporter,
        channel=one.channel,
        day=build.day(one.day),
        profile=one.profile,
        partial=one.partial,
        file=one.file,
        file_hash=one.file_hash,
        size=one.size,
        upload=one.upload,
        reason=None if one.reason is None else build.title(one.reason),
    )


def upload(one: Upload) -> UploadOut:
    """Write an upload."""
    return UploadOut(
        number=one.number,
        party=one.party,
        list=one.list,
        at=one.at.isoformat(timespec="seconds"),
        actor=one.actor,
        reporter=one.reporter,
        channel=one.channel,
        file=one.file,
        day=build.day(one.day),
        edition=one.edition,
        partial=one.partial,
        rows=one.rows,
        kinds=one.kinds,
        changes=asdict(one.changes),
    )


def _side(side: Side) -> SideOfDiscrepancy:
    return SideOfDiscrepancy(side.code, side.display, side.detail)


def _suggestion(one: Suggestion) -> SuggestedCode:
    return SuggestedCode(build.coding(one.coding), one.score, tuple(map(build.title, one.evidence)))


def _ruling(ruling: Ruling) -> DiscrepancyRuling:
    on = Day(ruling.on, format_jalali(ruling.on))
    return DiscrepancyRuling(ruling.outcome, ruling.by, on, ruling.why, ruling.letter, ruling.evidence)
