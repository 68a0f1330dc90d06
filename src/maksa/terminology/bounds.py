"""The bounds of questions, and how a text of unknown origin is made safe to look up and to show."""

from __future__ import annotations

import re

from maksa.terminology.refusals import bad_count

MAX_ID = 1_000
"""Characters of an id or code beyond which nothing is looked up."""
MAX_VALUE = 10_000
"""Characters of a value beyond which it is no title."""
MAX_QUERY = 1_000
"""Characters of a search."""
MAX_PAGE = 1_000
"""Concepts of one page."""
MAX_OFFSET = 10_000_000
"""Concepts that an offset may pass over; keyset paging has no such end."""
MAX_DEPTH = 10_000
"""Hits that a search ranks; who wants more wants the list."""

_BLANK = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]*")


def sound(text: str) -> str:
    """Give the text without lone surrogates, which no database and no wire can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def given(part: str | None) -> str | None:
    """Give a part of a triple made sound; None when it is absent, empty, or only spaces and marks."""
    return None if part is None or blank(part) else sound(part)


def blank(part: str) -> bool:
    """Tell whether a part of a triple is empty, or only spaces and marks."""
    if part[:1].isalnum():  # So nearly every part begins, and it costs less to see.
        return False
    return not part or _BLANK.fullmatch(part, 0, MAX_VALUE) is not None


def check_limit(limit: int) -> None:
    """Refuse a page of less than one or more than `MAX_PAGE`. Raises: BadParameter."""
    if not 1 <= limit <= MAX_PAGE:
        raise bad_count("limit", limit, 1, MAX_PAGE)


def check_offset(offset: int, most: int) -> None:
    """Refuse an offset below zero or over its bound. Raises: BadParameter."""
    if not 0 <= offset <= most:
        raise bad_count("offset", offset, 0, most)
