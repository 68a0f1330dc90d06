"""The JSON of parties, people and clients."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import msgspec

from maksa.model.clients import Client
from maksa.web.api.wire import Record

if TYPE_CHECKING:
    from maksa.registry.parties.clients import NewClient
    from maksa.registry.parties.parties import Party
    from maksa.registry.parties.people import NewPassword, Person

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Shorts = Annotated[tuple[Short, ...], msgspec.Meta(max_length=50)]
Quota = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]


class SystemIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A system that a party makes or runs."""

    system: Short
    name: Short
    kind: Short


class PartyIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation to register, or one that is registered with further systems."""

    party: Short
    name: Short
    kind: Short
    systems: Annotated[tuple[SystemIn, ...], msgspec.Meta(max_length=200)] = ()


class PersonIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to register, with roles that can be held at the party."""

    login: Short
    name: Short
    party: Short
    roles: Shorts = ()


class RolesIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The roles to hold in place of those held; none ends all."""

    roles: Shorts


class ClientIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A client to register; a pid is made if none is given; `last_day` (Jalali or ISO) is the last on which it may ask."""

    client: Short
    name: Short
    pids: Shorts = ()
    last_day: Short | None = None


class GrantIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose a client is, what it may and how often, in place of what was said before; null is no bound."""

    party: Short | None = None
    scopes: Shorts = ("read",)
    per_minute: Quota | None = None
    per_day: Quota | None = None


class SystemOut(Record, frozen=True):
    """A system of a party."""

    system: str
    name: str
    kind: str


class PartyOut(Record, frozen=True):
    """An organisation."""

    party: str
    name: str
    kind: str
    systems: tuple[SystemOut, ...]


class PartiesAnswer(Record, frozen=True):
    """Parties in the order of their ids."""

    total: int
    items: tuple[PartyOut, ...]


class PersonOut(Record, frozen=True):
    """Somebody of a party; never with a password."""

    login: str
    name: str
    party: str
    roles: tuple[str, ...]
    disabled: bool


class PeopleAnswer(Record, frozen=True):
    """All people, disabled ones too, in the order of their logins."""

    total: int
    items: tuple[PersonOut, ...]


class PasswordOnce(Record, frozen=True):
    """Somebody with a password just made, told in this answer and never again."""

    person: PersonOut
    password: str


class ClientOut(Record, frozen=True):
    """A client of the gateway and the native API; never with its secret."""

    client: str
    name: str
    username: str
    pids: tuple[str, ...]
    expires: str | None
    expired: bool
    revoked: bool
    sandbox: bool
    party: str | None
    scopes: tuple[str, ...]
    per_minute: int | None
    per_day: int | None


class ClientsAnswer(Record, frozen=True):
    """All clients, expired and revoked ones too, in the order of their ids."""

    total: int
    items: tuple[ClientOut, ...]


class SecretOnce(Record, frozen=True):
    """A client with its secret and the password of its user just made, told in this answer and never again."""

    client: ClientOut
    secret: str
    password: str


def party(one: Party) -> PartyOut:
    """Write a party."""
    systems = tuple(SystemOut(system.system_id, system.name, system.kind) for system in one.systems)
    return PartyOut(one.party_id, one.name, one.kind, systems)


def person(one: Person) -> PersonOut:
    """Write a person."""
    return PersonOut(one.login, one.name, one.party_id, one.roles, one.disabled)


def password_once(new: NewPassword) -> PasswordOnce:
    """Write a person with the password just made."""
    return PasswordOnce(person(new.person), new.password)


def client(one: Client) -> ClientOut:
    """Write a client."""
    return ClientOut(
        client=one.client_id,
        name=one.name,
        username=one.username,
        pids=one.pids,
        expires=None if one.expires is None else one.expires.isoformat(timespec="seconds"),
        expired=one.expires is not None and one.expires <= datetime.now(UTC),
        revoked=one.revoked,
        sandbox=one.sandbox,
        party=one.party,
        scopes=one.scopes,
        per_minute=one.per_minute,
        per_day=one.per_day,
    )


def secret_once(new: NewClient) -> SecretOnce:
    """Write a client with the secrets just made."""
    return SecretOnce(client(new.client), new.secret, new.password)
