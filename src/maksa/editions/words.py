"""What stands in the index: the words of titles, the keys of titles, the aliases of codes."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator

from maksa.model.persian import fold, squeeze
from maksa.model.spelling import ONE_EDIT_FROM

PREFIX_LENGTH = 3
"""The longest prefix whose union of postings is stored; longer ones are few words, united when asked."""

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[./]\d+)*")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")
_ALIAS_LENGTH = 3


def words_of(folded: str) -> list[str]:
    """Give the words of a folded text; letters and digits part («500mg» is two words)."""
    words: list[str] = []
    for token in folded.split():
        if token.isalpha() or token.isdecimal():  # Nearly all: the pattern costs four times as much.
            words.append(token)
        else:
            words += _WORD.findall(token)
    return words


def is_searched_with_edits(word: str) -> bool:
    """Tell whether a word of the vocabulary is found when it is misspelled: letters only, and enough of them."""
    return len(word) >= ONE_EDIT_FROM and word.isalpha()


def deletion_key(left: str) -> int:
    """Give the number under which a word is stored for what is left when one letter is dropped."""
    return zlib.crc32(left.encode())


def key_number(title_key: str) -> int:
    """Give the number under which a title's key is stored: eight bytes of its SHA-256, signed."""
    return int.from_bytes(hashlib.sha256(title_key.encode()).digest()[:8], "big", signed=True)


def title_number(folded: str) -> int:
    """Give the stored number of a folded title."""
    return key_number(squeeze(folded))


def may_be_alias(text: str) -> bool:
    """Tell whether a text can be an alias of a code at all: lower-case Latin letters and digits, enough of them."""
    return len(text) >= _ALIAS_LENGTH and text.isascii() and text.isalnum() and text == text.lower()


def code_aliases(code: str) -> Iterator[str]:
    """Yield other spellings of a code: without dashes, and without leading zeros; at least three characters.

    `036156-800` is also `036156800` and `36156800`; `00817` is also `817`.
    """
    plain = code if code.isdecimal() and code.isascii() else _NOT_ALPHANUMERIC.sub("", fold(code))
    if len(plain) >= _ALIAS_LENGTH and plain != code:
        yield plain
    stripped = plain.lstrip("0")
    if len(stripped) >= _ALIAS_LENGTH and stripped not in {plain, code}:
        yield stripped
