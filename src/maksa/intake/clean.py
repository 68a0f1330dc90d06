"""Cleaning steps that a profile may name. They make a tidy form of a cell; the published one is kept beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});")
_ROUNDS = 3  # `&amp;amp;` was escaped twice; more rounds have not been seen.


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no text holds on purpose: control characters and lone surrogates; an edition refuses some."""


def unescape(text: str) -> str:
    """Write HTML entities as the characters they stand for (`pen&amp;` becomes `pen&`)."""
    for _ in range(_ROUNDS):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def join_lines(text: str) -> str:
    """Write line breaks and runs of spaces as one space, and none at the ends."""
    return " ".join(text.split())


def drop_doubled_suffix(text: str) -> str:
    """Write a suffix once that stands there several times (`-Tab/Cap -Tab/Cap`)."""
    place = text.rfind("-")
    suffix = text[place:].rstrip() if place > 0 else ""
    rest = text[:place].rstrip()
    if len(suffix) < 2 or not rest.endswith(suffix):
        return text
    while rest.endswith(suffix):
        rest = rest[: -len(suffix)].rstrip()
    return rest + suffix


CLEANING: Mapping[str, Callable[[str], str]] = {
    "html-entities": unescape,
    "line-breaks": join_lines,
    "doubled-suffix": drop_doubled_suffix,
}
"""The steps by the names that profiles use; they run in the order in which a profile names them."""


def cleaned(text: str, steps: tuple[str, ...]) -> str:
    """Give the tidy form of a cell."""
    for step in steps:
        text = CLEANING[step](text)
    return text
