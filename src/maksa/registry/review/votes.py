"""The committee: votes with reasons, a quorum, a majority, and minutes when the vote is closed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, delete, insert, select

from maksa.errors import BadParameter, WrongState
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import held_draft
from maksa.registry.journal import write_entry
from maksa.registry.requests.form import checked_text
from maksa.registry.review.acting import Who, acting
from maksa.registry.review.desk import require_unchanged
from maksa.registry.review.governance import MOST_MEMBERS, Governance, governance_of
from maksa.registry.review.life import LONGEST_SAID, Life, life_of, move, require_act
from maksa.registry.review.tables import draft_minutes, draft_vote
from maksa.text import Text

Choice = Literal["for", "against", "abstain"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
LONGEST_MINUTES = 20_000
_LONGEST_NAME = 200
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one member says of a draft in one round."""

    login: str
    choice: Choice
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote stands: each member's vote in the order of logins, and how many there are of each choice."""

    votes: tuple[Vote, ...]
    in_favour: int
    against: int
    abstained: int

    def agrees(self, rules: Governance) -> bool:
        """Tell whether the draft is agreed: more than the majority of the votes for and against it are for it."""
        return self.in_favour * 100 > rules.majority * (self.in_favour + self.against)


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """What the minutes of a meeting say: the text, the day, who was present, and the SHA-256 of a file kept elsewhere."""

    text: str
    day: date
    present: tuple[str, ...]
    attachment: str | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a vote that was closed, the count and the rules it was counted by; `hash` is of what was voted on."""

    round: int
    record: MinutesRecord
    in_favour: int
    against: int
    abstained: int
    quorum: int
    majority: int
    outcome: Literal["agreed", "rejected"]
    closed_by: str
    hash: str


def cast_vote(
    registry: Registry,
    terminology: str,
    edition: str,
    choice: Choice,
    *,
    reason: str | None = None,
    who: Who,
) -> Tally:
    """Vote on a reviewed draft, in place of an earlier vote of the same member; the first vote opens the vote.

    Raises: UnknownEdition, Refused (role; four eyes: who imported, edited or reviewed it, or the operator of the
            machine), WrongState (not reviewed, or closed), BadParameter (the choice; a vote against needs a reason).
    """
    said = checked_text("reason", reason, LONGEST_SAID)
    desk = acting(registry, who)
    with desk.writing() as connection:
        draft = held_draft(connection, terminology, edition)
        life = life_of(connection, draft.number, draft.name)
        transition = require_act(connection, desk, life, who, "vote", said=said)
        _check_choice(choice, said)
        if life.state != transition.target:
            life = move(connection, desk, life, transition)
        earlier = _write_vote(connection, life, Vote(desk.actor, choice, said, datetime.now(UTC)))
        told = {"round": life.round, "choice": choice, "before": earlier, "hash": life.hash, "why": said}
        write_entry(desk, connection, "draft-vote", draft.name, draft=draft.number, **told)
        return tally_of(connection, life)


def close_vote(
    registry: Registry, terminology: str, edition: str, record: MinutesRecord, *, who: Who
) -> Minutes:
    """Close the vote, count it, and keep the minutes: the draft is agreed or rejected.

    Raises: UnknownEdition, Refused (role; the operator of the machine), WrongState (no vote is open, the quorum is
            not reached, or the draft is no longer what was submitted), BadParameter (text, day, present, attachment).
    Cost:   reads the draft.
    """
    record = _checked(record)
    desk = acting(registry, who)
    with desk.writing() as connection:
        draft = held_draft(connection, terminology, edition)
        life = life_of(connection, draft.number, draft.name)
        require_act(connection, desk, life, who, "agree", said=None)
        tally, rules = tally_of(connection, life), governance_of(connection)
        _require_quorum(draft.name, tally, rules)
        agreed = tally.agrees(rules)
        transition = require_act(connection, desk, life, who, "agree" if agreed else "reject", said=None)
        minutes = Minutes(
            round=life.round,
            record=record,
            in_favour=tally.in_favour,
            against=tally.against,
            abstained=tally.abstained,
            quorum=rules.quorum,
            majority=rules.majority,
            outcome="agreed" if agreed else "rejected",
            closed_by=desk.actor,
            hash=require_unchanged(connection, draft, life),
        )
        _write_minutes(connection, draft.number, minutes)
        said = f"{tally.in_favour} / {tally.against} / {tally.abstained}"
        move(connection, desk, life, transition, said=said, hash_=minutes.hash)
        return minutes


def tally_of(connection: Connection, life: Life) -> Tally:
    """Count the votes of the round in which a draft is."""
    wanted = select(draft_vote).where(draft_vote.c.draft == life.number, draft_vote.c.round == life.round)
    rows = connection.execute(wanted.order_by(draft_vote.c.login))
    votes = tuple(Vote(row.login, row.choice, row.reason, row.at) for row in rows)
    counts = [sum(vote.choice == choice for vote in votes) for choice in CHOICES]
    return Tally(votes, *counts)


def minutes_of(connection: Connection, draft: int) -> Sequence[Minutes]:
    """Give the minutes of all votes on a draft that were closed, in their order."""
    wanted = select(draft_minutes).where(draft_minutes.c.draft == draft).order_by(draft_minutes.c.round)
    return [_minutes_of(row) for row in connection.execute(wanted)]


def _write_vote(connection: Connection, life: Life, vote: Vote) -> str | None:
    """Keep a vote in place of the member's earlier one; gives the choice of that."""
    votes = draft_vote.c
    which = (votes.draft == life.number, votes.round == life.round, votes.login == vote.login)
    earlier: str | None = connection.scalar(select(votes.choice).where(*which))
    connection.execute(delete(draft_vote).where(*which))
    values = {"login": vote.login, "choice": vote.choice, "reason": vote.reason, "at": vote.at}
    connection.execute(insert(draft_vote).values(draft=life.number, round=life.round, **values))
    return earlier


def _write_minutes(connection: Connection, draft: int, minutes: Minutes) -> None:
    record = minutes.record
    connection.execute(
        insert(draft_minutes).values(
            draft=draft,
            round=minutes.round,
            day=record.day.isoformat(),
            text=record.text,
            present=json.dumps(record.present, ensure_ascii=False),
            attachment=record.attachment,
            votes_for=minutes.in_favour,
            votes_against=minutes.against,
            abstained=minutes.abstained,
            quorum=minutes.quorum,
            majority=minutes.majority,
            outcome=minutes.outcome,
            closed_by=minutes.closed_by,
            hash=minutes.hash,
        )
    )


def _minutes_of(row: Row[Any]) -> Minutes:
    present = tuple(json.loads(row.present))
    return Minutes(
        round=row.round,
        record=MinutesRecord(row.text, date.fromisoformat(row.day), present, row.attachment),
        in_favour=row.votes_for,
        against=row.votes_against,
        abstained=row.abstained,
        quorum=row.quorum,
        majority=row.majority,
        outcome=row.outcome,
        closed_by=row.closed_by,
        hash=row.hash,
    )


def _require_quorum(draft: str, tally: Tally, rules: Governance) -> None:
    if len(tally.votes) < rules.quorum:
        raise WrongState(
            Text(
                fa=f"رأی‌گیری دربارهٔ «{draft}» به حد نصاب نرسیده است: {len(tally.votes)} رأی از {rules.quorum}.",
                en=f"The vote on '{draft}' has no quorum: {len(tally.votes)} of {rules.quorum} votes.",
            ),
            mend=Text(
                fa="پس از رأی دیگر اعضا ببندید، یا پیش‌نویس را پس بگیرید.",
                en="Close it when more members have voted, or recall the draft.",
            ),
        )


def _check_choice(choice: str, reason: str | None) -> None:
    if choice not in CHOICES:
        raise BadParameter(
            "choice",
            Text(fa=f"«{choice[:40]}» رأی نیست.", en=f"'{choice[:40]}' is no vote."),
            known=CHOICES,
        )
    if choice == "against" and reason is None:
        raise BadParameter(
            "reason",
            Text(fa="رأی مخالف بی دلیل است.", en="A vote against needs a reason."),
            mend=Text(fa="دلیل را بنویسید.", en="Say why."),
        )


def _checked(record: MinutesRecord) -> MinutesRecord:
    text = checked_text("text", record.text, LONGEST_MINUTES)
    if text is None:
        raise BadParameter("text", Text("متن صورت‌جلسه خالی است.", "The minutes have no text."))
    if record.day > today():
        raise BadParameter(
            "day", Text("روز جلسه هنوز نرسیده است.", "The day of the meeting is still to come.")
        )
    present = tuple(filter(None, (checked_text("present", one, _LONGEST_NAME) for one in record.present)))
    if not 0 < len(present) <= MOST_MEMBERS:
        raise BadParameter(
            "present",
            Text(
                f"نام 1 تا {MOST_MEMBERS} عضو حاضر را بنویسید.",
                f"Name the 1 to {MOST_MEMBERS} members who were present.",
            ),
        )
    attachment = None if record.attachment is None else record.attachment.strip().casefold()
    if attachment is not None and not _HASH.fullmatch(attachment):
        raise BadParameter(
            "attachment",
            Text(
                "اثر پیوست باید SHA-256 با 64 رقم شانزده‌شانزدهی باشد.",
                "The hash of the attachment is a SHA-256 of 64 hexadecimal digits.",
            ),
        )
    return MinutesRecord(text, record.day, present, attachment)
