"""Whether a draft is what an edition of its name already says, and the first thing that differs if not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from maksa.editions.content import UNIT
from maksa.editions.shelf import Shelf
from maksa.model.concept import Concept, Mapping
from maksa.model.edition import EditionEntry
from maksa.registry.drafts.carry import RETIRED
from maksa.registry.drafts.description import same_description
from maksa.registry.drafts.difference import content, mapping_groups, mappings_content, side_by_side
from maksa.registry.drafts.drafts import Draft, decided_mappings, draft_concepts
from maksa.registry.drafts.published import concepts_of, mappings_of
from maksa.text import Text


def what_differs(connection: Connection, shelf: Shelf, draft: Draft, entry: EditionEntry) -> Text | None:
    """Name the first thing in which publishing the draft would give another edition; None if it is the same.

    Row numbers do not count, nor what the edition carries of earlier ones.
    """
    return _head_differs(shelf, draft, entry) or _content_differs(connection, shelf, draft, entry)


def _head_differs(shelf: Shelf, draft: Draft, entry: EditionEntry) -> Text | None:
    manifest, options = entry.manifest, draft.options
    if manifest.sample != options.sample:
        return Text(fa="یکی نمونه است و دیگری نه", en="one of them is a sample and the other is not")
    if manifest.effective != options.effective:
        return Text(
            fa=f"تاریخ اجرای آن {manifest.effective or 'نامعین'} است، نه {options.effective or 'نامعین'}",
            en=f"it is effective from {manifest.effective or 'always'}, not from {options.effective or 'always'}",
        )
    published = shelf.provider(manifest.terminology, manifest.edition).terminology
    if not same_description(draft.terminology, published):
        return Text(
            fa="شرح فهرست (عنوان‌ها، ویژگی‌ها یا شکل کد) یکی نیست",
            en="the description of the list (titles, properties or form of codes) differs",
        )
    return None


def _content_differs(connection: Connection, shelf: Shelf, draft: Draft, entry: EditionEntry) -> Text | None:
    concepts = side_by_side(
        ((concept.code, concept) for concept in draft_concepts(connection, draft)),
        ((concept.code, concept) for concept in concepts_of(shelf, entry)),
    )
    window = _Window(draft.options.transition_until, entry.manifest.sequence)
    for code, wanted, held in concepts:
        window.see(wanted, held)
        if not _same_concept(wanted, held, partial=draft.options.partial, sequence=entry.manifest.sequence):
            return _code(code)
    if window.differs:
        return Text(
            "مهلت گذار کدهایی که پایان می‌دهد یکی نیست", "the window of the codes that it ends differs"
        )
    mappings = side_by_side(
        mapping_groups(decided_mappings(connection, draft)), mapping_groups(mappings_of(shelf, entry))
    )
    for key, new, old in mappings:
        if not _same_mappings(new, old, partial=draft.options.partial):
            return _code(key.rpartition(UNIT)[2])
    return None


@dataclass(slots=True)
class _Window:
    """Compares the window that is asked for with that of the codes which the edition carried forward first."""

    asked: date | None
    sequence: int
    ended: bool = False
    found: bool = False

    def see(self, wanted: Concept | None, held: Concept | None) -> None:
        if wanted is None and held is not None and held.changed == self.sequence:
            self.ended = True
            self.found |= held.transition_until == self.asked

    @property
    def differs(self) -> bool:
        return self.asked is not None and self.ended and not self.found


def _same_concept(wanted: Concept | None, held: Concept | None, *, partial: bool, sequence: int) -> bool:
    if held is None:
        return False
    if wanted is None:  # Carried forward; or of a part, and not changed by this edition.
        return held.carried_from is not None or (partial and held.changed < sequence)
    return content(wanted, with_usage=True) == content(held, with_usage=True)


def _same_mappings(
    wanted: Sequence[Mapping] | None, held: Sequence[Mapping] | None, *, partial: bool
) -> bool:
    if held is None:
        return False
    if wanted is None:
        return partial or all(mapping.relationship == RETIRED for mapping in held)
    return mappings_content(wanted) == mappings_content(held)


def _code(code: str) -> Text:
    return Text(fa=f"کد «{code}» یکی نیست", en=f"the code '{code}' differs")
