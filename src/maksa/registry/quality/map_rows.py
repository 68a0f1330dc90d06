"""Rows of maps: of every edition in force and of every draft of a map, as it would be published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Literal, NamedTuple

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, UnknownEdition
from maksa.model.concept import Mapping
from maksa.registry.database import Registry
from maksa.registry.drafts.carry import RETIRED
from maksa.registry.drafts.drafts import decided_mappings, list_drafts
from maksa.registry.drafts.published import mappings_of
from maksa.terminology.resolve import Resolver


class MapRow(NamedTuple):
    """A row of a map that has a code of a list at one end: the map with its edition, and at which end."""

    map: str
    drafted: bool
    code: str
    side: Literal["source", "target"]
    row: Mapping

    @property
    def other_end(self) -> str:
        """Name the list and code at the other end; of a target the source."""
        row = self.row
        if self.side == "target":
            return f"{row.source_terminology} {row.source_code}"
        return f"{row.target_terminology} {row.target_code or '-'}"


def rows_with_codes_of(registry: Registry, shelf: Shelf, terminology: str, day: date) -> Iterator[MapRow]:
    """Yield the rows that lead from or to codes of a list: of the maps in force on a day, then of drafts of maps.

    Rows that are retired are left out; so is a map without an edition on the day, or a damaged one (doctor tells).
    Cost: reads all maps.
    """
    resolver = Resolver(shelf)
    for name in shelf.ids():
        if any(entry.manifest.kind == "map" for entry in shelf.entries(name)):
            with suppress(UnknownEdition, EditionUnreadable):
                entry = resolver.in_force(name, day)
                named = f"{name} {entry.manifest.edition}"
                for row in mappings_of(shelf, entry):
                    yield from _ends(named, row, terminology, drafted=False)
    for draft in list_drafts(registry):
        if draft.terminology.kind == "map":
            with registry.reading() as connection:
                for row in decided_mappings(connection, draft):
                    yield from _ends(draft.name, row, terminology, drafted=True)


def _ends(named: str, row: Mapping, terminology: str, *, drafted: bool) -> Iterator[MapRow]:
    if row.relationship == RETIRED:
        return
    if row.source_terminology == terminology:
        yield MapRow(named, drafted, row.source_code, "source", row)
    if row.target_terminology == terminology and row.target_code is not None:
        yield MapRow(named, drafted, row.target_code, "target", row)
