"""Whose clients are: of which party, and of which of its systems where that was recorded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from maksa.errors import BadInput, NotFound
from maksa.registry.adoption.subjects import held_system
from maksa.registry.adoption.tables import adoption_client
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.clients import find_client
from maksa.registry.parties.parties import shown_value
from maksa.registry.parties.tables import client_grant
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Whose a client is; `system` is None where it was not recorded."""

    party: str
    system: str | None


def place_client(registry: Registry, client_id: str, system: str | None) -> Place:
    """Record of which of its party's systems a client is; None: of no certain one.

    Raises: NotFound (client, system), BadInput (the client is of no party: 'maksa clients grant' says whose).
    """
    with registry.writing() as connection:
        found = find_client(connection, client_id)
        if found is None:
            shown = shown_value(client_id)
            raise NotFound(
                Text(f"کارخواهی با شناسهٔ «{shown}» ثبت نشده است.", f"No client '{shown}' is registered."),
                mend=Text("شناسه‌ها را با «maksa clients list» ببینید.", "See 'maksa clients list'."),
            )
        party = found[0].party
        if party is None:
            raise BadInput(
                Text(
                    f"کارخواه «{client_id}» از هیچ سازمانی نیست.", f"The client '{client_id}' is of no party."
                ),
                mend=Text(
                    "نخست سازمان آن را با «maksa clients grant --party» ثبت کنید.",
                    "Record its party first with 'maksa clients grant --party'.",
                ),
            )
        connection.execute(delete(adoption_client).where(adoption_client.c.client_id == client_id))
        if system is not None:
            held_system(connection, party, system)
            values = {"client_id": client_id, "party": party, "system": system}
            connection.execute(insert(adoption_client).values(values))
        write_entry(registry, connection, "adoption-place", client_id, party=party, system=system)
        return Place(party, system)


def read_places(connection: Connection) -> dict[str, Place]:
    """Give whose each client is that has a party. A system recorded under an earlier party does not count."""
    systems = {row.client_id: row for row in connection.execute(select(adoption_client))}
    places: dict[str, Place] = {}
    for row in connection.execute(select(client_grant.c.client_id, client_grant.c.party_id)):
        if row.party_id is not None:
            of = systems.get(row.client_id)
            system = of.system if of is not None and of.party == row.party_id else None
            places[row.client_id] = Place(row.party_id, system)
    return places
