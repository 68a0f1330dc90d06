"""Parties, people and clients as both floors of the desk keep them: each act is for who may keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from maksa.errors import NotFound
from maksa.model.clients import Client
from maksa.model.jalali import TEHRAN
from maksa.registry.parties import clients, parties, people
from maksa.registry.parties.clients import Grant, NewClient
from maksa.registry.parties.parties import Party
from maksa.registry.parties.people import NewPassword, Person
from maksa.text import Text
from maksa.web.desk.acting import Acting

ACT = "party-keep"


def list_parties(acting: Acting, kind: str | None = None) -> Sequence[Party]:
    """Give the parties: all to who may see all, else one's own. Raises: Refused (a client), BadInput (kind)."""
    own = acting.sees()
    return [one for one in parties.list_parties(acting.registry, kind) if own in {None, one.party_id}]


def add_party(acting: Acting, party: Party) -> Party:
    """Register a party, or further systems of one. Raises: Refused, BadInput, WrongState."""
    acting.require(ACT)
    return parties.add_party(acting.registry, party)


def list_people(acting: Acting) -> Sequence[Person]:
    """Give all people. Raises: Refused."""
    acting.require(ACT)
    return people.list_people(acting.registry)


def find_person(acting: Acting, login: str) -> Person:
    """Give one person. Raises: Refused, NotFound."""
    acting.require(ACT)
    with acting.registry.reading() as connection:
        return people.held_person(connection, login)


def add_person(acting: Acting, person: Person) -> NewPassword:
    """Register somebody, and make the first password. Raises: Refused, BadInput, NotFound, WrongState."""
    acting.require(ACT)
    return people.add_person(
        acting.registry, person.login, name=person.name, party_id=person.party_id, roles=person.roles
    )


def set_roles(acting: Acting, login: str, roles: Sequence[str]) -> Person:
    """Give a person these roles in place of those held. Raises: Refused, NotFound, BadInput."""
    acting.require(ACT)
    return people.set_roles(acting.registry, login, roles)


def set_disabled(acting: Acting, login: str, *, disabled: bool) -> Person:
    """End a person's access, or give it again. Raises: Refused, NotFound."""
    acting.require(ACT)
    return people.disable_person(acting.registry, login, disabled=disabled)


def reset_password(acting: Acting, login: str) -> NewPassword:
    """Make a new password of a person. Raises: Refused, NotFound."""
    acting.require(ACT)
    return people.reset_password(acting.registry, login)


def list_clients(acting: Acting) -> Sequence[Client]:
    """Give all clients. Raises: Refused."""
    acting.require(ACT)
    return clients.list_clients(acting.registry)


def find_client(acting: Acting, client_id: str) -> Client:
    """Give one client. Raises: Refused, NotFound."""
    for one in list_clients(acting):
        if one.client_id == client_id:
            return one
    shown = parties.shown_value(client_id)
    raise NotFound(
        Text(f"کارخواهی با شناسهٔ «{shown}» ثبت نیست.", f"No client '{shown}' is registered."),
    )


def add_client(
    acting: Acting, client_id: str, *, name: str, pids: Sequence[str] = (), last_day: date | None = None
) -> NewClient:
    """Register a client; `last_day` is the last on which it may ask. Raises: Refused, BadInput, WrongState."""
    acting.require(ACT)
    expires = None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), TEHRAN)
    return clients.add_client(acting.registry, client_id, name=name, pids=tuple(pids), expires=expires)


def rotate_client(acting: Acting, client_id: str) -> NewClient:
    """Replace the secrets of a client. Raises: Refused, NotFound, WrongState."""
    acting.require(ACT)
    return clients.rotate_client(acting.registry, client_id)


def revoke_client(acting: Acting, client_id: str) -> Client:
    """End a client for good. Raises: Refused, NotFound."""
    acting.require(ACT)
    return clients.revoke_client(acting.registry, client_id)


def grant_client(acting: Acting, client_id: str, grant: Grant) -> Client:
    """Say whose a client is and what it may. Raises: Refused, NotFound, BadInput."""
    acting.require(ACT)
    return clients.grant_client(acting.registry, client_id, grant)
