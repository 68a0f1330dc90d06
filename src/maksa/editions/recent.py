"""What was read lately of one edition, kept for who asks again: an edition never changes, so it is never stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keep at most `limit` values by their keys; what was asked lately stays.

    Order:  there are two halves: when the younger is full, the older is forgotten.
    Memory: that of its values, so who keeps them bounds their size. Shared by any number of threads: where two
            meet, at worst a value is forgotten early.
    Cost:   0.1 µs a value.
    """

    def __init__(self, limit: int) -> None:
        """Keep nothing yet."""
        self._half = limit // 2
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def known(self, keys: Iterable[K]) -> dict[K, V]:
        """Give what is kept under some keys."""
        young, old = self._young, self._old
        found: dict[K, V] = {}
        again: dict[K, V] = {}
        for key in keys:
            value = young.get(key)
            if value is None:
                value = old.get(key)
                if value is None:
                    continue
                again[key] = value
            found[key] = value
        if again:
            self.keep(again)
        return found

    def keep(self, values: Mapping[K, V]) -> None:
        """Keep values by their keys."""
        for key, value in values.items():
            if len(self._young) >= self._half:
                self._old, self._young = self._young, {}
            self._young[key] = value
