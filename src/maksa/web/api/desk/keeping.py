"""Parties and their systems, people and their roles, clients and what they may: for who keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from maksa.model.jalali import parse_day
from maksa.registry.parties.clients import Grant
from maksa.registry.parties.parties import Party, System
from maksa.registry.parties.people import Person
from maksa.web.api.desk import keeping_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.reading import read_fields
from maksa.web.api.questions import Asked
from maksa.web.desk import keeping as desk
from maksa.web.desk.acting import Acting, at_desk

T = TypeVar("T")


async def parties(asked: Asked) -> wire.PartiesAnswer:
    """List the parties with their systems: all to who may see them, else one's own."""
    kind = asked.query.get(of.PARTY_KIND) or None
    found = await _do(asked, lambda acting: desk.list_parties(acting, kind))
    return wire.PartiesAnswer(len(found), tuple(map(wire.party, found)))


async def add_party(asked: Asked) -> wire.PartyOut:
    """Register an organisation with its systems, or further systems of one that is registered."""
    sent = await read_fields(asked, wire.PartyIn)
    systems = tuple(System(one.system, one.name, one.kind) for one in sent.systems)
    wanted = Party(sent.party, sent.name, sent.kind, systems)
    return wire.party(await _do(asked, lambda acting: desk.add_party(acting, wanted)))


async def people(asked: Asked) -> wire.PeopleAnswer:
    """List all people, disabled ones too."""
    found = await _do(asked, desk.list_people)
    return wire.PeopleAnswer(len(found), tuple(map(wire.person, found)))


async def add_person(asked: Asked) -> wire.PasswordOnce:
    """Register somebody of a party; the first password is in this answer only."""
    sent = await read_fields(asked, wire.PersonIn)
    wanted = Person(sent.login, sent.name, sent.party, sent.roles)
    return wire.password_once(await _do(asked, lambda acting: desk.add_person(acting, wanted)))


async def set_roles(asked: Asked) -> wire.PersonOut:
    """Give a person these roles in place of those held."""
    sent, login = await read_fields(asked, wire.RolesIn), _named(asked, "login")
    return wire.person(await _do(asked, lambda acting: desk.set_roles(acting, login, sent.roles)))


async def disable(asked: Asked) -> wire.PersonOut:
    """End a person's access and sessions at once."""
    return await _set_disabled(asked, disabled=True)


async def enable(asked: Asked) -> wire.PersonOut:
    """Give a person access again."""
    return await _set_disabled(asked, disabled=False)


async def reset_password(asked: Asked) -> wire.PasswordOnce:
    """Make a new password of a person, in this answer only; the old one and all sessions end."""
    login = _named(asked, "login")
    return wire.password_once(await _do(asked, lambda acting: desk.reset_password(acting, login)))


async def clients(asked: Asked) -> wire.ClientsAnswer:
    """List all clients, expired and revoked ones too."""
    found = await _do(asked, desk.list_clients)
    return wire.ClientsAnswer(len(found), tuple(map(wire.client, found)))


async def add_client(asked: Asked) -> wire.SecretOnce:
    """Register a client; its secret and password are in this answer only."""
    sent = await read_fields(asked, wire.ClientIn)
    last_day = None if sent.last_day is None else parse_day(sent.last_day, parameter="last_day")
    new = await _do(
        asked,
        lambda acting: desk.add_client(
            acting, sent.client, name=sent.name, pids=sent.pids, last_day=last_day
        ),
    )
    return wire.secret_once(new)


async def rotate_client(asked: Asked) -> wire.SecretOnce:
    """Replace the secret and the password of a client, in this answer only; the old ones end at once."""
    client = _named(asked, "client")
    return wire.secret_once(await _do(asked, lambda acting: desk.rotate_client(acting, client)))


async def revoke_client(asked: Asked) -> wire.ClientOut:
    """End a client for good."""
    client = _named(asked, "client")
    return wire.client(await _do(asked, lambda acting: desk.revoke_client(acting, client)))


async def grant_client(asked: Asked) -> wire.ClientOut:
    """Say whose a client is, what it may and how often, in place of what was said before."""
    sent, client = await read_fields(asked, wire.GrantIn), _named(asked, "client")
    grant = Grant(sent.party, sent.scopes, sent.per_minute, sent.per_day)
    return wire.client(await _do(asked, lambda acting: desk.grant_client(acting, client, grant)))


async def _set_disabled(asked: Asked, *, disabled: bool) -> wire.PersonOut:
    login = _named(asked, "login")
    return wire.person(await _do(asked, lambda acting: desk.set_disabled(acting, login, disabled=disabled)))


async def _do(asked: Asked, work: Callable[[Acting], T]) -> T:
    return await at_desk(asked.parts, asked.request, work)


def _named(asked: Asked, name: str) -> str:
    return str(asked.request.path_params[name])
