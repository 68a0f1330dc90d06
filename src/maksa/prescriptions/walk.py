"""Walk a message by its rules: what must stand where, how often, of which type; coded fields are brought home unjudged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from maksa.prescriptions import sentences
from maksa.prescriptions.elements import Element
from maksa.prescriptions.identifiers import check_identifier, check_national_code
from maksa.prescriptions.remarks import Remark, coded, error, is_coded
from maksa.prescriptions.report import NotChecked
from maksa.prescriptions.rules.records import PARTS, Field, MessageRules, RuleBook
from maksa.prescriptions.values import check_value

UNKNOWN = "message.unknown-element"
WRONG_TYPE = "message.type"
DUPLICATE = "message.duplicate-order"
ORDERS = "Orders"
_IGNORED = frozenset({"Value", "Text", "ISOString", "MagnitudeStatus"})
_HOME = "IR"
_INNER = "Coding"
"""The one part of a data type that has parts of its own."""


class Walk:
    """Walks one message by the rules of its type. Remarks come in the order of the message."""

    def __init__(self, message: Element, rules: MessageRules, book: RuleBook) -> None:
        self._message = message
        self._rules = rules
        self._book = book
        self._foreign = {
            other.code: [one.title for one in book.messages.values() if one.code == other.code]
            for other in book.messages.values()
            if other.code != rules.code
        }
        country = message.at("Person", "Nationality", "Coded_string")
        said = "" if country is None else (country.text or "").strip().upper()
        self._foreigner = said not in {"", _HOME, "IRN", "364"}

    def remarks(self) -> Iterator[Remark]:
        """Give all remarks on the message."""
        yield from self._group(self._message, self._rules.field)

    def _group(self, element: Element, field: Field) -> Iterator[Remark]:
        told: set[str] = set()
        for child in element.children:
            known = field.children.get(child.name)
            if known is None:
                yield from self._unknown(child, field, element)
                continue
            if child.path.endswith("]") and child.name not in told:
                told.add(child.name)
                yield from _cardinality(element, child, known)
            if not child.empty:
                yield from self._known(child, known)
            elif (
                known.many and known.kind == "group" and any(not one.empty for one in element.all(child.name))
            ):
                yield from self._missing(child, known)
        yield from self._missing(element, field)

    def _missing(self, element: Element, field: Field) -> Iterator[Remark]:
        for name, known in field.children.items():
            if not known.required or any(not child.empty for child in element.all(name)):
                continue
            if element.name == ORDERS and any(
                not child.empty and child.name in self._foreign for child in element.children
            ):
                continue  # It is an order of another type of message, and that is told.
            yield error(known.rule, _joined(element.path, name), "missing-element", sentences.missing(known))

    def _known(self, element: Element, field: Field) -> Iterator[Remark]:
        misshapen = list(_misshapen(element, field))
        if misshapen:
            yield from misshapen
            return
        match field.kind:
            case "group":
                yield from self._holder(element, field)
            case "coded" | "concept" | "text-or-coded":
                yield from self._coded(element, field)
            case "identifier":
                yield from self._parts(element, field)
                yield from check_identifier(element, field, self._book.identifiers)
            case "national-code":
                yield from check_national_code(element, field, foreign=self._foreigner)
            case _:
                yield from self._parts(element, field)
                yield from check_value(element, field, self._book.units)

    def _holder(self, element: Element, field: Field) -> Iterator[Remark]:
        if not element.children:
            yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))
            return
        if element.text is not None and element.text.strip():
            yield error(field.rule, element.path, "bad-format", sentences.stray_text(field.name))
        if any(child.name == ORDERS for child in element.children):
            yield from self._repeated(element)
        yield from self._group(element, field)

    def _coded(self, element: Element, field: Field) -> Iterator[Remark]:
        if not element.children:
            if field.kind != "text-or-coded":
                yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))
            return
        yield from self._parts(element, field)
        concept = element.child(_INNER) if field.kind == "concept" else None
        if concept is not None and not concept.empty:
            if concept.children:
                yield coded(concept, field)
            else:
                yield error(field.rule, concept.path, "bad-format", sentences.wrong_shape(field))
        elif is_coded(element) or field.kind != "concept":
            yield coded(element, field, orders=field.name == self._rules.code)

    def _parts(self, element: Element, field: Field) -> Iterator[Remark]:
        """Check the parts of a data type: known by name, each once."""
        known = PARTS.get(field.kind, ())
        told: set[str] = set()
        for child in element.children if known else ():
            if child.name not in known:
                yield from self._unknown(child, field, element)
            elif child.path.endswith("]") and child.name not in told:
                told.add(child.name)
                yield from _cardinality(element, child, Field(child.name, field.rule, "text", field.title))

    def _unknown(self, element: Element, field: Field, holder: Element) -> Iterator[Remark]:
        if element.empty:
            return
        homes = self._foreign.get(element.name) if holder.name == ORDERS else None
        if homes:
            said = sentences.wrong_type(element.name, self._rules.title, homes)
            yield error(WRONG_TYPE, element.path, "wrong-message-type", said)
        else:
            near = get_close_matches(element.name, [*field.children, *PARTS.get(field.kind, ())], 1, 0.75)
            yield NotChecked(UNKNOWN, element.path, sentences.unknown_element(near[0] if near else None))
        yield from _coded_inside(element)

    def _repeated(self, block: Element) -> Iterator[Remark]:
        """Tell orders that repeat an earlier one of the block."""
        seen: dict[object, int] = {}
        for place, order in enumerate(block.all(ORDERS)):
            code = order.child(self._rules.code)
            if code is None or code.empty:
                continue
            parts = [child for child in order.children if child.name in self._rules.same]
            same = _signature(parts)
            if same in seen:
                said = sentences.duplicate(seen[same])
                yield error(DUPLICATE, order.path, "duplicate-order", said)
            else:
                seen[same] = place


def _cardinality(holder: Element, first: Element, field: Field) -> Iterator[Remark]:
    """Check how often an element stands; only what stands in a list, or repeatedly, has an index."""
    count = sum(1 for _ in holder.all(first.name))
    place = first.path.rpartition("[")[0] if first.path.endswith("]") else first.path
    most = field.most if field.many else 1
    if most is not None and count > most:
        yield error(field.rule, place, "too-many", sentences.too_many(field.name, count, most))
    elif not field.many and first.path.endswith("]"):
        yield error(field.rule, place, "bad-format", sentences.list_for_one(field.name))
    elif field.many and first.alone:
        yield error(field.rule, place, "bad-format", sentences.one_for_list(field.name))


def _misshapen(element: Element, field: Field) -> Iterator[Remark]:
    """Tell leaves of a data type that hold elements where a text belongs: what these say is not read."""
    leaves = set(PARTS.get(field.kind, ())) - {_INNER}
    for child in element.children:
        if child.name in leaves and child.children and child.text is None and not child.empty:
            leaf = Field(child.name, field.rule, "text", field.title)
            yield error(field.rule, child.path, "bad-format", sentences.wrong_shape(leaf))


def _coded_inside(element: Element) -> Iterator[Remark]:
    """Bring home the coded fields in what no rule knows; how deep a message may be was seen when it was read."""
    if is_coded(element):
        yield coded(element, None)
    for child in element.children:
        yield from _coded_inside(child)


def _signature(elements: Sequence[Element]) -> object:
    """Give what is said in elements, whatever their order, without what is only read by people."""
    return frozenset(
        (child.path.rpartition(".")[2], (child.text or "").strip().casefold(), _signature(child.children))
        for child in elements
        if child.name not in _IGNORED and not child.empty
    )


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
