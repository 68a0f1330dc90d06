"""What stands in an element of a message, in the form that a field of an insurer has; None when it cannot be."""

from __future__ import annotations

import re

from maksa.model.codeform import plain_digits
from maksa.model.jalali import format_jalali
from maksa.model.verdict import Triple
from maksa.prescriptions.elements import Element
from maksa.prescriptions.values import day_in

_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?\Z")
_DIGITS = re.compile(r"[0-9]+\Z")
_LONGEST = 1_000


def text_of(element: Element) -> str | None:
    """Give a text as it was sent, without spaces around it."""
    text = (element.text or "").strip()
    return text if 0 < len(text) <= _LONGEST else None


def number_of(element: Element) -> int | str | None:
    """Give a count or the magnitude of a quantity: a whole number, or the text of one with a fraction."""
    leaf = element.child("Magnitude") or element
    text = plain_digits(leaf.text or "")
    if not _NUMBER.match(text):
        return None
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction}" if fraction.strip("0") else int(whole)


def written_day(element: Element, *, slashes: bool) -> str | None:
    """Give a Jalali day as yyyyMMdd, or yyyy/MM/dd with slashes, zeros before single digits."""
    day = day_in(element)
    if day is None:
        return None
    written = format_jalali(day)
    return written if slashes else written.replace("/", "")


def identifier_of(element: Element, kind: str, width: int) -> str | None:
    """Give the id of an identifier of a type, or an id that is sent as text; a number gets zeros up to a width."""
    if element.children:
        if not is_of_type(element, kind):
            return None
        element = element.child("ID") or Element("ID", element.path)
    text = text_of(element)
    if text is None or not width:
        return text
    plain = plain_digits(text)
    return plain.zfill(width) if _DIGITS.match(plain) and len(plain) <= width else None


def is_of_type(element: Element, kind: str) -> bool:
    """Tell whether an identifier says that it is of a type."""
    said = element.child("Type")
    return said is not None and (said.text or "").strip().casefold() == kind.casefold()


def triple_of(element: Element) -> Triple:
    """Give the coded text of an element, which may stand inside it as its Coding."""
    coded = element.child("Coding") or element
    parts = {child.name: child.text for child in coded.children}
    return Triple(parts.get("Terminology_id"), parts.get("Coded_string"), parts.get("Value"))
