"""Words that the list does not have: what they may mean, and what is left when none will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from maksa.editions.found import Kind, Ranked, Sought
from maksa.editions.postings import Postings, all_of, union
from maksa.editions.vocabulary import Vocabulary
from maksa.model.sound import abbreviation, sound_key

_SHORTEST_REPAIRED = 4
"""Letters from which a word is taken for a misspelling; shorter ones are near to too many."""
_MOST_REPAIRED = 6
"""Words of a query of which each is tried in turn when all are known but never stand together."""
_MOST_UNKNOWN = 4
"""Unknown words that are repaired together; a text with more of them is of another list, or of none."""
_MOST_LEFT_OUT_FROM = 8
_PARTIAL_CLASSES = 3
_MOST_WAYS = 16
"""Combinations of meanings that are tried, when several words need repair."""


class _Meaning(NamedTuple):
    sought: Sought
    postings: Postings


class Repairer:
    """Repairs words against the vocabulary of one edition."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read a vocabulary."""
        self._vocabulary = vocabulary

    def repaired(self, words: Sequence[str]) -> Iterator[Ranked]:
        """Yield what is found when words are repaired: the unknown ones, or else each one in turn."""
        as_typed = [self._as_typed(word) for word in words]
        unknown = [place for place, meaning in enumerate(as_typed) if not meaning.postings]
        if len(unknown) > _MOST_UNKNOWN:
            return
        if unknown:
            yield from self._with_repairs(words, as_typed, unknown)
        else:
            for place in range(min(len(words), _MOST_REPAIRED)):
                yield from self._with_repairs(words, as_typed, [place])

    def in_the_other_script(self, words: Sequence[str]) -> Iterator[Ranked]:
        """Yield what is found when words may also stand in the other script, though they are known as typed."""
        sounding = [self._vocabulary.sounding_like(word, latin=not word.isascii()) for word in words]
        if not any(sounding):
            return
        meanings = []
        for word, others in zip(words, sounding, strict=True):
            as_typed = self._as_typed(word)
            found = self._vocabulary.whole(others)
            sought = Sought(word, (*found, word), "transliteration") if found else as_typed.sought
            meanings.append(_Meaning(sought, union([as_typed.postings, *found.values()])))
        both = all_of([meaning.postings for meaning in meanings])
        yield Ranked("repaired", both.all, tuple(meaning.sought for meaning in meanings))

    def partial(self, words: Sequence[str]) -> Iterator[Ranked]:
        """Yield concepts that have not all words: those with the most of them, the rarest words first."""
        meanings = [self._best(word) for word in words]
        known = [meaning for meaning in meanings if meaning.postings]
        known.sort(key=lambda meaning: len(meaning.postings.all))
        known = known[:_MOST_LEFT_OUT_FROM]
        for size in range(min(len(known), len(words) - 1), 0, -1):
            classes = list(self._subsets(words, known, size))
            if classes:
                yield from classes[:_PARTIAL_CLASSES]
                return

    def _subsets(self, words: Sequence[str], known: Sequence[_Meaning], size: int) -> Iterator[Ranked]:
        for some in combinations(known, size):  # In the order of `known`: the rarest words come first.
            found = all_of([meaning.postings for meaning in some])
            if found:
                sought = tuple(meaning.sought for meaning in some)
                had = {one.typed for one in sought}
                yield Ranked("partial", found.all, sought, tuple(word for word in words if word not in had))

    def _with_repairs(
        self, words: Sequence[str], as_typed: Sequence[_Meaning], places: Sequence[int]
    ) -> Iterator[Ranked]:
        """Yield the concepts found with the words at some places repaired, the surest repairs first.

        What only sounds like a word is tried when nothing nearer stands with the other words.
        """
        others = [meaning.postings for place, meaning in enumerate(as_typed) if place not in places]
        beside = all_of(others) if others else None
        if beside is not None and not beside:
            return
        levels = [list(self._meanings(words[place], beside)) for place in places]
        found = [ranked for ranked in self._ways(as_typed, places, levels) if ranked.numbers]
        if not found:
            wider = [
                [*meanings, *self._only_sounding(words[place], beside)]
                for place, meanings in zip(places, levels, strict=True)
            ]
            found = list(self._ways(as_typed, places, wider))
        yield from found

    @staticmethod
    def _ways(
        as_typed: Sequence[_Meaning], places: Sequence[int], levels: Sequence[Sequence[_Meaning]]
    ) -> Iterator[Ranked]:
        ways = sorted(
            product(*(enumerate(meanings) for meanings in levels)), key=lambda way: sum(n for n, _ in way)
        )
        for way in ways[:_MOST_WAYS]:
            chosen = list(as_typed)
            for place, (_, meaning) in zip(places, way, strict=True):
                chosen[place] = meaning
            found = all_of([meaning.postings for _, meaning in way])
            sought = tuple(meaning.sought for meaning in chosen)
            yield Ranked("repaired", found.own, sought)
            yield Ranked("repaired", found.all, sought)

    def _as_typed(self, word: str) -> _Meaning:
        return _Meaning(
            Sought(word, (word,)), self._vocabulary.prefix(word) or self._vocabulary.in_pieces(word)
        )

    def _best(self, word: str) -> _Meaning:
        """Give a word as typed if the list has it, else all that it may mean."""
        as_typed = self._as_typed(word)
        meanings = [] if as_typed.postings else [*self._meanings(word), *self._only_sounding(word)]
        if not meanings:
            return as_typed
        meant = tuple(other for meaning in meanings for other in meaning.sought.meant)
        kind = meanings[0].sought.kind
        return _Meaning(Sought(word, meant, kind), union(meaning.postings for meaning in meanings))

    def _meanings(self, word: str, among: Postings | None = None) -> Iterator[_Meaning]:
        """Yield what a word may mean, surest first: one or two edits and the same sound, edits alone, the other script.

        Of each only the concepts `among` others, if there are such: few, mostly, so that less is united.
        """
        if not word.isalpha():
            return
        near = self._near(word)
        sound = sound_key(word)
        alike = [other for other in near if sound_key(other) == sound]
        yield from self._meaning(word, alike, "spelling", among)
        yield from self._meaning(word, [o for o in near if o not in alike], "spelling", among)
        other_script = self._vocabulary.sounding_like(word, latin=not word.isascii())
        yield from self._meaning(word, other_script, "transliteration", among)
        abbreviated = abbreviation(word)
        if abbreviated is not None:
            yield from self._meaning(word, [abbreviated], "transliteration", among)

    def _only_sounding(self, word: str, among: Postings | None = None) -> Iterator[_Meaning]:
        """Yield the words that sound the same in the same script, though more letters part them."""
        if not word.isalpha() or len(word) < _SHORTEST_REPAIRED:
            return
        near = self._near(word)
        sounding = self._vocabulary.sounding_like(word, latin=word.isascii())
        yield from self._meaning(word, [other for other in sounding if other not in near], "spelling", among)

    def _near(self, word: str) -> Sequence[str]:
        return self._vocabulary.near(word) if len(word) >= _SHORTEST_REPAIRED else ()

    def _meaning(
        self, word: str, others: Iterable[str], kind: Kind, among: Postings | None
    ) -> Iterator[_Meaning]:
        found = self._vocabulary.whole(others)
        if found:
            sought = Sought(word, tuple(found), kind)
            each = found.values()
            yield _Meaning(
                sought, union(each if among is None else (p & among for p in each if p.meets(among)))
            )
