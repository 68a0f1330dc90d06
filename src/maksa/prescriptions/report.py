"""What a check says of one message: the contract between the checker and those who show its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding, IssueCode, MessageIssueCode, Severity
from maksa.text import Text

MessageType = Literal[
    "MedicationPrescriptions", "ImagingPrescriptions", "LaboratoryPrescriptions", "DispensedPrescriptions"
]


@dataclass(frozen=True, slots=True)
class Change:
    """A certain mend: the element at `path` (a leaf) gets the value `new`; `old` is what was sent, None if absent."""

    path: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a message: the rule that speaks, where, what (stable code), how grave, in words, and the mend.

    `path` is dotted with canonical element names and indexes in brackets, and ends at the coded element:
    `Composition.MedicationPrescriptions.Orders[0].ProductCode`; what is missing is named where it should stand.
    `suggestion` and `changes` are given only when they are certain; `candidates` (at most 5) are worth a look.
    """

    rule: str
    path: str
    issue: IssueCode | MessageIssueCode
    severity: Severity
    text: Text
    mend: Text | None = None
    suggestion: Coding | None = None
    candidates: tuple[Coding, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not be applied to an element, and why; never the same as passed."""

    rule: str
    path: str
    reason: Text


@dataclass(frozen=True, slots=True)
class MessageReport:
    """The answer for one message: findings in the order of the message, what was not checked, and by which editions.

    `valid` is false exactly when a finding is an error. `message_type` is None when the message is of no known type
    (a finding says so).
    """

    message_type: MessageType | None
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    editions: tuple[EditionRef, ...]

    @property
    def valid(self) -> bool:
        """Tell whether no error stands."""
        return not any(finding.severity == "error" for finding in self.findings)
