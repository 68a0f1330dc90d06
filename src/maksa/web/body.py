"""Read a JSON body, strictly: nothing is repaired and nothing is read twice.

Refused with one sentence each: a content type that is not JSON, bytes that are not UTF-8, broken or too deep
JSON, a name that stands twice in one object, numbers that no list has, NUL characters and lone surrogates.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

import msgspec
from starlette.requests import Request

from maksa.text import Text
from maksa.web.parts import Parts
from maksa.web.refusal import Refusal, bad_request, shown

T = TypeVar("T")

MAX_DEPTH = 50
"""Levels of a body; what is asked here has four."""
_AT_ONCE = 64 * 1024
"""Bytes that are parsed in the event loop (about a millisecond); more goes to the pool."""


async def read_json(parts: Parts, request: Request) -> Any:
    """Read the JSON body of a request; None when it is empty. Raises: Refusal 400, 413 or 415."""
    return await read_body(parts, request, parse_json)


async def read_body(parts: Parts, request: Request, parse: Callable[[bytes], T]) -> T | None:
    """Read the JSON body of a request with a parser of its text; else as `read_json`."""
    raw = await request.body()
    if not raw.strip():
        return None
    _check_content_type(request.headers.get("content-type"))
    return await parts.ask(lambda: parse(raw), costly=len(raw) > _AT_ONCE)


def parse_json(raw: bytes) -> Any:
    """Parse a JSON text. Raises: Refusal 400 saying what is wrong and where."""
    try:
        value = _QUICK_DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _parse_strictly(raw)
    return value if _is_plain(value, raw) else _parse_strictly(raw)


def _is_plain(value: Any, raw: bytes) -> bool:
    """Tell whether a value read without our rules is surely within them: else it is read again, by each of them.

    Every name has its colon, so a text with no more colons than the value has names holds no name twice.
    """
    if b"\\u0000" in raw:
        return False
    names = 0
    level = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for one in level:
            kind = type(one)
            if kind is dict:
                names += len(one)
                deeper.extend(one.values())
            elif kind is list:
                deeper.extend(one)
            elif kind not in _PLAIN:
                return False
        if not deeper:
            return names == raw.count(b":")
        level = deeper
    return False


def _parse_strictly(raw: bytes) -> Any:
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise _bad_json(f"بایت {error.start} از UTF-8 نیست", f"byte {error.start} is not of UTF-8") from None
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise _bad_json(f"سطر و ستون {place} خوانا نیست", f"{error.msg} at line:column {place}") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # What is left of ValueError: a number of thousands of digits.
        raise _bad_json("عددی در آن بیش از اندازه بزرگ است", "a number in it is too large") from None
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH:
        _check_depth(value)
    if _SMUGGLED.search(text):
        _check_characters(value)
    return value


def _check_content_type(content_type: str | None) -> None:
    kind, _, parameters = (content_type or "").partition(";")
    name, _, charset = parameters.strip().casefold().partition("=")
    kind = kind.strip().casefold()
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    if is_json and (name != "charset" or charset.strip('"') in {"utf-8", "utf8"}):
        return
    given = shown(content_type or "")
    raise Refusal(
        415,
        "unsupported-media-type",
        Text(
            fa=f"نوع محتوای «{given}» در این نشانی خوانده نمی‌شود.",
            en=f"The content type '{given}' is not read at this address.",
        ),
        mend=Text(
            fa="بدنه را با Content-Type: application/json و کدگذاری UTF-8 بفرستید.",
            en="Send the body with Content-Type: application/json, encoded in UTF-8.",
        ),
        known=("application/json",),
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        name = shown(next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1))
        raise _bad_json(
            f"نام «{name}» در یک شیء دو بار آمده است", f"the name '{name}' stands twice in one object"
        )
    return fields


def _no_constant(name: str) -> NoReturn:
    raise _bad_json(f"{name} عدد JSON نیست", f"{name} is no number of JSON")


_QUICK_DECODER = msgspec.json.Decoder()
_PLAIN = frozenset({str, bool, type(None)})
"""Kinds that both decoders read alike; numbers are read by the strict one, which keeps all of their digits."""
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _parts(outer) if isinstance(inner, (dict, list))]
        if not level:
            return
    raise _too_deep()


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_deep() -> Refusal:
    return _bad_json(f"بیش از {MAX_DEPTH} لایه تودرتوست", f"it is nested deeper than {MAX_DEPTH} levels")


_SMUGGLED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""How NUL and halves of surrogate pairs are written; a whole pair looks the same, so the value is looked at then."""


def _check_characters(value: Any) -> None:
    """Refuse what only an escape can smuggle in: NUL, and halves of surrogate pairs."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _bad_json("نیم‌نویسهٔ تنها (surrogate) دارد", "it holds a lone surrogate") from None
    if "\\u0000" in text.replace("\\\\", ""):
        raise _bad_json("نویسهٔ NUL دارد", "it holds a NUL character")


def _bad_json(fa: str, en: str) -> Refusal:
    return bad_request(
        Text(fa=f"بدنهٔ درخواست JSON درستی نیست: {fa}.", en=f"The body is not proper JSON: {en}."),
        mend=Text(fa="یک متن JSON درست در UTF-8 بفرستید.", en="Send one proper JSON text in UTF-8."),
    )
