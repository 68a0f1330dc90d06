"""The state of a draft and what was done to it: written here, in the transaction of the act, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from maksa.errors import BadParameter, Refused
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.registry.review.acting import Who, require_access
from maksa.registry.review.states import Act, End, Group, State, Transition, table
from maksa.registry.review.tables import draft_edit, draft_life, draft_step
from maksa.text import Text

TOPIC = "draft"
"""The topic of notices on drafts; their subject is list and edition."""
LONGEST_SAID = 2_000
"""Characters of a reason."""
_PARTS: Mapping[Group, Text] = {
    "makers": Text("وارد یا ویرایش کرده است", "imported or edited"),
    "submitter": Text("برای بازبینی فرستاده است", "submitted"),
    "reviewers": Text("بازبینی کرده است", "reviewed"),
}
_UNKNOWN = ""
"""The maker of a draft that was saved before makers were kept."""


@dataclass(frozen=True, slots=True)
class Life:
    """How a draft stands. `subject` is its list and edition, `number` its own.

    `maker` imported or started it; `round` counts its submissions; `hash` is of the content last submitted;
    `revision` grows with each act upon it.
    """

    number: int
    subject: str
    state: State = "editing"
    maker: str = _UNKNOWN
    round: int = 0
    hash: str | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a draft: from a state to a state, by whom, and the hash of what it was done to."""

    act: str
    before: State
    after: State
    at: datetime
    actor: str
    said: str | None
    hash: str | None


@dataclass(frozen=True, slots=True)
class Involved:
    """The names of those who had a part in a draft.

    `makers` imported, started or edited it, `submitter` submitted it last, `reviewers` approved or returned it in
    any round.
    """

    makers: frozenset[str]
    submitter: frozenset[str]
    reviewers: frozenset[str]


def life_of(connection: Connection, number: int, subject: str) -> Life:
    """Give how a draft stands; one that was saved before lives were kept is in editing, and nobody's."""
    row = connection.execute(select(draft_life).where(draft_life.c.draft == number)).one_or_none()
    if row is None:
        return Life(number, subject)
    return Life(row.draft, row.subject, row.state, row.maker, row.round, row.hash, row.revision)


def steps_of(connection: Connection, number: int) -> tuple[Step, ...]:
    """Give what was done to a draft, in order."""
    ordered = select(draft_step).where(draft_step.c.draft == number).order_by(draft_step.c.ordinal)
    return tuple(
        Step(row.act, row.before, row.after, row.at, row.actor, row.said, row.hash)
        for row in connection.execute(ordered)
    )


def involved_in(connection: Connection, life: Life) -> Involved:
    """Give who had a part in a draft."""
    edited = select(draft_edit.c.actor).where(draft_edit.c.draft == life.number).distinct()
    editors = frozenset(connection.scalars(edited))
    steps = steps_of(connection, life.number)
    submitters = [step.actor for step in steps if step.act == "submit"]
    return Involved(
        makers=editors | frozenset({life.maker} - {_UNKNOWN}),
        submitter=frozenset(submitters[-1:]),
        reviewers=frozenset(step.actor for step in steps if step.act in {"approve", "return"}),
    )


def begin_life(connection: Connection, number: int, subject: str, *, maker: str) -> None:
    """Begin the life of a draft that was just saved."""
    _store(connection, Life(number, subject, maker=maker))


def require_act(
    connection: Connection, registry: Registry, life: Life, who: Who, act: Act, *, said: str | None
) -> Transition:
    """Let somebody do an act to a draft as it stands: by role, by state, by four eyes, with what must be said.

    Raises: Refused (role, four eyes), NotAllowed (their access has ended), WrongState naming the state and what
            it allows, BadParameter (no reason).
    """
    wanted = table().acts[act]
    require_access(connection, who, wanted.access, person=wanted.person)
    wanted = table().transition(life.subject, life.state, act)
    require_other_eyes(connection, life, registry.actor, wanted)
    if wanted.says and said is None:
        raise BadParameter(
            "reason",
            Text(
                fa=f"برای «{wanted.title.fa}» دلیل نوشته نشده است.",
                en=f"'{wanted.title.en}' needs a reason.",
            ),
            mend=Text(fa="دلیل را بنویسید.", en="Say why."),
        )
    return wanted


def require_other_eyes(connection: Connection, life: Life, actor: str, wanted: Transition) -> None:
    """See that who acts had no part in the draft that excludes them. Raises: Refused naming that part."""
    involved = involved_in(connection, life)
    for group in wanted.not_by:
        if actor in getattr(involved, group):
            raise Refused(
                Text(
                    fa=f"چهار چشم: «{actor}» پیش‌نویس «{life.subject}» را {_PARTS[group].fa} و «{wanted.title.fa}» با شخص دیگری است.",
                    en=f"Four eyes: '{actor}' {_PARTS[group].en} the draft '{life.subject}', so '{wanted.title.en}' is for somebody else.",
                ),
                mend=Text(
                    fa="از همکار دیگری با این نقش بخواهید.", en="Ask another colleague who has this role."
                ),
            )


def move(
    connection: Connection,
    registry: Registry,
    life: Life,
    transition: Transition,
    *,
    said: str | None = None,
    hash_: str | None = None,
) -> Life:
    """Do an act that was allowed: keep the state and the step, tell the outbox and the journal.

    `hash_` is of the content that the act is done to. A submission begins a round; its hash is what the acts after
    it are about.
    """
    submits = transition.name == "submit"
    after = replace(
        life,
        state=transition.target,
        round=life.round + submits,
        hash=hash_ if submits else life.hash,
        revision=life.revision + 1,
    )
    _store(connection, after)
    now = datetime.now(UTC)
    step = Step(transition.name, life.state, after.state, now, registry.actor, said, hash_)
    _write_step(connection, life.number, step)
    if after.state != life.state:
        told = Text(*(text.format(draft=life.subject, said=said) for text in transition.told))
        append_notice(connection, TOPIC, life.subject, told, at=now)
    write_entry(
        registry,
        connection,
        "draft-act",
        life.subject,
        draft=life.number,
        did=transition.name,
        before=life.state,
        after=after.state,
        hash=hash_,
        why=said,
    )
    return after


def touch(connection: Connection, registry: Registry, life: Life) -> State | None:
    """Tell the draft that its content was changed; gives the state that it lost by it, None in editing."""
    edit = table().transition(life.subject, life.state, "edit")
    if life.state != edit.target:
        move(connection, registry, life, edit)
        return life.state
    _store(connection, replace(life, revision=life.revision + 1))
    return None


def end_life(connection: Connection, life: Life, end: End, *, actor: str) -> None:
    """Keep that a draft is no longer there, and why; what was said and decided of it stays. The journal is the caller's."""
    _store(connection, replace(life, state=end, revision=life.revision + 1))
    now = datetime.now(UTC)
    _write_step(connection, life.number, Step(end, life.state, end, now, actor, None, None))
    told = Text(*(text.format(draft=life.subject) for text in table().ends[end]))
    append_notice(connection, TOPIC, life.subject, told, at=now)


def _store(connection: Connection, life: Life) -> None:
    connection.execute(delete(draft_life).where(draft_life.c.draft == life.number))
    connection.execute(
        insert(draft_life).values(
            draft=life.number,
            subject=life.subject,
            state=life.state,
            maker=life.maker,
            round=life.round,
            hash=life.hash,
            revision=life.revision,
        )
    )


def _write_step(connection: Connection, number: int, step: Step) -> None:
    last = connection.scalar(select(func.max(draft_step.c.ordinal)).where(draft_step.c.draft == number))
    connection.execute(
        insert(draft_step).values(
            draft=number,
            ordinal=(last or 0) + 1,
            act=step.act,
            before=step.before,
            after=step.after,
            at=step.at,
            actor=step.actor,
            said=step.said,
            hash=step.hash,
        )
    )
