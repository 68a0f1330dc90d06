"""How drafts stand: their state, what was done to them and by whom, and what who may do to them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from maksa.errors import MaksaError
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, held_draft, list_within
from maksa.registry.review.acting import Who, acting
from maksa.registry.review.life import Involved, Life, Step, involved_in, life_of, require_act, steps_of
from maksa.registry.review.states import Act, table
from maksa.registry.review.tables import draft_life
from maksa.registry.review.votes import Minutes, Tally, minutes_of, tally_of
from maksa.registry.review.work import Work, work_on
from maksa.terminology.bounds import sound

_A_REASON = "-"


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft as lists show it: with its state, its edits that stand and its open comments."""

    draft: Draft
    life: Life
    work: Work


@dataclass(frozen=True, slots=True)
class DraftDetail:
    """One draft with all that was done and decided: steps in order, the people, the votes of this round, all minutes."""

    standing: Standing
    steps: Sequence[Step]
    involved: Involved
    tally: Tally
    minutes: Sequence[Minutes]


@dataclass(frozen=True, slots=True)
class PastDraft:
    """A draft that is no longer there: published, discarded or replaced."""

    life: Life
    steps: Sequence[Step]
    minutes: Sequence[Minutes]


def list_standings(registry: Registry) -> tuple[Standing, ...]:
    """List the drafts with their states and counts, in the order of list and edition."""
    with registry.reading() as connection:
        return tuple(_standing(connection, draft) for draft in list_within(connection))


def draft_standing(registry: Registry, terminology: str, edition: str) -> DraftDetail:
    """Tell how one draft stands. Raises: UnknownEdition."""
    with registry.reading() as connection:
        standing = _standing(connection, held_draft(connection, terminology, edition))
        life = standing.life
        return DraftDetail(
            standing,
            steps_of(connection, life.number),
            involved_in(connection, life),
            tally_of(connection, life),
            minutes_of(connection, life.number),
        )


def past_drafts(registry: Registry, terminology: str, edition: str) -> Sequence[PastDraft]:
    """Tell what was done and decided of earlier drafts of an edition, in their order; the id in its own spelling."""
    ended = draft_life.c.state.in_(table().ends)
    subject = sound(f"{terminology} {edition}").replace(
        "\0", " "
    )  # No name has one, and PostgreSQL refuses the question.
    wanted = select(draft_life).where(draft_life.c.subject == subject, ended)
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(draft_life.c.draft)).all()
        return [
            PastDraft(
                life_of(connection, row.draft, row.subject),
                steps_of(connection, row.draft),
                minutes_of(connection, row.draft),
            )
            for row in rows
        ]


def what_may(registry: Registry, terminology: str, edition: str, who: Who) -> Mapping[Act, MaksaError | None]:
    """Tell which acts of states.toml somebody may do to a draft now: None, or the refusal that they would get."""
    desk = acting(registry, who)
    with registry.reading() as connection:
        draft = held_draft(connection, terminology, edition)
        life = life_of(connection, draft.number, draft.name)
        return {act: _refusal(connection, desk, life, who, act) for act in table().acts}


def _refusal(connection: Connection, desk: Registry, life: Life, who: Who, act: Act) -> MaksaError | None:
    try:
        require_act(connection, desk, life, who, act, said=_A_REASON)
    except MaksaError as refusal:
        return refusal
    return None


def _standing(connection: Connection, draft: Draft) -> Standing:
    return Standing(draft, life_of(connection, draft.number, draft.name), work_on(connection, draft.number))
