"""`maksa clients`: who may use the gateway."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import click

from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.model.clients import SCOPES, Client
from maksa.model.jalali import TEHRAN
from maksa.registry.parties.clients import (
    Grant,
    NewClient,
    add_client,
    grant_client,
    last_day,
    list_clients,
    revoke_client,
    rotate_client,
)
from maksa.text import Text


@click.group("clients")
def command() -> None:
    """Register client systems of the gateway and end them."""


@command.command("add")
@click.argument("client_id", metavar="ID")
@click.option("--name", required=True, help="What the system is called.")
@click.option("--username", help="The user of its password grant; its id by default.")
@click.option("--pid", "pids", multiple=True, metavar="HEX24", help="A package id; made if none is given.")
@click.option("--expires", type=DAY, metavar="DAY", help="The last day on which it may ask.")
@acting
def add(
    session: Session,
    *,
    client_id: str,
    name: str,
    username: str | None,
    pids: tuple[str, ...],
    expires: date | None,
) -> None:
    """Register a client system; its secret and password are shown this once."""
    registry = desk_of(session).registry
    new = add_client(registry, client_id, name=name, username=username, pids=pids, expires=_end_of(expires))
    _show_once(session, new)


@command.command("rotate")
@click.argument("client_id", metavar="ID")
@acting
def rotate(session: Session, *, client_id: str) -> None:
    """Replace the secret and the password of a client; the old ones end at once."""
    _show_once(session, rotate_client(desk_of(session).registry, client_id))


@command.command("revoke")
@click.argument("client_id", metavar="ID")
@acting
def revoke(session: Session, *, client_id: str) -> None:
    """End a client for good."""
    client = revoke_client(desk_of(session).registry, client_id)
    if session.json:
        print_json(_record(client))
    else:
        said = Text(f"کارخواه {client.client_id} باطل شد.", f"The client {client.client_id} is revoked.")
        say(session, said)


@command.command("grant")
@click.argument("client_id", metavar="ID")
@click.option("--party", metavar="ID", help="The organisation whose it is.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    default=("read",),
    show_default=True,
    help="What it may do.",
)
@click.option("--per-minute", type=click.IntRange(1), help="Questions a minute; no bound by default.")
@click.option("--per-day", type=click.IntRange(1), help="Questions a day; no bound by default.")
@acting
def grant(
    session: Session,
    *,
    client_id: str,
    party: str | None,
    scopes: tuple[str, ...],
    per_minute: int | None,
    per_day: int | None,
) -> None:
    """Say whose a client is, what it may and how often, in place of what was said before.

    Each worker process counts for itself.
    """
    wanted = Grant(party, scopes, per_minute, per_day)
    client = grant_client(desk_of(session).registry, client_id, wanted)
    if session.json:
        print_json(_record(client))
    else:
        held = ", ".join(client.scopes)
        say(session, Text(f"کارخواه {client_id}: {held}", f"The client {client_id} may: {held}"))


@command.command("list")
@shared
def list_all(session: Session) -> None:
    """List all clients, expired and revoked ones too."""
    clients = list_clients(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(clients), "items": [_record(client) for client in clients]})
        return
    if not clients:
        say(session, Text("کارخواهی ثبت نشده است.", "No client is registered."))
        return
    headers = (
        Text("شناسه", "id"),
        Text("نام", "name"),
        Text("کاربر", "username"),
        Text("بسته‌ها", "pids"),
        Text("اعتبار تا", "expires"),
        words.STATUS,
    )
    print_table(session, headers, (_row(session, client) for client in clients))


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=1), time(), TEHRAN)


def _last_day(client: Client) -> date | None:
    if client.expires is None:
        return None
    return last_day(client.expires)


def _has_expired(client: Client) -> bool:
    return client.expires is not None and client.expires <= datetime.now(UTC)


def _show_once(session: Session, new: NewClient) -> None:
    if session.json:
        print_json({**_record(new.client), "secret": new.secret, "password": new.password})
        return
    client = new.client
    for label, value in (
        ("client_id", client.client_id),
        ("secret", new.secret),
        ("username", client.username),
        ("password", new.password),
        ("pid", ", ".join(client.pids)),
        ("expires", words.day_word(_last_day(client), session.language)),
    ):
        say(session, Text(f"{label}: {value}", f"{label}: {value}"))
    said = Text(
        "رمز و گذرواژه تنها همین یک بار نشان داده می‌شود؛ آن‌ها را نگه دارید.",
        "The secret and the password are shown this once; keep them.",
    )
    say(session, said)


def _record(client: Client) -> dict[str, Any]:
    return {
        "client_id": client.client_id,
        "name": client.name,
        "username": client.username,
        "pids": client.pids,
        "expires": client.expires,
        "expired": _has_expired(client),
        "revoked": client.revoked,
        "sandbox": client.sandbox,
        "party": client.party,
        "scopes": client.scopes,
        "per_minute": client.per_minute,
        "per_day": client.per_day,
    }


def _row(session: Session, client: Client) -> tuple[object, ...]:
    marks = (
        (client.revoked, Text("باطل", "revoked")),
        (_has_expired(client), Text("منقضی", "expired")),
        (client.sandbox, Text("آزمایشی همگانی", "public sandbox")),
    )
    return (
        client.client_id,
        client.name,
        client.username,
        ", ".join(client.pids),
        words.day_word(_last_day(client), session.language),
        "; ".join(text.in_language(session.language) for holds, text in marks if holds),
    )
