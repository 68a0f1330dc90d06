"""The bounds of one message, and the sentences of those who are over them or cannot be read."""

from __future__ import annotations

from maksa.errors import BadInput, TooLarge
from maksa.text import Text

MAX_BYTES = 5 * 1024 * 1024
"""Bytes of one message; a real one of a hundred orders has some 100 KB."""
MAX_DEPTH = 60
"""Levels of elements; a real message has eight."""
MAX_ELEMENTS = 30_000
"""A real message of a hundred orders has some 4,000."""
MAX_ITEMS = 1_000
"""Orders of a message, or items of any other list in it."""
MAX_CODED = 1_000
"""Different coded fields of a message, each of which may cost a search for what was meant (2 to 4 ms)."""
MAX_NAME = 60
"""Characters of a name that no rule knows; what is longer is cut in paths."""

_SMALLER = Text(fa="آن را در چند پیام بفرستید.", en="Send it in several messages.")


def too_large(name: str, bound: Text) -> TooLarge:
    """Make the error of a message over a bound."""
    return TooLarge(
        Text(
            fa=f"{name}: پیام از کران {bound.fa} بزرگ‌تر است.", en=f"{name}: the message is over {bound.en}."
        ),
        mend=_SMALLER,
    )


def too_deep(name: str) -> TooLarge:
    """Make the error of a message that is nested too deep."""
    return TooLarge(
        Text(
            fa=f"{name}: پیام بیش از {MAX_DEPTH} لایه تودرتوست.",
            en=f"{name}: the message is nested deeper than {MAX_DEPTH} levels.",
        ),
        mend=Text(
            fa="پیام را بر پایهٔ مدل دادهٔ سپاس بسازید.", en="Build the message by the SEPAS data model."
        ),
    )


def not_utf8(name: str, place: int) -> BadInput:
    """Make the error of a message whose bytes are no text."""
    return BadInput(
        Text(fa=f"{name}: بایت {place} از UTF-8 نیست.", en=f"{name}: byte {place} is not of UTF-8."),
        mend=Text(
            fa="پیام را با کدگذاری UTF-8 بفرستید (UTF-16 تنها با نشان آغازین خوانده می‌شود).",
            en="Send the message in UTF-8 (UTF-16 is read with its byte order mark only).",
        ),
    )


def broken(name: str, kind: str, what: Text) -> BadInput:
    """Make the error of a message that is not proper JSON or XML."""
    return BadInput(
        Text(fa=f"{name}: {kind} درستی نیست: {what.fa}.", en=f"{name}: not proper {kind}: {what.en}."),
        mend=Text(fa=f"یک پیام درست به شکل {kind} بفرستید.", en=f"Send one message as proper {kind}."),
    )
