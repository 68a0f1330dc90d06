"""Read a query string, strictly: every name is known, stands once, and has a value that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

from maksa.model.jalali import parse_day
from maksa.model.persian import ascii_digits
from maksa.text import Text
from maksa.web.refusal import Refusal, bad_parameter, bad_request, missing_parameter, shown

T = TypeVar("T")

MAX_TEXT = 1_000
"""Characters of a search text, an id or a code."""
MAX_VALUE = 10_000
"""Characters of a part of a coded field that is to be validated; the longest published title has some 1,500."""
_MAX_PAIRS = 50
_ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_ESCAPES_FIRST = re.compile(rb"%[0-9A-Fa-f%]+")
"""Escapes one after another, and what digits may follow them: a set of characters is matched five times as fast."""


@dataclass(frozen=True, slots=True, eq=False)
class Parameter(Generic[T]):
    """A parameter of a question: its name, what reads it, and what documents it.

    `read` takes the text as sent and raises a Refusal naming the parameter; `schema` is its JSON Schema.
    """

    name: str
    read: Callable[[str, str], T]
    title: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: str = ""
    required: bool = False


class Query:
    """The parameters of one request, read on demand."""

    __slots__ = ("_given",)

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def get(self, parameter: Parameter[T]) -> T | None:
        """Give a parameter's value, or None when it was not sent."""
        text = self._given.get(parameter.name)
        return None if text is None else parameter.read(parameter.name, text)

    def need(self, parameter: Parameter[T]) -> T:
        """Give the value of a parameter that must be there."""
        value = self.get(parameter)
        if value is None or value == "":
            raise missing_parameter(parameter.name, example=f"{parameter.name}={parameter.example}")
        return value


def read_query(raw: bytes, known: Sequence[Parameter[Any]]) -> Query:
    """Read a query string. Raises: Refusal 400 for a name that is unknown (naming those known) or repeated."""
    if not raw:
        return Query({})
    names = _names(tuple(known))
    given: dict[str, str] = {}
    for name, value in read_pairs(raw):
        if name not in names:
            raise _unknown(name, names)
        if name in given:
            raise repeated(name)
        given[name] = value
    return Query(given)


@lru_cache
def _names(known: tuple[Parameter[Any], ...]) -> tuple[str, ...]:
    return tuple(parameter.name for parameter in known)


def read_pairs(raw: bytes, *, most: int = _MAX_PAIRS) -> list[tuple[str, str]]:
    """Read the pairs of a query string or form. Raises: Refusal 400 when there are too many, it is not UTF-8 or holds a NUL."""
    pieces = [piece for piece in raw.split(b"&") if piece]
    if len(pieces) > most:
        raise bad_request(
            Text(
                fa=f"بیش از {most} پارامتر آمده است.",
                en=f"There are more than {most} parameters.",
            )
        )
    try:
        read = [(_text(name), _text(value)) for name, _, value in (piece.partition(b"=") for piece in pieces)]
    except UnicodeDecodeError:
        raise _not_text() from None
    if b"%00" in raw or b"\x00" in raw:
        raise _not_text()
    return read


def _text(written: bytes) -> str:
    """Undo the escapes of a name or a value, a run of them at a time: titles in Persian are long runs."""
    if b"+" in written:
        written = written.replace(b"+", b" ")
    if b"%" in written:
        written = _ESCAPES_FIRST.sub(_unescaped_run, written)
    return written.decode()  # Typed by hand, it may stand unescaped.


def _unescaped_run(match: re.Match[bytes]) -> bytes:
    run = match[0]
    escapes = run.count(b"%")
    end = 3 * escapes
    if len(run) < end or run[:end:3] != b"%" * escapes:  # Digits stand between them, or one is broken.
        return _ESCAPED.sub(_unescaped, run)
    return _bytes_of(run[:end]) + run[end:]


def _unescaped(escapes: re.Match[bytes]) -> bytes:
    return _bytes_of(escapes[0])


def _bytes_of(escapes: bytes) -> bytes:
    return bytes.fromhex(escapes.replace(b"%", b"").decode())


def repeated(name: str) -> Refusal:
    """Make the refusal of a parameter that stands twice."""
    name = shown(name)
    return bad_parameter(
        name,
        Text(fa=f"پارامتر {name} بیش از یک بار آمده است.", en=f"The parameter {name} stands more than once."),
        mend=Text(fa="آن را یک بار بدهید.", en="Give it once."),
    )


def read_text(name: str, text: str) -> str:
    """Read an id, a code or a search text."""
    return _bounded(name, text, MAX_TEXT)


def read_title(name: str, text: str) -> str:
    """Read a title."""
    return _bounded(name, text, MAX_VALUE)


def read_day(name: str, text: str) -> date:
    """Read a day, Jalali or ISO."""
    return parse_day(text, parameter=name)


def read_number(low: int, high: int) -> Callable[[str, str], int]:
    """Make the reader of a whole number between two bounds, both allowed."""

    def read(name: str, text: str) -> int:
        digits = ascii_digits(text).strip()
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else -1
        if not low <= number <= high:
            raise bad_parameter(
                name,
                Text(
                    fa=f"مقدار «{shown(text)}» برای {name} عددی از {low} تا {high} نیست.",
                    en=f"{name}: '{shown(text)}' is no whole number from {low} to {high}.",
                ),
                mend=Text(fa=f"عددی از {low} تا {high} بدهید.", en=f"Give a number from {low} to {high}."),
            )
        return number

    return read


def read_choice(*choices: str) -> Callable[[str, str], str]:
    """Make the reader of one of a few words."""

    def read(name: str, text: str) -> str:
        if text not in choices:
            raise bad_parameter(
                name,
                Text(
                    fa=f"مقدار «{shown(text)}» برای {name} شناخته نیست.",
                    en=f"{name}: '{shown(text)}' is not known.",
                ),
                mend=Text(
                    fa=f"یکی از این‌ها را بدهید: {'، '.join(choices)}.",
                    en=f"Give one of {', '.join(choices)}.",
                ),
                known=choices,
            )
        return text

    return read


def _bounded(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise bad_parameter(
            name,
            Text(
                fa=f"مقدار {name} از {limit} نویسه بلندتر است.",
                en=f"{name} is longer than {limit} characters.",
            ),
        )
    return text


def _unknown(name: str, names: Sequence[str]) -> Refusal:
    name = shown(name)
    listed = ", ".join(names)
    return bad_parameter(
        name,
        Text(fa=f"پارامتر «{name}» شناخته نیست.", en=f"The parameter '{name}' is not known."),
        mend=Text(fa=f"پارامترهای این پرسش: {listed}.", en=f"This question knows {listed}.")
        if names
        else Text(fa="این پرسش پارامتری ندارد.", en="This question has no parameters."),
        known=names,
    )


def _not_text() -> Refusal:
    return bad_request(
        Text(
            fa="پارامترهای درخواست متن UTF-8 درستی نیست.",
            en="The parameters of the request are not proper UTF-8 text.",
        ),
        mend=Text(fa="آن‌ها را با کدگذاری درصدی UTF-8 بفرستید.", en="Send them percent-encoded from UTF-8."),
    )
