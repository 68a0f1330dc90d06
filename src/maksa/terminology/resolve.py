"""From the name of a list and a day to the edition in force; every question begins here.

An id is recognised by its exact spelling, else trimmed and without case, else by a declared or known misspelling:
always data, never likeness. What was resolved is remembered under the library's generation, so it is never stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from maksa.errors import EditionUnreadable, UnknownEdition
from maksa.model.concept import Terminology
from maksa.model.edition import EditionEntry
from maksa.model.jalali import today
from maksa.model.persian import ascii_digits
from maksa.model.provider import Library, Provider
from maksa.terminology.bounds import MAX_ID
from maksa.terminology.refusals import (
    before_first,
    day_and_edition,
    not_held,
    private_list,
    unknown_edition,
    unknown_terminology,
)
from maksa.terminology.registered import known_misspellings, private_ids, registered_lists

REMEMBERED = 4_096
"""Answers that are remembered at a time; beyond it, all are forgotten and begin anew."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Opened:
    """One edition of one list, opened, and the day on which its concepts are judged."""

    provider: Provider
    entry: EditionEntry
    day: date


class Resolver:
    """Finds lists and editions in a library, and among the lists registered by their form only."""

    def __init__(self, library: Library) -> None:
        """Remember nothing yet."""
        self.library = library
        self._opened: dict[tuple[int, str, str | None, date], Opened] = {}
        self._ids: dict[tuple[int, str], str] = {}
        self._names: dict[int, dict[str, str]] = {}
        self._counts: dict[tuple[str, str], Mapping[str, int]] = {}

    def known_ids(self) -> Sequence[str]:
        """List the ids of all lists, those registered by form only too, in the order of the letters."""
        return [*self.library.ids(), *(name for name in registered_lists() if not self.library.entries(name))]

    def canonical(self, sent: str) -> str:
        """Give the id of the list that a spelling means. Raises: UnknownTerminology naming the nearest.

        An id that is known to be private to one system is near to none.
        """
        key = (self.library.generation, sent)
        found = self._ids.get(key)
        if found is None:
            found = self.recognised(sent)
            if found is None and _folded(sent[:MAX_ID]) in private_ids():
                raise private_list(sent)
            if found is None:
                raise unknown_terminology(sent, self.known_ids())
            _remember(self._ids, key, found)
        return found

    def form_only(self, terminology: str) -> Terminology | None:
        """Give a list that is registered by its form only; None once an edition of it is held."""
        registered = registered_lists().get(terminology)
        return None if registered is None or self.library.entries(terminology) else registered

    def opened(self, sent: str, *, on: date | None = None, edition: str | None = None) -> Opened:
        """Open the edition in force on a day (None: today), or the named one, of a list by any known spelling.

        Raises: UnknownTerminology; UnknownEdition naming the known ones or the first; BadParameter when both
                a day and an edition are named; EditionUnreadable.
        Cost:   about 1 µs when it was asked before.
        """
        if on is not None and edition is not None:
            raise day_and_edition()
        day = today() if on is None else on
        key = (self.library.generation, sent, edition, day)
        found = self._opened.get(key)
        if found is None:
            found = self._open(self.canonical(sent), edition, day)
            _remember(self._opened, key, found)
        return found

    def in_force(self, terminology: str, day: date) -> EditionEntry:
        """Give the edition of a held list that is in force on a day: greatest (effective, sequence).

        Withdrawn editions are never in force; samples only while the list has nothing else.
        Raises: UnknownEdition naming the first.
        """
        damage = self.library.damage(terminology)
        if damage is not None:
            raise damage
        entries = self.library.entries(terminology)
        standing = [entry for entry in entries if not entry.withdrawn]
        real = [entry for entry in standing if not entry.manifest.sample]
        begun = [entry for entry in real or standing if _begins(entry) <= day]
        if not begun:
            raise before_first(terminology, day, real or entries)
        return max(begun, key=lambda entry: (_begins(entry), entry.manifest.sequence))

    def others(self, terminology: str, day: date) -> Iterator[Opened]:
        """Open every other list on a day, in the order of the catalogue; those that cannot be are passed over.

        Maps hold no codes of their own and are passed over too.
        """
        for other in self.library.ids():
            if other != terminology:
                with suppress(UnknownEdition, EditionUnreadable):
                    opened = self.opened(other, on=day)
                    if opened.provider.terminology.kind != "map":
                        yield opened

    def counted(self, before: str, after: str, count: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
        """Give the counts of changes between two contents, by their hashes; counted once, as neither ever changes."""
        key = (before, after)
        found = self._counts.get(key)
        if found is None:
            found = count()
            _remember(self._counts, key, found)
        return found

    def _open(self, terminology: str, edition: str | None, day: date) -> Opened:
        entries = self.library.entries(terminology)
        if not entries:
            raise self.library.damage(terminology) or not_held(terminology)
        if edition is None:
            entry = self.in_force(terminology, day)
        else:
            entry = self._named(terminology, edition, entries)
        return Opened(self.library.provider(terminology, entry.manifest.edition), entry, day)

    def _named(self, terminology: str, edition: str, entries: Sequence[EditionEntry]) -> EditionEntry:
        try:
            return entry_named(terminology, edition, entries)
        except UnknownEdition as unknown:  # It may be the one whose manifest cannot be read.
            raise self.library.damage(terminology) or unknown from None

    def recognised(self, sent: str) -> str | None:
        """Give the id of the list that a spelling means, or None. Cost: one look into a table."""
        if len(sent) > MAX_ID:
            return None
        generation = self.library.generation
        names = self._names.get(generation)
        if names is None:
            names = self._spellings()
            self._names = {generation: names}
        return names.get(sent) or names.get(_folded(sent))

    def _spellings(self) -> dict[str, str]:
        """Give every spelling that is recognised; one that could mean two lists means none."""
        ids = self.known_ids()
        exact = {name: name for name in ids}
        declared = [(_folded(spelling), name) for name in ids for spelling in self._declared(name)]
        known = [(_folded(wrong), right) for wrong, right in known_misspellings().items() if right in exact]
        folded: dict[str, str] = {}
        for source in ([(_folded(name), name) for name in ids], declared, known):
            folded |= {k: v for k, v in _unambiguous(source).items() if k not in folded}
        return folded | exact

    def _declared(self, terminology: str) -> Sequence[str]:
        registered = registered_lists().get(terminology)
        own = () if registered is None else registered.spellings
        with suppress(EditionUnreadable):
            for entry in self.library.entries(terminology)[:1]:
                provider = self.library.provider(terminology, entry.manifest.edition)
                return [*own, *provider.terminology.spellings]
        return own


def entry_named(terminology: str, edition: str, entries: Sequence[EditionEntry]) -> EditionEntry:
    """Give the entry of a named edition, a withdrawn one too. Raises: UnknownEdition naming the known ones."""
    for entry in entries:
        if entry.manifest.edition == edition:
            return entry
    raise unknown_edition(terminology, edition, entries)


def _begins(entry: EditionEntry) -> date:
    return entry.manifest.effective or date.min


def _folded(name: str) -> str:
    return ascii_digits(name).strip(" \t\r\n\u00a0\u200b\u200c\u200e\u200f\ufeff").casefold()


def _unambiguous(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    meanings: dict[str, set[str]] = {}
    for spelling, name in pairs:
        meanings.setdefault(spelling, set()).add(name)
    return {spelling: names.pop() for spelling, names in meanings.items() if len(names) == 1}


def _remember(memory: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value
