"""Who acts at the desk: a person who signed in, or the operator of the machine, and what each may do."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Connection

from maksa.errors import NotAllowed, Refused
from maksa.registry.database import Registry
from maksa.registry.parties.access import acts, require, roles
from maksa.registry.parties.people import Person, held_person
from maksa.text import Text


class Operator(Enum):
    """Whoever runs commands on the machine itself: known by the name of the registry's actor, without a role."""

    OPERATOR = "operator"


OPERATOR = Operator.OPERATOR
"""The operator of the machine, as a value to be given where somebody acts."""

Who = Person | Operator
"""Who acts. A door gives the person who signed in; the command line gives the operator, or the person of --by."""


def acting(registry: Registry, who: Who) -> Registry:
    """Give the registry in whose journal, and in whose histories, the acts are theirs."""
    return registry.acting_as(who.login) if isinstance(who, Person) else registry


def require_access(connection: Connection, who: Who, act: str, *, person: bool = False) -> None:
    """Let somebody do an act of access.toml, by the roles that are theirs now.

    The operator may do all but what needs a `person`.
    Raises: Refused naming the roles held, the act and who may; NotAllowed (the person's access has ended).
    """
    if isinstance(who, Person):
        held = held_person(connection, who.login)
        if held.disabled:
            raise NotAllowed(
                Text(
                    fa=f"دسترسی «{who.login}» پایان یافته است.", en=f"The access of '{who.login}' has ended."
                )
            )
        require(held.roles, act)
    elif person:
        wanted = acts()[act]
        allowed = [roles()[name].title for name in wanted.roles]
        raise Refused(
            Text(
                fa=f"«{wanted.title.fa}» ({act}) کار شخصی است که وارد شده باشد، نه کار راهبر دستگاه.",
                en=f"To {wanted.title.en} ({act}) is for a person who signed in, not for the operator of the machine.",
            ),
            mend=Text(
                fa=f"با --by شناسهٔ یکی از این نقش‌ها را بدهید: {'، '.join(title.fa for title in allowed)}.",
                en=f"Name with --by the login of one of these roles: {', '.join(title.en for title in allowed)}.",
            ),
            known=wanted.roles,
        )
