"""The adoption board: for each party, system and list what is due, declared, observed and certified, and the state of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.model.jalali import TEHRAN, today
from maksa.model.persian import ascii_digits
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.certificates import read_certificates
from maksa.registry.adoption.declarations import read_declarations
from maksa.registry.adoption.obligations import read_obligations
from maksa.registry.adoption.observed import Observed, observe
from maksa.registry.adoption.placing import Place, read_places
from maksa.registry.adoption.records import Certificate, Declaration, Obligation
from maksa.registry.adoption.reminded import Key, Reminded, read_reminded
from maksa.registry.adoption.standing import STATES, state_of
from maksa.registry.adoption.uses import Used, read_uses
from maksa.registry.database import Registry
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS, Party, System, held_party, list_parties
from maksa.text import Text

OBSERVED_DAYS = 30
"""Days, the one asked of being the last, in which the use of lists is observed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for; None asks for any. `kind` is of parties, `system_kind` of systems, `letter` a number."""

    party: str | None = None
    kind: str | None = None
    system_kind: str | None = None
    terminology: str | None = None
    state: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A party as a whole (`system` is None) or one of its systems, and one list.

    `wanted` is the edition in force, `deadline` the earliest of its obligations, `declared` what was declared last, for a
    system without a declaration of its own what the party declared as a whole. `observed` is the use of the party's
    clients, or of those of the system. `certified` is the last certificate, whether it holds or not.
    """

    party: Party
    system: System | None
    terminology: str
    title: Text
    wanted: str | None
    obligations: tuple[Obligation, ...]
    deadline: date | None
    declared: Declaration | None
    observed: Observed
    certified: Certificate | None
    certificate_holds: bool
    reminders: tuple[Reminded, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Board:
    """The rows asked for, by party, system and list; `states` counts them whatever state was asked for.

    `since` is the first day observed. `without_systems` are vendors of which no system is registered, so that no duty of
    systems reaches them. `of_nobody` counts questions of clients that are of no party.
    """

    on: date
    since: date
    rows: tuple[BoardRow, ...]
    states: Mapping[str, int]
    without_systems: tuple[str, ...]
    of_nobody: int


def adoption_board(
    registry: Registry, shelf: Shelf, asked: Asked | None = None, *, on: date | None = None
) -> Board:
    """Make the board of a day (None: today).

    Raises: BadParameter (a kind or state that there is not), NotFound (no such party), UnknownTerminology.
    Cost: reads the room's tables and a month of uses: 0.4 s of CPU for a thousand systems, twelve lists and 150,000
          counts; never in the event loop.
    """
    day, calendar = on or today(), Calendar(shelf)
    wanted = _checked(asked or Asked(), calendar)
    parties = {party.party_id: party for party in list_parties(registry)}
    with registry.reading() as connection:
        if wanted.party is not None:
            held_party(connection, wanted.party)
        facts = _read(connection, calendar, parties, day)
    keys = sorted(key for key in facts.all_keys() if _is_asked(wanted, facts, key))
    rows = [facts.row(key) for key in keys]
    if wanted.letter is not None:
        rows = [row for row in rows if any(one.letter == wanted.letter for one in row.obligations)]
    counts = Counter(row.state for row in rows)
    return Board(
        on=day,
        since=facts.since,
        rows=tuple(row for row in rows if wanted.state in {None, row.state}),
        states={state: counts[state] for state in STATES if counts[state]},
        without_systems=tuple(sorted(_without_systems(parties.values()))),
        of_nobody=facts.of_nobody,
    )


def first_observed(on: date) -> date:
    """Give the first of the days that are observed for the board of a day."""
    return on - timedelta(days=OBSERVED_DAYS - 1)


@dataclass(slots=True)
class _Facts:
    """What the rows are made of, by key: a party, a system ('' for none), and a list."""

    on: date
    since: date
    calendar: Calendar
    parties: Mapping[str, Party]
    obligations: Mapping[Key, list[Obligation]]
    declared: Mapping[Key, Declaration]
    certified: Mapping[Key, Certificate]
    uses: Mapping[Key, list[Used]]
    shown_for_use: frozenset[Key]
    reminded: Mapping[Key, list[Reminded]]
    of_nobody: int

    def all_keys(self) -> set[Key]:
        """Give the keys of all rows."""
        return {*self.obligations, *self.declared, *self.certified, *self.shown_for_use}

    def system(self, key: Key) -> System | None:
        """Give the system of a key."""
        return next((one for one in self.parties[key[0]].systems if one.system_id == key[1]), None)

    def row(self, key: Key) -> BoardRow:
        """Make the row of a key."""
        party, _, terminology = key
        duties = tuple(self.obligations.get(key, ()))
        declared = self.declared.get(key) or self.declared.get((party, "", terminology))
        observed = observe(self.calendar, self.uses.get(key, ()))
        certified = self.certified.get(key)
        current = self.calendar.in_force(terminology, self.on)
        return BoardRow(
            party=self.parties[party],
            system=self.system(key),
            terminology=terminology,
            title=self.calendar.title(terminology),
            wanted=None if current is None else current.edition,
            obligations=duties,
            deadline=min((one.deadline for one in duties if one.deadline is not None), default=None),
            declared=declared,
            observed=observed,
            certified=certified,
            certificate_holds=certified is not None and certified.holds(self.on),
            reminders=tuple(one for one in self.reminded.get(key, ()) if one.date <= self.on),
            state=state_of(self.calendar, duties, declared, observed, self.on),
        )


def _read(connection: Connection, calendar: Calendar, parties: Mapping[str, Party], on: date) -> _Facts:
    since = first_observed(on)
    places = read_places(connection)
    used = list(read_uses(connection, since, on, calendar.changes(since, on)))
    uses, shown = _by_key(used, places, parties)
    declarations = (one for one in read_declarations(connection) if one.at.astimezone(TEHRAN).date() <= on)
    return _Facts(
        on=on,
        since=since,
        calendar=calendar,
        parties=parties,
        obligations=_duties(read_obligations(connection), parties.values(), on),
        declared={(one.party, one.system or "", one.terminology): one for one in declarations},
        certified={
            (one.party, one.system, one.terminology): one
            for one in read_certificates(connection)
            if one.passed <= on
        },
        uses=uses,
        shown_for_use=shown,
        reminded=read_reminded(connection),
        of_nobody=sum(
            one.count for one in used if one.use.client not in places and one.use.kind != "retired"
        ),
    )


def _duties(
    obligations: Iterable[Obligation], parties: Iterable[Party], on: date
) -> dict[Key, list[Obligation]]:
    found: dict[Key, list[Obligation]] = defaultdict(list)
    standing = [one for one in obligations if one.ended is None or one.ended.astimezone(TEHRAN).date() > on]
    for party in parties:
        for one in standing:
            if party.kind in one.party_kinds:
                found[party.party_id, "", one.terminology].append(one)
            for system in party.systems:
                if system.kind in one.system_kinds:
                    found[party.party_id, system.system_id, one.terminology].append(one)
    return found


def _by_key(
    used: Iterable[Used], places: Mapping[str, Place], parties: Mapping[str, Party]
) -> tuple[dict[Key, list[Used]], frozenset[Key]]:
    """Give the uses of each party and of each system, and the keys that have a row for their use alone.

    A party's are those of all its clients. What a client of no recorded system asks is its party's only system's, if
    there is one; else it can be told of the party alone.
    """
    uses: dict[Key, list[Used]] = defaultdict(list)
    shown: set[Key] = set()
    for one in used:
        place = places.get(one.use.client)
        if place is None or place.party not in parties:
            continue
        of_party = (place.party, "", one.use.terminology)
        uses[of_party].append(one)
        system = place.system or only_system(parties[place.party])
        if system is None:
            shown.add(of_party)
        else:
            of_system = (place.party, system, one.use.terminology)
            uses[of_system].append(one)
            shown.add(of_system)
    return uses, frozenset(shown)


def only_system(party: Party) -> str | None:
    """Give the id of a party's system where it has exactly one."""
    return party.systems[0].system_id if len(party.systems) == 1 else None


def _is_asked(asked: Asked, facts: _Facts, key: Key) -> bool:
    system = facts.system(key)
    return (
        asked.party in {None, key[0]}
        and asked.terminology in {None, key[2]}
        and asked.kind in {None, facts.parties[key[0]].kind}
        and (asked.system_kind is None or (system is not None and system.kind == asked.system_kind))
    )


def _without_systems(parties: Iterable[Party]) -> Iterator[str]:
    return (party.party_id for party in parties if party.kind == "vendor" and not party.systems)


def _checked(asked: Asked, calendar: Calendar) -> Asked:
    for name, value, known in (
        ("kind", asked.kind, PARTY_KINDS),
        ("system-kind", asked.system_kind, SYSTEM_KINDS),
        ("state", asked.state, STATES),
    ):
        if value is not None and value not in known:
            raise BadParameter(
                name,
                Text(f"«{value[:40]}» در {name} شناخته نیست.", f"{name}: '{value[:40]}' is not one of them."),
                known=tuple(known),
            )
    terminology = None if asked.terminology is None else calendar.canonical(asked.terminology)
    letter = None if asked.letter is None else ascii_digits(asked.letter).strip()
    return Asked(asked.party, asked.kind, asked.system_kind, terminology, asked.state, letter)
