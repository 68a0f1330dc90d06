"""What people type for the same thing: the phrases of synonyms.toml, found in the words of a query."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from maksa.editions.words import words_of
from maksa.model.persian import fold

Phrase = tuple[str, ...]
_MOST_WAYS = 48
"""Ways to say one stretch of a query beyond which no further ones are made."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A run of words of a query, and the phrases that may stand for it, each as folded words.

    `start` and `end` are places of words. `same` phrases say the same; `near` ones are what a title has where people
    type something shorter or wider, and are worth asking only when little else is found.
    """

    start: int
    end: int
    same: tuple[Phrase, ...]
    near: tuple[Phrase, ...]


def meanings(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Give each run of words that is a known phrase, written apart or joined. Cost: some µs; each search asks twice."""
    return _meanings(tuple(words))


@lru_cache(maxsize=64)
def _meanings(words: tuple[str, ...]) -> tuple[Meaning, ...]:
    known = _phrases()
    found = []
    for start in range(len(words)):
        run = ""
        for end in range(start + 1, min(start + known.longest, len(words)) + 1):
            run += words[end - 1]
            if run in known.same or run in known.near:
                found.append(Meaning(start, end, known.same.get(run, ()), known.near.get(run, ())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a query that may be said in other ways; the first way is what was typed."""

    start: int
    end: int
    ways: tuple[Phrase, ...]


def stretches(words: Sequence[str], *, near: bool) -> tuple[Stretch, ...]:
    """Part off the stretches of a query that known phrases cover, with every way to say each.

    `near` takes also what is shorter or wider than what was typed. Ways are bounded.
    """
    found = [m for m in meanings(words) if m.same or (near and m.near)]
    parted: list[Stretch] = []
    while found:
        start, end = found[0].start, found[0].end
        inside = []
        for meaning in found:
            if meaning.start < end:
                inside.append(meaning)
                end = max(end, meaning.end)
        ways = islice(_ways(words, inside, start, end, near=near), _MOST_WAYS)
        parted.append(Stretch(start, end, tuple(dict.fromkeys(ways))))
        found = found[len(inside) :]
    return tuple(parted)


def _ways(
    words: Sequence[str], inside: Sequence[Meaning], start: int, end: int, *, near: bool
) -> Iterator[Phrase]:
    """Yield what was typed, then the longest phrases replaced first."""
    if start == end:
        yield ()
        return
    yield tuple(words[start:end])
    for meaning in sorted(inside, key=lambda meaning: -meaning.end):
        if meaning.start == start:
            for phrase in (*meaning.same, *(meaning.near if near else ())):
                for rest in _ways(words, inside, meaning.end, end, near=near):
                    yield (*phrase, *rest)
    for rest in islice(_ways(words, inside, start + 1, end, near=near), 1, None):
        yield (words[start], *rest)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by what is typed, folded and written as one word; `longest` is the most words of one of them."""

    same: dict[str, tuple[Phrase, ...]]
    near: dict[str, tuple[Phrase, ...]]
    longest: int


@cache
def _phrases() -> _Phrases:
    content = tomllib.loads((files("maksa.editions") / "synonyms.toml").read_text(encoding="utf-8"))
    same: defaultdict[str, dict[Phrase, None]] = defaultdict(dict)
    near: defaultdict[str, dict[Phrase, None]] = defaultdict(dict)
    longest = 1
    for group in content["same"]:
        phrases = [_words(phrase) for phrase in group]
        longest = max(longest, *map(len, phrases))
        for typed in phrases:
            same["".join(typed)].update(dict.fromkeys(other for other in phrases if other != typed))
    for entry in content["means"]:
        for typed in map(_words, entry["typed"]):
            longest = max(longest, len(typed))
            meant = map(_words, entry["means"])
            near["".join(typed)].update(dict.fromkeys(phrase for phrase in meant if phrase != typed))
    return _Phrases(
        {typed: tuple(others) for typed, others in same.items()},
        {typed: tuple(others) for typed, others in near.items()},
        longest,
    )


def _words(phrase: str) -> Phrase:
    return tuple(words_of(fold(phrase)))
