"""The vocabulary of one edition file as a search reads it: postings of words, prefixes and near words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pyroaring import BitMap

from maksa.editions.connection import EditionConnection
from maksa.editions.words import PREFIX_LENGTH, deletion_key
from maksa.model.sound import sound_key
from maksa.model.spelling import TWO_EDITS_FROM, deletions, edits

_LAST = "\U0010ffff"
_MOST_PLACES = 500
"""Parameters of one statement."""


class Postings(NamedTuple):
    """Numbers of concepts: `own`, whose display has a word; `all`, of which any title has it."""

    own: BitMap
    all: BitMap

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.all)

    def __and__(self, other: Postings) -> Postings:
        """Give what both have."""
        return Postings(self.own & other.own, self.all & other.all)

    def __or__(self, other: Postings) -> Postings:
        """Give what either has."""
        return Postings(self.own | other.own, self.all | other.all)


def nothing() -> Postings:
    """Give no numbers."""
    return Postings(BitMap(), BitMap())


def union(several: Iterable[Postings]) -> Postings:
    """Give what any of several has."""
    some = list(several)
    if not some:
        return nothing()
    if len(some) == 1:
        return some[0]
    return Postings(BitMap.union(*(p.own for p in some)), BitMap.union(*(p.all for p in some)))


class Vocabulary:
    """Words of one edition; nothing is kept in memory but what the database keeps."""

    def __init__(self, connection: EditionConnection) -> None:
        """Read through a connection."""
        self._connection = connection

    def whole(self, words: Iterable[str]) -> dict[str, Postings]:
        """Give the postings of those words that the list has. Cost: some 3 µs a word that it has."""
        wanted = list(dict.fromkeys(words))
        found: dict[str, Postings] = {}
        for start in range(0, len(wanted), _MOST_PLACES):
            some = wanted[start : start + _MOST_PLACES]
            rows = self._connection.rows(
                f"SELECT word, own, other FROM word WHERE word IN ({','.join('?' * len(some))})", some
            )
            found |= {word: _postings(own, other) for word, own, other in rows}
        return found

    def prefix(self, prefix: str) -> Postings:
        """Give the concepts with a word that begins so."""
        if len(prefix) <= PREFIX_LENGTH:
            row = self._connection.row("SELECT own, other FROM prefix WHERE prefix = ?", (prefix,))
            return nothing() if row is None else _postings(*row)
        rows = self._connection.rows(
            "SELECT own, other FROM word WHERE word >= ? AND word < ?", (prefix, prefix + _LAST)
        )
        return union(_postings(own, other) for own, other in rows)

    def near(self, word: str) -> list[str]:
        """Give the words of the list within one edit; for a long word without any, within two.

        With two edits only words that begin with the same letter are found.
        Cost: one edit some 100 µs; two edits read the words of one letter.
        """
        left = deletions(word)
        keys = [deletion_key(some) for some in (word, *left)]
        places = ",".join("?" * len(keys))
        rows = self._connection.rows(
            f"""SELECT word FROM word WHERE id IN (SELECT word FROM deletion WHERE key IN ({places}))
                UNION SELECT word FROM word WHERE word IN ({",".join("?" * len(left))})""",
            (*keys, *left),
        )
        found = [other for (other,) in rows if other != word and edits(word, other, 1) == 1]
        if found or len(word) < TWO_EDITS_FROM:
            return sorted(found)
        rows = self._connection.rows(
            "SELECT word FROM word WHERE word >= ? AND word < ?", (word[0], word[0] + _LAST)
        )
        return sorted(other for (other,) in rows if edits(word, other, 2) == 2)

    def sounding_like(self, word: str) -> list[str]:
        """Give the words of the list that sound like a word, in either script."""
        key = sound_key(word)
        if len(key) < 2:
            return []
        rows = self._connection.rows(
            "SELECT word.word FROM sound JOIN word ON word.id = sound.word WHERE key = ?", (key,)
        )
        return sorted(other for (other,) in rows if other != word)


def _postings(own: bytes | None, other: bytes | None) -> Postings:
    mine = BitMap() if own is None else BitMap.deserialize(own)
    return Postings(mine, mine if other is None else mine | BitMap.deserialize(other))


def all_of(several: Sequence[Postings]) -> Postings:
    """Give what every one of several has; the smallest first, so that an empty one ends it."""
    ordered = sorted(several, key=lambda postings: len(postings.all))
    found = ordered[0]
    for postings in ordered[1:]:
        if not found:
            break
        found &= postings
    return found
