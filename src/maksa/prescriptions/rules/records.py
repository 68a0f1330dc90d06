"""The rules as frozen records: a tree of fields for each type of message, and what identifiers and units look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from maksa.model.codeform import CodeForm
from maksa.prescriptions.report import MessageType
from maksa.text import Text

Kind = Literal[
    "group",
    "coded",
    "concept",
    "text-or-coded",
    "identifier",
    "date",
    "date-time",
    "time",
    "quantity",
    "text",
    "count",
    "boolean",
    "national-code",
]
KINDS: tuple[str, ...] = get_args(Kind)

PARTS: Mapping[str, tuple[str, ...]] = {
    "coded": ("Value", "Terminology_id", "Coded_string"),
    "concept": ("Text", "Coding", "Value", "Terminology_id", "Coded_string"),
    "text-or-coded": ("Value", "Terminology_id", "Coded_string"),
    "identifier": ("Issuer", "Assigner", "ID", "Type"),
    "date": ("Year", "Month", "Day", "ISOString"),
    "date-time": ("Year", "Month", "Day", "Hour", "Minute", "Second", "ISOString"),
    "time": ("Hour", "Minute", "Second", "ISOString"),
    "quantity": ("Magnitude", "MagnitudeStatus", "Unit"),
}
"""The leaves of the data types of SEPAS, by kind; the other kinds are leaves themselves, or groups."""


@dataclass(frozen=True, slots=True)
class Field:
    """What one element of a message is, and what may stand in it.

    `rule` is the stable id that a finding names. `many` fields are lists of at most `most`. A coded field takes
    codes of `terminologies` (none named: of any list), of one list those of its value set in `value_sets`; an identifier
    is one of the types `identifiers` (none named: any). What stands in a `personal` field is never repeated.
    `spellings` gives the canonical name of each child, by its folded name and by itself.
    """

    name: str
    rule: str
    kind: Kind
    title: Text
    required: bool = False
    many: bool = False
    most: int | None = None
    terminologies: tuple[str, ...] = ()
    value_sets: Mapping[str, str] = field(default_factory=dict)
    identifiers: tuple[str, ...] = ()
    personal: bool = False
    children: Mapping[str, Field] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdentifierForm:
    """A type of identifier: who issues it, and how it looks."""

    type: str
    rule: str
    title: Text
    issuers: tuple[str, ...] = ()
    form: CodeForm = field(default_factory=CodeForm)


@dataclass(frozen=True, slots=True)
class Units:
    """The units that a quantity may have: words of SEPAS that are no UCUM, and the atoms and prefixes of UCUM."""

    words: frozenset[str]
    prefixes: frozenset[str]
    metric: frozenset[str]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class MessageRules:
    """The rules of one type of message.

    `blocks` are the names that its prescription may have inside Composition, the first the canonical one; `code` is
    the element of an order that says what is ordered. `marks` are elements of the block or of an order
    that only this type has. Two orders are the same when all of `same` are equal in both.
    """

    id: str
    version: str
    effective: date
    title: Text
    message: MessageType
    root: str
    blocks: tuple[str, ...]
    code: str
    issued: str
    marks: tuple[str, ...]
    same: tuple[str, ...]
    field: Field


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules: those of each type of message, and the shape of all of them together, for reading."""

    messages: Mapping[MessageType, MessageRules]
    shape: Field
    identifiers: Mapping[str, IdentifierForm]
    agreements: Mapping[str, tuple[str, ...]]
    units: Units
