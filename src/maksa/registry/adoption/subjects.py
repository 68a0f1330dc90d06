"""Whom an act of this room is about: a party and one of its systems, which there are."""

from __future__ import annotations

from sqlalchemy import Connection

from maksa.errors import NotFound
from maksa.registry.parties.parties import System, held_party, shown_value
from maksa.text import Text


def held_system(connection: Connection, party_id: str, system_id: str) -> System:
    """Give a system of a party. Raises: NotFound naming the parties, or the systems of this one."""
    party = held_party(connection, party_id)
    found = next((one for one in party.systems if one.system_id == system_id), None)
    if found is not None:
        return found
    shown = shown_value(system_id)
    raise NotFound(
        Text(
            f"سازمان «{party_id}» سامانه‌ای با شناسهٔ «{shown}» ندارد.",
            f"The party '{party_id}' has no system '{shown}'.",
        ),
        mend=Text("آن را با «maksa parties add» ثبت کنید.", "Register it with 'maksa parties add'."),
        known=tuple(one.system_id for one in party.systems[:20]),
    )


def check_subject(connection: Connection, party_id: str, system_id: str | None) -> None:
    """See that a party, and the system where one is named, are registered. Raises: as `held_system`."""
    if system_id is None:
        held_party(connection, party_id)
    else:
        held_system(connection, party_id, system_id)
