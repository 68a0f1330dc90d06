"""Gather the drafts of an import into lists: each code once, its further rows as variants, its references tested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from maksa.intake.draft_concept import DraftConcept
from maksa.intake.ledger import Ledger
from maksa.intake.profile_records import Profile
from maksa.intake.result import ImportedList
from maksa.intake.seen import merge_seen
from maksa.intake.sentences import dangling_reference, duplicate_code, duplicate_row
from maksa.model.concept import Concept, PropertyDefinition, Terminology, Variant

_COMPARED = (
    "display",
    "designations",
    "properties",
    "status",
    "parents",
    "effective_from",
    "effective_to",
    "transition_until",
    "replaced_by",
)


class _Citation(NamedTuple):
    """A code that a row names: where, and in which row."""

    row: int | None
    column: str
    cited: str
    code: str


def gather(
    drafts: Iterable[DraftConcept], profile: Profile, ledger: Ledger, lists: Mapping[str, Terminology]
) -> tuple[ImportedList, ...]:
    """Gather drafts into lists; `lists` fills while the drafts are read, in a file that holds many.

    Identical rows become one concept and a note; a code with other content keeps all its rows as variants.
    Order: lists and concepts stand as they first came.
    """
    gathered: dict[str, list[DraftConcept]] = {}
    if profile.duplicates == "most-seen":
        for draft in drafts:
            gathered.setdefault(draft.list_id, []).append(draft)
        return tuple(
            _imported(lists[list_id], merge_seen(rows, ledger), len(rows))
            for list_id, rows in gathered.items()
        )
    gatherer = _Gatherer(profile, ledger)
    for draft in drafts:
        gatherer.add(draft)
    return (_imported(profile.terminology, gatherer.finish(), gatherer.rows),)


def _imported(terminology: Terminology, concepts: tuple[Concept, ...], rows: int) -> ImportedList:
    return ImportedList(terminology, concepts, (), rows)


def with_definitions(imported: ImportedList, added: Iterable[PropertyDefinition]) -> ImportedList:
    """Give a list whose description also defines properties that only the reading brought."""
    known = {definition.code for definition in imported.terminology.properties}
    more = tuple(definition for definition in added if definition.code not in known)
    terminology = replace(imported.terminology, properties=(*imported.terminology.properties, *more))
    return replace(imported, terminology=terminology) if more else imported


class _Gatherer:
    """Concepts of one list by their code."""

    def __init__(self, profile: Profile, ledger: Ledger) -> None:
        self._ledger = ledger
        self._concepts: dict[str, Concept] = {}
        self._variants: dict[str, list[Variant]] = {}
        self._citations: list[_Citation] = []
        self._references = profile.references
        self._cited = re.compile(self._references.pattern) if self._references else None
        self._properties = {
            column.property_code
            for column in profile.columns
            if self._references and column.name in self._references.columns
        }
        self._display = next(
            (
                column.name
                for column in profile.columns
                if column.to == "display" and self._references and column.name in self._references.columns
            ),
            None,
        )
        self.rows = 0

    def add(self, draft: DraftConcept) -> None:
        """Take the next row."""
        self.rows += 1
        concept = draft.concept()
        first = self._concepts.setdefault(concept.code, concept)
        if first is not concept:
            self._add_again(first, concept)
        self._citations.extend(self._citations_of(concept))

    def finish(self) -> tuple[Concept, ...]:
        """Give the concepts with their variants, after telling the references that lead nowhere."""
        for citation in self._citations:
            if citation.cited not in self._concepts:
                remark = dangling_reference(citation.column, citation.cited, citation.code)
                self._ledger.note(remark, citation.column, citation.code, row=citation.row)
        return tuple(
            replace(concept, variants=tuple(self._variants[code])) if code in self._variants else concept
            for code, concept in self._concepts.items()
        )

    def _add_again(self, first: Concept, again: Concept) -> None:
        fields = [*_differing_fields(first, again)]
        kept = self._variants.get(first.code, [])
        if not fields or any(_same_content(variant, again) for variant in kept):
            self._ledger.note(duplicate_row(first.code, first.row), None, first.code)
            return
        variant = Variant(again.display, again.designations, again.properties, again.row)
        self._variants.setdefault(first.code, []).append(variant)
        self._ledger.note(duplicate_code(first.code, first.row, fields), None, first.code)

    def _citations_of(self, concept: Concept) -> Iterator[_Citation]:
        row, code = concept.row, concept.code
        if concept.replaced_by:
            yield _Citation(row, "replaced_by", concept.replaced_by, code)
        for parent in concept.parents:
            yield _Citation(row, "parent", parent, code)
        if self._cited is None:
            return
        if self._display is not None:
            yield from self._cited_in(concept.display, self._display, concept)
        for prop in concept.properties:
            if prop.code in self._properties:
                yield from self._cited_in(str(prop.value), prop.code, concept)

    def _cited_in(self, text: str, column: str, concept: Concept) -> Iterator[_Citation]:
        if self._cited is not None:
            for cited in dict.fromkeys(self._cited.findall(text)):
                yield _Citation(concept.row, column, cited, concept.code)


def _differing_fields(first: Concept, again: Concept) -> Iterator[str]:
    """Name what differs between two rows of a code; properties by their own names."""
    for name in _COMPARED:
        if getattr(first, name) == getattr(again, name):
            continue
        if name == "properties":
            codes = dict.fromkeys(prop.code for prop in (*first.properties, *again.properties))
            yield from (code for code in codes if first.values(code) != again.values(code))
        else:
            yield name


def _same_content(variant: Variant, concept: Concept) -> bool:
    return (variant.display, variant.designations, variant.properties) == (
        concept.display,
        concept.designations,
        concept.properties,
    )
