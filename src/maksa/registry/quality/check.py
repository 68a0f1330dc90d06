"""Checking a draft by the rules of quality before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.model.concept import Concept
from maksa.model.edition import EditionEntry
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.drafts.difference import side_by_side
from maksa.registry.drafts.drafts import Draft, decided_mappings, draft_concepts
from maksa.registry.drafts.published import concepts_of, edition_before
from maksa.registry.quality.gathered import gathering
from maksa.registry.quality.of_concept import CONCEPT_RULES, Seen
from maksa.registry.quality.of_list import COMPARING, LIST_RULES
from maksa.registry.quality.of_maps import (
    map_contradiction,
    orphan_map,
    several_targets,
    source_unknown,
    target_unusable,
)
from maksa.registry.quality.report import Collected, QualityReport
from maksa.registry.quality.rules import Rule, Severity, rules, rules_for


def check_draft(registry: Registry, shelf: Shelf, draft: Draft, *, least: Severity = "note") -> QualityReport:
    """Check a draft by every rule for its kind that is at least as grave as told.

    A list is read beside the edition that it would follow; a map as it would be published, decisions over it.
    Raises: EditionUnreadable (the edition before is damaged), WrongState (no room for temporary files).
    Cost:   some 90 µs a concept, 30 µs with `least` "error", and as much again for those of the edition before; 225 MB of memory
            at most, whatever the size (see scratch.py); some 100 µs and 1 KB a row of a map.
    """
    base = edition_before(
        shelf.entries(draft.terminology.id),
        effective=draft.options.effective,
        sample=draft.options.sample,
        but=draft.edition,
    )
    tried = rules_for(draft.terminology.kind, least)
    collected, uncompared = Collected(), 0
    if draft.terminology.kind == "map":
        _check_map(registry, shelf, draft, tried, collected)
    else:
        uncompared = _check_list(registry, shelf, draft, base, tried=tried, collected=collected)
    counts, findings = collected.told(tried)
    return QualityReport(
        terminology=draft.terminology.id,
        edition=draft.edition,
        draft=draft.number,
        base=None if base is None else base.manifest.edition,
        examined=draft.count,
        rules=tuple(rule.id for rule in tried),
        counts=counts,
        findings=findings,
        uncompared=uncompared,
    )


def as_written(connection: Connection, draft: Draft) -> Iterator[Concept]:
    """Yield the concepts of a draft in code order with their property values as texts, whatever their type."""
    return draft_concepts(connection, replace(draft, terminology=replace(draft.terminology, properties=())))


def _check_list(
    registry: Registry,
    shelf: Shelf,
    draft: Draft,
    base: EditionEntry | None,
    *,
    tried: tuple[Rule, ...],
    collected: Collected,
) -> int:
    """Check a list, and give how many of its titles were not compared with all that are like them."""
    names = frozenset(rule.id for rule in tried)
    reasons = frozenset(rules()["retired-unexplained"].parameters["reasons"])
    alone = [(rule, CONCEPT_RULES[rule.id]) for rule in tried if rule.id in CONCEPT_RULES]
    types = {definition.code: definition.type for definition in draft.terminology.properties}
    with gathering(
        partial=draft.options.partial, reasons=reasons, likenesses=not names.isdisjoint(COMPARING)
    ) as gathered:
        with registry.reading() as connection:
            new = ((concept.code, concept) for concept in as_written(connection, draft))
            old = ((concept.code, concept) for concept in concepts_of(shelf, base))
            for code, before, after in side_by_side(old, new):
                gathered.take(code, after, before)
                if after is not None:
                    seen = Seen(after, before, draft.terminology, types)
                    for rule, find in alone:
                        collected.take(rule, ((code, values) for values in find(seen, rule)))
        gathered.finish()
        for rule in tried:
            if rule.id in LIST_RULES:
                collected.take(rule, LIST_RULES[rule.id](gathered, rule))
        if "orphan-map" in names:
            day = max(draft.options.effective or today(), today())
            found = orphan_map(registry, shelf, draft.terminology.id, day, gathered)
            collected.take(rules()["orphan-map"], found)
        return gathered.left_out


def _check_map(
    registry: Registry, shelf: Shelf, draft: Draft, tried: tuple[Rule, ...], collected: Collected
) -> None:
    day = max(draft.options.effective or today(), today())
    with registry.reading() as connection:
        rows = tuple(decided_mappings(connection, draft))
    found = {
        "target-unusable": target_unusable(shelf, rows, day),
        "source-unknown": source_unknown(shelf, rows, day),
        "map-contradiction": map_contradiction(rows),
        "several-targets": several_targets(rows),
    }
    for rule in tried:
        collected.take(rule, found[rule.id])
