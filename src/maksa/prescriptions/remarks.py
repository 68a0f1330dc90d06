"""What a walk over a message brings home: findings, what was not checked, and coded fields that are still to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maksa.model.verdict import Coding, MessageIssueCode, Triple
from maksa.prescriptions.elements import Element
from maksa.prescriptions.report import Change, Finding, NotChecked
from maksa.prescriptions.rules.records import Field
from maksa.text import Text

ANY_CODED = "message.coded-field"
"""The rule of a coded field that stands where no rule speaks of one."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded field at its place: what was sent, by which rule, and the lists and their value sets that are allowed.

    `leaves` are the names under which list, code and title stand; an identifier that carries a code has no title.
    `orders` tells of the code that says what an order orders.
    """

    rule: str
    path: str
    triple: Triple
    terminologies: tuple[str, ...] = ()
    value_sets: Mapping[str, str] = field(default_factory=dict)
    leaves: tuple[str, str, str | None] = ("Terminology_id", "Coded_string", "Value")
    orders: bool = False


Remark = Finding | NotChecked | Coded


def error(
    rule: str,
    path: str,
    issue: MessageIssueCode,
    said: tuple[Text, Text | None],
    *,
    changes: tuple[Change, ...] = (),
) -> Finding:
    """Make an error of the message itself, of a sentence and its mend."""
    return Finding(rule, path, issue, "error", said[0], said[1], changes=changes)


def warning(rule: str, path: str, said: tuple[Text, Text | None], coding: Coding, change: Change) -> Finding:
    """Make the warning of a code that was recognised in another form."""
    return Finding(rule, path, "code-form", "warning", said[0], said[1], coding, changes=(change,))


def coded(element: Element, field: Field | None, *, orders: bool = False) -> Coded:
    """Take the triple of an element, by its rule if one speaks of it."""
    parts = {child.name: child.text for child in element.children}
    triple = Triple(parts.get("Terminology_id"), parts.get("Coded_string"), parts.get("Value"))
    if field is None:
        return Coded(ANY_CODED, element.path, triple)
    return Coded(field.rule, element.path, triple, field.terminologies, field.value_sets, orders=orders)


def is_coded(element: Element) -> bool:
    """Tell whether an element has the parts of a coded field, whatever it is called."""
    return any(child.name in {"Terminology_id", "Coded_string"} for child in element.children)
