"""Parse XML into the raw tree: namespaces gone, attributes beside elements; no DTD, no entity, bounded while it is read."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from maksa.prescriptions.reading.bounds import MAX_DEPTH, MAX_ELEMENTS, broken, too_deep, too_large
from maksa.prescriptions.reading.from_json import TEXT, Raw
from maksa.text import Text

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_ENCODING = re.compile(r"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']{0,40})")
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii"})


def parse_xml(text: str, name: str) -> tuple[str, Raw]:
    """Parse one XML text into the name of its root and what it holds.

    Raises: BadInput, saying what is wrong and where; TooLarge.
    """
    declared = _ENCODING.match(text)
    if declared and declared[1].casefold() not in _ENCODINGS:
        raise broken(
            name,
            "XML",
            Text(f"کدگذاری «{declared[1]}» خوانده نمی‌شود", f"the encoding '{declared[1]}' is not read"),
        )
    target = _Builder(name)
    parser = DefusedXMLParser(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(text)
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise broken(
            name,
            "XML",
            Text(
                f"سطر و ستون {line}:{column + 1} خوانا نیست",
                f"{str(error.msg).partition(':')[0]} at line:column {line}:{column + 1}",
            ),
        ) from None
    except DefusedXmlException:
        raise broken(
            name, "XML", Text("DTD یا موجودیت (entity) دارد", "it holds a DTD or an entity")
        ) from None
    return target.root, target.value


class _Builder:
    """Takes what the parser sees, and keeps the open elements on a stack."""

    def __init__(self, name: str) -> None:
        self.root = ""
        self.value: Raw = None
        self._name = name
        self._count = 0
        self._open: list[tuple[str, dict[str, Raw], list[str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1 + len(attributes)
        if self._count > MAX_ELEMENTS:
            raise too_large(self._name, Text(f"{MAX_ELEMENTS} عنصر", f"{MAX_ELEMENTS} elements"))
        if len(self._open) >= MAX_DEPTH:
            raise too_deep(self._name)
        held: dict[str, Raw] = {
            _local(key): value for key, value in attributes.items() if not key.startswith(_SCHEMA_INSTANCE)
        }
        self._open.append((_local(tag), held, []))

    def data(self, text: str) -> None:
        self._open[-1][2].append(text)

    def end(self, _tag: str) -> None:
        name, held, texts = self._open.pop()
        text = "".join(texts)
        value: Raw = text or None
        if held:
            value = held
            if text.strip():
                held[TEXT] = text
        if self._open:
            _add(self._open[-1][1], name, value)
        else:
            self.root, self.value = name, value

    def close(self) -> None:
        """Nothing is left open: the parser sees to it."""


def _add(held: dict[str, Raw], name: str, value: Raw) -> None:
    if name not in held:
        held[name] = value
        return
    before = held[name]
    if isinstance(before, _Repeated):
        before.append(value)
    else:
        held[name] = _Repeated([before, value])


class _Repeated(list[Any]):
    """An element that stands more than once; XML has no other lists."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
