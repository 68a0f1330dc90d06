"""Messages as they come over the wire: JSON in four casings, XML with the coded fields as attributes or as elements.

Source: the types as they were seen in real systems; `Value`, `Terminology_id` and `Coded_string` are attributes in the
namespace VM and elements in ClinicalClass, identifiers, units and `ISOString` are attributes in both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_CODED = ("Value", "Terminology_id", "Coded_string")
_ATTRIBUTES = ("Issuer", "Assigner", "ID", "Type", "Unit", "ISOString")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]


_CASINGS: dict[str, Callable[[str], str]] = {
    "json": str,
    "json-camel": _camel,
    "json-lower": str.lower,
    "json-upper": str.upper,
}
_NAMESPACES = {
    "xml-vm": ("http://thrita.behdasht.gov.ir/VM/", (*_CODED, *_ATTRIBUTES)),
    "xml-clinical": ("http://thrita.behdasht.gov.ir/ClinicalClass/", _ATTRIBUTES),
}
JSON_FORMS = tuple(_CASINGS)
XML_FORMS = tuple(_NAMESPACES)
FORMS = JSON_FORMS + XML_FORMS


def write_message(tree: dict[str, Any], form: str, root: str) -> bytes:
    """Write a message in a form; `root` is the element of an XML document, JSON has none."""
    if form in _CASINGS:
        return json.dumps(_renamed(tree, _CASINGS[form]), ensure_ascii=False).encode()
    namespace, attributes = _NAMESPACES[form]
    declared = f' xmlns="{namespace}" xmlns:xsi="{_XSI}"'
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + _element(root, tree, attributes, declared)).encode()


def _renamed(node: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {rename(name): _renamed(child, rename) for name, child in node.items()}
    if isinstance(node, list):
        return [_renamed(child, rename) for child in node]
    return node


def _element(name: str, node: Any, attributes: tuple[str, ...], declared: str = "") -> str:
    """Write one element; a list is the element again and again, nothing is an element that is nil."""
    if isinstance(node, list):
        return "".join(_element(name, child, attributes) for child in node)
    if node is None:
        return f'<{name} xsi:nil="true"/>'
    if not isinstance(node, dict):
        return f"<{name}>{escape(str(node))}</{name}>"
    inside = [(key, child) for key, child in node.items() if key not in attributes]
    marks = [(key, child) for key, child in node.items() if key in attributes and child is not None]
    opened = name + declared + "".join(f" {key}={quoteattr(str(child))}" for key, child in marks)
    return f"<{opened}>{''.join(_element(key, child, attributes) for key, child in inside)}</{name}>"
