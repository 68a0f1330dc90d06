"""What is written of a map, whatever the format."""

from __future__ import annotations

from typing import NamedTuple

from maksa.intake.map_words import LIST_URN, NO_MAP
from maksa.model.concept import Mapping, Terminology
from maksa.model.edition import EditionEntry


class ExportedMap(NamedTuple):
    """One edition of a map: its description, its rows in their order, and the URLs of the lists that have one."""

    terminology: Terminology
    entry: EditionEntry
    rows: tuple[Mapping, ...]
    urls: dict[str, str]

    def url_of(self, terminology: str) -> str:
        """Give the URL of a list; one without its own gets a URN."""
        return self.urls.get(terminology, f"{LIST_URN}{terminology}")


def cells_of(row: Mapping) -> tuple[str, ...]:
    """Give a row under the standard columns of maps; what is absent is empty, no target is `no-map`."""
    decision = row.decision
    decided = (
        ("", "", "", "")
        if decision is None
        else (decision.by, decision.on.isoformat(), decision.why, decision.letter or "")
    )
    return (
        row.source_terminology,
        row.source_code,
        row.target_terminology,
        row.target_code or NO_MAP,
        row.relationship if row.target_code else "",
        row.condition or "",
        row.comment or "",
        *decided,
    )
