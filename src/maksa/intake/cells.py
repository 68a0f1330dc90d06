"""Read one cell as what its column says it is: a number, a day, yes or no, a code."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from maksa.errors import BadParameter
from maksa.model.codeform import CodeForm, plain_digits
from maksa.model.concept import PropertyType, PropertyValue, Status
from maksa.model.jalali import parse_day
from maksa.model.persian import ascii_digits, title_key

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?\Z")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[,\u066c][0-9]{3}){1,9}(?:\.[0-9]{1,30})?\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}\Z")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]+")
_YES = frozenset(("1", "true", "yes", "y", "بله", "بلی", "دارد", "هست"))
_NO = frozenset(("0", "false", "no", "n", "خیر", "ندارد", "نیست"))
_ACTIVE = frozenset(map(title_key, ("active", "1", "true", "فعال", "معتبر", "جاری")))
_RETIRED = frozenset(
    map(title_key, ("retired", "inactive", "0", "false", "غیرفعال", "غیر فعال", "منسوخ", "باطل", "نامعتبر"))
)


class SettledCode(NamedTuple):
    """A code as it will stand, whether it fits its form, and whether it differs from what was published."""

    code: str
    fits: bool
    repaired: bool


def has_line_break(code: str) -> bool:
    """Tell whether a trimmed code goes over several lines; no code does."""
    return "\n" in code or "\r" in code


def settle_code(published: str, form: CodeForm, pad_at_most: int) -> SettledCode:
    """Give the code that a spelling means: digits of another script, stray marks and lost zeros undone.

    `published` has no spaces at its ends. At most `pad_at_most` leading zeros are given back.
    """
    if published.isascii() and form.fits(published):
        return SettledCode(published, fits=True, repaired=False)
    plain = _INVISIBLE.sub("", plain_digits(published)).strip()
    if not form.known or form.fits(plain):
        return SettledCode(plain, fits=True, repaired=plain != published)
    for candidate in form.spellings(published):
        if form.fits(candidate) and len(candidate) - len(plain) <= pad_at_most:
            return SettledCode(candidate, fits=True, repaired=True)
    return SettledCode(plain, fits=False, repaired=plain != published)


@lru_cache(maxsize=65_536)
def read_value(text: str, kind: PropertyType) -> PropertyValue | None:
    """Read a trimmed cell as a value of a type; None when it is none of that type."""
    match kind:
        case "decimal":
            return _decimal(text)
        case "integer":
            plain = ascii_digits(text).replace("\u066c", "").replace(",", "")
            return int(plain) if _INTEGER.match(plain) else None
        case "boolean":
            return read_boolean(text)
        case "date":
            return read_day(text)
        case _:
            return text


def read_boolean(text: str) -> bool | None:
    """Read yes or no, in either language or as a digit; None when it is neither."""
    folded = ascii_digits(text).casefold()
    if folded in _YES:
        return True
    return False if folded in _NO else None


def read_day(text: str) -> date | None:
    """Read a day, Jalali or ISO; None when it is none."""
    try:
        return parse_day(text)
    except BadParameter:
        return None


def read_status(text: str) -> Status | None:
    """Read whether a code is active or retired; None when the word is not known."""
    key = title_key(text)
    if key in _ACTIVE:
        return "active"
    return "retired" if key in _RETIRED else None


def _decimal(text: str) -> Decimal | None:
    plain = ascii_digits(text).replace("\u066b", ".")
    if _NUMBER.match(plain):
        return Decimal(plain)
    if _GROUPED.match(plain):
        return Decimal(plain.replace(",", "").replace("\u066c", ""))
    return None
