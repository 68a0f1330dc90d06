"""The vocabulary of an edition as it is written: words, prefixes, deletions and sounds."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyroaring import BitMap

from maksa.editions.words import PREFIX_LENGTH, deletion_key, is_searched_with_edits
from maksa.model.sound import sound_key
from maksa.model.spelling import deletions

Postings = defaultdict[str, "array[int]"]
"""The concepts that have a word, by their arrival."""


def write_words(connection: sqlite3.Connection, own: Postings, other: Postings, ranks: Sequence[int]) -> None:
    """Write the four tables of the vocabulary; the postings are used up. Words stand by their code points."""
    vocabulary = sorted(own.keys() | other.keys())
    prefixes = (_Unions(), _Unions())
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?, ?)",
        (
            (number, word, _bitmap(word, own, ranks, prefixes[0]), _bitmap(word, other, ranks, prefixes[1]))
            for number, word in enumerate(vocabulary)
        ),
    )
    of_own, of_other = (unions.serialized() for unions in prefixes)
    connection.executemany(
        "INSERT INTO prefix VALUES (?, ?, ?)",
        (
            (prefix, of_own.get(prefix), of_other.get(prefix))
            for prefix in sorted(of_own.keys() | of_other.keys())
        ),
    )
    connection.executemany("INSERT INTO deletion VALUES (?, ?)", sorted(_deletions(vocabulary)))
    connection.executemany("INSERT INTO sound VALUES (?, ?)", sorted(_sounds(vocabulary)))


class _Unions:
    """The union of the postings of all words with a prefix, made at the end: once for many is cheap."""

    def __init__(self) -> None:
        self._bitmaps: defaultdict[str, list[BitMap]] = defaultdict(list)

    def add(self, word: str, bitmap: BitMap) -> None:
        for length in range(1, min(PREFIX_LENGTH, len(word)) + 1):
            self._bitmaps[word[:length]].append(bitmap)

    def serialized(self) -> dict[str, bytes]:
        made = {}
        for prefix, bitmaps in self._bitmaps.items():
            union = BitMap.union(*bitmaps)
            union.run_optimize()
            made[prefix] = union.serialize()
        return made


def _bitmap(word: str, postings: Postings, ranks: Sequence[int], unions: _Unions) -> bytes | None:
    arrived = postings.pop(word, None)
    if arrived is None:
        return None
    bitmap = BitMap(array("I", map(ranks.__getitem__, arrived)))
    bitmap.run_optimize()
    unions.add(word, bitmap)
    serialized: bytes = bitmap.serialize()
    return serialized


def _deletions(vocabulary: Iterable[str]) -> Iterator[tuple[int, int]]:
    for number, word in enumerate(vocabulary):
        if is_searched_with_edits(word):
            for key in {deletion_key(left) for left in deletions(word)}:
                yield key, number


def _sounds(vocabulary: Iterable[str]) -> Iterator[tuple[str, int]]:
    for number, word in enumerate(vocabulary):
        key = sound_key(word)
        if len(key) > 1:
            yield key, number
