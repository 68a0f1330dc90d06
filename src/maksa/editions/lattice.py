"""Words that are parted in the query and joined in a title, or the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from maksa.editions.vocabulary import Postings, Vocabulary, nothing

LONGEST_JOIN = 3
"""Neighbouring words of a query that are also read as one (نیم رخ as نیمرخ)."""
_MOST_PIECES = 3
_SHORTEST_PIECE = 2
_LONGEST_GLUED = 32
_SHORTEST_GLUED = 4


def joins(words: Sequence[str]) -> dict[tuple[int, int], str]:
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


def cover(length: int, spans: Mapping[tuple[int, int], Postings]) -> Postings:
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
    return ways[length] or nothing()


def glued(word: str, vocabulary: Vocabulary, *, last: Callable[[str], Postings] | None = None) -> Postings:
    """Give the concepts that have a word in two or three pieces (قالبگیری as قالب and گیری).

    The pieces may stand anywhere in a title: the caller tests whether they stand side by side. With `last`, the
    last piece is given by it: a prefix. Cost: some 0.3 ms for a long word.
    """
    if not (_SHORTEST_GLUED <= len(word) <= _LONGEST_GLUED) or not word.isalpha():
        return nothing()
    found = vocabulary.whole(_pieces(word))
    reached: dict[int, Postings] = {}
    pieces: dict[int, Postings] = {
        end: found[word[:end]] for end in range(_SHORTEST_PIECE, len(word)) if word[:end] in found
    }
    for _ in range(_MOST_PIECES - 1):
        following: dict[int, Postings] = {}
        for start, so_far in pieces.items():
            for end in range(start + _SHORTEST_PIECE, len(word) + 1):
                piece = _last_or_whole(word[start:end], found, last if end == len(word) else None)
                if piece is not None and (both := so_far & piece):
                    target = reached if end == len(word) else following
                    target[end] = target[end] | both if end in target else both
        pieces = following
    return reached.get(len(word), nothing())


def _pieces(word: str) -> Iterable[str]:
    for start in range(len(word) - _SHORTEST_PIECE + 1):
        for end in range(start + _SHORTEST_PIECE, len(word) + 1):
            if (start, end) != (0, len(word)):
                yield word[start:end]


def _last_or_whole(
    piece: str, found: Mapping[str, Postings], last: Callable[[str], Postings] | None
) -> Postings | None:
    return found.get(piece) if last is None else last(piece)
