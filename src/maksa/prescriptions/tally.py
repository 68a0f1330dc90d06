"""Count what a batch comes to, while its outcomes go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maksa.model.edition import EditionRef
from maksa.prescriptions.batch import Checked, Outcome
from maksa.prescriptions.report import MessageReport
from maksa.prescriptions.sent import PassedOver, Unread

NAMED = 10
"""Files passed over that are named one by one."""


@dataclass(slots=True)
class Tally:
    """The sums of a batch. `issues`, `rules` and `not_checked` count findings and remarks, not messages.

    `repaired` counts messages that got a mended copy, and `remaining` those in which an error stands, in the copy if
    there is one. `editions` are those that the messages were judged by. Memory: does not grow with the batch.
    """

    valid: int = 0
    warned: int = 0
    failing: int = 0
    unread: int = 0
    passed_over: int = 0
    repaired: int = 0
    remaining: int = 0
    changes: int = 0
    issues: Counter[str] = field(default_factory=Counter)
    not_checked: Counter[str] = field(default_factory=Counter)
    names_passed_over: list[str] = field(default_factory=list)
    editions: dict[EditionRef, None] = field(default_factory=dict)

    @property
    def messages(self) -> int:
        """Give the number of messages that were checked."""
        return self.valid + self.failing

    def counting(self, outcomes: Iterable[Outcome]) -> Iterator[Checked | Unread]:
        """Count outcomes and hand them on; what was passed over is only counted."""
        for one in outcomes:
            match one:
                case Checked():
                    self._count(one)
                    yield one
                case Unread():
                    self.unread += 1
                    yield one
                case PassedOver():
                    self.passed_over += 1
                    if len(self.names_passed_over) < NAMED:
                        self.names_passed_over.append(one.place.name)

    def _count(self, one: Checked) -> None:
        self._count_report(one.report)
        if one.mending is not None and one.mending.target is not None:
            self.repaired += 1
            self.changes += len(one.mending.made)
        if not one.valid:
            self.remaining += 1

    def _count_report(self, report: MessageReport) -> None:
        if report.valid:
            self.valid += 1
            self.warned += bool(report.findings)
        else:
            self.failing += 1
        self.issues.update(finding.issue for finding in report.findings)
        self.editions.update(dict.fromkeys(report.editions))
        self.not_checked.update(remark.rule for remark in report.not_checked)
