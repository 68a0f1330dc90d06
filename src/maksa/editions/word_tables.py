"""The vocabulary of an edition as it is written: words, prefixes, deletions and sounds."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyroaring import BitMap

from maksa.editions.index import Indexed
from maksa.editions.words import PREFIX_LENGTH, deletion_key, is_searched_with_edits
from maksa.model.sound import sound_key
from maksa.model.spelling import deletions

_BATCH = 20_000

_Postings = defaultdict[str, "array[int]"]


class Words:
    """Gathers the postings of all batches, then writes the four tables of the vocabulary."""

    def __init__(self) -> None:
        """Begin with no words."""
        self._own: _Postings = defaultdict(lambda: array("I"))
        self._other: _Postings = defaultdict(lambda: array("I"))

    def add(self, indexed: Indexed) -> None:
        """Add the postings of the next batch."""
        for some, postings in ((indexed.own, self._own), (indexed.other, self._other)):
            for word, numbers in some.items():
                postings[word].frombytes(numbers)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the tables; the postings are used up. The order of words is that of their code points."""
        vocabulary = sorted(self._own.keys() | self._other.keys())
        prefixes = (_Unions(), _Unions())
        connection.executemany(
            "INSERT INTO word VALUES (?, ?, ?, ?)",
            (
                (number, word, _bitmap(word, self._own, prefixes[0]), _bitmap(word, self._other, prefixes[1]))
                for number, word in enumerate(vocabulary)
            ),
        )
        own, other = (unions.serialized() for unions in prefixes)
        connection.executemany(
            "INSERT INTO prefix VALUES (?, ?, ?)",
            ((prefix, own.get(prefix), other.get(prefix)) for prefix in sorted(own.keys() | other.keys())),
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


def _bitmap(word: str, postings: _Postings, unions: _Unions) -> bytes | None:
    numbers = postings.pop(word, None)
    if numbers is None:
        return None
    bitmap = BitMap(numbers)
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
