"""The vocabulary of one edition file as one search reads it: words, prefixes, words in pieces, near words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maksa.editions.connection import EditionConnection
from maksa.editions.lattice import pieces_of
from maksa.editions.postings import NOTHING, Postings, all_of, read_postings, union
from maksa.editions.words import PREFIX_LENGTH, deletion_key
from maksa.model.sound import sound_key
from maksa.model.spelling import TWO_EDITS_FROM, deletions, edits

_LAST = "\U0010ffff"
_MOST_PLACES = 500
"""Parameters of one statement."""
_SHORTEST_LATIN = 4
"""Latin letters below which a word is an abbreviation, which sounds like nothing: ESR is not زیر."""
_SHORTEST_SOUND = 2
_MOST_SOUNDING = 50


class Vocabulary:
    """Words of one edition. Made for one search: what it read once it does not read again.

    `latin_words` is how many words stand before the first that begins with a letter beyond ASCII.
    """

    def __init__(self, connection: EditionConnection, latin_words: int) -> None:
        """Read through a connection."""
        self._connection = connection
        self._latin_words = latin_words
        self._whole: dict[str, Postings | None] = {}
        self._prefixes: dict[str, Postings] = {}
        self._parted: dict[str, Sequence[tuple[str, ...]]] = {}
        self._near: dict[str, list[str]] = {}
        self._in_pieces: dict[tuple[str, bool], Postings] = {}

    def whole(self, words: Iterable[str]) -> dict[str, Postings]:
        """Give the postings of those words that the list has. Cost: some 3 µs a word that it has."""
        wanted = dict.fromkeys(words)
        new = [word for word in wanted if word not in self._whole]
        for start in range(0, len(new), _MOST_PLACES):
            some = new[start : start + _MOST_PLACES]
            self._whole |= dict.fromkeys(some)
            places = ",".join("?" * len(some))
            rows = self._connection.rows(f"SELECT word, own, other FROM word WHERE word IN ({places})", some)
            self._whole |= {word: read_postings(own, other) for word, own, other in rows}
        return {word: found for word in wanted if (found := self._whole[word]) is not None}

    def known(self, words: Iterable[str]) -> set[str]:
        """Tell which of several words the list has. Cost: some 1 µs a word."""
        wanted = list(dict.fromkeys(words))
        found: set[str] = set()
        for start in range(0, len(wanted), _MOST_PLACES):
            some = wanted[start : start + _MOST_PLACES]
            places = ",".join("?" * len(some))
            rows = self._connection.rows(f"SELECT word FROM word WHERE word IN ({places})", some)
            found.update(word for (word,) in rows)
        return found

    def prefix(self, prefix: str) -> Postings:
        """Give the concepts with a word that begins so."""
        found = self._prefixes.get(prefix)
        if found is None:
            found = self._prefixes[prefix] = self._read_prefix(prefix)
        return found

    def in_pieces(self, word: str, *, last_is_prefix: bool = False) -> Postings:
        """Give the concepts that have a word in two or three pieces (قالبگیری as قالب and گیری).

        The pieces may stand anywhere in a title: the caller tests whether they stand side by side.
        """
        found = self._in_pieces.get((word, last_is_prefix))
        if found is None:
            found = self._in_pieces[word, last_is_prefix] = self._read_pieces(
                word, last_is_prefix=last_is_prefix
            )
        return found

    def _read_pieces(self, word: str, *, last_is_prefix: bool) -> Postings:
        begun = None if last_is_prefix else self._in_pieces.get((word, True))
        if begun is not None and not begun:  # Where no piece begins a word, none is one.
            return NOTHING
        ways = self._parted.get(word)
        if ways is None:
            ways = self._parted[word] = pieces_of(word, self.known)
        if not last_is_prefix:
            endings = self.known(way[-1] for way in ways) if ways else ()
            ways = [way for way in ways if way[-1] in endings]
        read = self.whole(piece for way in ways for piece in (way[:-1] if last_is_prefix else way))
        found = []
        for *heads, last in ways:
            ending = self.prefix(last) if last_is_prefix else read[last]
            if ending:
                found.append(all_of([ending, *(read[head] for head in heads)]))
        return union(found)

    def near(self, word: str) -> list[str]:
        """Give the words of the list within one edit; for a long word without any, within two.

        With two edits only words that begin with the same letter are found.
        Cost: one edit some 50 µs; two edits read the words of one letter.
        """
        found = self._near.get(word)
        if found is None:
            found = self._near[word] = sorted(self._read_near(word))
        return found

    def _read_near(self, word: str) -> set[str]:
        left = deletions(word)
        keys = [deletion_key(some) for some in (word, *left)]
        places = ",".join("?" * len(keys))
        rows = self._connection.rows(
            f"""SELECT word FROM word WHERE id IN (SELECT word FROM deletion WHERE key IN ({places}))
                UNION ALL SELECT word FROM word WHERE word IN ({",".join("?" * len(left))})""",
            (*keys, *left),
        )
        found = {other for (other,) in rows if other != word and edits(word, other, 1) == 1}
        if found or len(word) < TWO_EDITS_FROM:
            return found
        rows = self._connection.rows(
            "SELECT word FROM word WHERE word >= ? AND word < ?", (word[0], word[0] + _LAST)
        )
        return {other for (other,) in rows if edits(word, other, 2) == 2}

    def sounding_like(self, word: str, *, latin: bool) -> list[str]:
        """Give the words of the list that sound like a word: those in Latin letters, or those in others."""
        if word.isascii() and len(word) < _SHORTEST_LATIN:
            return []
        key = sound_key(word)
        if len(key) < _SHORTEST_SOUND:
            return []
        rows = self._connection.rows(
            f"""SELECT word.word, own, other FROM sound JOIN word ON word.id = sound.word
                WHERE key = ? AND sound.word {"<" if latin else ">="} ? LIMIT {_MOST_SOUNDING}""",
            (key, self._latin_words),
        )
        return sorted(self._keep(row for row in rows if row[0] != word))

    def _read_prefix(self, prefix: str) -> Postings:
        if len(prefix) <= PREFIX_LENGTH:
            row = self._connection.row("SELECT own, other FROM prefix WHERE prefix = ?", (prefix,))
            return NOTHING if row is None else read_postings(*row)
        rows = self._connection.rows(
            "SELECT word, own, other FROM word WHERE word >= ? AND word < ?", (prefix, prefix + _LAST)
        )
        read = self._keep(rows)
        self._whole.setdefault(prefix, None)
        return union(read.values())

    def _keep(self, rows: Iterable[tuple[str, bytes | None, bytes | None]]) -> dict[str, Postings]:
        """Read the postings of words and keep them for `whole`."""
        read = {word: self._whole.get(word) or read_postings(own, other) for word, own, other in rows}
        self._whole |= read
        return read
