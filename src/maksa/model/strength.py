"""What the title of a drug says beside its name: strengths, forms and routes, in Persian or English.

The words are those of the national lists («500 mg TABLET ORAL», «۵۰۰ میلی‌گرم قرص خوراکی»). What is not understood stays part
of the name: two titles with different names are never made alike by this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from maksa.model.codeform import plain_digits
from maksa.model.persian import fold

_LONGEST = 500
"""Characters of a title that are read."""
_FORMS: Mapping[str, tuple[str, ...]] = {
    "tablet": ("tablet", "tablets", "tab", "قرص"),
    "capsule": ("capsule", "capsules", "cap", "کپسول"),
    "injection": ("injection", "inj", "ampoule", "amp", "vial", "تزریقی", "امپول", "ویال"),
    "suspension": ("suspension", "susp", "سوسپانسیون"),
    "syrup": ("syrup", "شربت"),
    "drops": ("drops", "drop", "قطره"),
    "ointment": ("ointment", "oint", "پماد"),
    "cream": ("cream", "کرم"),
    "gel": ("gel", "ژل"),
    "lotion": ("lotion", "لوسیون"),
    "suppository": ("suppository", "supp", "شیاف"),
    "spray": ("spray", "اسپری"),
    "powder": ("powder", "پودر"),
    "solution": ("solution", "محلول"),
    "patch": ("patch", "برچسب"),
}
_ROUTES: Mapping[str, tuple[str, ...]] = {
    "oral": ("oral", "خوراکی"),
    "parenteral": ("parenteral", "تزریقی"),
    "topical": ("topical", "موضعی"),
    "ophthalmic": ("ophthalmic", "چشمی"),
    "otic": ("otic", "گوشی"),
    "nasal": ("nasal", "بینی"),
    "rectal": ("rectal", "مقعدی", "رکتال"),
    "vaginal": ("vaginal", "واژینال"),
    "inhalation": ("inhalation", "respiratory", "استنشاقی"),
}
_UNITS: Mapping[str, tuple[Fraction, str]] = {
    **dict.fromkeys(("mg", "میلیگرم"), (Fraction(1), "mg")),
    **dict.fromkeys(("g", "gr", "گرم"), (Fraction(1000), "mg")),
    **dict.fromkeys(("ug", "mcg", "µg", "μg", "میکروگرم"), (Fraction(1, 1000), "mg")),
    **dict.fromkeys(("ml", "cc", "میلیلیتر", "سیسی"), (Fraction(1), "mL")),
    **dict.fromkeys(("l", "لیتر"), (Fraction(1000), "mL")),
    **dict.fromkeys(("iu", "unit", "units", "واحد", "واحدبینالمللی"), (Fraction(1), "[iU]")),
    **dict.fromkeys(("meq", "میلیاکیوالان"), (Fraction(1), "meq")),
    **dict.fromkeys(("%", "درصد"), (Fraction(1), "%")),
}
_BLANKS = "\u200c \u00a0\t"
_SPELLED = "|".join(
    sorted(
        (
            *(re.escape(word) for word in _UNITS if word.isascii() or word in {"µg", "μg"}),
            f"میلی[{_BLANKS}]*گرم", f"میکرو[{_BLANKS}]*گرم", "گرم", f"میلی[{_BLANKS}]*لیتر", f"سی[{_BLANKS}]*سی", "لیتر",
            f"واحد(?:[{_BLANKS}]*بین[{_BLANKS}]*المللی)?", f"میلی[{_BLANKS}]*اکی[{_BLANKS}]*والان", "درصد",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_UNIT = rf"\[?(?:{_SPELLED})\]?(?![^\W\d_])"
_STRENGTH = re.compile(
    rf"(?<![\w.])(?P<first>{_NUMBER}(?:\s*/\s*{_NUMBER})*\s*{_UNIT})"
    rf"(?P<rest>(?:\s*(?:/|\bدر\b)\s*(?:{_NUMBER}\s*)?{_UNIT})*)"
)
_PART = re.compile(rf"(?P<numbers>{_NUMBER}(?:\s*/\s*{_NUMBER})*)?\s*(?P<unit>{_UNIT})")
_NOT_IN_UNITS = re.compile(rf"[{_BLANKS}\[\]]")
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


@dataclass(frozen=True, slots=True)
class Strength:
    """An amount of a drug in mg, [iU], meq or %; `per` is mL or mg where it is a concentration, per one of them."""

    amount: Fraction
    unit: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class DrugTitle:
    """A title in its parts: folded words of the name, strengths (a volume alone is a package and none), forms, routes."""

    name: tuple[str, ...]
    strengths: frozenset[Strength]
    forms: frozenset[str]
    routes: frozenset[str]


def parse_drug(title: str) -> DrugTitle:
    """Take the title of a drug apart; one that is no drug's is all name.

    Limits: reads 500 characters. Cost: some 20 µs.
    """
    text = plain_digits(title[:_LONGEST]).translate(_LETTERS).casefold()
    strengths = frozenset(found for match in _STRENGTH.finditer(text) for found in _strengths(match[0]))
    words = fold(_STRENGTH.sub(" ", text)).split()
    said = _FORM_WORDS.keys() | _ROUTE_WORDS.keys()
    return DrugTitle(
        name=tuple(word for word in words if word not in said),
        strengths=strengths,
        forms=frozenset(_FORM_WORDS[word] for word in words if word in _FORM_WORDS),
        routes=frozenset(_ROUTE_WORDS[word] for word in words if word in _ROUTE_WORDS),
    )


def _strengths(text: str) -> Iterator[Strength]:
    """Yield the amounts of one chain: all but a last volume, or a last unit without a number, which they are per."""
    parts = [_part(match) for match in _PART.finditer(text)]
    per: _Part | None = None
    last = parts[-1]
    if len(parts) > 1 and (not last.amounts or (last.unit == "mL" and parts[0].unit != "mL")):
        per = parts.pop()
    divisor = Fraction(1) if per is None else (per.amounts or (per.one,))[0]
    if not divisor:
        return
    for part in parts:
        if part.unit != "mL":
            yield from (Strength(amount / divisor, part.unit, per and per.unit) for amount in part.amounts)


class _Part(NamedTuple):
    """Amounts and their unit, in base units; `one` is one of the unit as it is written (a gram: 1000 mg)."""

    amounts: tuple[Fraction, ...]
    unit: str
    one: Fraction


def _part(match: re.Match[str]) -> _Part:
    one, unit = _UNITS[_NOT_IN_UNITS.sub("", match["unit"])]
    numbers = [] if match["numbers"] is None else match["numbers"].split("/")
    return _Part(tuple(Fraction(number.strip()) * one for number in numbers), unit, one)


def _by_word(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {fold(word): name for name, words in table.items() for word in words}


_FORM_WORDS = _by_word(_FORMS)
_ROUTE_WORDS = _by_word(_ROUTES)
