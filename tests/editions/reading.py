"""A reader in a process of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf


def read_for_two_seconds(home, queue):
    """Look at a shelf again and again; put which editions were seen with how many concepts, and the problems."""
    shelf = Shelf(home, KeyRing(home / "keys"))
    seen = set()
    until = datetime.now(UTC).timestamp() + 2
    while datetime.now(UTC).timestamp() < until:
        shelf.refresh()
        for entry in shelf.entries("herbs"):
            provider = shelf.provider("herbs", entry.manifest.edition)
            seen.add((entry.manifest.edition, provider.count))
    queue.put((seen, [str(p) for p in shelf.problems()]))
