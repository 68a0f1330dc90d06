"""The fields of a gateway request: any case, several names each, from a JSON body or a query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from maksa.model.jalali import parse_day, parse_day_object
from maksa.text import Text
from maksa.web.query import MAX_TEXT, read_choice, read_number
from maksa.web.refusal import Refusal, bad_parameter, shown

ALIASES: Mapping[str, tuple[str, ...]] = {
    "terminology": ("Terminology_id", "TerminologyId", "Terminology"),
    "code": ("Coded_string", "CodedString", "Code"),
    "value": ("Value", "Display"),
    "text": ("Search", "SearchText", "Text", "Filter", "Term"),
    "from": ("FromDate",),
    "on": ("On",),
    "page": ("Page",),
    "size": ("PageSize",),
    "items": ("Items",),
    "detail": ("Detail",),
}
"""Every field that this door reads, and its names; the first is the one that sentences use."""

WRAPPERS = ("CodedText", "Coded_Text", "DO_CODED_TEXT")
"""Names under which a whole triple may stand as one object."""

DEFAULT_PAGE_SIZE = 100
MAX_PAGE_SIZE = 1_000
MAX_PAGE = 1_000_000

_FIELD_OF = {name.casefold(): field for field, names in ALIASES.items() for name in names}
_WRAPPERS = frozenset(name.casefold() for name in WRAPPERS)


class Fields:
    """The fields of one request or of one item of it. `where` names the item in sentences."""

    __slots__ = ("_given", "unknown", "where")

    def __init__(self, pairs: Iterable[tuple[str, Any]], *, where: str = "") -> None:
        self._given: dict[str, tuple[str, Any]] = {}
        self.unknown: list[str] = []
        self.where = where
        for name, value in pairs:
            self._take(name, value)

    def _take(self, name: str, value: Any) -> None:
        folded = name.casefold()
        if folded in _WRAPPERS and isinstance(value, dict):
            for inner, part in value.items():
                self._take(inner, part)
            return
        field = _FIELD_OF.get(folded)
        if field is None:
            self.unknown.append(name)
            return
        before = self._given.get(field)
        if before is None or _is_absent(before[1]):
            self._given[field] = (name, value)
        elif before[1] != value and not _is_absent(value):
            raise _contrary(before[0], name)

    def unused(self, used: Iterable[str]) -> list[str]:
        """Name the fields that were sent and that a service does not use, unknown ones first."""
        wanted = set(used)
        rest = [
            name
            for field, (name, value) in self._given.items()
            if field not in wanted and not _is_absent(value)
        ]
        return [*self.unknown, *rest]

    def name(self, field: str) -> str:
        """Give the name of a field as it was sent, with the item it stands in."""
        given = self._given.get(field)
        return f"{self.where}{given[0] if given else ALIASES[field][0]}"

    def raw(self, field: str) -> Any:
        """Give the value of a field as it was sent; None when it is absent or empty."""
        given = self._given.get(field)
        return None if given is None or _is_absent(given[1]) else given[1]

    def text(self, field: str, *, limit: int = MAX_TEXT) -> str | None:
        """Give a text; a whole number counts as its digits. Raises: Refusal for another type or its length."""
        value = self.raw(field)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _wrong_type(self.name(field), "یک متن", "a text")
        if len(value) > limit:
            raise _too_long(self.name(field), limit)
        return value

    def day(self, field: str) -> date | None:
        """Give a day: Jalali or ISO text, or a DO_DATE or DO_DATE_TIME object; all parts null is no day."""
        value = self.raw(field)
        if isinstance(value, dict):
            if all(part is None for part in value.values()):
                return None
            return parse_day_object(value, parameter=self.name(field))
        text = self.text(field)
        return None if text is None else parse_day(text, parameter=self.name(field))

    def number(self, field: str, *, default: int, high: int) -> int:
        """Give a whole number from 1 to `high`."""
        text = self.text(field)
        return default if text is None else read_number(1, high)(self.name(field), text)

    def flag(self, field: str, *, default: bool) -> bool:
        """Give a yes or no: a JSON boolean, or the words true and false."""
        value = self.raw(field)
        if isinstance(value, bool):
            return value
        text = self.text(field)
        return (
            default
            if text is None
            else read_choice("true", "false")(self.name(field), text.casefold()) == "true"
        )


def _is_absent(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _contrary(first: str, second: str) -> Refusal:
    return bad_parameter(
        shown(second),
        Text(
            fa=f"{shown(first)} و {shown(second)} یک چیزند و دو مقدار گوناگون دارند.",
            en=f"{shown(first)} and {shown(second)} mean the same and have two different values.",
        ),
        mend=Text(fa="تنها یکی را بفرستید.", en="Send one of them."),
    )


def _wrong_type(name: str, fa: str, en: str) -> Refusal:
    return bad_parameter(
        name, Text(fa=f"مقدار {name} باید {fa} باشد.", en=f"The value of {name} must be {en}.")
    )


def _too_long(name: str, limit: int) -> Refusal:
    return bad_parameter(
        name,
        Text(
            fa=f"مقدار {name} از {limit} نویسه بلندتر است.", en=f"{name} is longer than {limit} characters."
        ),
    )
