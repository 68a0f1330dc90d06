"""Where in a title, as it is written, the words of a query stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from maksa.model.persian import fold

_MARKS = "\u200d\u200e\u200f\u0640\u00ad\u064b-\u065f\u0670"
_RUN = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+|\d+(?:[./\u066b]\d+)*")

_Run = tuple[int, str, str]


def highlights(title: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Give the parts of a title (start, end; in characters) that match folded words, in order, none overlapping.

    A word matches where a word of the title begins with it; it may run on over a half-space or a space. Tatweel and
    harakat do not hide it. The title itself is not altered.
    Cost: some 5 µs a title.
    """
    runs = [(match.start(), (text := match[0]), _folded(text)) for match in _RUN.finditer(title)]
    firsts = {word[:1] for word in words}
    found: list[tuple[int, int]] = []
    ended = 0
    for place, (start, text, folded) in enumerate(runs):
        if (folded[:1] not in firsts and folded) or start < ended:
            continue  # Nearly every run begins with another letter than the words.
        end = -1
        for word in words:
            if word == folded:
                end = max(end, start + len(text))
            elif word.startswith(folded) or folded.startswith(word):
                end = max(end, _end_of(runs, place, word))
        if end >= 0:
            found.append((start, end))
            ended = end
    return tuple(found)


@lru_cache(maxsize=8_192)
def _folded(run: str) -> str:
    return fold(run).replace(" ", "")


def _end_of(runs: Sequence[_Run], place: int, word: str) -> int:
    """Give where a word that begins at a run ends in the title, or -1."""
    left = word
    while left and place < len(runs):
        start, text, folded = runs[place]
        if folded.startswith(left):
            return start + _letters(text, folded, left)
        if not left.startswith(folded):
            return -1
        left = left[len(folded) :]
        place += 1
    return -1


def _letters(text: str, folded: str, wanted: str) -> int:
    """Count the characters of a run that fold to the first letters of it."""
    if folded != wanted:
        for count in range(len(wanted), len(text)):
            if _folded(text[:count]) == wanted:
                return count
    return len(text)
