"""What a request may say: which fields, how long, and nothing of a person in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from maksa.errors import BadParameter
from maksa.model.checkdigits import is_national_id, is_snomed_concept
from maksa.model.code_request import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, Wanted
from maksa.model.persian import ascii_digits, fold
from maksa.model.service import TerminologyService
from maksa.terminology.bounds import sound
from maksa.text import Text

LENGTHS: Mapping[str, int] = {
    "text": LONGEST_TITLE,
    "title_fa": LONGEST_TITLE,
    "title_en": LONGEST_TITLE,
    "use_case": LONGEST_TEXT,
    "reference": LONGEST_TEXT,
    "organisation": LONGEST_NAME,
    "contact": LONGEST_NAME,
}
"""The fields of a request that are text, and how many characters each may have."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_MOBILE = re.compile(
    r"(?<![0-9])(?:\+98|0098|0)[- ]?9[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{2}(?![0-9])"
)


def checked_wanted(service: TerminologyService, wanted: Wanted) -> Wanted:
    """Give a request with its texts trimmed and its list in the canonical spelling.

    Raises: UnknownTerminology naming the known ones; BadParameter (nothing is asked for, a text is too long,
            holds control characters, or what looks like a person's national id or mobile number).
    """
    listed = service.terminology(wanted.terminology).terminology
    if listed.kind == "map":
        raise BadParameter(
            "terminology",
            Text(f"{listed.id} نگاشت است، نه فهرست.", f"{listed.id} is a map, not a list."),
            mend=Text("نام یک فهرست را بدهید.", "Name a list."),
        )
    texts: dict[str, Any] = {
        name: checked_text(name, getattr(wanted, name), most) for name, most in LENGTHS.items()
    }
    if texts["text"] is None or not fold(texts["text"]):
        raise BadParameter(
            "text",
            Text("نوشته نشده است که برای چه کد می‌خواهید.", "It is not said what a code is wanted for."),
            mend=Text("نام یا عنوان آن را در text بنویسید.", "Write its name or title in text."),
        )
    return replace(wanted, terminology=listed.id, **texts)


def checked_text(name: str, text: str | None, most: int) -> str | None:
    """Give a text trimmed, None when nothing is left. Raises: as `checked_wanted`; a contact may be a telephone."""
    trimmed = sound(text or "").strip()
    if not trimmed:
        return None
    if len(trimmed) > most:
        raise BadParameter(
            name,
            Text(
                f"{name} باید حداکثر {most} نویسه باشد و {len(trimmed)} نویسه است.",
                f"{name} has {len(trimmed)} characters, and the bound is {most}.",
            ),
            mend=Text("آن را کوتاه‌تر بنویسید.", "Write it shorter."),
        )
    if _CONTROL.search(trimmed):
        raise BadParameter(name, Text(f"{name} نویسهٔ کنترلی دارد.", f"{name} holds a control character."))
    if name != "contact" and _names_a_person(trimmed):
        raise BadParameter(
            name,
            Text(
                f"در {name} عددی هست که مانند کد ملی یا شمارهٔ همراه یک شخص است.",
                f"{name} holds a number that looks like a person's national id or mobile number.",
            ),
            mend=Text(
                "آن را بردارید؛ نشانی خود را در contact بدهید.",
                "Leave it out; your address goes into contact.",
            ),
        )
    return trimmed


def _names_a_person(text: str) -> bool:
    plain = ascii_digits(text)
    numbers = _TEN_DIGITS.findall(plain)
    national = any(is_national_id(number) and not is_snomed_concept(number) for number in numbers)
    return national or _MOBILE.search(plain) is not None


def fields_of_wanted() -> tuple[str, ...]:
    """Name the fields of a request, in their order."""
    return tuple(field.name for field in fields(Wanted))
