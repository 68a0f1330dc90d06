"""Which concepts of a list carry a LOINC number as a property: `024630-600` carries 24630-6."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maksa.model.concept import Concept
from maksa.model.provider import ConceptFilter, Provider
from maksa.terminology.registered import registered_lists

_PROPERTY = "loinc"
_MOST = 5


def carrying(provider: Provider, code: str) -> Iterator[str]:
    """Yield the codes of a list whose property `loinc` is this number; none when it is no LOINC number.

    No index leads from a property to its codes. The number is looked for where it stands: in codes made of it
    (six digits, its check digit and two more) and in titles that name it; the property decides.
    Cost: two reads of the index, of a list that has the property.
    """
    form = registered_lists()["LOINC"].code_form
    number = next((spelling for spelling in form.spellings(code) if form.fits(spelling)), None)
    if number is None or all(defined.code != _PROPERTY for defined in provider.terminology.properties):
        return
    told: set[str] = set()
    for concept in _likely(provider, number):
        if number in concept.values(_PROPERTY) and concept.code not in told:
            told.add(concept.code)
            yield concept.code


def _likely(provider: Provider, number: str) -> Iterator[Concept]:
    digits, check = number.split("-")
    beginning = f"{digits:0>6}-{check}"
    yield from provider.page(ConceptFilter(day=date.max), after=beginning, limit=_MOST)
    yield from (hit.concept for hit in provider.search(number, limit=_MOST).hits)
