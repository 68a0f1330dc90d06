"""Fill the fields of an insurer from a message: one row of its content after the other, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from maksa.errors import BadInput
from maksa.model.codeform import plain_digits
from maksa.model.jalali import today
from maksa.model.service import TerminologyService
from maksa.model.verdict import Triple
from maksa.prescriptions.convert import sentences
from maksa.prescriptions.convert.codes import Codes, NotFoundHere, Outcome
from maksa.prescriptions.convert.records import Absent, Carried, Conversion, Gap, Json, PassedOver
from maksa.prescriptions.convert.rules import Insurer, Target, insurer
from maksa.prescriptions.convert.values import (
    identifier_of,
    is_of_type,
    number_of,
    text_of,
    triple_of,
    written_day,
)
from maksa.prescriptions.elements import Element
from maksa.prescriptions.kinds import block_of, rules_of
from maksa.prescriptions.memo import Memo
from maksa.prescriptions.rules import rule_book
from maksa.prescriptions.rules.records import MessageRules
from maksa.prescriptions.values import day_in
from maksa.text import Text

MESSAGES = ("MedicationPrescriptions", "ImagingPrescriptions", "LaboratoryPrescriptions")
_CODED = frozenset({"code", "title", "words", "property"})
_ROW = "Order"
_BLOCK = "Block"


@dataclass(slots=True)
class _Account:
    """What is told of a conversion beside its fields, in the order of the message."""

    carried: list[Carried] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def convert(message: Element, to: str, service: TerminologyService, *, on: date | None = None) -> Conversion:
    """Convert a message that was read to the fields of an insurer of INSURERS, on the message's own day or on `on`.

    Codes go through the maps in force on the day, and only where one exact target may be used; a code that validation
    refuses is not converted. Fields are in the order of the insurer's content. No network is used.
    Raises: BadInput when the message is of no type that can be converted; EditionUnreadable.
    Cost:   some five questions a coded element.
    """
    rules, block = _kind(message, service, on)
    day = on or day_in(block.child(rules.issued)) or today()
    goal = insurer(to)
    filling = _Filling(message, block, rules, goal, Codes(service, day, goal.conditions))
    fields = filling.fields()
    account = filling.account
    return Conversion(
        insurer=goal.id,
        message_type=rules.message,
        day=day,
        fields=fields,
        carried=tuple(account.carried),
        gaps=tuple(account.gaps),
        absent=tuple(account.absent),
        passed_over=tuple(_passed_over(message, block, account.used)),
        remarks=tuple(_remarks(message, goal)),
    )


def _kind(message: Element, service: TerminologyService, on: date | None) -> tuple[MessageRules, Element]:
    ask = Memo(service).asking(on or today())
    rules = rules_of(message, rule_book(), ask)
    block = None if rules is None else block_of(message, rules)
    if rules is None or block is None or rules.message not in MESSAGES:
        raise BadInput(
            sentences.no_type(MESSAGES),
            mend=Text(
                "پیام را با maksa check بسنجید تا گونهٔ آن روشن شود.",
                "Check it with 'maksa check', which tells its type.",
            ),
        )
    return rules, block


class _Filling:
    """Fills the fields of one insurer from one message."""

    def __init__(
        self, message: Element, block: Element, rules: MessageRules, goal: Insurer, codes: Codes
    ) -> None:
        self.account = _Account()
        self._roots = {"": message, _BLOCK: block}
        self._orders = tuple(block.all("Orders"))
        self._message_type = rules.message
        self._goal = goal
        self._codes = codes
        self._elsewhere: list[Gap] = []

    def fields(self) -> dict[str, Json]:
        """Give all fields; a field without content is left out."""
        filled: dict[str, Json] = {}
        self._fill(filled, self._goal.head, "", self._roots)
        items: list[Json] = []
        if not self._orders:
            path = _path(self._roots, f"{_BLOCK}.Orders")
            self._miss(self._goal.items, [path])
        for order in self._orders:
            item: dict[str, Json] = {}
            prefix = f"{self._goal.items}[{len(items)}]."
            if self._is_refused(order, prefix.rstrip(".")):
                continue
            self._fill(item, self._goal.item, prefix, {**self._roots, _ROW: order})
            items.append(item)
        self._settle_elsewhere()
        filled[self._goal.items] = items
        return filled

    def _is_refused(self, order: Element, name: str) -> bool:
        """Tell whether an order says that it is not to be performed; no insurer has a field for that."""
        said = order.child("DoNotPerform")
        if said is None or said.empty or (said.text or "").strip().casefold() in {"false", "0"}:
            return False
        gap = Gap(name, said.path, Triple(None, None), "not-to-be-performed", sentences.NOT_TO_BE_PERFORMED)
        self.account.gaps.append(gap)
        self.account.used.update(child.path for child in order.children)
        return True

    def _miss(self, name: str, paths: list[str]) -> None:
        reason = sentences.not_said(paths)
        self.account.gaps.append(Gap(name, paths[0], Triple(None, None), "missing", reason))

    def _settle_elsewhere(self) -> None:
        """Tell a gap whose code another field took as an empty field; the others stay gaps."""
        taken = {one.path for one in self.account.carried}
        for gap in self._elsewhere:
            if gap.path in taken:
                self.account.absent.append(Absent(gap.field, gap.path, gap.reason))
            else:
                self.account.gaps.append(gap)

    def _fill(
        self, into: dict[str, Json], targets: tuple[Target, ...], prefix: str, roots: dict[str, Element]
    ) -> None:
        for target in targets:
            if target.messages and self._message_type not in target.messages:
                continue
            value = self._value(target, f"{prefix}{target.field}", roots)
            if value is not None:
                _put(into, target.field, value)

    def _value(self, target: Target, name: str, roots: dict[str, Element]) -> Json | None:
        if target.form == "value":
            return target.value
        if target.absent is not None:
            self.account.absent.append(Absent(name, None, target.absent))
            return None
        found = [element for way in target.sources if (element := _at(roots, way)) is not None]
        if not found:
            paths = [_path(roots, way) for way in target.sources]
            if target.must:
                self._miss(name, paths)
            elif not target.optional:
                self.account.absent.append(Absent(name, paths[0], sentences.not_said(paths)))
            return None
        if target.form in _CODED:
            return self._coded(target, name, found)
        return self._plain(target, name, found[0])

    def _plain(self, target: Target, name: str, element: Element) -> Json | None:
        match target.form:
            case "number":
                value: Json | None = number_of(element)
            case "day" | "day-with-slashes":
                value = written_day(element, slashes=target.form == "day-with-slashes")
            case "identifier":
                value = identifier_of(element, target.type, target.width)
            case _:
                value = text_of(element)
        if value is None:
            reason = sentences.not_readable(element.path)
            if target.form == "identifier" and not is_of_type(element, target.type):
                reason = sentences.other_identifier(element.path, target.type)
            self.account.absent.append(Absent(name, element.path, reason))
        self.account.used.add(element.path)
        return value

    def _coded(self, target: Target, name: str, found: list[Element]) -> str | None:
        """Give what the first of some elements becomes that has a code there; the gap of each before it is told."""
        gaps = self._elsewhere if target.elsewhere else self.account.gaps
        for element in found:
            triple = triple_of(element)
            self.account.used.add(element.path)
            outcome, value = self._become(target, triple)
            if not isinstance(outcome, NotFoundHere):
                self.account.carried.append(
                    Carried(name, element.path, outcome.source, outcome.target, outcome.map)
                )
                return value
            gaps.append(Gap(name, element.path, triple, outcome.why, outcome.reason))
        return None

    def _become(self, target: Target, triple: Triple) -> tuple[Outcome, str]:
        if target.form == "words":
            return self._codes.words(triple, target.lists)
        if target.form == "title":
            return self._codes.title(triple)
        outcome = self._codes.code(triple, target.lists)
        if isinstance(outcome, NotFoundHere):
            return outcome, ""
        if target.form == "code":
            return outcome, outcome.target.code
        concept = self._codes.concept(outcome.target)
        values = () if concept is None else concept.values(target.property)
        if len(values) != 1:
            return NotFoundHere("no-map", sentences.no_property(outcome.target, target.property)), ""
        return outcome, str(values[0])


def _at(roots: dict[str, Element], way: str) -> Element | None:
    """Give the element at a way of the content that says something."""
    root, rest = _parted(way)
    element = roots[root].at(*rest)
    return None if element is None or element.empty else element


def _path(roots: dict[str, Element], way: str) -> str:
    root, rest = _parted(way)
    return ".".join(filter(None, (roots[root].path, *rest)))


def _parted(way: str) -> tuple[str, list[str]]:
    first, *rest = way.split(".")
    return (first, rest) if first in {_ROW, _BLOCK} else ("", [first, *rest])


def _put(into: dict[str, Json], field_name: str, value: Json) -> None:
    *levels, last = field_name.split(".")
    for level in levels:
        inner = into.setdefault(level, {})
        if isinstance(inner, dict):
            into = inner
    into[last] = value


def _passed_over(message: Element, block: Element, used: set[str]) -> Iterator[PassedOver]:
    """Yield the elements of the prescription, and the diagnoses, that no field took."""
    parts = [child for child in block.children if child.name != "Orders"]
    parts += [child for order in block.all("Orders") for child in order.children]
    composition = message.child("Composition")
    parts += [] if composition is None else composition.all("Diagnosis")
    holding = {above for path in used for above in _upwards(path)}
    for part in parts:
        if not part.empty and part.path not in holding:
            yield PassedOver(part.path, sentences.NO_PLACE)


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and those of all elements around it."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _remarks(message: Element, goal: Insurer) -> Iterator[Text]:
    said = message.at("Composition", "Insurance", "Insurer")
    code = "" if said is None else plain_digits(triple_of(said).code or "").strip()
    if code and code not in goal.codes:
        yield sentences.other_insurer(goal.title, code[:20])
