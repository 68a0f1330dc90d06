"""Parse JSON into the raw tree: objects, lists and texts; numbers keep their digits."""

from __future__ import annotations

import json
from collections import Counter
from typing import NoReturn

from maksa.prescriptions.reading.bounds import broken, too_deep
from maksa.text import Text

Raw = dict[str, "Raw"] | list["Raw"] | str | bool | None
"""What a wire gives before names are known: of XML too, where an element that repeats is a list."""

TEXT = "#text"
"""The name of a text of XML that stands beside attributes or elements; JSON has none, and there it is not read."""


class _Twice(ValueError):
    """A name stands twice in one object."""


def parse_json(text: str, name: str) -> Raw:
    """Parse one JSON text. Raises: BadInput, saying what is wrong and where; TooLarge for what is nested too deep."""
    try:
        value: Raw = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise broken(
            name,
            "JSON",
            Text(f"سطر و ستون {place} خوانا نیست", f"{error.msg.removesuffix(' at')} at line:column {place}"),
        ) from None
    except _Twice as error:
        raise broken(
            name,
            "JSON",
            Text(
                f"نام «{error}» در یک شیء دو بار آمده است", f"the name '{error}' stands twice in one object"
            ),
        ) from None
    except RecursionError:
        raise too_deep(name) from None
    except ValueError as error:
        raise broken(name, "JSON", Text(f"{error} عدد JSON نیست", f"{error} is no number of JSON")) from None
    if "\\u" in text and not _is_sound(value):
        raise broken(name, "JSON", Text("نیم‌نویسهٔ تنها (surrogate) دارد", "it holds a lone surrogate"))
    return value


def _is_sound(value: Raw) -> bool:
    """Tell whether a value has no half of a surrogate pair, which only an escape can smuggle in."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except RecursionError:
        return True  # Whoever builds the tree refuses it for its depth.
    return True


def _object(pairs: list[tuple[str, Raw]]) -> dict[str, Raw]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _Twice("".join(mark for mark in twice[:60] if mark.isprintable()))
    return fields


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=_no_constant
)
