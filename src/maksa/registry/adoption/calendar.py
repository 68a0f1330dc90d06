"""Which edition of a list was to be used on which day, and which is older than it."""

from __future__ import annotations

from datetime import date
from functools import cache

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, UnknownEdition, UnknownTerminology
from maksa.intake.profile import load_profile, profile_names
from maksa.model.edition import EditionEntry, Letter, Manifest
from maksa.registry.adoption.records import plain
from maksa.registry.letters import seed_letters
from maksa.terminology.registered import registered_lists
from maksa.terminology.resolve import Resolver, entry_named
from maksa.text import Text


class Calendar:
    """The editions of a shelf by their days; a list that is not held has none. Cost: a look into memory once asked."""

    def __init__(self, shelf: Shelf) -> None:
        """Read the shelf as it is now."""
        self._resolver = Resolver(shelf)
        self._shelf = shelf
        self._in_force: dict[tuple[str, date], Manifest | None] = {}
        self._places: dict[str, dict[str, tuple[date, int]]] = {}
        self._titles: dict[str, Text] = {}

    def canonical(self, sent: str) -> str:
        """Give the id of the list that a spelling means: one that is known here, or that a letter announces.

        Raises: UnknownTerminology naming the nearest.
        """
        if self._resolver.recognised(sent) is None and sent in announced_lists(self._shelf):
            return sent
        return self._resolver.canonical(sent)

    def checked_edition(self, terminology: str, edition: str) -> str:
        """Give the name of an edition that there is; of a list registered by its form only, any.

        Raises: UnknownEdition naming the known ones, BadParameter (no plain name).
        """
        entries = self._shelf.entries(terminology)
        if not entries:
            return plain("edition", edition)
        return entry_named(terminology, edition, entries).manifest.edition

    def holds(self, terminology: str) -> bool:
        """Tell whether any edition of a list is held."""
        return bool(self._shelf.entries(terminology))

    def in_force(self, terminology: str, day: date) -> Manifest | None:
        """Give the edition in force on a day; None where none is, or where it cannot be told."""
        key = (terminology, day)
        if key not in self._in_force:
            self._in_force[key] = self._find(terminology, day)
        return self._in_force[key]

    def is_old(self, terminology: str, edition: str, day: date) -> bool:
        """Tell whether an edition comes before the one that was in force, and published, on a day.

        One that is not held comes before none.
        """
        current = self.in_force(terminology, day)
        if current is None or current.changed_on > day:
            return False
        return self.before(terminology, edition, current.edition)

    def before(self, terminology: str, edition: str, other: str) -> bool:
        """Tell whether an edition comes before another one, by effective day and sequence; an unknown one does not."""
        if terminology not in self._places:
            entries = self._shelf.entries(terminology)
            self._places[terminology] = {entry.manifest.edition: _place(entry) for entry in entries}
        places = self._places[terminology]
        return edition in places and other in places and places[edition] < places[other]

    def changes(self, since: date, until: date) -> list[date]:
        """List the days after the first, up to the last, on which an edition of any list became the one to use."""
        days = {
            day
            for terminology in self._shelf.ids()
            for entry in self._shelf.entries(terminology)
            for day in (entry.manifest.effective, entry.manifest.changed_on)
        }
        return sorted(day for day in days if day is not None and since < day <= until)

    def title(self, terminology: str) -> Text:
        """Give the title of a list; its id where none can be read."""
        if terminology not in self._titles:
            self._titles[terminology] = self._title(terminology)
        return self._titles[terminology]

    def _find(self, terminology: str, day: date) -> Manifest | None:
        try:
            return self._resolver.in_force(terminology, day).manifest
        except (UnknownEdition, EditionUnreadable):
            return None

    def _title(self, terminology: str) -> Text:
        registered = registered_lists().get(terminology)
        entries = self._shelf.entries(terminology)
        try:
            if entries:
                return self._shelf.provider(terminology, entries[0].manifest.edition).terminology.title
        except (EditionUnreadable, UnknownEdition, UnknownTerminology):
            pass
        if registered is not None:
            return registered.title
        return _titles_of_profiles().get(terminology) or Text(terminology, terminology)


def announced_lists(shelf: Shelf) -> frozenset[str]:
    """Give the ids of the lists that letters announce, held here or not."""
    return frozenset(
        terminology for letter in letters_by_number(shelf).values() for terminology, _ in letter.announces
    )


def letters_by_number(shelf: Shelf) -> dict[str, Letter]:
    """Give the letters that are recorded, and those that this program knows from the start."""
    recorded = {letter.number: letter for letter in shelf.all_letters()}
    return {letter.number: letter for letter in seed_letters()} | recorded


@cache
def _titles_of_profiles() -> dict[str, Text]:
    described = (load_profile(name).terminology for name in profile_names())
    return {terminology.id: terminology.title for terminology in described}


def _place(entry: EditionEntry) -> tuple[date, int]:
    return entry.manifest.effective or date.min, entry.manifest.sequence
