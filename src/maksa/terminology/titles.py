"""When a value counts as a title of a concept: equal after folding."""

from __future__ import annotations

from maksa.model.concept import Concept
from maksa.model.persian import title_key
from maksa.terminology.bounds import MAX_VALUE


def is_title_of(concept: Concept, value: str) -> bool:
    """Tell whether a value is a title, designation or variant's title of a concept, after folding."""
    if value == concept.display:
        return True
    if len(value) > MAX_VALUE:
        return False
    key = title_key(value)
    return (
        any(key == title_key(title) for title in concept.titles())
        if key
        else value.strip() in concept.titles()
    )
