"""Sets of concepts that a word stands in: of whose display, and of any of their titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pyroaring import BitMap


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
    some = [postings for postings in several if postings]
    if len(some) <= 1:
        return some[0] if some else nothing()
    return Postings(BitMap.union(*(p.own for p in some)), BitMap.union(*(p.all for p in some)))


def all_of(several: Sequence[Postings]) -> Postings:
    """Give what every one of several has; the smallest first, so that an empty one ends it."""
    ordered = sorted(several, key=lambda postings: len(postings.all))
    found = ordered[0]
    for postings in ordered[1:]:
        if not found:
            break
        found &= postings
    return found


def read_postings(own: bytes | None, other: bytes | None) -> Postings:
    """Read the two bitmaps of a word or prefix as an edition file has them."""
    mine = BitMap() if own is None else BitMap.deserialize(own)
    return Postings(mine, mine if other is None else mine | BitMap.deserialize(other))
