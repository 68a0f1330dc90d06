"""`maksa people`: who may work at the desk, for which party, in which roles."""

from __future__ import annotations

from dataclasses import asdict

import click

from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.cli.people_providers import link, links, providers
from maksa.home import open_home
from maksa.registry.parties.access import roles as all_roles
from maksa.registry.parties.people import (
    NewPassword,
    Person,
    add_person,
    disable_person,
    list_people,
    reset_password,
    set_roles,
)
from maksa.text import Text

_ROLE = click.option(
    "--role", "roles", multiple=True, type=click.Choice(list(all_roles())), help="A role at the party."
)


@click.group("people")
def command() -> None:
    """Register the people of the desk, their roles and passwords."""


for part in (providers, link, links):
    command.add_command(part)


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--party", required=True, metavar="ID", help="The organisation.")
@_ROLE
@acting
def add(session: Session, *, login: str, name: str, party: str, roles: tuple[str, ...]) -> None:
    """Register somebody of an organisation; the first password is shown this once."""
    registry = desk_of(session).registry
    _show_once(session, add_person(registry, login, name=name, party_id=party, roles=roles))


@command.command("list")
@shared
def list_all(session: Session) -> None:
    """List all people, disabled ones too."""
    people = list_people(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(people), "items": people})
        return
    if not people:
        say(session, Text("کسی ثبت نشده است.", "Nobody is registered."))
        return
    headers = (
        Text("شناسه", "login"),
        Text("نام", "name"),
        Text("سازمان", "party"),
        Text("نقش‌ها", "roles"),
        words.STATUS,
    )
    print_table(session, headers, (_row(session, person) for person in people))


@command.command("roles")
@click.argument("login")
@_ROLE
@acting
def roles(session: Session, *, login: str, roles: tuple[str, ...]) -> None:
    """Give a person these roles in place of those held; without any, all end."""
    person = set_roles(desk_of(session).registry, login, roles)
    held = _roles(session, person)
    _tell(session, person, Text(f"نقش‌های {login}: {held or '-'}", f"Roles of {login}: {held or '-'}"))


@command.command("disable")
@click.argument("login")
@click.option("--undo", is_flag=True, help="Give access again.")
@acting
def disable(session: Session, *, login: str, undo: bool) -> None:
    """End a person's access and sessions at once."""
    person = disable_person(desk_of(session).registry, login, disabled=not undo)
    if undo:
        said = Text(f"دسترسی {login} باز شد.", f"{login} has access again.")
    else:
        said = Text(f"دسترسی {login} پایان یافت.", f"{login} has no access any more.")
    _tell(session, person, said)


@command.command("password")
@click.argument("login")
@acting
def password(session: Session, *, login: str) -> None:
    """Make a new password, shown this once; the old one and all sessions end."""
    _show_once(session, reset_password(desk_of(session).registry, login))


def _tell(session: Session, person: Person, said: Text) -> None:
    if session.json:
        print_json(person)
    else:
        say(session, said)


def _show_once(session: Session, new: NewPassword) -> None:
    if session.json:
        print_json({**asdict(new.person), "password": new.password})
        return
    for label, value in (("login", new.person.login), ("password", new.password)):
        say(session, Text(f"{label}: {value}", f"{label}: {value}"))
    said = Text(
        "گذرواژه تنها همین یک بار نشان داده می‌شود؛ آن را پنهانی برسانید.",
        "The password is shown this once; hand it over in private.",
    )
    say(session, said)


def _roles(session: Session, person: Person) -> str:
    known = all_roles()
    return ", ".join(known[role].title.in_language(session.language) for role in person.roles)


def _row(session: Session, person: Person) -> tuple[object, ...]:
    status = Text("بی‌دسترسی", "disabled").in_language(session.language) if person.disabled else ""
    return (person.login, person.name, person.party_id, _roles(session, person), status)
