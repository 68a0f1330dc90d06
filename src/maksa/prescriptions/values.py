"""Whether a value can be: dates, times, quantities, counts and texts, each by the type that its rule gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal

from maksa.errors import BadParameter
from maksa.model.codeform import plain_digits
from maksa.model.jalali import day_of, format_jalali, parse_day
from maksa.model.verdict import Coding
from maksa.prescriptions import sentences, value_sentences
from maksa.prescriptions.elements import Element
from maksa.prescriptions.remarks import Remark, error, warning
from maksa.prescriptions.report import Change, NotChecked
from maksa.prescriptions.rules.records import Field, Units
from maksa.prescriptions.units import is_unit, other_case

JALALI_YEARS = range(1200, 1600)
GREGORIAN_YEARS = range(1800, 2200)
_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?(?:[eE][+-]?[0-9]{1,2})?\Z")
_DECIMAL_SIGN = "\u066b"
"""The decimal sign of Persian keyboards."""
_DAY_PARTS = ("Year", "Month", "Day")
_TIME_PARTS = {"Hour": 24, "Minute": 60, "Second": 60}
_BOOLEANS = frozenset({"true", "false", "1", "0"})


def check_value(element: Element, field: Field, units: Units) -> Iterator[Remark]:
    """Check an element whose kind is a value: everything but groups, coded fields and identifiers."""
    check = _CHECKS.get(field.kind)
    if check is not None:
        yield from check(element, field)
    elif field.kind == "quantity":
        yield from _quantity(element, field, units)


def day_in(element: Element | None) -> date | None:
    """Give the Jalali day that a date of a message says; None when it says none, or no real one."""
    if element is None:
        return None
    numbers = [_number(element, part) for part in _DAY_PARTS]
    year, month, day = numbers
    if year is None or month is None or day is None or year not in JALALI_YEARS:
        return None
    with suppress(BadParameter):
        return day_of(year, month, day)
    return None


def _date(element: Element, field: Field) -> Iterator[Remark]:
    if not element.children:
        yield _dated_in_text(element, field)
        return
    numbers = {part: _number(element, part) for part in _DAY_PARTS}
    wrong = next((part for part, number in numbers.items() if number is None), None)
    if wrong is not None:
        yield error(field.rule, element.path, "bad-date", value_sentences.not_a_number(field, wrong))
        return
    year, month, day = (number or 0 for number in numbers.values())
    if year in GREGORIAN_YEARS:
        yield _gregorian(element, field, (year, month, day))
        return
    if year not in JALALI_YEARS:
        yield error(field.rule, element.path, "bad-date", value_sentences.year_out_of_range(field))
        return
    said = day_in(element)
    if said is None:
        shown = "" if field.personal else f"{year:04d}/{month:02d}/{day:02d}"
        yield error(field.rule, element.path, "bad-date", value_sentences.no_such_day(field, shown))
        return
    if _contradicts(element, said):
        yield NotChecked(field.rule, f"{element.path}.ISOString", value_sentences.iso_differs(field))


def _dated_in_text(element: Element, field: Field) -> Remark:
    """Judge a date that is sent as text: no real day, or a day in the wrong shape."""
    try:
        parse_day(element.text or "")
    except BadParameter:
        return error(field.rule, element.path, "bad-date", sentences.wrong_shape(field))
    return error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))


def _gregorian(element: Element, field: Field, sent: tuple[int, int, int]) -> Remark:
    try:
        jalali = format_jalali(day_of(*sent))
    except BadParameter:
        return error(field.rule, element.path, "bad-date", value_sentences.gregorian(field, ""))
    if field.personal:
        return error(field.rule, element.path, "bad-date", value_sentences.gregorian(field, ""))
    changes = tuple(
        Change(f"{element.path}.{part}", str(old), str(int(new)))
        for part, old, new in zip(_DAY_PARTS, sent, jalali.split("/"), strict=True)
    )
    return error(
        field.rule, element.path, "bad-date", value_sentences.gregorian(field, jalali), changes=changes
    )


def _contradicts(element: Element, said: date) -> bool:
    iso = element.child("ISOString")
    if iso is None or not (iso.text or "").strip():
        return False
    try:
        return parse_day((iso.text or "").strip()) != said
    except BadParameter:
        return True


def _date_time(element: Element, field: Field) -> Iterator[Remark]:
    yield from _date(element, field)
    if element.children:
        yield from _clock(element, field)


def _time(element: Element, field: Field) -> Iterator[Remark]:
    if element.children:
        yield from _clock(element, field)
    else:
        yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))


def _clock(element: Element, field: Field) -> Iterator[Remark]:
    for part, end in _TIME_PARTS.items():
        child = element.child(part)
        if child is None or child.empty:
            continue
        number = _number(element, part)
        if number is None:
            yield error(field.rule, element.path, "bad-date", value_sentences.not_a_number(field, part))
            return
        if number >= end:
            yield error(field.rule, element.path, "bad-date", value_sentences.no_such_time(field, part))
            return


def _quantity(element: Element, field: Field, units: Units) -> Iterator[Remark]:
    if not element.children:
        yield error(field.rule, element.path, "bad-quantity", sentences.wrong_shape(field))
        return
    magnitude, unit = element.child("Magnitude"), element.child("Unit")
    sent = "" if magnitude is None else (magnitude.text or "").strip()
    if not _is_positive(sent):
        yield _bad_magnitude(element, field, sent)
        return
    named = "" if unit is None else unit.text or ""
    if not named.strip():
        yield error(field.rule, element.path, "bad-quantity", value_sentences.no_unit(field))
    elif not is_unit(named, units):
        yield _bad_unit(element, field, named, units)


def _bad_magnitude(element: Element, field: Field, sent: str) -> Remark:
    plain = plain_digits(sent).replace(_DECIMAL_SIGN, ".")
    certain = plain != sent and _is_positive(plain)
    changes = (Change(f"{element.path}.Magnitude", sent, plain),) if certain else ()
    return error(
        field.rule, element.path, "bad-quantity", value_sentences.bad_magnitude(field), changes=changes
    )


def _bad_unit(element: Element, field: Field, unit: str, units: Units) -> Remark:
    right = unit.strip() if is_unit(unit.strip(), units) else other_case(unit, units)
    if right is None:
        return error(field.rule, element.path, "bad-quantity", value_sentences.unknown_unit(field, unit))
    change = Change(f"{element.path}.Unit", unit, right)
    return warning(
        field.rule, element.path, value_sentences.unit_case(unit, right), Coding("UCUM", right, None), change
    )


def _is_positive(text: str) -> bool:
    return _DECIMAL.match(text) is not None and Decimal(text) > 0


def _count(element: Element, field: Field) -> Iterator[Remark]:
    if element.children or not _NUMBER.match((element.text or "").strip()):
        yield error(field.rule, element.path, "bad-quantity", value_sentences.bad_count(field))


def _boolean(element: Element, field: Field) -> Iterator[Remark]:
    if element.children or (element.text or "").strip().lower() not in _BOOLEANS:
        yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))


def _text(element: Element, field: Field) -> Iterator[Remark]:
    if element.children:
        yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))


def _number(element: Element, part: str) -> int | None:
    child = element.child(part)
    text = "" if child is None else (child.text or "").strip()
    return int(text) if _NUMBER.match(text) else None


_CHECKS: Mapping[str, Callable[[Element, Field], Iterator[Remark]]] = {
    "date": _date,
    "date-time": _date_time,
    "time": _time,
    "count": _count,
    "boolean": _boolean,
    "text": _text,
}
