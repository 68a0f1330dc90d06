"""Who still uses an old list: clients whose questions and downloads show one, those that prove it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maksa.editions.shelf import Shelf
from maksa.model.jalali import today
from maksa.registry.adoption.board import first_observed, only_system
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.observed import Observed, observe
from maksa.registry.adoption.placing import read_places
from maksa.registry.adoption.uses import Used, read_uses
from maksa.registry.database import Registry
from maksa.registry.parties.parties import Party, list_parties


@dataclass(frozen=True, slots=True)
class OldListUser:
    """A client with signs of an old list in `observed.old`; `party` and `system` where they are recorded.

    `in_force` names the edition in force on the day asked; None: none is.
    """

    client: str
    party: Party | None
    system: str | None
    terminology: str
    in_force: str | None
    observed: Observed


def old_list_users(registry: Registry, shelf: Shelf, *, on: date | None = None) -> Sequence[OldListUser]:
    """List the clients that showed signs of an old list in the observed days up to one (None: today).

    Order: those that prove one (`observed.OldUse.proves`) first, then by party, client and list.
    """
    day, calendar = on or today(), Calendar(shelf)
    since = first_observed(day)
    parties = {party.party_id: party for party in list_parties(registry)}
    grouped: dict[tuple[str, str], list[Used]] = defaultdict(list)
    with registry.reading() as connection:
        places = read_places(connection)
        for one in read_uses(connection, since, day, calendar.changes(since, day)):
            grouped[one.use.client, one.use.terminology].append(one)
    found = []
    for (client, terminology), uses in grouped.items():
        observed = observe(calendar, uses)
        old = observed.old
        if not (old.named or old.downloads or old.retired or old.by_day):
            continue
        place, current = places.get(client), calendar.in_force(terminology, day)
        party = None if place is None else parties.get(place.party)
        system = None if place is None or party is None else place.system or only_system(party)
        found.append(
            OldListUser(
                client, party, system, terminology, None if current is None else current.edition, observed
            )
        )
    return sorted(found, key=_place_in_list)


def _place_in_list(user: OldListUser) -> tuple[bool, str, str, str]:
    party = "" if user.party is None else user.party.party_id
    return not user.observed.old.proves, party, user.client, user.terminology
