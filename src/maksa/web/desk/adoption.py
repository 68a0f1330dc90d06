"""The adoption board as both floors of the desk ask for it: who sees which parties, who declares, and who keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from maksa.errors import BadParameter
from maksa.model.clients import require_scope
from maksa.registry.adoption import certificates, declarations, obligations, reminded, reminders
from maksa.registry.adoption.board import Asked, Board, adoption_board
from maksa.registry.adoption.certificates import Passed
from maksa.registry.adoption.declarations import Declared
from maksa.registry.adoption.obligations import Addressees, Duty
from maksa.registry.adoption.old_lists import OldListUser, old_list_users
from maksa.registry.adoption.records import Certificate, Declaration, Obligation
from maksa.registry.adoption.reminded import Reminded, Reminder
from maksa.registry.adoption.reminders import Sending
from maksa.registry.adoption.trend import Week, adoption_trend
from maksa.text import Text
from maksa.web.desk.acting import Acting

SCOPE = "adoption"
"""What a client needs, to act in the name of its party."""
KEEP = "adoption-keep"
"""The act of who keeps the board."""


@dataclass(frozen=True, slots=True)
class Obliging:
    """Who is to use what by which letter: None of `terminology` is all that it announces, of `addressees` those it speaks to."""

    letter: str
    terminology: str | None = None
    edition: str | None = None
    addressees: Addressees | None = None
    deadline: date | None = None


def board(acting: Acting, asked: Asked, on: date | None = None) -> Board:
    """Give the board of one's own party or, to who may see it, of all; others are told nothing of the others' clients.

    Raises: Refused (another party, a client without the scope), and as adoption_board.
    """
    own = acting.sees(SCOPE)
    found = adoption_board(
        acting.registry, acting.shelf, replace(asked, party=_seen(acting, asked.party)), on=on
    )
    if own is None:
        return found
    return replace(
        found, without_systems=tuple(one for one in found.without_systems if one == own), of_nobody=0
    )


def old_lists(acting: Acting, on: date | None = None) -> Sequence[OldListUser]:
    """List the clients that show signs of an old list: those of one's own party, or of all. Raises: as `board`."""
    own = acting.sees(SCOPE)
    found = old_list_users(acting.registry, acting.shelf, on=on)
    return [one for one in found if own is None or (one.party is not None and one.party.party_id == own)]


def trend(
    acting: Acting, *, on: date | None = None, weeks: int = 12, terminology: str | None = None
) -> Sequence[Week]:
    """Give the weeks of all parties together. Raises: Refused for who may not see all, and as adoption_trend."""
    acting.require("registry-read")
    return adoption_trend(acting.registry, acting.shelf, on=on, weeks=weeks, terminology=terminology)


def list_obligations(acting: Acting) -> Sequence[Obligation]:
    """List all obligations; everybody may know them. Raises: Refused for a client without the scope."""
    acting.sees(SCOPE)
    return obligations.list_obligations(acting.registry)


def oblige(acting: Acting, wanted: Obliging) -> Sequence[Obligation]:
    """Oblige to one list, or to all that a letter announces. Raises: Refused, and as oblige_all and duties_of_letter."""
    acting.require(KEEP)
    if wanted.terminology is None:
        duties = obligations.duties_of_letter(
            acting.shelf, wanted.letter, addressees=wanted.addressees, deadline=wanted.deadline
        )
    else:
        to = wanted.addressees or obligations.addressees_of(wanted.letter)
        duties = [Duty(wanted.terminology, wanted.letter, to, wanted.edition, wanted.deadline)]
    return obligations.oblige_all(acting.registry, acting.shelf, duties)


def end_obligation(acting: Acting, number: int, why: str) -> Obligation:
    """Lift an obligation. Raises: Refused, and as end_obligation."""
    acting.require(KEEP)
    return obligations.end_obligation(acting.registry, number, why)


def list_declarations(
    acting: Acting, party: str | None = None, terminology: str | None = None
) -> Sequence[Declaration]:
    """Give what was declared, by one's own party or by all, oldest first. Raises: as `board`."""
    held = None if terminology is None else acting.home.service.terminology(terminology).terminology.id
    return declarations.list_declarations(acting.registry, party=_seen(acting, party), terminology=held)


def declare(acting: Acting, declared: Declared, why: str | None) -> Declaration:
    """Declare for one's own party, or with a reason for another one. Raises: Refused, and as declare."""
    if acting.client is not None:
        require_scope(acting.client, SCOPE)
        acting.require_party(declared.party)
    else:
        declarations.require_declaring(acting.roles, acting.party, declared.party, why)
    return declarations.declare(acting.registry, acting.shelf, declared, why=why)


def list_certificates(acting: Acting, party: str | None = None) -> Sequence[Certificate]:
    """Give the certificates of one's own party or of all, oldest first. Raises: as `board`."""
    return certificates.list_certificates(acting.registry, party=_seen(acting, party))


def certify(acting: Acting, passed: Passed) -> Certificate:
    """Record that a system passed a test. Raises: Refused, and as certify."""
    acting.require(KEEP)
    return certificates.certify(acting.registry, acting.shelf, passed)


def list_reminders(acting: Acting, party: str | None = None) -> Sequence[tuple[Reminder, Reminded]]:
    """Give the letters of reminder to one's own party or to all, oldest first. Raises: as `board`."""
    return reminded.list_reminders(acting.registry, party=_seen(acting, party))


def remind(
    acting: Acting, party: str | None, sending: Sending, *, terminology: str | None, overdue: bool
) -> Sequence[Reminder]:
    """Record letters of reminder: to one party of what is open with it, or to all parties with something overdue.

    Raises: Refused; BadParameter when neither or both are named; as remind_party and remind_overdue.
    """
    acting.require(KEEP)
    if (party is None) != overdue:
        raise BadParameter(
            "party",
            Text(
                "یا یک سازمان را بدهید، یا overdue را برای همهٔ آن‌هایی که مهلتشان گذشته است.",
                "Give either a party, or overdue for all of those whose deadline has passed.",
            ),
        )
    if party is None:
        return reminders.remind_overdue(acting.registry, acting.shelf, sending, terminology=terminology)
    return [reminders.remind_party(acting.registry, acting.shelf, party, sending, terminology=terminology)]


def _seen(acting: Acting, party: str | None) -> str | None:
    own = acting.sees(SCOPE)
    if own is None:
        return party
    if party is not None:
        acting.require_party(party)
    return own
