"""The port through which questions see one list: an edition file and an in-memory resource both meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from maksa.errors import EditionUnreadable
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import Attachment, EditionEntry, EditionRef, Letter


@dataclass(frozen=True, slots=True)
class ConceptFilter:
    """Which concepts of a list: by status on a day, by last change, by value set.

    `status` is active, retired, not-yet-effective or None for all; it is judged on `day`. `changed_after` is
    a sequence: only concepts whose content changed in a later edition, or whose own dates begin or end in
    `dates_from`..`day`. `value_set` keeps the concepts of one value set of the list.
    """

    day: date
    status: str | None = None
    changed_after: int | None = None
    dates_from: date | None = None
    value_set: str | None = None


How = Literal["code", "title", "words", "prefix", "synonym", "repaired", "partial"]
"""How a search found a concept, from best to worst: the order in which hits stand."""


class Repair(msgspec.Struct, frozen=True, gc=False):
    """What a search took a word (or with the keyboard: the whole text) to mean, and why."""

    typed: str
    meant: str
    kind: Literal["spelling", "transliteration", "synonym", "keyboard"]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A concept that a search found, which title matched, where, and how.

    `matched` is the title (or code) as published; `highlights` are the parts of it that match (start, end; in
    characters). `how` is `code`, `title` (the whole display), `words` (all words stand in the display), `prefix`
    (all as beginnings of words), `synonym` (with another designation's words), `repaired` (see `repairs`), or
    `partial`: no concept has all words, and `left_out` names those that this one lacks.
    """

    concept: Concept
    matched: str
    how: How
    highlights: tuple[tuple[int, int], ...] = ()
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How hits are spread over a feature: `terminology`, `status`, or `property:NAME`; most frequent first."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits of a search, best first, how many there are in all, and how many of each kind.

    `facets` are given when they were asked for; they count the best hits up to a bound of the provider.
    """

    total: int
    hits: tuple[Hit, ...]
    by_how: tuple[tuple[How, int], ...] = ()
    facets: tuple[Facet, ...] = ()


class Provider(Protocol):
    """One edition (or resource) of one list, read-only."""

    @property
    def terminology(self) -> Terminology:
        """Describe the list."""

    @property
    def ref(self) -> EditionRef:
        """Name the edition and its content hash."""

    @property
    def count(self) -> int:
        """Count the concepts."""

    def concept(self, code: str) -> Concept | None:
        """Give the concept of exactly this code, or None. Cost: a few index reads."""

    def displays(self, codes: Sequence[str], day: date) -> dict[str, str]:
        """Give the displays of those codes that are in the list and active on a day, whatever their number.

        Cost: some 2 µs a code: nothing else of a concept is read.
        """

    def recognise(self, code: str) -> Sequence[str]:
        """Give the codes of the list that this spelling means; the exact one alone if there is one."""

    def titled(self, title: str, *, limit: int = 6) -> Sequence[str]:
        """Give codes, best first, one of whose titles equals this one after folding."""

    def page(
        self, wanted: ConceptFilter, *, after: str | None, limit: int, offset: int = 0
    ) -> Sequence[Concept]:
        """Give a page of concepts in the order of their codes, those after the code `after`."""

    def total(self, wanted: ConceptFilter) -> int:
        """Count the concepts of a filter."""

    def search(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        wanted: ConceptFilter | None = None,
        facets: bool = False,
    ) -> Hits:
        """Find concepts by words (any order, each a prefix), titles or codes; retired ones too.

        `wanted` keeps the hits of a status or a value set; `facets` counts all hits by status and properties on
        the day of `wanted` (None: today).
        """

    def in_value_set(self, code: str, value_set: str) -> bool:
        """Tell whether a code of the list stands in one of its value sets."""

    def children(self, code: str) -> Sequence[str]:
        """Give the codes whose parent is this one, in code order."""

    def mappings(self, source_code: str) -> Sequence[Mapping]:
        """Give the rows of a map for a source code; empty for a terminology."""

    def sources(
        self, target_terminology: str, target_code: str, *, condition: str | None, limit: int
    ) -> Sequence[str]:
        """Give source codes that a map leads to a target under exactly this condition, at most `limit`.

        Rows `retired` and `not-related-to` lead nowhere.
        """

    def mapped_between(self) -> Sequence[tuple[str, str]]:
        """Give the pairs of source and target terminology of a map's rows; empty for a terminology.

        Cost: one scan of the rows at the first call.
        """


class Library(Protocol):
    """The port through which questions find editions; the shelf meets it."""

    @property
    def generation(self) -> int:
        """Give a number that grows when an edition, a letter or a withdrawal comes or goes.

        Cost: well under a microsecond; it looks at the disk at most once a second.
        """

    def ids(self) -> Sequence[str]:
        """List the ids of the lists held, in the order of the catalogue."""

    def damage(self, terminology: str) -> EditionUnreadable | None:
        """Give why it cannot be told which edition of a list is in force; None when that is known."""

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give what is known to be refused: torn, altered, unsigned, of a newer schema. Cost: none."""

    def entries(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions of a list, newest first; empty when none is held."""

    def provider(self, terminology: str, edition: str) -> Provider:
        """Open one edition. Raises: EditionUnreadable when its file is torn, altered or of a newer schema."""

    def all_letters(self) -> Sequence[Letter]:
        """Give every letter that can be trusted, in the order of date and number. Cost: none."""

    def letter(self, number: str) -> Letter | None:
        """Give the letter of a number, or None. Raises: EditionUnreadable when its record is not to be trusted."""

    def attachment(self, number: str, name: str) -> tuple[Attachment, Path] | None:
        """Give an attachment of a letter and where it lies; None when the letter has none of this name."""

    def file(self, terminology: str, edition: str) -> Path:
        """Give the path of an edition's file, for download."""
