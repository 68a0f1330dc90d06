"""What the page of a concept shows of maps: what the code becomes, and what a service of the book is worth."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from maksa.errors import MaksaError
from maksa.model.map_words import COMPONENTS, relationship_word, without_sentence
from maksa.model.service import Lookup, TerminologyService
from maksa.model.translation import Amount, Component, MapMatch, RelativeValue, Translation
from maksa.text import Text

BOOK = "RVU3"


@dataclass(frozen=True, slots=True)
class MapsShown:
    """What is shown: the translation when some map has this list, the value when it is a code of the book."""

    translation: Translation | None = None
    values: tuple[RelativeValue, ...] = ()

    @property
    def components(self) -> Mapping[Component, Text]:
        """Give the words for the parts of a value."""
        return COMPONENTS

    def relationship(self, match: MapMatch) -> str:
        """Give the Persian word for the relationship of a row."""
        return relationship_word(match.relationship).fa

    def is_held(self, match: MapMatch) -> bool:
        """Tell whether the target has a page here."""
        return match.target is not None and match.target.display is not None

    def lacks(self, amount: Amount) -> str:
        """Say which components an amount lacks; empty when it is the whole."""
        sentence = without_sentence(amount)
        return "" if sentence is None else sentence.fa


def about_maps(service: TerminologyService, found: Lookup, on: date | None, edition: str | None) -> MapsShown:
    """Ask what maps say of a concept; nothing for a named edition, since maps answer of a day.

    A map or a book that cannot be read leaves its part out: the page of the concept stands without it.
    """
    if edition is not None:
        return MapsShown()
    terminology, code = found.edition.terminology, found.concept.code
    translation: Translation | None = None
    with suppress(MaksaError):
        translation = service.translate(terminology, code, on=on)
    if translation is not None and not translation.maps:
        translation = None
    return MapsShown(translation, _values(service, code, on) if terminology == BOOK else ())


def _values(service: TerminologyService, code: str, on: date | None) -> tuple[RelativeValue, ...]:
    with suppress(MaksaError):
        return service.relative_value(BOOK, code, on=on, with_coefficients=True).values
    with suppress(MaksaError):  # No coefficients are held, or none are in force on the day.
        return service.relative_value(BOOK, code, on=on).values
    return ()
