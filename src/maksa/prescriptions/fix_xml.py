"""Mend XML in its own text: namespaces, attributes, order, comments, spaces and encoding stay as they were."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from maksa.prescriptions.fix_tree import MAX_DEPTH, Edit, Node, apply

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ATTRIBUTE = re.compile(r"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""", re.ASCII)
_NIL = re.compile(r"""\s+[^\s=<>"'/:]+:nil\s*=\s*(?:"(?:true|1)"|'(?:true|1)')""", re.ASCII)
_TAG = re.compile(r"""<([^\s<>/]+)(?:[^"'>]|"[^"]*"|'[^']*')*+>""", re.ASCII)


class XmlDocument:
    """An XML message with the place of every element and attribute. Raises: ValueError when it is none, or has entities."""

    def __init__(self, body: bytes) -> None:
        declared = _DECLARED.match(body)
        encoding = declared[1].decode() if declared else "utf-8"
        self._mark, self._encoding = next(
            (pair for pair in _MARKS if body.startswith(pair[0])), (b"", encoding)
        )
        # One character a byte of UTF-8: so the parser's places are places in the text.
        self._text = _bytewise(_decoded(body[len(self._mark) :], self._encoding))
        self.root = _Reader(self._text).read()

    def set(self, node: Node, new: str) -> Edit | None:
        """Write a new value into an attribute, or into an element that holds nothing but text."""
        if node.kind != "leaf":
            return None
        old = self._text[node.start : node.end]
        if self._text[node.opened] != "<":
            return Edit(node.start, node.end, _bytewise(quoteattr(new)))
        written = _bytewise(escape(new))
        if node.start == node.opened:
            opened = _NIL.sub("", old)[:-2].rstrip()
            return Edit(node.start, node.end, f"{opened}>{written}</{node.name}>")
        return None if "<" in old else Edit(node.start, node.end, written)

    def add(self, parent: Node, name: str, new: str) -> Edit | None:
        """Add a part beside the last one: an attribute beside attributes, an element beside elements."""
        elements = {self._text[child.opened] == "<" for child in parent.children}
        if len(elements) != 1:
            return None
        last = parent.children[-1]
        if elements == {False}:
            return Edit(last.end, last.end, _bytewise(f" {name}={quoteattr(new)}"))
        prefix = last.name.rpartition(":")[0]
        spelt = f"{prefix}:{name}" if prefix else name
        before = self._text.rfind(">", 0, last.opened) + 1
        end = self._after(last)
        return Edit(
            end, end, f"{self._text[before : last.opened]}<{spelt}>{_bytewise(escape(new))}</{spelt}>"
        )

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Give the message with the edits, in its encoding; what that cannot write becomes a character reference."""
        text = apply(self._text, edits).encode("latin-1").decode()
        return self._mark + text.encode(self._encoding, errors="xmlcharrefreplace")

    def _after(self, node: Node) -> int:
        if self._text.startswith("</", node.end):
            return self._text.index(">", node.end) + 1
        return node.end


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except LookupError:
        raise ValueError("an unknown encoding") from None


def _bytewise(text: str) -> str:
    return text.encode().decode("latin-1")


class _Reader:
    """Reads the places of elements and attributes; a document type, which alone can declare entities, is refused."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[Node] = []
        self._said: list[list[str]] = []
        self._root: Node | None = None
        self._parser = ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self) -> Node:
        """Read the document to its end."""
        try:
            self._parser.Parse(self._text.encode("latin-1"), True)  # noqa: FBT003 - Expat takes it by place.
        except ExpatError:
            raise ValueError("no XML") from None
        if self._root is None:
            raise ValueError("no XML")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        place = self._parser.CurrentByteIndex
        tag = _TAG.match(self._text, place)
        if tag is None or len(self._open) > MAX_DEPTH:
            raise ValueError("no tag, or too deep")
        start = place if tag[0].endswith("/>") else tag.end()
        node = Node(name, "leaf", place, start, tag.end())
        for found in _ATTRIBUTE.finditer(self._text, place, tag.end()):
            if not found[1].startswith(("xmlns", "xsi:")):
                value = attributes.get(found[1])
                node.children.append(Node(found[1], "leaf", found.start(1), *found.span(2), value or None))
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node
        self._open.append(node)
        self._said.append([])

    def _end(self, _name: str) -> None:
        node, said = self._open.pop(), "".join(self._said.pop())
        node.text = said if said.strip() else None
        if node.start != node.opened:
            node.end = self._parser.CurrentByteIndex
        if node.children:
            node.kind = "object"

    def _characters(self, text: str) -> None:
        self._said[-1].append(text)

    def _doctype(self, *_declared: object) -> None:
        raise ValueError("a document type")
