"""Under which other codes a map may know a service: its LOINC number, or the services that carry that number.

The map of imaging and laboratory services to the book is published by LOINC number, while an order may name the
service by its own code, and the other way round. Both are the same service: the list itself says so.
"""

from __future__ import annotations

from datetime import date

from maksa.model.concept import Concept
from maksa.model.verdict import Coding
from maksa.terminology.carriers import carrying
from maksa.terminology.nearest import coding
from maksa.terminology.resolve import Resolver

_LOINC = "LOINC"
_PROPERTY = "loinc"


def also_known(resolver: Resolver, source: Coding, concept: Concept | None, day: date) -> tuple[Coding, ...]:
    """Give the other codings of a service, in the order of the catalogue; `concept` is that of the source, if held.

    Cost: for a LOINC number two index reads in each list that has LOINC numbers; else none.
    """
    if source.terminology == _LOINC:
        return tuple(
            coding(opened.provider, found)
            for opened in resolver.others(_LOINC, day)
            for code in carrying(opened.provider, source.code)
            if (found := opened.provider.concept(code)) is not None
        )
    numbers = () if concept is None else concept.values(_PROPERTY)
    return tuple(Coding(_LOINC, str(number), None) for number in dict.fromkeys(numbers))
