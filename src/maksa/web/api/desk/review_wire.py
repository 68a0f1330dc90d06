"""The JSON of the way of a draft to an edition: review, vote, minutes, publication, governance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from maksa.registry.impact.records import Impact
from maksa.text import Text
from maksa.web.api import build
from maksa.web.api.desk.drafts_wire import DraftOut, Name, Reason
from maksa.web.api.wire import Day, Record, Title

if TYPE_CHECKING:
    from maksa.errors import MaksaError
    from maksa.registry.drafts.publish import Published
    from maksa.registry.quality.report import QualityReport
    from maksa.registry.review.life import Step
    from maksa.registry.review.votes import Minutes, Tally

Percent = Annotated[int, msgspec.Meta(ge=0, le=99)]


class DraftNote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said with an act; some acts ask for it."""

    said: Reason | None = None


class DraftReview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The outcome of a review; a return needs its reason."""

    approve: bool
    reason: Reason | None = None


class DraftVote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member's vote; one against needs a reason."""

    choice: Literal["for", "against", "abstain"]
    reason: Reason | None = None


class DraftMinutes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The minutes by which a vote is closed; `attachment` is the SHA-256 of a file kept elsewhere."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    day: Name
    present: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=100)]
    attachment: Annotated[str, msgspec.Meta(min_length=64, max_length=64)] | None = None


class DraftPublication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a draft is published. `retire_missing`: most codes of the edition before may end by it."""

    retire_missing: bool = False


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an edition is withdrawn."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]


class GovernanceIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of a home: whether a committee must agree, its quorum, and the majority in per cent."""

    on: bool
    quorum: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    majority: Percent | None = None


class GovernanceOut(Record, frozen=True):
    """The rules of this home."""

    on: bool
    quorum: int
    majority: int


class DraftStep(Record, frozen=True):
    """One thing done to a draft."""

    act: str
    before: str
    after: str
    at: str
    actor: str
    said: str | None
    hash: str | None


class VoteOut(Record, frozen=True):
    """A member's vote."""

    login: str
    choice: str
    reason: str | None
    at: str


class TallyOut(Record, frozen=True):
    """How the vote of this round stands."""

    in_favour: int
    against: int
    abstained: int
    votes: tuple[VoteOut, ...]


class MinutesOut(Record, frozen=True):
    """The minutes of a vote that was closed, with its count and the rules of the count."""

    round: int
    text: str
    day: Day | None
    present: tuple[str, ...]
    attachment: str | None
    in_favour: int
    against: int
    abstained: int
    quorum: int
    majority: int
    outcome: str
    closed_by: str
    hash: str


class ActNow(Record, frozen=True):
    """An act, and why who asks may not do it now; null: they may."""

    act: str
    refusal: Title | None
    mend: Title | None


class DraftAnswer(Record, frozen=True):
    """A draft with all that was done and decided, and what who asks may do to it now."""

    draft: DraftOut
    steps: tuple[DraftStep, ...]
    makers: tuple[str, ...]
    reviewers: tuple[str, ...]
    tally: TallyOut
    minutes: tuple[MinutesOut, ...]
    acts: tuple[ActNow, ...]


class QualityFinding(Record, frozen=True):
    """One finding of a content check: the rule, the code it is of, what is found and what to do."""

    rule: str
    severity: str
    code: str
    says: Title
    mend: Title


class QualityCount(Record, frozen=True):
    """How often a rule found something."""

    rule: str
    severity: str
    title: Title
    count: int


class QualityAnswer(Record, frozen=True):
    """What the content checks found; `findings` holds a bounded number of each rule."""

    base: str | None
    examined: int
    rules: tuple[str, ...]
    errors: int
    warnings: int
    notes: int
    counts: tuple[QualityCount, ...]
    findings: tuple[QualityFinding, ...]


class ImpactAnswer(Record, frozen=True):
    """What publishing a draft would touch, and whom; days are ISO."""

    impact: Impact


class EditionPublished(Record, frozen=True):
    """An edition that stands now; `unchanged`: it stood there before with the same content."""

    terminology: str
    edition: str
    hash: str
    count: int
    unchanged: bool
    base: str | None
    carried: int


class EditionState(Record, frozen=True):
    """An edition that was withdrawn or restored."""

    terminology: str
    edition: str
    hash: str
    withdrawn: bool


def step(done: Step) -> DraftStep:
    """Write a step."""
    at = done.at.isoformat(timespec="seconds")
    return DraftStep(done.act, done.before, done.after, at, done.actor, done.said, done.hash)


def tally(stands: Tally) -> TallyOut:
    """Write how a vote stands."""
    votes = tuple(
        VoteOut(vote.login, vote.choice, vote.reason, vote.at.isoformat(timespec="seconds"))
        for vote in stands.votes
    )
    return TallyOut(stands.in_favour, stands.against, stands.abstained, votes)


def minutes(kept: Minutes) -> MinutesOut:
    """Write minutes."""
    return MinutesOut(
        round=kept.round,
        text=kept.record.text,
        day=build.day(kept.record.day),
        present=kept.record.present,
        attachment=kept.record.attachment,
        in_favour=kept.in_favour,
        against=kept.against,
        abstained=kept.abstained,
        quorum=kept.quorum,
        majority=kept.majority,
        outcome=kept.outcome,
        closed_by=kept.closed_by,
        hash=kept.hash,
    )


def act_now(name: str, refusal: MaksaError | None) -> ActNow:
    """Write whether an act may be done now."""
    if refusal is None:
        return ActNow(name, None, None)
    mend: Text | None = refusal.mend
    return ActNow(name, build.title(refusal.text), None if mend is None else build.title(mend))


def quality(report: QualityReport) -> QualityAnswer:
    """Write what the content checks found."""
    return QualityAnswer(
        base=report.base,
        examined=report.examined,
        rules=report.rules,
        errors=report.errors,
        warnings=report.warnings,
        notes=report.notes,
        counts=tuple(
            QualityCount(one.rule, one.severity, build.title(one.title), one.count) for one in report.counts
        ),
        findings=tuple(
            QualityFinding(one.rule, one.severity, one.code, build.title(one.text), build.title(one.mend))
            for one in report.findings
        ),
    )


def published(done: Published) -> EditionPublished:
    """Write what was published."""
    manifest = done.entry.manifest
    return EditionPublished(
        terminology=manifest.terminology,
        edition=manifest.edition,
        hash=manifest.content_hash,
        count=manifest.count,
        unchanged=done.unchanged,
        base=done.base,
        carried=done.carried,
    )
