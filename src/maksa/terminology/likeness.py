"""How alike the titles of two concepts are: in words by their rarity, and in strengths, forms and routes of drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from maksa.model.checkdigits import is_loinc
from maksa.model.codeform import plain_digits
from maksa.model.concept import Concept, Terminology
from maksa.model.persian import title_key
from maksa.model.provider import Provider
from maksa.model.sound import sound_key
from maksa.model.strength import DrugTitle, parse_drug
from maksa.terminology import suggest_sentences as said
from maksa.text import Text

Kind = Literal["title", "words", "strength", "form", "route", "loinc", "code", "maps"]
_SAME_TITLE, _ALL_WORDS = 70, 60
_STRENGTH, _FORM, _ROUTE = (20, -40), (8, -12), (5, -8)
_STRENGTH_WORD, _FORM_WORD = Text("قدرت", "strength"), Text("شکل دارویی", "form")
_ROUTE_WORD = Text("راه مصرف", "route")
_TITLES = 6
"""Titles of one concept that are compared."""
_WORDS = 30
"""Words of one title that are compared."""
_KNOWN = 200_000
"""Words whose rarity is remembered; beyond it all are forgotten."""
_SOUNDS_FROM = 3
"""Consonants from which two words that sound alike are no chance."""
_LOINC = re.compile(r"(?<![0-9-])[0-9]{1,7}-[0-9](?![0-9-])")


class Evidence(NamedTuple):
    """One thing that speaks for a candidate, or (points below zero) against it."""

    kind: Kind
    points: int
    text: Text


class _Title(NamedTuple):
    display: str
    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """The titles of a concept as they are compared, and what all of them together say of a drug."""

    titles: tuple[_Title, ...]
    drug: DrugTitle

    def queries(self) -> Iterator[str]:
        """Yield what to search for: the words of each title without strengths, forms and routes."""
        yield from dict.fromkeys(" ".join(title.words) for title in self.titles if title.words)


def see(concept: Concept) -> Seen:
    """Prepare a concept for comparing. Cost: some 30 µs a title."""
    shown = list(dict.fromkeys(concept.titles()))[:_TITLES]
    drugs = [parse_drug(title) for title in shown]
    titles = tuple(
        _Title(title, title_key(title), tuple(dict.fromkeys(drug.name))[:_WORDS])
        for title, drug in zip(shown, drugs, strict=True)
    )
    return Seen(
        titles,
        DrugTitle(
            (),
            # Strengths of the first title that has any: a second one may be the same, rounded or of a part.
            next((drug.strengths for drug in drugs if drug.strengths), frozenset()),
            frozenset().union(*(drug.forms for drug in drugs)),
            frozenset().union(*(drug.routes for drug in drugs)),
        ),
    )


def loinc_numbers(concept: Concept, terminology: Terminology) -> list[str]:
    """Give the LOINC numbers of a concept: its property, its code in a list of such codes, or a title with a right check digit."""
    numbers = [str(value) for value in concept.values("loinc")]
    if terminology.code_form.check == "loinc-mod10":
        numbers.append(concept.code)
    for title in concept.titles()[:_TITLES]:
        numbers += [number for number in _LOINC.findall(plain_digits(title)) if is_loinc(number)]
    return list(dict.fromkeys(numbers))


class Likeness:
    """Compares with the concepts of one list, whose words it weighs by how rare they are there."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._weights: dict[str, int] = {}

    def evidence(self, source: Seen, target: Seen) -> Iterator[Evidence]:
        """Yield what the titles of two concepts say for and against."""
        keys = {title.key for title in source.titles if title.key}
        equal = next((title for title in target.titles if title.key in keys), None)
        if equal is not None:
            yield Evidence("title", _SAME_TITLE, said.same_title(equal.display))
        words = self._best_words(source, target)
        if words is not None:
            yield words
        yield from _of_drugs(source.drug, target.drug)

    def _best_words(self, source: Seen, target: Seen) -> Evidence | None:
        pairs = product(source.titles, target.titles)
        found = [one for left, right in pairs if (one := self._words(left.words, right.words)) is not None]
        return max(found, key=lambda one: one.points, default=None)

    def _words(self, left: Sequence[str], right: Sequence[str]) -> Evidence | None:
        """Weigh shared words against all words of both titles; a word that only sounds alike counts four fifths."""
        shared = [word for word in left if word in right]
        by_sound = {key: word for word in right if word not in shared and (key := _sound(word))}
        sounding = [word for word in left if word not in shared and by_sound.get(_sound(word)) is not None]
        every = sum(map(self._weight, left)) + sum(map(self._weight, right))
        matched = 10 * sum(map(self._weight, shared)) + 8 * sum(map(self._weight, sounding))
        points = _ALL_WORDS * 2 * matched // (10 * every) if every else 0
        if points <= 0:
            return None
        shared.sort(key=lambda word: -self._weight(word))
        return Evidence("words", min(points, _ALL_WORDS), said.shared_words(shared, sounding))

    def _weight(self, word: str) -> int:
        """Give the weight of a word: the whole binary logarithm of how rare it is in the target list, 1 for a common one."""
        weight = self._weights.get(word)
        if weight is None:
            if len(self._weights) >= _KNOWN:
                self._weights.clear()
            hits = self._provider.search(word, limit=1)
            known = any(how not in {"repaired", "partial"} for how, _ in hits.by_how)
            frequency = max(1, hits.total) if known else 1
            weight = self._weights[word] = (self._provider.count // frequency + 1).bit_length()
        return weight


def _of_drugs(source: DrugTitle, target: DrugTitle) -> Iterator[Evidence]:
    """Yield what strengths, forms and routes say; where one title says nothing of them, they say nothing."""
    left, right = ({said.strength_word(one) for one in drug.strengths} for drug in (source, target))
    yield from _agreement("strength", _STRENGTH_WORD, _STRENGTH, (left, right))
    yield from _agreement("form", _FORM_WORD, _FORM, (source.forms, target.forms))
    yield from _agreement("route", _ROUTE_WORD, _ROUTE, (source.routes, target.routes))


def _agreement(
    kind: Kind, what: Text, points: tuple[int, int], sides: tuple[AbstractSet[str], AbstractSet[str]]
) -> Iterator[Evidence]:
    left, right = sides
    if not left or not right:
        return
    agree, differ = points
    if left == right:
        yield Evidence(kind, agree, said.same(what, left))
    elif not left & right or kind == "strength":
        yield Evidence(kind, differ, said.other(what, left, right))


def _sound(word: str) -> str:
    key = sound_key(word)
    return key if len(key) >= _SOUNDS_FROM else ""
