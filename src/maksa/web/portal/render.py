"""Make HTML of templates: autoescaped, with the few filters that Persian pages need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from maksa.model.concept import PropertyValue
from maksa.model.jalali import TEHRAN, format_jalali
from maksa.model.provider import Hit
from maksa.model.remark import remark_on

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_STATUS = {"active": "معتبر", "retired": "کنارگذاشته", "not-yet-effective": "هنوز اجرا نشده"}
_LATIN_RUN = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9/.:_=%+-]*[A-Za-z0-9%])?)")
_USES = {
    "synonym": "مترادف",
    "persian": "فارسی",
    "english": "انگلیسی",
    "short": "کوتاه",
    "abbreviation": "کوته‌نوشت",
}


class Renderer:
    """Render the portal's templates; they are compiled once, at their first use."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("maksa.web.portal"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            number=persian_number,
            persian_digits=persian_digits,
            day=persian_day,
            moment=persian_moment,
            jalali=format_jalali,
            titled=lambda words: [(name, word.fa) for name, word in words],
            listed=lambda lists: [(one.id, one.title.fa) for one in lists],
            parties=lambda parties: [(one.party_id, one.name) for one in parties],
            segment=path_segment,
            status=_STATUS.__getitem__,
            use=lambda use: _USES.get(use, use),
            plain=plain_value,
            grouped=grouped,
            marked=marked,
            remark=remark_in_persian,
            isolated=isolated,
        )

    def render(self, template: str, fields: Mapping[str, Any]) -> str:
        """Give the page of a template."""
        return self._environment.get_template(template).render(fields)


def marked(hit: Hit) -> Markup:
    """Write the title of a hit that matched, the parts that matched in `mark` elements."""
    pieces: list[Markup | str] = []
    place = 0
    for start, end in hit.highlights:
        pieces += (escape(hit.matched[place:start]), Markup("<mark>{}</mark>").format(hit.matched[start:end]))
        place = end
    return Markup("").join([*pieces, escape(hit.matched[place:])])


def isolated(sentence: str) -> Markup:
    """Write a Persian sentence with its dates, codes and names set apart, so that they keep their own direction."""
    pieces = _LATIN_RUN.split(sentence)
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def remark_in_persian(hit: Hit) -> str:
    """Give what is said of a hit that was repaired or lacks words; empty for others."""
    remark = remark_on(hit)
    return "" if remark is None else remark.fa


def persian_number(number: int) -> str:
    """Write a count for people: Persian digits, thousands apart."""
    return f"{number:,}".replace(",", "٬").translate(_PERSIAN_DIGITS)


def persian_digits(text: str) -> str:
    """Write the digits of a text in Persian."""
    return text.translate(_PERSIAN_DIGITS)


def grouped(amount: Decimal) -> str:
    """Write an amount of rials for people: thousands apart, every digit of it."""
    return f"{amount:,f}"


def persian_day(day: date) -> str:
    """Write a day for people: Jalali, in Persian digits."""
    return format_jalali(day).translate(_PERSIAN_DIGITS)


def persian_moment(instant: datetime) -> str:
    """Write an instant for people: the day and the time in Tehran, in Persian digits."""
    there = instant.astimezone(TEHRAN)
    return f"{format_jalali(there.date())}، {there:%H:%M}".translate(_PERSIAN_DIGITS)


def path_segment(text: str) -> str:
    """Write an id or code as one segment of a path."""
    return quote(text, safe="")


def plain_value(value: PropertyValue) -> str:
    """Write the value of a property: numbers in the digits of their source, days as Jalali."""
    match value:
        case bool():
            return "بله" if value else "خیر"
        case Decimal():
            return format(value, "f")
        case date():
            return persian_day(value)
        case _:
            return str(value)
