"""How alike two titles are, whoever typed them: in words, allowing for slips and for the other script, and in strengths.

What differs in a strength or in another number is not the same, however alike the words are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import NamedTuple

from maksa.model.persian import title_key
from maksa.model.sound import abbreviation, sound_key, spelled_out
from maksa.model.spelling import ONE_EDIT_FROM, TWO_EDITS_FROM, edits
from maksa.model.strength import DrugTitle, parse_drug
from maksa.text import Text

_WORDS = 30
"""Words of a title that are compared."""
_SOUNDS_FROM = 2
"""Consonants from which two words that sound alike are no chance."""
_SOUND, _SLIP = 90, 85
"""Per cent that a pair of words counts that only sound alike, or that a slip parts."""
_OTHER_AMOUNT = 45
"""Points at most, where the titles name different strengths or numbers."""
_OTHER_FORM = 65
"""Points at most, where they name different forms or routes of a drug."""
_OTHER_WORDS = 70
"""Points at most, where each has a word that the other lacks."""
_UNSAID = 4
"""Points lost for a strength or form that only one of them names."""


_EMPTY = frozenset(("و", "یا", "با", "در", "از", "به", "ها", "های", "of", "and", "or", "the", "for", "with"))
"""Words that say nothing of what a title names."""


class Titled(NamedTuple):
    """A title as it is compared: its key, what it says of a drug, its words and its numbers."""

    title: str
    key: str
    drug: DrugTitle
    words: tuple[str, ...]
    numbers: frozenset[str]


class Likeness(NamedTuple):
    """How alike two titles are, 0 to 100, and why."""

    points: int
    reasons: tuple[Text, ...]


def see(title: str) -> Titled:
    """Prepare a title for comparing. Cost: some 30 µs."""
    drug = parse_drug(title)
    plain = tuple(dict.fromkeys(drug.name))[:_WORDS]
    numbers = frozenset(word for word in plain if any(c.isdigit() for c in word))
    words = tuple(word for word in plain if word not in numbers)
    return Titled(title, title_key(title), drug, words, numbers)


def sought_keys(text: str) -> frozenset[str]:
    """Give the keys that the titles have which hold all words of a text, in any order."""
    seen = see(text)
    return frozenset((*seen.numbers, *(_heard(word) or word for word in seen.words)))


def word_keys(titled: Titled) -> frozenset[str]:
    """Give the keys of which two titles of like words have one in common: what each word sounds like, else the word.

    A word that a slip spoils is met by the other words, or by its sound.
    """
    units = (unit.text for unit in _units(titled.words))
    return frozenset((*titled.numbers, *(_heard(unit) or unit for unit in units), titled.key))


def alike(left: Titled, right: Titled) -> Likeness:
    """Compare two titles. Cost: words times words, some 50 µs."""
    if left.key and left.key == right.key:
        return Likeness(100, (Text("عنوان یکی است", "the same title"),))
    shared = _shared(left.words, right.words)
    letters = sum(map(len, (*left.words, *right.words)))
    points = min(99, sum(pair.weight for pair in shared) // letters) if letters else 0
    reasons = [] if not shared else [_told(shared)]
    for most, reason in (*_differences(left, right), *_other_words(left, right, shared)):
        points = min(points, most)
        reasons.append(reason)
    return Likeness(max(0, points - _UNSAID * _unsaid(left.drug, right.drug)), tuple(reasons))


class _Unit(NamedTuple):
    """A word of a title, or two beside each other written as one; `places` are those of its words."""

    text: str
    places: frozenset[int]


class _Pair(NamedTuple):
    left: _Unit
    right: _Unit
    percent: int

    @property
    def weight(self) -> int:
        return self.percent * (len(self.left.text) + len(self.right.text))


def _units(words: tuple[str, ...]) -> list[_Unit]:
    single = [_Unit(word, frozenset((place,))) for place, word in enumerate(words)]
    glued = [_Unit(a.text + b.text, a.places | b.places) for a, b in pairwise(single)]
    return single + glued


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> list[_Pair]:
    """Pair the words of two titles, each once, the surest and longest pairs first."""
    units = product(_units(left), _units(right))
    pairs = [
        _Pair(a, b, percent)
        for a, b in units
        if len(a.places) + len(b.places) < 4 and (percent := _same_word(a.text, b.text))
    ]
    # By their texts at last, so that it is the same whichever title is first.
    pairs.sort(key=lambda pair: (-pair.percent, -pair.weight, sorted((pair.left.text, pair.right.text))))
    kept: list[_Pair] = []
    for pair in pairs:
        if not any(
            pair.left.places & held.left.places or pair.right.places & held.right.places for held in kept
        ):
            kept.append(pair)
    return kept


def _same_word(left: str, right: str) -> int:
    """Give how surely two words are the same, in per cent; 0 when they are not."""
    if left == right:
        return 100
    if left.isascii() != right.isascii():
        spelled = spelled_out(left) == right or spelled_out(right) == left
        return 100 if spelled else _SOUND * (_heard(left) == _heard(right) != "")
    shorter = min(len(left), len(right))
    if shorter < ONE_EDIT_FROM:
        return 0
    most = 2 if shorter >= TWO_EDITS_FROM else 1
    return _SLIP if edits(left, right, most) <= most else 0


def _heard(word: str) -> str:
    """Give what a word sounds like, one of a spelled abbreviation as its letters; empty where that says too little."""
    key = sound_key(abbreviation(word) or word)
    return key if len(key) >= _SOUNDS_FROM else ""


def _told(shared: list[_Pair]) -> Text:
    same = [pair.left.text for pair in shared if pair.percent == 100]
    near = [f"{pair.left.text} ≈ {pair.right.text}" for pair in shared if pair.percent < 100]
    fa, en = "، ".join(same + near), ", ".join(same + near)
    return Text(f"واژه‌های مشترک: {fa}", f"shared words: {en}")


def _other_words(left: Titled, right: Titled, shared: list[_Pair]) -> Iterator[tuple[int, Text]]:
    """Yield that each title names something that the other does not: a wrist of the hand is none of the foot."""
    mine = _rest(left.words, [pair.left for pair in shared])
    yours = _rest(right.words, [pair.right for pair in shared])
    if mine and yours:
        fa, en = "، ".join((*mine, *yours)), ", ".join((*mine, *yours))
        yield _OTHER_WORDS, Text(f"واژه‌های جدا: {fa}", f"words apart: {en}")


def _rest(words: tuple[str, ...], paired: list[_Unit]) -> list[str]:
    places = frozenset[int]().union(*(unit.places for unit in paired))
    return [word for place, word in enumerate(words) if place not in places and word not in _EMPTY]


def _differences(left: Titled, right: Titled) -> Iterator[tuple[int, Text]]:
    """Yield what says that two titles are not the same, and the points that it leaves at most."""
    a, b = left.drug, right.drug
    if a.strengths and b.strengths and a.strengths != b.strengths:
        yield _OTHER_AMOUNT, Text("قدرت یکی نیست", "another strength")
    if left.numbers and right.numbers and left.numbers != right.numbers:
        yield _OTHER_AMOUNT, Text("عدد یکی نیست", "another number")
    if a.forms and b.forms and not a.forms & b.forms:
        yield _OTHER_FORM, Text("شکل دارویی یکی نیست", "another form")
    if a.routes and b.routes and not a.routes & b.routes:
        yield _OTHER_FORM, Text("راه مصرف یکی نیست", "another route")


def _unsaid(left: DrugTitle, right: DrugTitle) -> int:
    return (bool(left.strengths) != bool(right.strengths)) + (bool(left.forms) != bool(right.forms))
