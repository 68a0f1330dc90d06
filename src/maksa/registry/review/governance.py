"""How a home is governed: whether the committee must agree before anything is published, and by how many."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, insert, select

from maksa.errors import BadParameter
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.tables import fact
from maksa.text import Text

_FACT = "governance"
MOST_MEMBERS = 100
_MAJORITIES = range(50, 100)


@dataclass(frozen=True, slots=True)
class Governance:
    """Whether a home is governed, and how its committee decides.

    `quorum` is how many votes must be cast, abstentions too; a draft is agreed when more than `majority` percent of
    the votes for and against it are for it (50: more than half; 66: two thirds).
    """

    on: bool = False
    quorum: int = 3
    majority: int = 50


def governance(registry: Registry) -> Governance:
    """Give how the home is governed; one of which nothing was said is not."""
    with registry.reading() as connection:
        return governance_of(connection)


def governance_of(connection: Connection) -> Governance:
    """Give how the home is governed, in a transaction."""
    value = connection.scalar(select(fact.c.value).where(fact.c.name == _FACT))
    return Governance() if value is None else msgspec.json.decode(value, type=Governance)


def govern(
    registry: Registry,
    *,
    on: bool,
    quorum: int | None = None,
    majority: int | None = None,
    who: Who = OPERATOR,
) -> Governance:
    """Say whether the home is governed, with which quorum and majority (None: as before); the journal keeps it.

    Raises: BadParameter (quorum 1 to 100, majority 50 to 99 percent), Refused (role).
    """
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "home-govern")
        before = governance_of(connection)
        after = Governance(
            on,
            before.quorum if quorum is None else quorum,
            before.majority if majority is None else majority,
        )
        _check(after)
        if after != before:
            connection.execute(delete(fact).where(fact.c.name == _FACT))
            value = msgspec.json.encode(after).decode()
            connection.execute(insert(fact).values(name=_FACT, value=value))
            told = {"on": on, "quorum": after.quorum, "majority": after.majority}
            write_entry(desk, connection, "govern", "home", **told)
    return after


def _check(wanted: Governance) -> None:
    if not 1 <= wanted.quorum <= MOST_MEMBERS:
        raise BadParameter(
            "quorum",
            Text(fa=f"حد نصاب {wanted.quorum} نمی‌شود.", en=f"The quorum cannot be {wanted.quorum}."),
            mend=Text(fa=f"از 1 تا {MOST_MEMBERS} رأی.", en=f"Give 1 to {MOST_MEMBERS} votes."),
        )
    if wanted.majority not in _MAJORITIES:
        raise BadParameter(
            "majority",
            Text(
                fa=f"اکثریت {wanted.majority} درصد نمی‌شود.",
                en=f"The majority cannot be {wanted.majority} percent.",
            ),
            mend=Text(
                fa="از 50 (بیش از نیمی) تا 99 (همه) درصد.",
                en="Give 50 (more than half) to 99 (all) percent.",
            ),
        )
