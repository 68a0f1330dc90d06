"""The wrong keyboard layout: what a text would be, had the other layout been on.

Two Persian layouts are common in Iran: ISIRI 9147 (the standard) and the older layout of Windows. A text that was
typed with the layout of the other language on is undone key by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_SHIFTED_ROWS = ("QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?")
_ISIRI = (("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو./"), ("", "ؤئيإأآة", "كٓژ"))
_WINDOWS = (("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدئو./"), ("", "\0\0\0\0ۀآ", "ة\0ژؤإأء"))
_WINDOWS_PE = "\\`"
"""Keys that give پ with the layout of Windows, by the make of the keyboard."""


def _to_persian(layout: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, str]:
    plain, shifted = layout
    keys: dict[str, str] = {}
    for latin, persian in zip((*_ROWS, *_SHIFTED_ROWS), (*plain, *shifted), strict=True):
        keys |= {key: letter for key, letter in zip(latin, persian, strict=False) if letter != "\0"}
    for key in "".join(_SHIFTED_ROWS):  # A letter without a shifted meaning of its own: Caps Lock was on.
        keys.setdefault(key, keys[key.lower()] if key.isalpha() else key)
    return keys


def _to_latin(keys: Mapping[str, str]) -> dict[str, str]:
    latin: dict[str, str] = {}
    for key, letter in keys.items():
        if key.isalpha() or letter not in latin:
            latin[letter] = key.lower()
    return latin | {"ي": "d", "ك": ";"}


_PERSIAN = (_to_persian(_ISIRI), _to_persian(_WINDOWS) | dict.fromkeys(_WINDOWS_PE, "پ"))
_LATIN = tuple(_to_latin(keys) for keys in _PERSIAN)


def other_layouts(text: str) -> Iterator[str]:
    """Yield what the keys of a text give with the other language's layouts, each once; at most two.

    A text in Latin letters is read as Persian, one in Persian letters as Latin; a text with both, or with neither,
    was not typed with the wrong layout. Digits and spaces stay.
    """
    latin = any("a" <= letter <= "z" for letter in text.lower())
    persian = any("\u0620" <= letter <= "\u06d3" for letter in text)
    if latin == persian:
        return
    seen = {text}
    for keys in _PERSIAN if latin else _LATIN:
        typed = "".join(keys.get(letter, letter) for letter in text)
        if typed not in seen:
            seen.add(typed)
            yield typed
