"""Parties that must use herbs, two editions of that list, clients that ask, and what they asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import insert

from maksa.model.adoption import Use
from maksa.model.edition import Letter
from maksa.registry.adoption.declarations import Declared, declare
from maksa.registry.adoption.obligations import Addressees, Duty, oblige
from maksa.registry.adoption.uses import add_uses
from maksa.registry.letters import record_letter
from maksa.registry.parties.clients import Grant, grant_client
from maksa.registry.parties.parties import Party, System, add_party
from maksa.registry.tables import client
from toy import place

INSURER = Party("tamin", "سازمان تأمین اجتماعی", "insurer")
VENDOR = Party(
    "rayan",
    "شرکت رایان",
    "vendor",
    (System("his", "سامانهٔ هیس", "hospital"), System("lis", "سامانهٔ لیس", "laboratory")),
)
ONE_SYSTEM = Party("mehr", "شرکت مهر", "vendor", (System("rx", "سامانهٔ داروخانه", "pharmacy"),))
FIRST, SECOND = date(2023, 3, 18), date(2024, 3, 16)
"""The days from which the two editions of herbs are in force."""
TODAY = date(2024, 6, 1)
HIS = Addressees(system_kinds=("hospital",))


def settle(registry, shelf):
    """Register the parties and a letter, and publish both editions of herbs long before they are in force."""
    for party in (INSURER, VENDOR, ONE_SYSTEM):
        add_party(registry, party)
    for number, day in ((1, FIRST), (2, SECOND)):
        place(
            shelf,
            edition=str(number),
            sequence=number,
            effective=day,
            published=datetime(2023, 1, number, tzinfo=UTC),
        )
    record_letter(registry, shelf, Letter("110/7", date(2024, 2, 1), "گیاهان", announces=(("herbs", None),)))


def client_of(registry, client_id, party):
    """Register a client of a party, or (None) of none; without secrets, of which the hashes cost time."""
    hashes = {"secret_hash": "", "password_hash": ""}
    values = {"client_id": client_id, "name": client_id, "username": client_id, **hashes}
    with registry.writing() as connection:
        connection.execute(insert(client).values(**values, revoked=False, sandbox=False))
    if party is not None:
        grant_client(registry, client_id, Grant(party))


def asked(
    registry, client_id, edition, count=1, *, kind="validate", way="now", day=TODAY, terminology="herbs"
):
    """Add to what a client asked on a day."""
    add_uses(registry, {Use(client_id, terminology, edition, kind, way): count}, day)


def duty(addressees=HIS, **rest):
    """Make a duty to use herbs, by the letter."""
    return Duty(**{"terminology": "herbs", "letter": "110/7", "addressees": addressees, **rest})


def obliged(registry, shelf, addressees=HIS, **rest):
    """Record a duty to use herbs."""
    return oblige(registry, shelf, duty(addressees, **rest))


def live(registry, shelf, edition="2", *, party="rayan", system="his", day=SECOND):
    """Declare herbs live."""
    return declare(registry, shelf, Declared(party, system, "herbs", "live", edition=edition, day=day))
