"""Carrying forward: what a new list no longer has is kept, and what stayed the same keeps its age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from maksa.model.concept import Concept, Mapping
from maksa.registry.drafts.difference import content, mapping_groups, side_by_side

RETIRED = "retired"
"""The status of a concept, and the relationship of a mapping, that only earlier editions had."""


@dataclass(slots=True)
class CarryForward:
    """The rule for one new edition.

    `sequence` and `effective` are those of the new edition, `base` the name of the edition before it, `window` the last
    day on which the use of a code that the new edition ends is a warning only. Once the
    streams are used up, `carried` counts what was kept of the base, `standing` the codes that it had in use (of a
    map: the sources), and `retired` those of them that the new edition retires.
    """

    sequence: int
    effective: date | None
    base: str
    partial: bool
    window: date | None = None
    carried: int = 0
    standing: int = 0
    retired: int = 0

    def concepts(self, new: Iterable[Concept], old: Iterable[Concept]) -> Iterator[Concept]:
        """Yield the concepts of the new edition; both streams and the answer are in code order.

        A code that only the base has is retired from the first day of the new edition (of a part of a list:
        kept as it is). `changed` is the base's where the content is the same.
        """
        earlier = ((concept.code, concept) for concept in old)
        later = ((concept.code, concept) for concept in new)
        for _, before, after in side_by_side(earlier, later):
            if before is not None and before.carried_from is None:
                self._count(lost=after is None)
            if after is not None:
                yield replace(after, changed=self._last_change(before, after))
            elif before is not None:
                self.carried += 1
                kept = before if self.partial else self._retired(before)
                yield replace(kept, changed=self._last_change(before, kept))

    def mappings(self, new: Iterable[Mapping], old: Iterable[Mapping]) -> Iterator[Mapping]:
        """Yield the rows of the new map in their order, then those of sources that only the base has.

        A mapping has no dates: what is carried says by its relationship that it is retired.
        """
        rows = list(new)
        yield from rows
        for _, before, after in side_by_side(mapping_groups(old), mapping_groups(rows)):
            if before is not None and any(mapping.relationship != RETIRED for mapping in before):
                self._count(lost=after is None)
            if before is not None and after is None:
                self.carried += len(before)
                for mapping in before:
                    yield mapping if self.partial else replace(mapping, relationship=RETIRED)

    def _count(self, *, lost: bool) -> None:
        self.standing += 1
        self.retired += lost and not self.partial

    def _retired(self, concept: Concept) -> Concept:
        return replace(
            concept,
            status="retired",
            effective_to=self._last_day(concept),
            transition_until=self._window(concept),
            carried_from=concept.carried_from or self.base,
        )

    def _last_day(self, concept: Concept) -> date | None:
        if concept.status == "retired" and (concept.effective_to is None or self.effective is None):
            return (
                concept.effective_to
            )  # Retired before: its last day, known or not, is no matter of this edition.
        if self.effective is None:  # It holds always: a last day to come would keep the code in use.
            return None
        day_before = self.effective - timedelta(days=1)
        return day_before if concept.effective_to is None else min(concept.effective_to, day_before)

    def _window(self, concept: Concept) -> date | None:
        if self.effective is None:
            ended_before = concept.status == "retired"
        else:
            ended_before = concept.status_on(self.effective - timedelta(days=1)) == "retired"
        return concept.transition_until if ended_before or self.window is None else self.window

    def _last_change(self, before: Concept | None, after: Concept) -> int:
        return before.changed if before is not None and content(before) == content(after) else self.sequence
