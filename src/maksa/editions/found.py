"""What a search of one edition found: classes from best to worst, and how each hit is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from pyroaring import BitMap

from maksa.editions.words import words_of
from maksa.model.concept import Concept
from maksa.model.highlight import highlights
from maksa.model.persian import fold, squeeze
from maksa.model.provider import Hit, How, Repair

Kind = Literal["spelling", "transliteration", "synonym"]
"""Why a word of the list is taken for one of a query."""


class Sought(Struct, frozen=True, gc=False):
    """One word of a query and the words of the list that it may mean; itself alone when it was not repaired.

    Of a `synonym` both may be several words, parted by spaces; the first meaning is what was typed.
    """

    typed: str
    meant: tuple[str, ...]
    kind: Kind | None = None


class Ranked(Struct, frozen=True, gc=False):
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
        words = f" {' '.join(words_of(folded))}"
        return [_meant_in(sought, folded, words) for sought in self.sought]


def _meant_in(sought: Sought, folded: str, words: str) -> str | None:
    """Give the first meaning that begins a word of a title, else the first that stands anywhere in it.

    `words` are those of the folded title, a space before each.
    """
    for meant in sought.meant:
        if f" {meant}" in words or (sought.kind == "synonym" and _all_begin(meant, words)):
            return meant
    if sought.kind == "synonym":
        return None
    whole = squeeze(folded)
    return next((meant for meant in sought.meant if meant in whole), None)


def _all_begin(phrase: str, words: str) -> bool:
    return all(f" {part}" in words for part in phrase.split())


class Found(Struct, frozen=True, gc=False):
    """All that was found; no number stands in two classes. `total` counts all of them."""

    classes: tuple[Ranked, ...]
    total: int

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
        return cls(tuple(parted), len(seen))

    def only(self, allowed: BitMap) -> Found:
        """Keep the numbers that are allowed."""
        return Found.of([replace(ranked, numbers=ranked.numbers & allowed) for ranked in self.classes])

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
