"""How the hits of a search are spread over states and properties."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from maksa.editions.connection import EditionConnection
from maksa.editions.content import day_from_text
from maksa.model.concept import Concept, PropertyDefinition
from maksa.model.provider import Facet

COUNTED = 5_000
"""Hits that are counted, the best ones: a facet is for choosing among them."""
_MOST_VALUES = 30
"""Values of a property beyond which it tells hits apart like a code, and is no facet."""
_TYPES = frozenset({"string", "code", "boolean"})


def facets(
    connection: EditionConnection,
    numbers: Iterable[int],
    definitions: Sequence[PropertyDefinition],
    day: date,
) -> tuple[Facet, ...]:
    """Count concepts by their state on a day and by each property of few values, most frequent first.

    Cost: some 2 µs a property of a hit.
    """
    chosen = json.dumps(list(numbers))
    states: Counter[str] = Counter()
    for status, start, end, count in connection.rows(
        """SELECT status, effective_from, effective_to, count(*) FROM concept
           WHERE id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3""",
        (chosen,),
    ):
        dated = Concept("", "", status, effective_from=day_from_text(start), effective_to=day_from_text(end))
        states[dated.status_on(day)] += count
    found = [Facet("status", tuple(states.most_common()))] if states else []
    values: dict[int, list[tuple[str, int]]] = {}
    for definition, value, count in connection.rows(
        """SELECT definition, value, count(*) AS hits FROM property
           WHERE concept IN (SELECT value FROM json_each(?)) GROUP BY 1, 2 ORDER BY 1, hits DESC, 2""",
        (chosen,),
    ):
        values.setdefault(definition, []).append((value, count))
    for number, counted in values.items():
        definition = definitions[number]
        if definition.type in _TYPES and len(counted) <= _MOST_VALUES:
            found.append(Facet(f"property:{definition.code}", tuple(counted)))
    return tuple(found)
