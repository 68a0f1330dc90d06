"""Find concepts of one edition by the words of their titles, as people type them.

Order of the classes: code, the whole title, all words of a title, all as beginnings of words, the same with other
designations, then what was repaired; and only if all that is empty, concepts that lack a word or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pyroaring import BitMap

from maksa.editions.connection import EditionConnection
from maksa.editions.found import Found, Ranked, Sought
from maksa.editions.lattice import cover, glued, joins
from maksa.editions.repair import Repairer
from maksa.editions.vocabulary import Postings, Vocabulary, nothing, union
from maksa.editions.words import PREFIX_LENGTH, title_number, words_of
from maksa.model.keyboard import other_layouts
from maksa.model.persian import fold, squeeze
from maksa.model.provider import Repair
from maksa.model.sound import abbreviation, spelled_out

WORDS_READ = 16
"""Words of a query beyond which no further ones are read; titles that people type are shorter."""
_ENOUGH = 5
"""Hits below which repaired ones are added behind them."""
_VERIFIED = 256
"""Concepts whose titles are read to see that the pieces of a glued word stand side by side."""
_LAST = "\U0010ffff"


class TermIndex:
    """The words and titles of one edition file. `titles_of` gives the titles of a concept by its number."""

    def __init__(self, connection: EditionConnection, titles_of: Callable[[int], Sequence[str]]) -> None:
        """Read through a connection; nothing is kept in memory."""
        self._connection = connection
        self._titles_of = titles_of
        self._vocabulary = Vocabulary(connection)
        self._repairer = Repairer(self._vocabulary)

    def find(self, text: str, *, codes: Sequence[int]) -> Found:
        """Find by words in any order, each a prefix; `codes` are the concepts that the text names by code.

        Cost: a bitmap or two a word; a text that needs repair some hundred µs more a word.
        """
        words = self._words(text)
        by_code = Ranked("code", BitMap(codes), ())
        found = Found.of([by_code, *self._plain(text, words)])
        if found.total >= _ENOUGH:
            return found
        found = Found.of([*found.classes, *self._other_keyboard(text), *self._repairer.repaired(words)])
        return found if found.total else Found.of(self._repairer.partial(words))

    @staticmethod
    def _words(text: str) -> tuple[str, ...]:
        return tuple(words_of(fold(text)))[:WORDS_READ]

    def _plain(self, text: str, words: tuple[str, ...]) -> Iterable[Ranked]:
        """Yield the classes of a text taken as it is."""
        if not words:
            return
        sought = self._sought(words)
        own_titles, other_titles = self._titled(squeeze(fold(text)))
        whole = cover(len(words), self._whole_spans(words))
        begun = cover(len(words), self._prefix_spans(words))
        yield Ranked("title", own_titles, sought)
        yield Ranked("words", whole.own, sought)
        yield Ranked("prefix", begun.own | self._code_prefix(text), sought)
        for numbers in (other_titles, whole.all, begun.all):
            yield Ranked("synonym", numbers, sought)

    def _other_keyboard(self, text: str) -> Iterable[Ranked]:
        for typed in other_layouts(text.strip()):
            repair = Repair(text.strip(), typed, "keyboard")
            for ranked in self._plain(typed, self._words(typed)):
                yield Ranked("repaired", ranked.numbers, ranked.sought, keyboard=repair)

    @staticmethod
    def _sought(words: Sequence[str]) -> tuple[Sought, ...]:
        """Give what a title is searched for to show where it matched: words, and abbreviations in both scripts."""
        spelled = ((word, spelled_out(word)) for word in words)
        alone = [Sought(word, (word,) if names is None else (word, names)) for word, names in spelled]
        runs = [Sought(run, (latin,)) for run in joins(words).values() if (latin := abbreviation(run))]
        return (*alone, *runs)

    def _whole_spans(self, words: Sequence[str]) -> dict[tuple[int, int], Postings]:
        """Give the concepts of each word, and of each run of words that is also one; سی تی and CT are the same."""
        joined = joins(words)
        latin = {span: name for span, run in joined.items() if (name := abbreviation(run)) is not None}
        found = self._vocabulary.whole([*words, *joined.values(), *latin.values()])
        spans = {
            span: union(found[word] for word in (run, latin.get(span)) if word in found)
            for span, run in joined.items()
        }
        for place, word in enumerate(words):
            names = spelled_out(word)
            spelled = nothing() if names is None else self._in_pieces(names)
            spans[place, place + 1] = spelled | (found[word] if word in found else self._in_pieces(word))
        return spans

    def _in_pieces(self, word: str) -> Postings:
        """Give the concepts that have a word in pieces that stand side by side."""
        found = glued(word, self._vocabulary)
        if not found or len(found.all) > _VERIFIED:
            return found
        kept = BitMap(number for number in found.all if self._has(number, word))
        return Postings(found.own & kept, kept)

    def _has(self, number: int, word: str) -> bool:
        return any(word in squeeze(fold(title)) for title in self._titles_of(number))

    def _prefix_spans(self, words: Sequence[str]) -> dict[tuple[int, int], Postings]:
        prefix = self._vocabulary.prefix
        spans = {span: prefix(word) for span, word in joins(words).items()}
        for place, word in enumerate(words):
            spans[place, place + 1] = prefix(word) or glued(word, self._vocabulary, last=prefix)
        return spans

    def _titled(self, key: str) -> tuple[BitMap, BitMap]:
        rows = self._connection.rows("SELECT concept, own FROM title WHERE key = ?", (title_number(key),))
        return BitMap(n for n, own in rows if own), BitMap(n for n, own in rows if not own)

    def _code_prefix(self, text: str) -> BitMap:
        """Give the concepts whose code begins with the text, when it looks like part of a code."""
        start = fold(text) if " " not in text.strip() else ""
        if len(start) < PREFIX_LENGTH or not start[-1].isdecimal() or " " in start:
            return BitMap()
        rows = self._connection.rows(
            "SELECT id FROM concept WHERE code >= ? AND code < ?", (start, start + _LAST)
        )
        return BitMap(number for (number,) in rows)
