"""The discrepancy register as both floors of the desk ask for it: who sees which records, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from maksa.errors import NotFound
from maksa.intake.profile import load_profile
from maksa.registry.discrepancies import received, register, trend
from maksa.registry.discrepancies.received import Received, Sent
from maksa.registry.discrepancies.records import Discrepancy, Step
from maksa.registry.discrepancies.register import Decided, Wanted
from maksa.registry.discrepancies.trend import Upload
from maksa.text import Text
from maksa.web.desk.acting import Acting

SCOPE = "discrepancies"
"""What a client needs, to act in the name of its party."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is to answer for a record, and until which day; None leaves what stands."""

    owner: str | None = None
    deadline: date | None = None


def find(
    acting: Acting, wanted: Wanted, *, after: int = 0, limit: int = 100
) -> tuple[int, Sequence[Discrepancy]]:
    """Count and give the records asked for, of one's own party or, to who may see it, of all.

    Raises: Refused (another party, a client without the scope), BadParameter.
    """
    return register.list_discrepancies(acting.registry, _seen(acting, wanted), limit=limit, after=after)


def count(acting: Acting, wanted: Wanted) -> dict[tuple[str, str], int]:
    """Count the records asked for by kind and state. Raises: as `find`."""
    return register.count_discrepancies(acting.registry, _seen(acting, wanted))


def one(acting: Acting, number: int) -> tuple[Discrepancy, Sequence[Step]]:
    """Give a record and its history. Raises: NotFound, of another party's too."""
    own = acting.sees(SCOPE)
    if own is None:
        return register.find_discrepancy(acting.registry, number)
    try:
        record, steps = register.find_discrepancy(acting.registry, number)
    except NotFound:
        raise _not_of(own, number) from None
    if record.party != own:
        raise _not_of(own, number)
    return record, steps


def decide(acting: Acting, number: int, decided: Decided, *, again: bool = False) -> Discrepancy:
    """Decide a record. Raises: Refused naming role and act, NotFound, WrongState, BadParameter."""
    acting.require("discrepancy-decide")
    return register.decide(acting.registry, [number], decided, again=again)[0]


def assign(acting: Acting, number: int, assigned: Assigned) -> Discrepancy:
    """Give a record an owner or a deadline. Raises: as `decide`."""
    acting.require("discrepancy-decide")
    changed = register.assign(acting.registry, [number], owner=assigned.owner, deadline=assigned.deadline)
    return changed[0]


def receive(acting: Acting, sent: Sent) -> Received:
    """Receive a party's list for the comparison.

    Raises: Refused (role, scope, another party), NotFound (party), UnknownTerminology, BadParameter, TooLarge, OverQuota.
    """
    acting.require("discrepancy-report", scope=SCOPE)
    acting.require_party(sent.party, unless="discrepancy-decide")
    listed = acting.home.service.terminology(sent.list, on=sent.day).terminology.id
    load_profile(sent.profile)
    return received.receive(acting.registry, replace(sent, list=listed))


def received_list(acting: Acting, number: int) -> Received:
    """Give a list that was received. Raises: NotFound, of another party's too."""
    own = acting.sees(SCOPE)
    try:
        found = received.find_received(acting.registry, number)
    except NotFound:
        if own is None:
            raise
        raise _not_received_of(own, number) from None
    if own is not None and found.party != own:
        raise _not_received_of(own, number)
    return found


def received_lists(acting: Acting, *, party: str | None = None, limit: int = 100) -> Sequence[Received]:
    """Give the lists received, newest first. Raises: Refused (another party)."""
    party = _seen(acting, Wanted(party=party)).party
    return received.list_received(acting.registry, party=party, limit=limit)


def uploads(acting: Acting, party: str, terminology: str | None = None) -> Sequence[Upload]:
    """Give the uploads of a party, oldest first. Raises: Refused (another party), BadParameter."""
    acting.sees(SCOPE)
    acting.require_party(party)
    return trend.list_uploads(acting.registry, party, terminology)


def _seen(acting: Acting, wanted: Wanted) -> Wanted:
    own = acting.sees(SCOPE)
    if own is None:
        return wanted
    if wanted.party is not None:
        acting.require_party(wanted.party)
    return replace(wanted, party=own)


def _not_of(party: str, number: int) -> NotFound:
    return NotFound(
        Text(
            f"مغایرت شمارهٔ {number} در میان پرونده‌های سازمان «{party}» نیست.",
            f"There is no discrepancy {number} among the records of the party '{party}'.",
        )
    )


def _not_received_of(party: str, number: int) -> NotFound:
    return NotFound(
        Text(
            f"فهرست رسیدهٔ {number} در میان فهرست‌های سازمان «{party}» نیست.",
            f"There is no received list {number} among those of the party '{party}'.",
        )
    )
