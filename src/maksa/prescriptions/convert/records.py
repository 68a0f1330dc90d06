"""What a conversion gives: the fields of the insurer, where each code came from, and all that is missing in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding, Triple
from maksa.prescriptions.report import MessageType
from maksa.text import Text

Json = str | int | dict[str, "Json"] | list["Json"]
"""What stands in the fields of an insurer; numbers with a fraction are texts, so that none is rounded."""

Why = Literal[
    "no-map",
    "several",
    "decided-no-map",
    "target-not-usable",
    "not-exact",
    "code-not-usable",
    "no-words",
    "missing",
    "not-to-be-performed",
]


@dataclass(frozen=True, slots=True)
class Carried:
    """A code that found its place: the element, what was sent, what it became, and by which map (None: as it is)."""

    field: str
    path: str
    source: Coding
    target: Coding
    map: EditionRef | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A code of the message that has no place, or an order that has no code: nothing is guessed for the field."""

    field: str
    path: str
    source: Triple
    why: Why
    reason: Text


@dataclass(frozen=True, slots=True)
class Absent:
    """A field of the insurer for which the message holds nothing; `path` is where it was looked for, if anywhere."""

    field: str
    path: str | None
    reason: Text


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An element of the prescription that none of the insurer's known fields takes; its content is not repeated."""

    path: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Conversion:
    """The fields of one insurer for one message, as they are inferred from what is public of its interface.

    `fields` hold the personal content of the message too: they are the answer and belong in no log. `remarks` are
    about the whole, such as an insurer of the message that is another one.
    """

    insurer: str
    message_type: MessageType
    day: date
    fields: dict[str, Json]
    carried: tuple[Carried, ...] = ()
    gaps: tuple[Gap, ...] = ()
    absent: tuple[Absent, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    remarks: tuple[Text, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether every code that a field takes has found its place."""
        return not self.gaps
