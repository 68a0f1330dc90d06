"""The people of the desk: at which party, with which roles; made with a password that is shown once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from maksa.errors import NotFound, WrongState
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.access import checked_roles, in_order
from maksa.registry.parties.parties import checked_id, checked_name, held_party, shown_value
from maksa.registry.parties.tables import person as people
from maksa.registry.parties.tables import person_role, person_session
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a party; `roles` are names of registry/parties/access.toml. Never with a password."""

    login: str
    name: str
    party_id: str
    roles: tuple[str, ...]
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A person with a password just made, in clear: shown once, never stored."""

    person: Person
    password: str

    def __repr__(self) -> str:
        """Leave the password out: what is logged by mistake holds none."""
        return f"NewPassword({self.person!r})"


def add_person(
    registry: Registry, login: str, *, name: str, party_id: str, roles: Sequence[str]
) -> NewPassword:
    """Register somebody of a party, with roles that can be held there, and make the first password.

    Raises: BadInput (form of login or name, a role not of this kind of party), NotFound (party, role),
            WrongState (the login is taken).
    Cost: one argon2 hash, some 30 ms of CPU, as in `reset_password`.
    """
    login, name = checked_id(login), checked_name(name)
    password, hashed = _new_password()
    try:
        with registry.writing() as connection:
            held = checked_roles(roles, held_party(connection, party_id).kind)
            values = {"login": login, "name": name, "party_id": party_id, "password_hash": hashed}
            connection.execute(
                insert(people).values(**values, disabled=False, failures=0, added=datetime.now(UTC))
            )
            _write_roles(connection, login, held)
            write_entry(registry, connection, "person-add", login, party=party_id, roles=list(held))
    except IntegrityError:
        raise _taken(login) from None
    return NewPassword(Person(login, name, party_id, held), password)


def list_people(registry: Registry) -> tuple[Person, ...]:
    """List all people, disabled ones too, in the order of their logins."""
    with registry.reading() as connection:
        held: dict[str, list[str]] = {}
        for row in connection.execute(select(person_role)):
            held.setdefault(row.login, []).append(row.role)
        rows = connection.execute(select(people).order_by(people.c.login))
        return tuple(person_of(row, held.get(row.login, ())) for row in rows)


def set_roles(registry: Registry, login: str, roles: Sequence[str]) -> Person:
    """Give a person these roles in place of those held; they hold from the next act on.

    Raises: NotFound (person, role), BadInput (a role not of the party's kind).
    """
    with registry.writing() as connection:
        before = held_person(connection, login)
        held = checked_roles(roles, held_party(connection, before.party_id).kind)
        if held != before.roles:
            connection.execute(delete(person_role).where(person_role.c.login == login))
            _write_roles(connection, login, held)
            write_entry(
                registry, connection, "person-roles", login, roles=list(held), before=list(before.roles)
            )
        return held_person(connection, login)


def disable_person(registry: Registry, login: str, *, disabled: bool = True) -> Person:
    """End a person's access and all sessions at once, or (`disabled` false) give access again. Raises: NotFound."""
    with registry.writing() as connection:
        if held_person(connection, login).disabled != disabled:
            connection.execute(update(people).where(people.c.login == login).values(disabled=disabled))
            connection.execute(delete(person_session).where(person_session.c.login == login))
            write_entry(registry, connection, "person-disable" if disabled else "person-enable", login)
        return held_person(connection, login)


def reset_password(registry: Registry, login: str) -> NewPassword:
    """Make a new password; the old one, all sessions and every wait after wrong passwords end. Raises: NotFound."""
    password, hashed = _new_password()
    with registry.writing() as connection:
        person = held_person(connection, login)
        write_password(connection, login, hashed)
        write_entry(registry, connection, "person-password", login)
    return NewPassword(person, password)


def write_password(connection: Connection, login: str, hashed: str) -> None:
    """Keep the hash of a new password and end what the old one opened."""
    fresh = {"password_hash": hashed, "failures": 0, "waits_until": None}
    connection.execute(update(people).where(people.c.login == login).values(fresh))
    connection.execute(delete(person_session).where(person_session.c.login == login))


def held_person(connection: Connection, login: str) -> Person:
    """Give a registered person. Raises: NotFound."""
    row = None
    if "\0" not in login:  # No login has one, and PostgreSQL refuses the question.
        row = connection.execute(select(people).where(people.c.login == login)).one_or_none()
    if row is None:
        shown = shown_value(login)
        raise NotFound(
            Text(fa=f"کسی با شناسهٔ «{shown}» ثبت نیست.", en=f"Nobody is registered as '{shown}'."),
            mend=Text(fa="فهرست «maksa people list» را ببینید.", en="See 'maksa people list'."),
        )
    roles = connection.scalars(select(person_role.c.role).where(person_role.c.login == login))
    return person_of(row, tuple(roles))


def person_of(row: Row[tuple[object, ...]], roles: Sequence[str]) -> Person:
    """Make the record of a row of the table of people and the roles held."""
    return Person(row.login, row.name, row.party_id, in_order(roles), row.disabled)


def _write_roles(connection: Connection, login: str, roles: Sequence[str]) -> None:
    if roles:
        connection.execute(insert(person_role), [{"login": login, "role": role} for role in roles])


def _new_password() -> tuple[str, str]:
    password = secrets.token_urlsafe(15)
    return password, PasswordHasher().hash(password)


def _taken(login: str) -> WrongState:
    return WrongState(
        Text(fa=f"شناسهٔ «{login}» از پیش گرفته شده است.", en=f"The login '{login}' is taken."),
        mend=Text(
            fa="شناسهٔ دیگری برگزینید، یا گذرواژهٔ همان فرد را تازه کنید.",
            en="Choose another one, or reset the password of that person.",
        ),
    )
