"""What is a service worth? Its units in the book in force on a day, and on request the rial amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from maksa.model.concept import Concept, Property, PropertyValue
from maksa.model.jalali import today
from maksa.model.translation import RelativeValue, RelativeValues, Units
from maksa.model.verdict import Coding, Issue
from maksa.terminology import issues
from maksa.terminology.amounts import amounts
from maksa.terminology.bounds import sound
from maksa.terminology.coefficients import LIST, coefficients
from maksa.terminology.judge_held import judge_day
from maksa.terminology.lookup import find, unknown
from maksa.terminology.map_sentences import list_says, no_coefficients
from maksa.terminology.nearest import coding
from maksa.terminology.resolve import Opened, Resolver
from maksa.terminology.translate import translate
from maksa.text import Text

BOOK = "RVU3"
_TOTAL, _PROFESSIONAL, _TECHNICAL, _ANAESTHESIA = "total", "professional", "technical", "anesthesia_base"
_NUMBERS = (_TOTAL, _PROFESSIONAL, _TECHNICAL, _ANAESTHESIA)
_MARKS, _NOTES, _CODE_OF_BOOK = "attribute", "notes", "rvu"
_MOST_DIGITS = 40  # More than any value of a book; beyond it a number is shown as it stands and not computed.


def relative_value(
    resolver: Resolver,
    terminology: str,
    code: str,
    *,
    on: date | None = None,
    with_coefficients: bool = False,
) -> RelativeValues:
    """Give the relative value of a code of the book, or of each code of it that maps lead to.

    Units:  relative-value units as the book prints them; amounts in rials.
    Raises: as `translate`; UnknownTerminology when coefficients are asked for and none are held.
    """
    day = today() if on is None else on
    book = resolver.opened(BOOK, on=day)
    sheet = _sheet(resolver, day) if with_coefficients else None
    if resolver.recognised(terminology) == BOOK:
        written = sound(code)
        concept = find(book.provider, written)
        if concept is None:
            raise unknown(book, written)
        return RelativeValues(coding(book.provider, concept), day, (_value(book, concept, sheet),))
    way = translate(resolver, terminology, code, target=BOOK, on=day)
    targets = dict.fromkeys(match.target.code for match in way.matches if match.usable and match.target)
    found = [concept for target in targets if (concept := book.provider.concept(target)) is not None]
    values = tuple(_value(book, concept, sheet) for concept in found)
    if not values and way.reason is not None:
        way = replace(way, reason=_with_own_column(resolver, way.source, way.reason, day))
    return RelativeValues(way.source, day, values, way)


def _sheet(resolver: Resolver, day: date) -> Opened:
    if LIST not in resolver.library.ids():
        raise no_coefficients(LIST)
    return resolver.opened(LIST, on=day)


def _with_own_column(resolver: Resolver, source: Coding, reason: Text, day: date) -> Text:
    """Add to "no map" what the list itself names as the code of the book: shown, since no map decides it."""
    if not resolver.library.entries(source.terminology):
        return reason
    concept = resolver.opened(source.terminology, on=day).provider.concept(source.code)
    named = () if concept is None else tuple(str(value) for value in concept.values(_CODE_OF_BOOK))
    if not named:
        return reason
    said = list_says(source, BOOK, named)
    return Text(f"{reason.fa} {said.fa}", f"{reason.en} {said.en}")


def _value(book: Opened, concept: Concept, sheet: Opened | None) -> RelativeValue:
    rows = (
        _units(concept.display, concept.properties),
        *(_units(v.display, v.properties) for v in concept.variants),
    )
    against = _against(book, concept, len(rows))
    value = RelativeValue(coding(book.provider, concept), book.day, book.entry.manifest.ref, rows, against)
    if sheet is None:
        return value
    read, unread = coefficients(sheet)
    blocked = any(issue.severity == "error" for issue in against)
    return replace(
        value,
        amounts=() if blocked else amounts(concept.code, rows[0], read),
        coefficients=sheet.entry.manifest.ref,
        not_applied=unread,
    )


def _against(book: Opened, concept: Concept, rows: int) -> tuple[Issue, ...]:
    found = []
    if rows > 1:
        found.append(issues.ambiguous_value(book.provider.terminology.id, concept.code, rows))
    of_day = judge_day(book.provider, concept, book.day)
    if of_day is not None:
        found.append(of_day)
    return tuple(found)


def _units(display: str, properties: Sequence[Property]) -> Units:
    """Read one row of the book; what it says in words where a number is expected is kept as text."""
    values: dict[str, list[PropertyValue]] = {}
    for one in properties:
        values.setdefault(one.code, []).append(one.value)
    numbers = {name: _number(values.get(name, ())) for name in _NUMBERS}
    texts = [
        (name, str(text))
        for name in (*_NUMBERS, _MARKS)
        for text in (
            *values.get(f"{name}-text", ()),
            *(values.get(name, ()) if name in numbers and numbers[name] is None else ()),
        )
    ]
    return Units(
        display=display,
        total=numbers[_TOTAL],
        professional=numbers[_PROFESSIONAL],
        technical=numbers[_TECHNICAL],
        anaesthesia=numbers[_ANAESTHESIA],
        marks=tuple(str(mark) for mark in values.get(_MARKS, ())),
        notes=tuple(str(note) for note in values.get(_NOTES, ())),
        texts=tuple(texts),
    )


def _number(values: Sequence[PropertyValue]) -> Decimal | None:
    """Give the one number of a cell; None for none, for several, and for one too long to be a value."""
    if len(values) != 1 or not isinstance(values[0], Decimal) or not values[0].is_finite():
        return None
    sign_digits = values[0].as_tuple()
    exponent = sign_digits.exponent
    short = isinstance(exponent, int) and abs(exponent) <= _MOST_DIGITS
    return values[0] if short and len(sign_digits.digits) <= _MOST_DIGITS else None
