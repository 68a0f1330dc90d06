"""The fields by which the desk's tables are narrowed; an untouched one is sent empty and asks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from maksa.model.jalali import format_jalali
from maksa.web.query import Parameter, read_choice, read_day, read_number, read_text

T = TypeVar("T")

PAGE_SIZE = 50
LARGEST_NUMBER = 2**31 - 1


def _or_none(read: Callable[[str, str], T]) -> Callable[[str, str], T | None]:
    def read_or_none(name: str, sent: str) -> T | None:
        return read(name, sent.strip()) if sent.strip() else None

    return read_or_none


def text(name: str, title: str) -> Parameter[str | None]:
    """Make a field of words or an id."""
    return Parameter(name, _or_none(read_text), title)


def choice(name: str, title: str, *choices: str) -> Parameter[str | None]:
    """Make a field of one of a few words."""
    return Parameter(name, _or_none(read_choice(*choices)), title)


def day(name: str, title: str) -> Parameter[date | None]:
    """Make a field of a day."""
    return Parameter(name, _or_none(read_day), title)


def number(name: str, title: str) -> Parameter[int | None]:
    """Make a field of the number of a record."""
    return Parameter(name, _or_none(read_number(0, LARGEST_NUMBER)), title)


AFTER = number("after", "The page after this number.")
BEFORE = number("before", "The page before this number.")
OVERDUE = choice("overdue", "Only what has passed its time.", "true")
DONE = text("done", "What was just done.")


def page_after(path: str, filters: Mapping[str, Any], place: str, last: int | str) -> str:
    """Give the address of the next page under the same filters."""
    kept = {name: _sent(value) for name, value in filters.items() if value}
    return f"{path}?{urlencode({**kept, place: last})}"


def _sent(value: Any) -> str:
    return format_jalali(value) if isinstance(value, date) else str(value)
