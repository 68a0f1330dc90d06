"""The words of maps and relative values for readers, in both languages: each once."""

from __future__ import annotations

from collections.abc import Mapping

from maksa.model.translation import Amount, Component
from maksa.text import Text

COMPONENTS: Mapping[Component, Text] = {
    "professional": Text("حرفه‌ای", "professional"),
    "technical": Text("فنی", "technical"),
    "anaesthesia": Text("بیهوشی", "anaesthesia"),
}
"""The parts of a relative value."""
_RELATIONSHIPS: Mapping[str, Text] = {
    "equivalent": Text("برابر", "equivalent"),
    "source-is-narrower-than-target": Text("محدودتر از مقصد", "narrower than the target"),
    "source-is-broader-than-target": Text("گسترده‌تر از مقصد", "broader than the target"),
    "related-to": Text("مرتبط", "related"),
    "not-related-to": Text("نامرتبط", "not related"),
    "retired": Text("ردیف کنارگذاشته", "retired row"),
}


def relationship_word(relationship: str) -> Text:
    """Give the word for the relationship of a map's row; one that is not FHIR's stays as it is."""
    return _RELATIONSHIPS.get(relationship, Text(relationship, relationship))


def without_sentence(amount: Amount) -> Text | None:
    """Say which components an amount lacks, and why; None when it is the whole."""
    if not amount.without:
        return None
    fa = " و ".join(COMPONENTS[name].fa for name in amount.without)
    en = " and ".join(COMPONENTS[name].en for name in amount.without)
    return Text(
        f"بدون جزء {fa}، که ضریب یا عددی ندارد", f"without {en}, which has no coefficient or no number"
    )
