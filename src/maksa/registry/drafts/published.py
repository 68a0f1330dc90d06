"""What stands on the shelf, as publishing needs it: the edition before another in time, and its whole content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from maksa.editions.shelf import Shelf
from maksa.errors import UnknownEdition, UnknownTerminology
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import EditionEntry
from maksa.model.provider import ConceptFilter
from maksa.text import Text

_PAGE = 2_000


def spelled_on_shelf(shelf: Shelf, terminology: str) -> str | None:
    """Give the id of a held list as the shelf spells it, from any letter case; None when it is not held."""
    folded = terminology.strip().casefold()
    return next((held for held in shelf.ids() if held.casefold() == folded), None)


def find_entry(shelf: Shelf, terminology: str, edition: str) -> EditionEntry | None:
    """Give the entry of an edition of a list, or None."""
    return next((e for e in shelf.entries(terminology) if e.manifest.edition == edition), None)


def read_list(shelf: Shelf, terminology: str) -> str:
    """Give the id of a held list as the shelf spells it. Raises: UnknownTerminology naming the held ones."""
    held = spelled_on_shelf(shelf, terminology)
    if held is None:
        raise UnknownTerminology(
            Text(
                fa=f"فهرستی با شناسهٔ «{terminology[:64]}» منتشر نشده است.",
                en=f"No list '{terminology[:64]}' is published.",
            ),
            known=tuple(shelf.ids())[:50],
        )
    return held


def read_entry(shelf: Shelf, terminology: str, edition: str) -> EditionEntry:
    """Give the entry of an edition. Raises: UnknownTerminology, UnknownEdition, naming the known ones."""
    held = read_list(shelf, terminology)
    found = find_entry(shelf, held, edition)
    if found is None:
        raise UnknownEdition(
            Text(
                fa=f"فهرست «{held}» انتشار «{edition[:64]}» ندارد.",
                en=f"The list '{held}' has no edition '{edition[:64]}'.",
            ),
            known=tuple(entry.manifest.edition for entry in shelf.entries(held))[:50],
        )
    return found


def edition_before(
    entries: Iterable[EditionEntry], *, effective: date | None, sample: bool, but: str
) -> EditionEntry | None:
    """Give the edition that a new one follows: the last in time that holds no later than it does.

    Withdrawn editions and the edition named `but` do not count; samples follow samples only, and real
    editions real ones only. An edition without a date is before all dated ones.
    """
    earlier = [
        entry
        for entry in entries
        if not entry.withdrawn
        and entry.manifest.sample == sample
        and entry.manifest.edition != but
        and (entry.manifest.effective or date.min) <= (effective or date.min)
    ]
    return max(earlier, key=lambda e: (e.manifest.effective or date.min, e.manifest.sequence), default=None)


def description_of(shelf: Shelf, entry: EditionEntry | None) -> Terminology | None:
    """Give what an edition says of its list; None of no edition."""
    if entry is None:
        return None
    return shelf.provider(entry.manifest.terminology, entry.manifest.edition).terminology


def concepts_of(shelf: Shelf, entry: EditionEntry | None) -> Iterator[Concept]:
    """Yield every concept of an edition in code order, a page at a time; none of no edition."""
    if entry is None:
        return
    provider = shelf.provider(entry.manifest.terminology, entry.manifest.edition)
    everything = ConceptFilter(day=date.max)
    after: str | None = None
    while page := provider.page(everything, after=after, limit=_PAGE):
        yield from page
        after = page[-1].code


def mappings_of(shelf: Shelf, entry: EditionEntry | None) -> Iterator[Mapping]:
    """Yield every row of the edition of a map in its order; none of no edition."""
    if entry is None:
        return
    yield from shelf.provider(entry.manifest.terminology, entry.manifest.edition).all_mappings()
