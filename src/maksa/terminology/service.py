"""The table of contents: one method a question, one file a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from maksa.errors import EditionUnreadable
from maksa.model.edition import Attachment, EditionEntry
from maksa.model.letters import LetterFound, LettersPage
from maksa.model.provider import Library
from maksa.model.service import CatalogueEntry, CodesPage, Diff, Lookup, SearchPage
from maksa.model.translation import RelativeValues, Translation
from maksa.model.verdict import Triple, Verdict
from maksa.terminology.catalogue import attachment, catalogue, edition_file, editions, one_list
from maksa.terminology.codes import codes
from maksa.terminology.diff import diff
from maksa.terminology.letters import letter, letters
from maksa.terminology.lookup import lookup
from maksa.terminology.relative_value import relative_value
from maksa.terminology.resolve import Resolver
from maksa.terminology.search import Narrowed, answers, search
from maksa.terminology.translate import translate
from maksa.terminology.validate import validate
from maksa.terminology.validate_all import validate_all

Unanswered = Callable[[str | None, str], None]


class LocalTerminology:
    """Answers every question of `TerminologyService` from the editions of a library."""

    def __init__(self, library: Library, *, unanswered: Unanswered | None = None) -> None:
        """Answer from a library; nothing is opened before it is asked.

        `unanswered` is told the list (None: all) and the text of each search that no title answers.
        """
        self._resolver = Resolver(library)
        self._unanswered = unanswered

    @property
    def generation(self) -> int:
        """Give a number that grows when an edition, a letter or a withdrawal comes or goes."""
        return self._resolver.library.generation

    def catalogue(self, *, on: date | None = None, since: date | None = None) -> Sequence[CatalogueEntry]:
        """List the terminologies; with `since`, those that changed on that day or later."""
        return catalogue(self._resolver, on=on, since=since)

    def terminology(self, terminology: str, *, on: date | None = None) -> CatalogueEntry:
        """Give one list of the catalogue, by any known spelling of its id."""
        return one_list(self._resolver, terminology, on=on)

    def editions(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions of a list, newest first."""
        return editions(self._resolver, terminology)

    def lookup(
        self, terminology: str, code: str, *, on: date | None = None, edition: str | None = None
    ) -> Lookup:
        """Give the concept of a code (spelling repaired where it is certain)."""
        return lookup(self._resolver, terminology, code, on=on, edition=edition)

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
        return codes(
            self._resolver,
            terminology,
            limit=limit,
            after=after,
            offset=offset,
            status=status,
            since=since,
            value_set=value_set,
            on=on,
            edition=edition,
        )

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
        """Find concepts by words or code in one list, or in all of them."""
        page = search(
            self._resolver,
            text,
            terminology=terminology,
            limit=limit,
            offset=offset,
            narrowed=Narrowed(status, value_set, facets),
            on=on,
            edition=edition,
        )
        if self._unanswered is not None and not answers(page):
            self._unanswered(terminology, text)
        return page

    def validate(
        self,
        triple: Triple,
        *,
        on: date | None = None,
        edition: str | None = None,
        value_set: str | None = None,
    ) -> Verdict:
        """Tell whether a coded field may be used. Unknown lists, editions and codes are answers here."""
        return validate(self._resolver, triple, on=on, edition=edition, value_set=value_set)

    def validate_all(self, triples: Sequence[Triple], *, on: date | None = None) -> Sequence[Verdict]:
        """Judge many coded fields, in their order: the verdicts of `validate`, at a fraction of the cost."""
        return validate_all(self._resolver, triples, on=on)

    def translate(
        self,
        terminology: str,
        code: str,
        *,
        target: str | None = None,
        map_id: str | None = None,
        on: date | None = None,
    ) -> Translation:
        """Tell what a code becomes in other lists, by all maps in force on the day or by one."""
        return translate(self._resolver, terminology, code, target=target, map_id=map_id, on=on)

    def relative_value(
        self, terminology: str, code: str, *, on: date | None = None, with_coefficients: bool = False
    ) -> RelativeValues:
        """Tell what a service is worth in the book in force on the day; with coefficients, in rials too."""
        return relative_value(self._resolver, terminology, code, on=on, with_coefficients=with_coefficients)

    def diff(self, terminology: str, before: str, after: str) -> Diff:
        """Tell what changed between two editions."""
        return diff(self._resolver, terminology, before, after)

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
        return letters(
            self._resolver,
            terminology=terminology,
            since=since,
            stub=stub,
            after=after,
            limit=limit,
            on=on,
        )

    def letter(self, number: str, *, on: date | None = None) -> LetterFound:
        """Give a letter with those beside it and what became of its lists."""
        return letter(self._resolver, number, on=on)

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give the files that are known to be refused."""
        return self._resolver.library.refusals()

    def attachment(self, number: str, name: str) -> tuple[Attachment, Path]:
        """Give a file that came with a letter, for download."""
        return attachment(self._resolver, number, name)

    def edition_file(self, terminology: str, edition: str) -> tuple[EditionEntry, Path]:
        """Give the entry and the file of an edition, for download."""
        return edition_file(self._resolver, terminology, edition)
