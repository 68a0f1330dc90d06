"""The account of a check: how many rows hold, which fail and why, and some of them as examples."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from maksa.audit.triples import Judged

EXAMPLES = 10
_LISTS_NAMED = 1_000
"""Lists that are counted by name; what rows call a list may be anything, so further ones are counted together."""
OTHERS = "…"


@dataclass(slots=True)
class ListCount:
    """The rows of one list, as its id was recognised or else sent."""

    rows: int = 0
    failing: int = 0


@dataclass(slots=True)
class Account:
    """What a check has seen so far. `warned` rows are valid with warnings; `issues` counts rows by issue."""

    rows: int = 0
    failing: int = 0
    warned: int = 0
    issues: Counter[str] = field(default_factory=Counter)
    lists: dict[str | None, ListCount] = field(default_factory=dict)
    examples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def valid(self) -> int:
        """Count the rows that are valid."""
        return self.rows - self.failing

    def add(self, judged: Judged, failing: pl.DataFrame) -> None:
        """Count a batch; `failing` are its failing rows as results have them."""
        self.rows += judged.rows.height
        self.failing += failing.height
        kinds = judged.counts("canonical_terminology", "valid", "issues")
        for name, valid, issues, rows in kinds.iter_rows():
            counted = self._of_list(name)
            counted.rows += rows
            counted.failing += 0 if valid else rows
            self.warned += rows if valid and issues else 0
            for issue in set((issues or "").split()):
                self.issues[issue] += rows
        if len(self.examples) < EXAMPLES:
            self.examples += failing.head(EXAMPLES - len(self.examples)).to_dicts()

    def _of_list(self, name: str | None) -> ListCount:
        if name not in self.lists and len(self.lists) >= _LISTS_NAMED:
            name = OTHERS
        return self.lists.setdefault(name, ListCount())
