"""The way of a draft to an edition: checks, impact, review, vote, publication; withdrawal; the rules of the home."""

from __future__ import annotations

from collections.abc import Callable

from maksa.model.edition import EditionEntry
from maksa.model.jalali import parse_day
from maksa.registry.review.governance import Governance
from maksa.registry.review.votes import MinutesRecord
from maksa.web.api.desk import review_wire as wire
from maksa.web.api.desk.drafts import draft_out, name_of
from maksa.web.api.desk.reading import read_fields
from maksa.web.api.questions import Asked
from maksa.web.desk import drafts as desk
from maksa.web.desk.acting import Acting, at_desk
from maksa.web.refusal import missing_parameter


async def standing(asked: Asked) -> wire.DraftAnswer:
    """Tell how a draft stands: what was done and decided, and what who asks may do to it now."""
    name = name_of(asked)
    return await at_desk(asked.parts, asked.request, lambda acting: _standing(acting, name))


async def submit(asked: Asked) -> wire.DraftAnswer:
    """Send a draft to its review."""
    sent = await read_fields(asked, wire.DraftNote)
    return await _then_standing(asked, lambda acting, name: desk.submit(acting, name, sent.said))


async def recall(asked: Asked) -> wire.DraftAnswer:
    """Take a submission back: the draft is in editing again."""
    sent = await read_fields(asked, wire.DraftNote)
    if sent.said is None:
        raise missing_parameter("said", example='{"said": "…"}')
    reason = sent.said
    return await _then_standing(asked, lambda acting, name: desk.recall(acting, name, reason))


async def review(asked: Asked) -> wire.DraftAnswer:
    """Approve a draft, or return it with a reason; by somebody who had no part in it."""
    sent = await read_fields(asked, wire.DraftReview)
    return await _then_standing(
        asked, lambda acting, name: desk.review(acting, name, approve=sent.approve, reason=sent.reason)
    )


async def vote(asked: Asked) -> wire.DraftAnswer:
    """Vote on a reviewed draft, as a member of the committee."""
    sent = await read_fields(asked, wire.DraftVote)
    return await _then_standing(asked, lambda acting, name: desk.vote(acting, name, sent.choice, sent.reason))


async def close_vote(asked: Asked) -> wire.DraftAnswer:
    """Close a vote that has its quorum, with minutes: the draft is agreed or rejected."""
    sent = await read_fields(asked, wire.DraftMinutes)
    record = MinutesRecord(sent.text, parse_day(sent.day, parameter="day"), sent.present, sent.attachment)

    def do(acting: Acting, name: desk.Name) -> None:
        desk.close(acting, name, record)

    return await _then_standing(asked, do)


async def quality(asked: Asked) -> wire.QualityAnswer:
    """Check the content of a draft by the rules of quality."""
    name = name_of(asked)
    return wire.quality(await at_desk(asked.parts, asked.request, lambda acting: desk.quality(acting, name)))


async def impact(asked: Asked) -> wire.ImpactAnswer:
    """Tell what publishing a draft would touch: maps, value sets, messages, parties, records."""
    name = name_of(asked)
    return wire.ImpactAnswer(
        await at_desk(asked.parts, asked.request, lambda acting: desk.impact(acting, name))
    )


async def publish(asked: Asked) -> wire.EditionPublished:
    """Publish a draft: its edition stands on the shelf, signed, with its letter."""
    name, sent = name_of(asked), await read_fields(asked, wire.DraftPublication)
    done = await at_desk(
        asked.parts,
        asked.request,
        lambda acting: desk.put_out(acting, name, retire_missing=sent.retire_missing),
    )
    return wire.published(done)


async def withdraw(asked: Asked) -> wire.EditionState:
    """Withdraw an edition: the one before it answers again."""
    name, sent = name_of(asked), await read_fields(asked, wire.Withdrawal)
    return await _edition(asked, lambda acting: desk.withdraw(acting, name, sent.reason))


async def restore(asked: Asked) -> wire.EditionState:
    """Undo a withdrawal."""
    name = name_of(asked)
    return await _edition(asked, lambda acting: desk.restore(acting, name))


async def governance(asked: Asked) -> wire.GovernanceOut:
    """Tell whether a committee must agree to each edition, and by which quorum and majority."""
    return _rules(await at_desk(asked.parts, asked.request, desk.rules))


async def govern(asked: Asked) -> wire.GovernanceOut:
    """Set the rules of this home."""
    sent = await read_fields(asked, wire.GovernanceIn)
    return _rules(
        await at_desk(
            asked.parts,
            asked.request,
            lambda acting: desk.govern(acting, on=sent.on, quorum=sent.quorum, majority=sent.majority),
        )
    )


async def _then_standing(asked: Asked, act: Callable[[Acting, desk.Name], None]) -> wire.DraftAnswer:
    """Do an act to the draft of the path, and tell how it stands then."""
    name = name_of(asked)

    def do(acting: Acting) -> wire.DraftAnswer:
        act(acting, name)
        return _standing(acting, name)

    return await at_desk(asked.parts, asked.request, do)


def _standing(acting: Acting, name: desk.Name) -> wire.DraftAnswer:
    detail, may = desk.one(acting, name)
    return wire.DraftAnswer(
        draft=draft_out(detail.standing),
        steps=tuple(map(wire.step, detail.steps)),
        makers=tuple(sorted(detail.involved.makers)),
        reviewers=tuple(sorted(detail.involved.reviewers)),
        tally=wire.tally(detail.tally),
        minutes=tuple(map(wire.minutes, detail.minutes)),
        acts=tuple(wire.act_now(act, refusal) for act, refusal in may.items()),
    )


async def _edition(asked: Asked, do: Callable[[Acting], EditionEntry]) -> wire.EditionState:
    entry = await at_desk(asked.parts, asked.request, do)
    manifest = entry.manifest
    return wire.EditionState(manifest.terminology, manifest.edition, manifest.content_hash, entry.withdrawn)


def _rules(held: Governance) -> wire.GovernanceOut:
    return wire.GovernanceOut(held.on, held.quorum, held.majority)
