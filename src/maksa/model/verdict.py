"""A verdict: may this code be used here, on this day? And its issues, the same in all doors."""

from __future__ import annotations

from typing import Literal

import msgspec

from maksa.model.edition import EditionRef
from maksa.text import Text

Severity = Literal["error", "warning"]
Part = Literal["terminology", "code", "value"]

IssueCode = Literal[
    "missing-part",
    "unknown-terminology",
    "unknown-edition",
    "terminology-id-form",
    "code-form",
    "malformed-code",
    "unknown-code",
    "wrong-terminology",
    "code-display-swapped",
    "display-of-other-code",
    "display-mismatch",
    "retired",
    "not-yet-effective",
    "not-in-value-set",
    "not-checked",
    "ambiguous-value",
]

MessageIssueCode = Literal[
    "missing-element",
    "too-many",
    "bad-format",
    "bad-date",
    "bad-identifier",
    "bad-quantity",
    "wrong-message-type",
    "duplicate-order",
]
"""What else can be wrong with a message; all of them are errors."""


class Triple(msgspec.Struct, frozen=True, gc=False):
    """A coded field of SEPAS (DO_CODED_TEXT): list, code and title, as they were sent."""

    terminology: str | None
    code: str | None
    value: str | None = None


class Coding(msgspec.Struct, frozen=True, gc=False):
    """A code that is offered: it exists, and may be used on the day asked unless the issue says otherwise."""

    terminology: str
    code: str
    display: str | None


class Issue(msgspec.Struct, frozen=True, gc=False):
    """One remark of a verdict: what (stable code), how grave, where, in words, and the mend.

    `suggestion` is given only when it is certain; `candidates` (at most 5) are worth a look, best first.
    """

    code: IssueCode
    severity: Severity
    part: Part
    text: Text
    suggestion: Coding | None = None
    candidates: tuple[Coding, ...] = ()


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The answer of validation. `valid` is false exactly when an issue is an error.

    `terminology` and `code` are canonical where they were recognised, else as sent; `display` is the
    published title of a code that was found. `edition` is None for a list registered by its form only.
    """

    terminology: str | None
    code: str | None
    display: str | None
    edition: EditionRef | None
    issues: tuple[Issue, ...] = ()

    @property
    def valid(self) -> bool:
        """Tell whether no error stands."""
        return not any(issue.severity == "error" for issue in self.issues)
