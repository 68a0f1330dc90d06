"""Misspelling: the deletions by which near words meet, and how many edits part two words."""

from __future__ import annotations

from rapidfuzz.distance import OSA

ONE_EDIT_FROM = 3
"""Letters from which a word is searched with one edit; shorter ones have too many neighbours."""
TWO_EDITS_FROM = 8
"""Letters from which a word is searched with two edits."""


def deletions(word: str) -> set[str]:
    """Give the word without one letter, each way. Two words within one edit share one of these or each other."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def edits(first: str, second: str, most: int) -> int:
    """Count the edits (letter added, dropped, changed, neighbours swapped) between two words; `most` + 1 if more."""
    return OSA.distance(first, second, score_cutoff=most)
