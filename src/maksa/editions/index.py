"""The search index of a batch of concepts: keys of titles, aliases of codes, words with their postings.

Run as a module it is the second process of a large build: batches in by standard input, their index out.
"""

from __future__ import annotations

import marshal
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

from maksa.editions.content import FIXED_FIELDS, concept_parts, designations_from_json, fields_of
from maksa.editions.words import code_aliases, title_number, words_of
from maksa.model.persian import fold

_LENGTH = struct.Struct("<Q")


class Indexed(NamedTuple):
    """The index of a batch, in plain types that cross a pipe.

    `title_keys`, `title_concepts` and `title_own` are arrays of int64, uint32 and uint8 of the same length; `own`
    and `other` give a word's concept numbers, ascending, as an array of uint32.
    """

    title_keys: bytes
    title_concepts: bytes
    title_own: bytes
    aliases: list[tuple[str, int]]
    own: dict[str, bytes]
    other: dict[str, bytes]


def index_batch(first: int, lines: Sequence[str]) -> Indexed:
    """Index records of concepts that are numbered from `first` on. Cost: some 12 µs a concept."""
    keys, owners, own_title = array("q"), array("I"), bytearray()
    aliases: list[tuple[str, int]] = []
    postings = (_postings(), _postings())
    for concept, line in enumerate(lines, start=first):
        fields = fields_of(line)
        aliases += [(alias, concept) for alias in code_aliases(fields[0])]
        for own, titles in enumerate(reversed(_titles(fields))):
            words: list[str] = []
            for title in titles:
                folded = fold(title)
                keys.append(title_number(folded))
                owners.append(concept)
                own_title.append(own)
                words += words_of(folded)
            for word in set(words):
                postings[own][word].append(concept)
    other_words, own_words = ({w: numbers.tobytes() for w, numbers in some.items()} for some in postings)
    return Indexed(keys.tobytes(), owners.tobytes(), bytes(own_title), aliases, own_words, other_words)


def _postings() -> defaultdict[str, array[int]]:
    return defaultdict(lambda: array("I"))


def _titles(fields: list[str]) -> tuple[list[str], list[str]]:
    """Give the displays of a concept and its variants, and the other designations of both."""
    own, other = [fields[1]], []
    if len(fields) > FIXED_FIELDS:
        for part in concept_parts(fields):
            if part[0] == "d":
                other.append(part[3])
            elif part[0] == "v":
                own.append(part[2])
                other += [designation.value for designation in designations_from_json(part[3])]
    return own, other


def send(stream: IO[bytes], message: tuple[Any, ...]) -> None:
    """Write one message to a pipe."""
    packed = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Any, ...] | None:
    """Read one message from a pipe; None at its end. The other side is this program itself."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    message: tuple[Any, ...] = marshal.loads(stream.read(_LENGTH.unpack(head)[0]))  # noqa: S302
    return message


def _serve(source: IO[bytes], sink: IO[bytes]) -> None:
    while (message := receive(source)) is not None:
        first, lines = message
        send(sink, tuple(index_batch(first, lines)))


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
