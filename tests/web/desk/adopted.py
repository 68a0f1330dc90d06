"""What tests of the board's doors set up: a vendor, a second edition, a letter, and clients that asked for the first one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from adopting import HIS, SECOND, VENDOR, asked, client_of, obliged

from maksa.model.edition import Letter
from maksa.model.jalali import today
from maksa.registry.adoption.obligations import Addressees
from maksa.registry.adoption.placing import place_client
from maksa.registry.letters import record_letter
from maksa.registry.parties.parties import add_party
from toy import place

BOTH = Addressees(("insurer",), HIS.system_kinds)
LETTER = {"letter": "110/99", "day": "1404/01/01", "signatory": ["نام", "سمت"]}
"""A letter of reminder, but for whom."""


def settle_desk(home) -> None:
    """Oblige insurers and hospital systems to herbs, by a letter, with a deadline that passed; both asked for an old edition."""
    add_party(home.registry, VENDOR)
    place(
        home.shelf,
        edition="2",
        sequence=2,
        effective=SECOND,
        published=datetime(2023, 1, 2, tzinfo=UTC),
    )
    letter = Letter("110/7", date(2024, 2, 1), "گیاهان", announces=(("herbs", None),))
    record_letter(home.registry, home.shelf, letter)
    home.shelf.refresh()
    obliged(home.registry, home.shelf, BOTH, deadline=date(2024, 5, 1))
    for name, party in (("his-client", "rayan"), ("tamin-client", "tamin"), ("stray", None)):
        client_of(home.registry, name, party)
        asked(home.registry, name, "1", 3, way="edition", day=today())
    place_client(home.registry, "his-client", "his")
