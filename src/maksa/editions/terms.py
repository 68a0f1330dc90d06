"""Find concepts of one edition by the words of their titles, as people type them.

Order of the classes: code, the whole title, all words of a title, all as beginnings of words, the same with other
designations, the same in other words, then what was repaired; and only if all that is empty, concepts that lack a word or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from pyroaring import BitMap

from maksa.editions.connection import EditionConnection
from maksa.editions.found import Found, Ranked, Sought
from maksa.editions.lattice import Span, cover, joins
from maksa.editions.meant import meant
from maksa.editions.postings import NOTHING, Postings, union
from maksa.editions.repair import Repairer
from maksa.editions.vocabulary import Vocabulary
from maksa.editions.words import PREFIX_LENGTH, title_number, words_of
from maksa.model.keyboard import other_layouts
from maksa.model.persian import fold, squeeze
from maksa.model.provider import Repair
from maksa.model.sound import abbreviation, spelled_out

WORDS_READ = 16
"""Words of a query beyond which no further ones are read; titles that people type are shorter."""
_ENOUGH = 5
"""Hits below which those of the other script are added behind them."""
_VERIFIED = 256
"""Concepts whose titles are read to see that the pieces of a glued word stand side by side."""
_MOST_WORDS = 1 << 31
"""More words than any vocabulary has."""
_LAST = "\U0010ffff"


class TermIndex:
    """The words and titles of one edition file. `titles_of` gives the titles of a concept by its number."""

    def __init__(self, connection: EditionConnection, titles_of: Callable[[int], Sequence[str]]) -> None:
        """Read through a connection; nothing is kept in memory."""
        self._connection = connection
        self._titles_of = titles_of

    def find(self, text: str, *, codes: Sequence[int]) -> Found:
        """Find by words in any order, each a prefix; `codes` are the concepts that the text names by code.

        Cost: a bitmap or two a word; a text that needs repair some hundred µs more a word.
        """
        vocabulary = Vocabulary(self._connection, self._latin_words)
        repairer = Repairer(vocabulary)
        words = self._words(text)
        plain = [Ranked("code", BitMap(codes), ()), *self._plain(vocabulary, text, words)]
        found = Found.of([*plain, *meant(vocabulary, words, near=False)])
        if found.total < _ENOUGH and words:
            found = Found.of([*found.classes, *meant(vocabulary, words, near=True)])
            if found.total:
                return Found.of([*found.classes, *repairer.in_the_other_script(words)])
        if found.total:
            return found
        repaired = Found.of([*self._other_keyboard(vocabulary, text), *repairer.repaired(words)])
        return repaired if repaired.total else Found.of(repairer.partial(words))

    @cached_property
    def _latin_words(self) -> int:
        """Count the words of the vocabulary in ASCII letters and digits: their numbers come first."""
        row = self._connection.row("SELECT id FROM word WHERE word >= char(128) ORDER BY word LIMIT 1")
        return _MOST_WORDS if row is None else int(row[0])

    @staticmethod
    def _words(text: str) -> tuple[str, ...]:
        return tuple(words_of(fold(text)))[:WORDS_READ]

    def _plain(self, vocabulary: Vocabulary, text: str, words: tuple[str, ...]) -> Iterable[Ranked]:
        """Yield the classes of a text taken as it is."""
        if not words:
            return
        joined = joins(words)
        latin = {span: name for span, run in joined.items() if (name := abbreviation(run)) is not None}
        sought = self._sought(words, joined, latin)
        own_titles, other_titles = self._titled(fold(text))
        begun = self._begun(vocabulary, words, joined)  # First: it reads most of the whole words by the way.
        whole = begun
        if begun or latin or any(spelled_out(word) for word in words):  # Else no word stands whole either.
            whole = cover(len(words), self._whole_spans(vocabulary, words, joined, latin))
        yield Ranked("title", own_titles, sought)
        yield Ranked("words", whole.own, sought)
        yield Ranked("prefix", begun.own | self._code_prefix(text), sought)
        for numbers in (other_titles, whole.all, begun.all):
            yield Ranked("synonym", numbers, sought)

    def _other_keyboard(self, vocabulary: Vocabulary, text: str) -> Iterable[Ranked]:
        """Yield what the same keys find with the other layout, when the list has words that begin so."""
        for typed in other_layouts(text.strip()):
            words = self._words(typed)
            if all(vocabulary.prefix(word) for word in words):
                repair = Repair(text.strip(), typed, "keyboard")
                for ranked in self._plain(vocabulary, typed, words):
                    yield Ranked("repaired", ranked.numbers, ranked.sought, keyboard=repair)

    @staticmethod
    def _sought(
        words: Sequence[str], joined: Mapping[Span, str], latin: Mapping[Span, str]
    ) -> tuple[Sought, ...]:
        """Give what a title is searched for to show where it matched: words, and abbreviations in both scripts."""
        spelled = ((word, spelled_out(word)) for word in words)
        alone = [Sought(word, (word,) if names is None else (word, names)) for word, names in spelled]
        return (*alone, *(Sought(joined[span], (name,)) for span, name in latin.items()))

    def _whole_spans(
        self,
        vocabulary: Vocabulary,
        words: Sequence[str],
        joined: Mapping[Span, str],
        latin: Mapping[Span, str],
    ) -> dict[Span, Postings]:
        """Give the concepts of each word, and of each run of words that is also one; سی تی and CT are the same."""
        found = vocabulary.whole([*words, *joined.values(), *latin.values()])
        spans = {
            span: union(found[word] for word in (run, latin.get(span)) if word in found)
            for span, run in joined.items()
            if run in found or latin.get(span) in found
        }
        for place, word in enumerate(words):
            names = spelled_out(word)
            here = found[word] if word in found else self._side_by_side(vocabulary, word)
            spelled = None if names is None else self._side_by_side(vocabulary, names)
            spans[place, place + 1] = here | spelled if spelled else here
        return spans

    def _side_by_side(self, vocabulary: Vocabulary, word: str) -> Postings:
        """Give the concepts that have a word in pieces that stand side by side."""
        found = vocabulary.in_pieces(word)
        if not found or len(found.all) > _VERIFIED:
            return found
        kept = BitMap(number for number in found.all if self._has(number, word))
        return Postings(found.own & kept, kept)

    def _has(self, number: int, word: str) -> bool:
        return any(word in squeeze(fold(title)) for title in self._titles_of(number))

    @staticmethod
    def _begun(vocabulary: Vocabulary, words: Sequence[str], joined: Mapping[Span, str]) -> Postings:
        """Give the concepts that have all words as beginnings; if there are none, also in pieces and across joined words."""
        spans = {}
        for place, word in enumerate(words):
            begun = vocabulary.prefix(word)
            spans[place, place + 1] = begun or vocabulary.in_pieces(word, last_is_prefix=True)
        found = cover(len(words), spans)
        if found:
            return found
        runs = {span: begun for span, run in joined.items() if (begun := vocabulary.prefix(run))}
        reached = {place for first, end in runs for place in range(first, end)}
        if any(place not in reached and not spans[place, place + 1] for place in range(len(words))):
            return NOTHING  # Some word stands nowhere, so pieces of the others are of no use.
        for place, word in enumerate(words):
            spans[place, place + 1] |= vocabulary.in_pieces(word, last_is_prefix=True)
        return cover(len(words), {**spans, **runs})

    def _titled(self, folded: str) -> tuple[BitMap, BitMap]:
        rows = self._connection.rows("SELECT concept, own FROM title WHERE key = ?", (title_number(folded),))
        if not rows:
            return BitMap(), BitMap()
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
