"""`maksa adoption oblige | lift | declare | certify | place`: what the centre records."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import click

from maksa.cli.asking import desk_of
from maksa.cli.options import DAY, Session, acting
from maksa.cli.output import print_json, say
from maksa.registry.adoption import certificates, declarations, obligations, placing
from maksa.registry.adoption.records import DECLARED
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS
from maksa.text import Text

_PARTY = click.option("--party", required=True, metavar="ID", help="The party.")
_WHY = click.option("--why", required=True, metavar="TEXT", help="Why.")


@click.command("oblige")
@click.option("--letter", required=True, metavar="NUMBER", help="The letter behind it.")
@click.option(
    "--terminology",
    "terminologies",
    multiple=True,
    metavar="ID[:EDITION]",
    help="A list, or an edition of it that will do; those that the letter announces by default.",
)
@click.option(
    "--party-kind",
    multiple=True,
    type=click.Choice(list(PARTY_KINDS)),
    help="Parties of this kind as a whole.",
)
@click.option(
    "--system-kind", multiple=True, type=click.Choice(list(SYSTEM_KINDS)), help="Systems of this kind."
)
@click.option("--deadline", type=DAY, metavar="DAY", help="By when.")
@acting
def oblige(
    session: Session,
    *,
    letter: str,
    terminologies: tuple[str, ...],
    party_kind: tuple[str, ...],
    system_kind: tuple[str, ...],
    deadline: date | None,
) -> None:
    """Record who must use which lists by when, by a letter.

    Without kinds they are those to whom the letter speaks, where this program knows them (110/88, 110/123, 110/130, 110/356).
    """
    home = desk_of(session)
    kinds = obligations.Addressees(party_kind, system_kind) if party_kind or system_kind else None
    if terminologies:
        to = kinds or obligations.addressees_of(letter)
        named = (written.partition(":") for written in terminologies)
        duties = [obligations.Duty(name, letter, to, edition or None, deadline) for name, _, edition in named]
    else:
        duties = list(obligations.duties_of_letter(home.shelf, letter, addressees=kinds, deadline=deadline))
    held = obligations.oblige_all(home.registry, home.shelf, duties)
    if session.json:
        print_json({"total": len(held), "items": held})
        return
    for one in held:
        name = one.terminology if one.edition is None else f"{one.terminology} {one.edition}"
        say(session, Text(f"الزام {one.number}: {name}", f"Obligation {one.number}: {name}"))


@click.command("lift")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@_WHY
@acting
def lift(session: Session, *, number: int, why: str) -> None:
    """Lift an obligation: from now on nobody is held to it."""
    held = obligations.end_obligation(desk_of(session).registry, number, why)
    if session.json:
        print_json(held)
        return
    say(session, Text(f"الزام {number} برداشته شد.", f"The obligation {number} is lifted."))


@click.command("declare")
@_PARTY
@click.option("--system", metavar="ID", help="One of its systems; without it, the party as a whole.")
@click.option("--terminology", required=True, metavar="ID", help="The list.")
@click.option("--edition", metavar="NAME", help="The edition of it.")
@click.option("--state", required=True, type=click.Choice(list(DECLARED)), help="What is declared.")
@click.option("--day", type=DAY, metavar="DAY", help="Since when it is live, or for when it is planned.")
@click.option("--reason", metavar="TEXT", help="Why it is not applicable.")
@click.option("--note", metavar="TEXT", help="A note of the party.")
@click.option("--letter", metavar="NUMBER", help="The party's own letter.")
@_WHY
@acting
def declare(
    session: Session,
    *,
    party: str,
    terminology: str,
    state: str,
    why: str,
    day: date | None,
    **more: str | None,
) -> None:
    """Record what a party declared of a list; earlier declarations stay, the last one stands.

    It is declared here in the place of the party, hence --why. The party's officers declare through the API.
    """
    home = desk_of(session)
    declared = declarations.Declared(party=party, terminology=terminology, state=state, day=day, **more)
    held = declarations.declare(home.registry, home.shelf, declared, why=why)
    if session.json:
        print_json(held)
        return
    word = DECLARED[held.state]
    say(
        session,
        Text(f"اعلام {held.number} ثبت شد: {word.fa}.", f"Declaration {held.number} is recorded: {word.en}."),
    )


@click.command("certify")
@_PARTY
@click.option("--system", required=True, metavar="ID", help="Its system that passed.")
@click.option("--terminology", required=True, metavar="ID", help="The list.")
@click.option("--edition", required=True, metavar="NAME", help="The edition of it.")
@click.option("--kit", required=True, metavar="NAME", help="The test.")
@click.option("--version", required=True, metavar="NAME", help="Its version.")
@click.option("--passed", required=True, type=DAY, metavar="DAY", help="When it was passed.")
@click.option("--valid-until", required=True, type=DAY, metavar="DAY", help="The last day on which it holds.")
@click.option("--by", "examiner", required=True, metavar="NAME", help="Who tested.")
@click.option(
    "--evidence",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The report of the test; its hash is kept, not the file.",
)
@acting
def certify(session: Session, *, evidence: Path, passed: date, valid_until: date, **more: str) -> None:
    """Record that a system passed a test for an edition of a list."""
    home = desk_of(session)
    found = certificates.Passed(evidence=_hash_of(evidence), passed=passed, valid_until=valid_until, **more)
    held = certificates.certify(home.registry, home.shelf, found)
    if session.json:
        print_json(held)
        return
    say(session, Text(f"گواهی {held.number} ثبت شد.", f"Certificate {held.number} is recorded."))


@click.command("place")
@click.argument("client_id", metavar="CLIENT")
@click.option("--system", metavar="ID", help="A system of the client's party; without it, of no certain one.")
@acting
def place(session: Session, *, client_id: str, system: str | None) -> None:
    """Record of which of its party's systems a client is, so that what it asks counts for that one."""
    held = placing.place_client(desk_of(session).registry, client_id, system)
    if session.json:
        print_json(held)
        return
    of = held.party if held.system is None else f"{held.party} {held.system}"
    say(session, Text(f"{client_id} از آنِ {of} است.", f"{client_id} is of {of}."))


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


COMMANDS = (oblige, lift, declare, certify, place)
