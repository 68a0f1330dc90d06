"""Make HTML of templates: autoescaped, with the few filters that Persian pages need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from maksa.model.concept import PropertyValue
from maksa.model.jalali import format_jalali

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_STATUS = {"active": "معتبر", "retired": "کنارگذاشته", "not-yet-effective": "هنوز اجرا نشده"}
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
            day=persian_day,
            segment=path_segment,
            status=_STATUS.__getitem__,
            use=lambda use: _USES.get(use, use),
            plain=plain_value,
        )

    def render(self, template: str, fields: Mapping[str, Any]) -> str:
        """Give the page of a template."""
        return self._environment.get_template(template).render(fields)


def persian_number(number: int) -> str:
    """Write a count for people: Persian digits, thousands apart."""
    return f"{number:,}".replace(",", "٬").translate(_PERSIAN_DIGITS)


def persian_day(day: date) -> str:
    """Write a day for people: Jalali, in Persian digits."""
    return format_jalali(day).translate(_PERSIAN_DIGITS)


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
