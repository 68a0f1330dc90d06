"""Read a message, JSON or XML in any casing, into its typed tree, in bounded time and memory."""

from __future__ import annotations

import codecs

from maksa.prescriptions.elements import Element
from maksa.prescriptions.reading.bounds import MAX_BYTES, not_utf8, too_large
from maksa.prescriptions.reading.build import build_message, no_message
from maksa.prescriptions.reading.from_json import parse_json
from maksa.prescriptions.reading.from_xml import parse_xml
from maksa.prescriptions.rules import rule_book
from maksa.text import Text

__all__ = ["read_message"]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_message(body: bytes, *, name: str = "message") -> Element:
    """Read one message: a JSON object, or an XML document. `name` is how sentences call it.

    Text is UTF-8, with or without its mark, or UTF-16 with its mark.
    Limits: 5 MiB, 60 levels, 30,000 elements, 1,000 orders.
    Raises: BadInput with one sentence: broken, entities or a DTD, wrongly encoded, a name twice in one object, or no
            message at all; TooLarge when over a bound.
    """
    if len(body) > MAX_BYTES:
        raise too_large(name, Text(f"{MAX_BYTES} بایت", f"{MAX_BYTES} bytes"))
    text = _decoded(body, name).lstrip()
    if text.startswith("<"):
        root, raw = parse_xml(text, name)
        return build_message(raw, name, rule_book(), root=root)
    if text.startswith("{"):
        return build_message(parse_json(text, name), name, rule_book(), root=None)
    if text.startswith("["):
        raise no_message(name, Text("آرایه‌ای از JSON است", "it is an array of JSON"))
    if not text:
        raise no_message(name, Text("خالی است", "it is empty"))
    raise no_message(name, Text("نه JSON است و نه XML", "it is neither JSON nor XML"))


def _decoded(body: bytes, name: str) -> str:
    encoding = "utf-16" if body.startswith(_UTF16) else "utf-8-sig"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise not_utf8(name, error.start) from None
