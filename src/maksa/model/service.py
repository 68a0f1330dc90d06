"""The protocol of all questions: doors and checkers ask it, whether the answer comes from here or afar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from maksa.errors import EditionUnreadable
from maksa.model.concept import Concept, StatusOnDay, Terminology
from maksa.model.edition import Attachment, EditionEntry, EditionRef, Letter
from maksa.model.letters import LetterFound, LettersPage
from maksa.model.provider import Facet, Hit
from maksa.model.translation import RelativeValues, Translation
from maksa.model.verdict import Triple, Verdict


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A list as the catalogue shows it: the edition in force on the day, and its letters.

    `entry` is None for a list registered by its form only (ICD-10, SNOMED CT, …): nothing of it is held.
    """

    terminology: Terminology
    entry: EditionEntry | None


class Lookup(msgspec.Struct, frozen=True, gc=False):
    """A concept in one edition, its state on the day asked, and the letters behind the edition."""

    concept: Concept
    status: StatusOnDay
    edition: EditionRef
    letters: tuple[Letter, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class CodesPage:
    """A page of a list in the order of its codes; `next_after` is None on the last page."""

    total: int
    concepts: tuple[Lookup, ...]
    next_after: str | None
    edition: EditionRef


class SearchHit(msgspec.Struct, frozen=True, gc=False):
    """A hit of a search, with its list and its state on the day asked."""

    terminology: str
    hit: Hit
    status: StatusOnDay


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Hits of a search over one list or all, best first; `total` counts all of them.

    `facets` are given when they were asked for; over all lists the first is `terminology`.
    """

    total: int
    hits: tuple[SearchHit, ...]
    editions: tuple[EditionRef, ...]
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One code that differs between two editions; `fields` names what changed in it."""

    code: str
    kind: Literal["added", "removed", "retired", "restored", "changed"]
    before: Concept | None
    after: Concept | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one edition to another, in the order of codes."""

    before: EditionRef
    after: EditionRef
    changes: tuple[Change, ...]


class TerminologyService(Protocol):
    """One method a question. `on` is a day (None: today in Tehran), `edition` a name; both together are an error.

    Raises: UnknownTerminology, UnknownEdition (naming the known ones), UnknownCode, BadParameter.
    """

    @property
    def generation(self) -> int:
        """Give a number that grows when an edition, a letter or a withdrawal comes or goes.

        While it and Tehran's day stand, the same question has the same answer.
        """

    def catalogue(self, *, on: date | None = None, since: date | None = None) -> Sequence[CatalogueEntry]:
        """List the terminologies; with `since`, those that changed on that day or later."""

    def terminology(self, terminology: str, *, on: date | None = None) -> CatalogueEntry:
        """Give one list of the catalogue, by any known spelling of its id."""

    def editions(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions of a list, newest first."""

    def lookup(
        self, terminology: str, code: str, *, on: date | None = None, edition: str | None = None
    ) -> Lookup:
        """Give the concept of a code (spelling repaired where it is certain)."""

    def codes(
        self,
        terminology: str,
        *,
        limit: int = 100,
        after: str | None = None,
        offset: int = 0,
        status: str | None = None,
        since: date | None = None,
        value_set: str | None = None,
        on: date | None = None,
        edition: str | None = None,
    ) -> CodesPage:
        """Give a page of a list in the order of its codes."""

    def search(
        self,
        text: str,
        *,
        terminology: str | None = None,
        limit: int = 20,
        offset: int = 0,
        status: str | None = None,
        value_set: str | None = None,
        facets: bool = False,
        on: date | None = None,
        edition: str | None = None,
    ) -> SearchPage:
        """Find concepts by words or code in one list, or in all of them; a value set is one of the list named."""

    def validate(
        self,
        triple: Triple,
        *,
        on: date | None = None,
        edition: str | None = None,
        value_set: str | None = None,
    ) -> Verdict:
        """Tell whether a coded field may be used. Unknown lists, editions and codes are answers here, not errors."""

    def validate_all(self, triples: Sequence[Triple], *, on: date | None = None) -> Sequence[Verdict]:
        """Judge many coded fields, in their order: the verdicts of `validate`, at a fraction of the cost."""

    def translate(
        self,
        terminology: str,
        code: str,
        *,
        target: str | None = None,
        map_id: str | None = None,
        on: date | None = None,
    ) -> Translation:
        """Tell what a code becomes in other lists, by all maps in force on the day or by one; none is an answer."""

    def relative_value(
        self, terminology: str, code: str, *, on: date | None = None, with_coefficients: bool = False
    ) -> RelativeValues:
        """Tell what a service is worth in the book in force on the day; with coefficients, in rials too."""

    def diff(self, terminology: str, before: str, after: str) -> Diff:
        """Tell what changed between two editions."""

    def letters(
        self,
        *,
        terminology: str | None = None,
        since: date | None = None,
        stub: bool | None = None,
        after: str | None = None,
        limit: int = 100,
        on: date | None = None,
    ) -> LettersPage:
        """Give a page of the recorded letters, newest first: of one list, issued since a day, stubs or none."""

    def letter(self, number: str, *, on: date | None = None) -> LetterFound:
        """Give a letter with those beside it and what became of its lists. Raises: UnknownLetter."""

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give the files that are known to be refused: torn, altered, unsigned, of a newer schema. Cost: none."""

    def attachment(self, number: str, name: str) -> tuple[Attachment, Path]:
        """Give a file that came with a letter, for download. Raises: UnknownLetter."""

    def edition_file(self, terminology: str, edition: str) -> tuple[EditionEntry, Path]:
        """Give the entry and the file of an edition, for download."""
