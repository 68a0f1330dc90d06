"""Whom a draft concerns: maps, message fields, parties that use the list, open discrepancies and requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import func, select

from maksa.editions.shelf import Shelf
from maksa.model.jalali import today
from maksa.prescriptions.rules import Field, rule_book
from maksa.registry.adoption.uses import read_uses
from maksa.registry.database import Registry
from maksa.registry.discrepancies.records import difference_in
from maksa.registry.discrepancies.tables import discrepancy, discrepancy_upload
from maksa.registry.impact.records import (
    FIRST,
    FieldBound,
    ListUploaded,
    MapAffected,
    RecordAffected,
    RequestAffected,
    RowAffected,
)
from maksa.registry.impact.touched import Touched
from maksa.registry.parties.tables import client_grant
from maksa.registry.quality.map_rows import rows_with_codes_of
from maksa.registry.requests.tables import code_request

OBSERVED_DAYS = 90
"""Days of traffic that are looked at."""
_DECIDED = ("done", "refused")
_AT_ONCE = 1_000


class ObservedUses(Protocol):
    """Who used a list, as its traffic shows."""

    def uses_of(self, terminology: str) -> Mapping[str | None, int]:
        """Count the questions about a list by party; None for clients of no party."""


class RegistryUses:
    """What the adoption board observed of the clients of each party in the last `OBSERVED_DAYS` days."""

    def __init__(self, registry: Registry) -> None:
        """Keep the registry."""
        self._registry = registry

    def uses_of(self, terminology: str) -> Mapping[str | None, int]:
        """Count the questions about a list by party; None for clients of no party."""
        until = today()
        counts: dict[str | None, int] = {}
        with self._registry.reading() as connection:
            granted = connection.execute(select(client_grant.c.client_id, client_grant.c.party_id))
            parties: dict[str, str | None] = {client: party for client, party in granted}  # noqa: C416 - It gives the type.
            since = until - timedelta(days=OBSERVED_DAYS - 1)
            for used in read_uses(connection, since, until, terminology=terminology):
                if used.use.kind != "retired":  # It counts a verdict beside the question.
                    party = parties.get(used.use.client)
                    counts[party] = counts.get(party, 0) + used.count
        return counts


def maps_affected(
    registry: Registry, shelf: Shelf, terminology: str, day: date, touched: Touched
) -> tuple[MapAffected, ...]:
    """Give the maps in force on a day, and the drafts of maps, with rows whose code retires or changes."""
    found: dict[tuple[str, bool], tuple[dict[str, int], list[RowAffected]]] = {}
    for one in rows_with_codes_of(registry, shelf, terminology, day):
        change = touched.of(one.code)
        if change is None or change.change == "added":
            continue
        counts, first = found.setdefault((one.map, one.drafted), ({"retired": 0, "changed": 0}, []))
        counts[change.change] += 1
        if len(first) < FIRST:
            first.append(RowAffected(one.code, change.change, one.side, one.other_end))
    return tuple(
        MapAffected(name, drafted, counts["retired"], counts["changed"], tuple(first))
        for (name, drafted), (counts, first) in found.items()
    )


def fields_bound(terminology: str) -> tuple[FieldBound, ...]:
    """Give the fields of prescriber messages that take codes of a list."""
    return tuple(
        FieldBound(message, path, one.rule, one.title, one.value_sets.get(terminology))
        for message, rules in rule_book().messages.items()
        for path, one in _fields(rules.field, rules.field.name)
        if terminology in one.terminologies
    )


def discrepancies_affected(
    registry: Registry, terminology: str, touched: Touched
) -> tuple[int, tuple[RecordAffected, ...]]:
    """Count the records that are not closed and speak of a code that retires or changes, and give the first."""
    count = 0
    first: list[RecordAffected] = []
    wanted = select(discrepancy).where(discrepancy.c.list == terminology, discrepancy.c.state != "closed")
    with registry.reading() as connection:
        ordered = wanted.order_by(discrepancy.c.number).execution_options(yield_per=_AT_ONCE)
        for row in connection.execute(ordered):
            ours = (side.code for side in difference_in(row.content).ours)
            code = next((code for code in (row.code, *ours) if touched.of(code) is not None), None)
            if code is not None:
                count += 1
                if len(first) < FIRST:
                    first.append(RecordAffected(row.number, row.party, row.kind, code, row.state))
    return count, tuple(first)


def requests_affected(
    registry: Registry, terminology: str, touched: Touched
) -> tuple[int, tuple[RequestAffected, ...]]:
    """Count the undecided requests whose words are a code or title to which something happens, and give the first."""
    count = 0
    first: list[RequestAffected] = []
    columns = code_request.c
    wanted = select(columns.number, columns.text, columns.title_fa, columns.title_en, columns.state)
    wanted = wanted.where(columns.terminology == terminology, columns.state.not_in(_DECIDED))
    with registry.reading() as connection:
        ordered = wanted.order_by(columns.number).execution_options(yield_per=_AT_ONCE)
        for number, text, title_fa, title_en, state in connection.execute(ordered):
            said = [words for words in (text, title_fa, title_en) if words]
            met = (touched.of(words.strip()) or touched.titled(words) for words in said)
            change = next((one for one in met if one is not None), None)
            if change is not None:
                count += 1
                if len(first) < FIRST:
                    first.append(RequestAffected(number, text, state, change.code, change.change))
    return count, tuple(first)


def lists_uploaded(registry: Registry, terminology: str) -> tuple[ListUploaded, ...]:
    """Give the newest upload of each party that had a list of its own compared with this one."""
    columns = discrepancy_upload.c
    newest = select(func.max(columns.number)).where(columns.list == terminology).group_by(columns.party)
    wanted = select(columns.party, columns.day, columns.file, columns.edition)
    with registry.reading() as connection:
        rows = connection.execute(wanted.where(columns.number.in_(newest)).order_by(columns.party))
        return tuple(
            ListUploaded(party, date.fromisoformat(day), file, edition) for party, day, file, edition in rows
        )


def _fields(field: Field, path: str) -> Iterator[tuple[str, Field]]:
    yield path, field
    for child in field.children.values():
        below = f"{path}.{child.name}" if path else child.name
        yield from _fields(child, f"{below}[]" if child.many else below)
