"""Merge codes seen in traffic: the title seen most often is the display, the others are kept and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maksa.intake.draft_concept import DraftConcept
from maksa.intake.ledger import Ledger
from maksa.intake.sentences import duplicate_code
from maksa.model.concept import Concept, Designation, Property, Variant
from maksa.model.persian import title_key


def merge_seen(rows: Iterable[DraftConcept], ledger: Ledger) -> tuple[Concept, ...]:
    """Make one concept of all rows of a code, codes in the order in which they first came.

    Titles that fold to the display are its synonyms; others are variants. `usage` is the sum of all counts.
    """
    by_code: dict[str, list[DraftConcept]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return tuple(_merge(drafts, ledger) for drafts in by_code.values())


def _merge(drafts: Sequence[DraftConcept], ledger: Ledger) -> Concept:
    counts: dict[str, int] = {}
    for draft in drafts:
        counts[draft.display] = counts.get(draft.display, 0) + draft.usage
    display = max(counts, key=lambda title: counts[title])
    best = next(draft for draft in drafts if draft.display == display)
    key = title_key(display)
    same = [title for title in counts if title != display and title_key(title) == key]
    variants: dict[str, Variant] = {}
    for draft in drafts:
        if draft is best:
            continue
        if draft.display != display and draft.display not in same:
            variants.setdefault(draft.display, Variant(draft.display, (), tuple(draft.properties), draft.row))
        _tell(draft, best, ledger)
    return Concept(
        code=best.code,
        display=display,
        designations=tuple(Designation(title) for title in same),
        properties=_properties(drafts, display, same),
        variants=tuple(variants.values()),
        usage=sum(draft.usage for draft in drafts),
        row=best.row,
    )


def _properties(drafts: Sequence[DraftConcept], display: str, same: Sequence[str]) -> tuple[Property, ...]:
    kept: dict[Property, None] = {}
    for draft in drafts:
        if draft.display == display or draft.display in same:
            kept.update(dict.fromkeys(draft.properties))
    return tuple(kept)


def _tell(draft: DraftConcept, best: DraftConcept, ledger: Ledger) -> None:
    if draft.display == best.display:
        ledger.tally["counted-together"] += 1
    else:
        remark = duplicate_code(draft.code, best.row, ("display",))
        ledger.note(remark, None, draft.code, row=draft.row)
