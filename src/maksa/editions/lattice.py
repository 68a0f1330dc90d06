"""Words that are parted in the query and joined in a title, or the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from maksa.editions.postings import NOTHING, Postings

Span = tuple[int, int]
"""A run of words in a query: the place of the first, and that behind the last."""
LONGEST_JOIN = 3
"""Neighbouring words of a query that are also read as one (نیم رخ as نیمرخ)."""
_SHORTEST_PIECE = 2
_LONGEST_GLUED = 32
_SHORTEST_GLUED = 4
_MOST_WAYS = 64


def joins(words: Sequence[str]) -> dict[Span, str]:
    """Give each run of two or three neighbouring words as one word, by its place (first, behind the last).

    Two numbers are never joined: 1 25 is not 125.
    """
    made = {}
    for first in range(len(words)):
        for end in range(first + 2, min(first + LONGEST_JOIN, len(words)) + 1):
            run = words[first:end]
            if not any(a[-1].isdecimal() and b[0].isdecimal() for a, b in pairwise(run)):
                made[first, end] = "".join(run)
    return made


def cover(length: int, spans: Mapping[Span, Postings]) -> Postings:
    """Give the concepts that match a query of so many words by some way through its spans."""
    ways: list[Postings | None] = [None] * (length + 1)
    for end in range(1, length + 1):
        for first in range(max(0, end - LONGEST_JOIN), end):
            span = spans.get((first, end))
            if span is None:
                continue
            before = ways[first]
            if first and before is None:
                continue
            here = span if before is None else before & span
            reached = ways[end]
            ways[end] = here if reached is None else reached | here
    return ways[length] or NOTHING


def pieces_of(word: str, known: Callable[[Iterable[str]], set[str]]) -> list[tuple[str, ...]]:
    """Give the ways to part a word of letters into two or three words, the fewest pieces first.

    Every piece is a word of the list, but for the last, which the caller may take as a prefix. `known` tells
    which of several words the list has. At most `_MOST_WAYS` ways; one look at the vocabulary.
    """
    if not (_SHORTEST_GLUED <= len(word) <= _LONGEST_GLUED) or not word.isalpha():
        return []
    places = range(_SHORTEST_PIECE, len(word) - _SHORTEST_PIECE + 1)
    heads = known(word[:end] for end in places)
    twos = [(word[:end], word[end:]) for end in places if word[:end] in heads]
    middles = known(rest[:end] for _, rest in twos for end in range(_SHORTEST_PIECE, len(rest) - 1))
    threes = [
        (head, rest[:end], rest[end:])
        for head, rest in twos
        for end in range(_SHORTEST_PIECE, len(rest) - 1)
        if rest[:end] in middles
    ]
    return [*twos, *threes][:_MOST_WAYS]
