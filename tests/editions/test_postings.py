"""Sets of concepts, by their displays and by all their titles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from maksa.editions.postings import NOTHING, all_of, read_postings, union

_NUMBERS = st.none() | st.frozensets(st.integers(0, 9), min_size=1)
_STORED = st.tuples(_NUMBERS, _NUMBERS)


def read(stored):
    """Postings as they are read of the two blobs of a word."""
    own, other = (None if numbers is None else BitMap(numbers).serialize() for numbers in stored)
    return read_postings(own, other)


def sets(postings):
    """The two sets as Python has them."""
    return set(postings.own), set(postings.all)


def meant(stored):
    """The two sets that a word's two blobs mean."""
    own, other = (numbers or frozenset() for numbers in stored)
    return set(own), set(own | other)


@given(_STORED, _STORED)
def test_two_words_meet_and_join_as_their_sets_do(first, second):
    """Whether displays alone have a word, other titles alone, both, or none."""
    one, other = read(first), read(second)
    both = [a & b for a, b in zip(meant(first), meant(second), strict=True)]
    either = [a | b for a, b in zip(meant(first), meant(second), strict=True)]

    assert sets(one & other) == tuple(both)
    assert sets(one | other) == sets(union([one, other])) == tuple(either)
    assert one.meets(other) == bool(both[1])


@given(st.lists(_STORED, min_size=1, max_size=4))
def test_many_words_are_what_two_and_two_are(stored):
    """All of them, and any of them; what went in is not changed."""
    several = [read(one) for one in stored]

    assert sets(all_of(several))[1] == set.intersection(*(meant(one)[1] for one in stored))
    assert sets(union(several))[1] == set.union(*(meant(one)[1] for one in stored))
    assert [sets(one) for one in several] == [meant(one) for one in stored]


def test_nothing_is_empty():
    """The union of none is no concept."""
    assert not NOTHING
    assert not union([])
