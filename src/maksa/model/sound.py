"""How a word sounds, in Persian or Latin letters: one key for آموکسی‌سیلین and amoxicillin.

Vowels are dropped, because Persian writes few of them; consonants that sound alike to an Iranian are one; a doubled
consonant counts once. The keys are for finding candidates, never a proof that two words are the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PERSIAN = str.maketrans(
    {
        **dict.fromkeys("اآایوئءعهح", ""),
        **dict.fromkeys("ثسصذزضظ", "s"),
        **dict.fromkeys("تط", "t"),
        **dict.fromkeys("غقگ", "g"),
        **dict.fromkeys("کخ", "k"),
        **dict.fromkeys("چش", "c"),
        **dict.fromkeys("جژ", "j"),
        "ب": "b",
        "پ": "p",
        "د": "d",
        "ر": "r",
        "ف": "f",
        "ل": "l",
        "م": "m",
        "ن": "n",
    }
)
_LATIN = (  # Applied in this order; 5 stands for sh until the end.
    (re.compile(r"ph"), "f"),
    (re.compile(r"sch|sh|ti(?=on)"), "5"),
    (re.compile(r"ch|kh|ck"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z|c(?=[eiy])"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"[aeiouywvh]"), ""),
    (re.compile(r"5"), "c"),
)
_DOUBLED = re.compile(r"(.)\1+")
_LETTER_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "ای",
            "بی",
            "سی",
            "دی",
            "ای",
            "اف",
            "جی",
            "اچ",
            "ای",
            "جی",
            "کی",
            "ال",
            "ام",
            "ان",
            "او",
            "پی",
            "کیو",
            "ار",
            "اس",
            "تی",
            "یو",
            "وی",
            "دبلیو",
            "ایکس",
            "وای",
            "زد",
        ],
        strict=True,
    )
)
_NAMED = {name: letter for letter, name in reversed(_LETTER_NAMES.items())} | {"ای": "i"}
_LONGEST_NAME = max(map(len, _NAMED))
_LONGEST_ABBREVIATION = 5


@lru_cache(maxsize=4_096)
def sound_key(word: str) -> str:
    """Give the consonants that a folded word sounds like; empty for numbers and for words of vowels alone.

    و, v and w are dropped with the vowels: و is both.
    """
    if word.isascii():
        if not word.isalpha():
            return ""
        key = word
        for spelling, sound in _LATIN:
            key = spelling.sub(sound, key)
    else:
        key = word.translate(_PERSIAN)
        if not key.isascii():
            return ""
    return _DOUBLED.sub(r"\1", key)


def spelled_out(word: str) -> str | None:
    """Give the folded Persian names of the letters of a Latin abbreviation, without spaces (`ct` → سیتی).

    None for other words, and for those longer than five letters.
    """
    if not (word.isascii() and word.isalpha() and 1 < len(word) <= _LONGEST_ABBREVIATION):
        return None
    return "".join(_LETTER_NAMES[letter] for letter in word)


def abbreviation(names: str) -> str | None:
    """Give the Latin abbreviation whose letters a folded Persian text names (سیتی → `ct`); None if it names none.

    The text has no spaces; two to five letters are recognised, the longest names first.
    """
    if names.isascii():
        return None
    return _letters(names, _LONGEST_ABBREVIATION)


def _letters(names: str, most: int) -> str | None:
    letters = _NAMED.get(names)
    if letters is not None and most < _LONGEST_ABBREVIATION:
        return letters
    for length in range(min(len(names) - 1, _LONGEST_NAME), 1, -1):
        letter = _NAMED.get(names[:length])
        rest = _letters(names[length:], most - 1) if letter is not None and most > 1 else None
        if letter is not None and rest is not None:
            return letter + rest
    return None
