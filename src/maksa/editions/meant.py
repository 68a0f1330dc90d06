"""Find what a query means in other words: «نوار قلب» where titles say ECG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maksa.editions.found import Ranked, Sought
from maksa.editions.postings import Postings, all_of, union
from maksa.editions.synonyms import Phrase, Stretch, stretches
from maksa.editions.vocabulary import Vocabulary

_SHORT = 4
"""Letters below which a word of a phrase must stand whole: PT does not mean PTH."""


def meant(vocabulary: Vocabulary, words: Sequence[str], *, near: bool) -> Iterator[Ranked]:
    """Yield the concepts whose titles say the query in other words, none where no known phrase was typed.

    `near` takes also what is shorter or wider than what was typed. Cost: a bitmap a word of each way.
    """
    parted = stretches(words, near=near)
    if not parted:
        return
    covered = {place for stretch in parted for place in range(stretch.start, stretch.end)}
    alone = [word for place, word in enumerate(words) if place not in covered]
    others = [vocabulary.prefix(word) for word in alone]
    if not all(others):
        return
    for ways in _by_way(parted):
        said = [union(_says(vocabulary, way) for way in some) for some in ways]
        sought = [
            *(
                Sought(" ".join(parted[place].ways[0]), tuple(map(" ".join, some)), "synonym")
                for place, some in enumerate(ways)
            ),
            *(Sought(word, (word,)) for word in alone),
        ]
        yield Ranked("synonym", all_of([*others, *said]).all, tuple(sought))


def _by_way(parted: Sequence[Stretch]) -> Iterator[Sequence[Sequence[Phrase]]]:
    """Give the ways of a single stretch one by one, for the surest stand first; those of several together."""
    if len(parted) == 1:
        yield from ([[way]] for way in parted[0].ways[1:])
    else:
        yield [stretch.ways for stretch in parted]


def _says(vocabulary: Vocabulary, way: Phrase) -> Postings:
    """Give the concepts that have every word of a phrase."""
    whole = vocabulary.whole([word for word in way if len(word) < _SHORT])
    if any(len(word) < _SHORT and word not in whole for word in way):
        return union(())
    return all_of([whole[word] if word in whole else vocabulary.prefix(word) for word in way])
