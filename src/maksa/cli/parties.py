"""`maksa parties`: the organisations and their systems."""

from __future__ import annotations

import click

from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS, Party, System, add_party, list_parties
from maksa.text import Text


@click.group("parties")
def command() -> None:
    """Register organisations and the systems that they make or run."""


@command.command("add")
@click.argument("party_id", metavar="ID")
@click.option("--name", required=True, help="What the organisation is called.")
@click.option("--kind", required=True, type=click.Choice(list(PARTY_KINDS)), help="What it is.")
@click.option(
    "--system",
    "systems",
    multiple=True,
    metavar="ID:KIND:NAME",
    help=f"A system of it; its kind is one of {', '.join(SYSTEM_KINDS)}.",
)
@acting
def add(session: Session, *, party_id: str, name: str, kind: str, systems: tuple[str, ...]) -> None:
    """Register an organisation, or give a registered one further systems."""
    party = Party(party_id, name, kind, tuple(_system_of(one) for one in systems))
    held = add_party(desk_of(session).registry, party)
    if session.json:
        print_json(held)
        return
    count = len(held.systems)
    fa = f"سازمان {held.party_id} با {count} سامانه ثبت است."
    say(session, Text(fa, f"The party {held.party_id} is registered; systems: {count}."))


@command.command("list")
@click.option("--kind", type=click.Choice(list(PARTY_KINDS)), help="Those of one kind.")
@shared
def list_all(session: Session, *, kind: str | None) -> None:
    """List the organisations and their systems."""
    parties = list_parties(open_home(session.home).registry, kind)
    if session.json:
        print_json({"total": len(parties), "items": parties})
        return
    if not parties:
        say(session, Text("سازمانی ثبت نشده است.", "No party is registered."))
        return
    headers = (Text("شناسه", "id"), words.KIND, Text("نام", "name"), Text("سامانه‌ها", "systems"))
    print_table(session, headers, (_row(session, party) for party in parties))


def _row(session: Session, party: Party) -> tuple[object, ...]:
    systems = ", ".join(f"{one.system_id} ({one.kind})" for one in party.systems)
    kind = PARTY_KINDS[party.kind].in_language(session.language)
    return (party.party_id, kind, party.name, systems)


def _system_of(written: str) -> System:
    system_id, _, rest = written.partition(":")
    kind, _, name = rest.partition(":")
    if not (system_id and kind and name):
        raise BadParameter(
            "--system",
            Text(f"«{written[:60]}» سامانه‌ای را نمی‌گوید.", f"--system: '{written[:60]}' names no system."),
            mend=Text("مانند his:hospital:نام بدهید.", "Write it as his:hospital:NAME."),
        )
    return System(system_id, name, kind)
