"""Find concepts of one edition by the words of their titles: bitmaps in, ranked numbers out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pyroaring import BitMap

from maksa.editions.connection import EditionConnection
from maksa.editions.words import PREFIX_LENGTH, title_number, words_of
from maksa.model.concept import Concept
from maksa.model.persian import fold, squeeze

How = Literal["code", "title", "words", "prefix"]

_LAST = "\U0010ffff"
_WORDS_READ = 16
"""Words of a query beyond which no further ones are read; titles that people type are shorter."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: numbers of concepts in classes from best to worst, each in static-rank order."""

    words: tuple[str, ...]
    key: str
    classes: tuple[tuple[How, BitMap], ...]

    @property
    def total(self) -> int:
        """Count all of them; no number stands in two classes."""
        return sum(len(numbers) for _, numbers in self.classes)

    def page(self, offset: int, limit: int) -> Iterator[tuple[How, int]]:
        """Yield the numbers of a page, with how each was found."""
        for how, numbers in self.classes:
            taken = numbers[offset : offset + limit]
            for number in taken:
                yield how, number
            limit -= len(taken)
            offset = max(0, offset - len(numbers))

    def matched(self, how: How, concept: Concept) -> str:
        """Give the title (or the code) of a concept that matched."""
        if how == "code":
            return concept.code
        for title in concept.titles():
            folded = fold(title)
            if squeeze(folded) == self.key or self._all_stand_in(words_of(folded)):
                return title
        return concept.display

    def _all_stand_in(self, title_words: Sequence[str]) -> bool:
        return all(any(word.startswith(wanted) for word in title_words) for wanted in self.words)


class TermIndex:
    """The vocabulary and postings of one edition file."""

    def __init__(self, connection: EditionConnection) -> None:
        """Read through a connection; nothing is kept in memory."""
        self._connection = connection

    def find(self, text: str, *, codes: Sequence[int]) -> Found:
        """Find by words in any order, each a prefix; `codes` are the concepts that the text names by code.

        Order: those codes, then titles that equal the text, then all words whole, then all as prefixes.
        Cost: a bitmap or two a word; a long prefix reads the words that begin with it.
        """
        folded = fold(text)
        words = tuple(dict.fromkeys(words_of(folded)))[:_WORDS_READ]
        key = squeeze(folded)
        if not words:
            return Found(words, key, (("code", BitMap(codes)),))
        classes: list[tuple[How, BitMap]] = [
            ("code", BitMap(codes)),
            ("title", self._titled(key)),
            ("words", self._all([self._word(word) for word in words])),
            ("prefix", self._all([self._prefix(word) for word in words]) | self._code_prefix(text)),
        ]
        seen = BitMap()
        parted: list[tuple[How, BitMap]] = []
        for how, numbers in classes:
            parted.append((how, numbers - seen))
            seen |= numbers
        return Found(words, key, tuple(parted))

    def _titled(self, key: str) -> BitMap:
        rows = self._connection.rows("SELECT concept FROM title WHERE key = ?", (title_number(key),))
        return BitMap(number for (number,) in rows)

    def _word(self, word: str) -> BitMap:
        row = self._connection.row("SELECT postings FROM word WHERE word = ?", (word,))
        return BitMap() if row is None else BitMap.deserialize(row[0])

    def _prefix(self, prefix: str) -> BitMap:
        if len(prefix) <= PREFIX_LENGTH:
            row = self._connection.row("SELECT postings FROM prefix WHERE prefix = ?", (prefix,))
            return BitMap() if row is None else BitMap.deserialize(row[0])
        rows = self._connection.rows(
            "SELECT postings FROM word WHERE word >= ? AND word < ?", (prefix, prefix + _LAST)
        )
        return BitMap.union(*(BitMap.deserialize(postings) for (postings,) in rows)) if rows else BitMap()

    def _code_prefix(self, text: str) -> BitMap:
        """Give the concepts whose code begins with the text, when it looks like part of a code."""
        start = text.strip()
        if len(start) < PREFIX_LENGTH or not start[-1].isdecimal() or " " in start:
            return BitMap()
        rows = self._connection.rows(
            "SELECT id FROM concept WHERE code >= ? AND code < ?", (start, start + _LAST)
        )
        return BitMap(number for (number,) in rows)

    @staticmethod
    def _all(postings: Sequence[BitMap]) -> BitMap:
        return BitMap.intersection(*postings)
