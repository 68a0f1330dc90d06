"""What a search of one edition found: classes from best to worst, and how each hit is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pyroaring import BitMap

from maksa.editions.words import words_of
from maksa.model.concept import Concept
from maksa.model.highlight import highlights
from maksa.model.persian import fold, squeeze
from maksa.model.provider import Hit, How, Repair

Kind = Literal["spelling", "transliteration", "synonym"]
"""Why a word of the list is taken for one of a query."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query and the words of the list that it may mean; itself alone when it was not repaired.

    Of a `synonym` both may be several words, parted by spaces; the first meaning is what was typed.
    """

    typed: str
    meant: tuple[str, ...]
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Concepts found one way, in static-rank order. `keyboard` is the text that the other layout gives."""

    how: How
    numbers: BitMap
    sought: tuple[Sought, ...]
    left_out: tuple[str, ...] = ()
    keyboard: Repair | None = None

    def hit(self, concept: Concept) -> Hit:
        """Show a concept: the title that matched best, where, and what was repaired."""
        if self.how == "code":
            return Hit(concept, concept.code, "code", ((0, len(concept.code)),))
        title, chosen = self._best_of(concept.titles())
        words = [word for meant in chosen if meant is not None for word in meant.split()]
        repairs = [
            Repair(sought.typed, word, sought.kind)
            for sought, word in zip(self.sought, chosen, strict=True)
            if sought.kind is not None
            and word is not None
            and (sought.kind, word) != ("synonym", sought.typed)
        ]
        if self.keyboard is not None:
            repairs.insert(0, self.keyboard)
        return Hit(concept, title, self.how, highlights(title, words), tuple(repairs), self.left_out)

    def _best_of(self, titles: Sequence[str]) -> tuple[str, list[str | None]]:
        """Give the first title with the most of what is sought, and which of its meanings stands there."""
        best, chosen = titles[0], self._chosen(titles[0])
        for title in titles[1:]:
            if None not in chosen:
                break
            others = self._chosen(title)
            if others.count(None) < chosen.count(None):
                best, chosen = title, others
        return best, chosen

    def _chosen(self, title: str) -> list[str | None]:
        folded = fold(title)
        words, whole = words_of(folded), squeeze(folded)
        return [_meant_in(sought, words, whole) for sought in self.sought]


def _meant_in(sought: Sought, words: Sequence[str], whole: str) -> str | None:
    """Give the first meaning that begins a word of a title, else the first that stands anywhere in it."""
    if sought.kind == "synonym":
        return next((meant for meant in sought.meant if _all_begin(meant, words)), None)
    inside = [meant for meant in sought.meant if meant in whole]  # What begins a word stands inside too.
    for meant in inside:
        for word in words:
            if word.startswith(meant):
                return meant
    return inside[0] if inside else None


def _all_begin(phrase: str, words: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in phrase.split())


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found; no number stands in two classes."""

    classes: tuple[Ranked, ...]

    @classmethod
    def of(cls, classes: Iterable[Ranked]) -> Found:
        """Keep each number in the best class that has it."""
        seen = BitMap()
        parted: list[Ranked] = []
        for ranked in classes:
            if not ranked.numbers:
                continue
            numbers = ranked.numbers - seen if parted else ranked.numbers
            if numbers:
                parted.append(ranked if numbers is ranked.numbers else replace(ranked, numbers=numbers))
                seen |= numbers
        return cls(tuple(parted))

    def only(self, allowed: BitMap) -> Found:
        """Keep the numbers that are allowed."""
        return Found.of([replace(ranked, numbers=ranked.numbers & allowed) for ranked in self.classes])

    @property
    def total(self) -> int:
        """Count all of them."""
        return sum(len(ranked.numbers) for ranked in self.classes)

    def by_how(self) -> tuple[tuple[How, int], ...]:
        """Count the hits of each kind, in order."""
        counts: dict[How, int] = {}
        for ranked in self.classes:
            counts[ranked.how] = counts.get(ranked.how, 0) + len(ranked.numbers)
        return tuple(counts.items())

    def page(self, offset: int, limit: int) -> Iterator[tuple[Ranked, int]]:
        """Yield the numbers of a page, each with its class."""
        for ranked in self.classes:
            taken = ranked.numbers[offset : offset + limit]
            for number in taken:
                yield ranked, number
            limit -= len(taken)
            offset = max(0, offset - len(ranked.numbers))
