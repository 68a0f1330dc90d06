"""One spelling for what is the same to a reader: the fold of search keys and comparisons.

Stored text is never altered by anything here; these are keys. The code points and the reasons for each are
measured on the RVU3 book of 1404, whose titles mix Arabic and Persian letters, half-spaces and three sets of digits.
"""

from __future__ import annotations

import re
import unicodedata

MAX_FOLDED_TEXT = 20_000
"""Characters of a text beyond which `fold` reads no further; no title or query of the field is near it."""

_KEPT_SYMBOLS = frozenset("%<>=+±≤≥")  # They change what a title means: 5% is not 5, <5 is not >5.
_LETTERS = {
    **dict.fromkeys("\u064a\u0649\u0626\u06d2\u06d3\u06cd\u06d0", "\u06cc"),
    **dict.fromkeys("\u0643\u06aa\u063b\u063c", "\u06a9"),
    **dict.fromkeys("\u0622\u0623\u0625\u0671\u0672\u0673\u0675", "\u0627"),
    **dict.fromkeys("\u0624\u0676", "\u0648"),
    **dict.fromkeys("\u06c0\u06d5\u0629\u06c1\u06c2\u06c3\u06be", "\u0647"),
    "\u0621": "",
    "\u0640": "",
    "\u066a": " % ",
    "\u066b": ".",
    "\u2044": "/",
    "\u2215": "/",
    ".": ".",
    "/": "/",
}
_LONE_MARKS = re.compile(r"(?<!\d)[./]+|[./]+(?!\d)")
_SPACE_BETWEEN_DIGITS = re.compile(r" (?<=\d )(?=\d)")


class _FoldTable(dict[int, str]):
    """What each character folds to, computed at its first use and remembered."""

    def __missing__(self, code_point: int) -> str:
        folded = _fold_character(chr(code_point))
        self[code_point] = folded
        return folded


def _fold_character(character: str) -> str:
    own = _LETTERS.get(character)
    if own is not None:
        return own
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_fold_simple(part) for part in unicodedata.normalize("NFKD", decomposed))


def _fold_simple(character: str) -> str:
    own = _LETTERS.get(character)
    if own is not None:
        return own
    category = unicodedata.category(character)
    if character in _KEPT_SYMBOLS:
        return f" {character} "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] in "LN":
        return character
    if category in {"Mn", "Me"} or (category == "Cf" and character != "\u200c"):
        return ""
    return " "


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Fold a text to its search key: words in one spelling, parted by single spaces.

    Arabic and Persian letters, hamza forms, harakat, tatweel, three digit sets, presentation forms, Latin
    case and diacritics become one; half-space, hyphens and punctuation become a space. A dot or slash stays
    between digits (2.5 is not 25, 8010/3 is one code). Idempotent: `fold(fold(x)) == fold(x)`.

    Limits: reads `MAX_FOLDED_TEXT` characters. Cost: 1-2 µs for a title.
    """
    folded = text[:MAX_FOLDED_TEXT].translate(_TABLE)
    if "." in folded or "/" in folded:
        folded = _LONE_MARKS.sub(" ", folded)
    return " ".join(folded.split())


def squeeze(folded: str) -> str:
    """Drop the spaces of a folded text, but not those between digits.

    سی تی، سی‌تی and سیتی get one key, while 1 25 and 12 5 keep two.
    """
    joined = folded.replace(" ", "")
    if joined.isalpha():  # No digits: nearly all words, and half of all titles.
        return joined
    parted = _SPACE_BETWEEN_DIGITS.sub("\0", folded)
    return parted.replace(" ", "").replace("\0", " ")


def title_key(title: str) -> str:
    """Give the key under which two titles count as the same: folded, without spaces."""
    return squeeze(fold(title))


_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}


def ascii_digits(text: str) -> str:
    """Write Persian and Arabic digits as ASCII digits; everything else stays."""
    return text.translate(_DIGITS)
