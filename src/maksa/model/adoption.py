"""What is counted of the use of lists: which client asked which edition, in what way, how often. Never a code or a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

UseKind = Literal["search", "lookup", "list", "validate", "retired", "download"]
"""`retired` counts, beside `validate`, the verdicts that a code is retired."""
UseWay = Literal["now", "day", "edition"]
"""Whether the edition in force was asked, that of a day that was named, or an edition that was named."""


class Use(NamedTuple):
    """What is counted together: a client, the edition that answered, what was asked and in what way."""

    client: str
    terminology: str
    edition: str
    kind: UseKind
    way: UseWay


UseKey = tuple[str, str, str, UseKind, UseWay]
"""The members of a `Use` in their order. To make and find a plain tuple costs a third of what the named one does."""

Uses = Mapping[tuple[str, str, UseKind, UseWay], int]
"""How often a list's edition was used, by list, edition, kind and way."""
NO_USES: Uses = {}


class UseCounter(Protocol):
    """The port through which doors count, in the event loop only; the registry keeps the counts."""

    def note(self, use: UseKey, count: int = 1) -> None:
        """Count questions. Cost: under 1 µs; nothing is written by who calls."""

    def write(self) -> None:
        """Write what was counted; called when the server stops."""
