"""Mend JSON in its own text: order, spaces, casing, numbers and encoding stay as they were."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence

from maksa.prescriptions.fix_tree import MAX_DEPTH, Edit, Node, apply, folded

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_ATOM = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_DIGITS = "-0123456789"
_TWO_WORDS = ("terminologyid", "codedstring")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class JsonDocument:
    """A JSON message with the place of every value. Raises: ValueError when it is no JSON object."""

    def __init__(self, body: bytes) -> None:
        self._mark, self._encoding = next(
            (pair for pair in _MARKS if body.startswith(pair[0])), (b"", json.detect_encoding(body))
        )
        self._text = body[len(self._mark) :].decode(self._encoding)
        start = self._after_space(0)
        self.root = self._value("", start, start, 0)
        if self.root.kind != "object" or self._after_space(self.root.end) != len(self._text):
            raise ValueError("no JSON object")

    def set(self, node: Node, new: str) -> Edit | None:
        """Write a new value: a number stays a number where it can be one."""
        if node.kind != "leaf":
            return None
        number = self._text[node.start] in _DIGITS and _NUMBER.fullmatch(new)
        return Edit(node.start, node.end, new if number else self._string(new))

    def add(self, parent: Node, name: str, new: str) -> Edit | None:
        """Add a member after the last one, spelt and spaced as its neighbours are."""
        if parent.kind != "object" or not parent.children:
            return None
        last, text = parent.children[-1], self._text
        if len(parent.children) > 1:
            apart = text[parent.children[-2].end : last.opened]
        else:
            apart = "," + text[parent.start + 1 : last.opened]
        key = _STRING.match(text, last.opened)
        colon = text[key.end() : last.start] if key else ":"
        spelt = self._string(_spelt(name, [child.name for child in parent.children]))
        return Edit(last.end, last.end, f"{apart}{spelt}{colon}{self._string(new)}")

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Give the message with the edits, in its encoding."""
        return self._mark + apply(self._text, edits).encode(self._encoding)

    def _string(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self._text.isascii())

    def _after_space(self, place: int) -> int:
        found = _SPACE.match(self._text, place)
        return found.end() if found else place

    def _value(self, name: str, opened: int, start: int, depth: int) -> Node:
        mark = self._text[start : start + 1]
        if depth > MAX_DEPTH:
            raise ValueError("too deep")
        if mark == "{":
            return self._inside(Node(name, "object", opened, start, start), "}", depth)
        if mark == "[":
            return self._inside(Node(name, "array", opened, start, start), "]", depth)
        found = (_STRING if mark == '"' else _ATOM).match(self._text, start)
        if found is None:
            raise ValueError("no value")
        text = json.loads(found[0], strict=False) if mark == '"' else found[0]
        return Node(name, "leaf", opened, start, found.end(), None if found[0] == "null" else text)

    def _inside(self, node: Node, close: str, depth: int) -> Node:
        place = self._after_space(node.start + 1)
        while self._text[place : place + 1] != close or node.children:
            opened, name = place, ""
            if node.kind == "object":
                key = _STRING.match(self._text, place)
                if key is None:
                    raise ValueError("no name")
                name, place = json.loads(key[0], strict=False), self._after(key.end(), ":")
            child = self._value(name, opened, place, depth + 1)
            node.children.append(child)
            place = self._after_space(child.end)
            if self._text[place : place + 1] == close:
                break
            place = self._after(place, ",")
        node.end = place + 1
        return node

    def _after(self, place: int, mark: str) -> int:
        place = self._after_space(place)
        if self._text[place : place + 1] != mark:
            raise ValueError(f"no {mark}")
        return self._after_space(place + 1)


def _spelt(name: str, neighbours: Sequence[str]) -> str:
    """Spell a canonical name as its neighbours are spelt: their capitals, and underscores where they have them."""
    if any(folded(one) in _TWO_WORDS and "_" not in one for one in neighbours):
        first, *rest = name.split("_")
        name = first + "".join(part[:1].upper() + part[1:] for part in rest)
    letters = "".join(neighbours)
    if letters.isupper():
        return name.upper()
    if letters.islower():
        return name.lower()
    return name[:1].lower() + name[1:] if all(one[:1].islower() for one in neighbours) else name
