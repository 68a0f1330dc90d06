"""Build the typed tree of a raw one: canonical names and paths by the shape that all rules have together."""

from __future__ import annotations

import re

from maksa.errors import BadInput, TooLarge
from maksa.prescriptions.elements import Element
from maksa.prescriptions.reading.bounds import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_ITEMS,
    MAX_NAME,
    too_deep,
    too_large,
)
from maksa.prescriptions.reading.from_json import TEXT, Raw
from maksa.prescriptions.rules import Field, RuleBook
from maksa.prescriptions.rules.load import spelled
from maksa.prescriptions.rules.records import PARTS
from maksa.text import Text

_WRAPPER_END = "messagevo"
_LEAVES = {spelling: name for kind in PARTS.values() for name in kind for spelling in (spelled(name), name)}
_UNKNOWN = Field("", "message.unknown-element", "group", Text("", ""), spellings=_LEAVES)
_NOT_IN_PATHS = re.compile(r"[^\w-]+")


def build_message(raw: Raw, name: str, book: RuleBook, *, root: str | None) -> Element:
    """Build the tree of a message; `root` is the name of the root of an XML document, None for JSON.

    Raises: BadInput when it is no message; TooLarge.
    """
    wrapper = root or ""
    if root is None and isinstance(raw, dict) and len(raw) == 1:
        only = next(iter(raw))
        if spelled(only).endswith(_WRAPPER_END):
            wrapper, raw = only, raw[only]
    if not isinstance(raw, dict):
        raise no_message(
            name, Text("شیئی با بخش‌های پیام نیست", "it is no object with the parts of a message")
        )
    roots = {spelled(one.root): one.root for one in book.messages.values()}
    children = _Build(name, xml=root is not None).children(raw, book.shape, "", 1)
    known = {*book.shape.children, *book.shape.children["Composition"].children}
    if not any(child.name in known for child in children):
        raise no_message(name, Text("هیچ بخش شناخته‌ای از پیام ندارد", "it has no known part of a message"))
    return Element(roots.get(spelled(wrapper)) or _plain(wrapper), "", None, children)


def no_message(name: str, why: Text) -> BadInput:
    """Make the error of what can be read, but is not one message."""
    return BadInput(
        Text(
            fa=f"{name}: این یک پیام تجویز نیست: {why.fa}.", en=f"{name}: this is not one message: {why.en}."
        ),
        mend=Text(
            fa="یک پیام با بخش‌های Person، MsgID و Composition بفرستید.",
            en="Send one message, with the parts Person, MsgID and Composition.",
        ),
    )


class _Build:
    """Builds one message, and counts its elements."""

    def __init__(self, name: str, *, xml: bool) -> None:
        self._name = name
        self._xml = xml
        self._left = MAX_ELEMENTS

    def children(self, raw: dict[str, Raw], field: Field, path: str, depth: int) -> tuple[Element, ...]:
        """Build the elements that an object holds, in its order."""
        if depth > MAX_DEPTH:
            raise too_deep(self._name)
        if len(raw) > self._left:
            raise self._too_many()
        held: dict[str, list[Raw]] = {}
        for sent, value in raw.items():
            if sent != TEXT:
                known = field.spellings.get(sent) or field.spellings.get(spelled(sent)) or _plain(sent)
                held.setdefault(known, []).append(value)
        built: list[Element] = []
        for name, values in held.items():
            child = field.children.get(name, _UNKNOWN)
            inner = f"{path}.{name}" if path else name
            if len(values) == 1 and not child.many and not isinstance(values[0], list):
                built.append(self._element(values[0], child, name, inner, depth))
            else:
                built.extend(self._repeated(values, child, name, inner, depth))
        return tuple(built)

    def _repeated(self, values: list[Raw], field: Field, name: str, path: str, depth: int) -> list[Element]:
        items: list[Raw] = []
        alone = False
        for value in values:
            if isinstance(value, list):
                items.extend(value)
            elif value is not None or not field.many:
                inside = _wrapped(value) if field.many and len(values) == 1 else None
                alone = inside is None and not self._xml
                items.extend([value] if inside is None else inside)
        if len(items) > MAX_ITEMS:
            raise too_large(self._name, Text(f"{MAX_ITEMS} {name}", f"{MAX_ITEMS} {name}"))
        return [
            self._element(item, field, name, f"{path}[{place}]", depth, alone=alone)
            for place, item in enumerate(items)
        ]

    def _element(
        self, value: Raw, field: Field, name: str, path: str, depth: int, *, alone: bool = False
    ) -> Element:
        self._left -= 1
        if self._left < 0:
            raise self._too_many()
        if isinstance(value, str):
            return Element(name, path, value, (), alone)
        if isinstance(value, dict):
            text = value.get(TEXT)
            children = self.children(value, field, path, depth + 1)
            return Element(name, path, text if isinstance(text, str) else None, children, alone)
        if isinstance(value, list):
            if depth > MAX_DEPTH:
                raise too_deep(self._name)
            return Element(
                name, path, None, tuple(self._repeated([value], field, name, path, depth + 1)), alone
            )
        return Element(name, path, None if value is None else str(value).lower(), (), alone)

    def _too_many(self) -> TooLarge:
        return too_large(self._name, Text(f"{MAX_ELEMENTS} عنصر", f"{MAX_ELEMENTS} elements"))


def _wrapped(value: Raw) -> list[Raw] | None:
    """Give the items of a list that SEPAS wraps: `<Orders><MedicationPrescriptionRowVO/>…</Orders>`."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    only, inside = next(iter(value.items()))
    name = spelled(only)
    if not (name.endswith("vo") or name.startswith("do")) or spelled(only) in _LEAVES:
        return None
    return inside if isinstance(inside, list) else [inside]


def _plain(name: str) -> str:
    """Give a name that no rule knows as a path can hold it."""
    return _NOT_IN_PATHS.sub("_", name[:MAX_NAME])
