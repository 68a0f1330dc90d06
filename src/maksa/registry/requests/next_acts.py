"""What comes next for a request: which acts it allows, and how much of its time is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maksa.model.code_request import CodeRequest, Step
from maksa.registry.requests.states import Transition, life


@dataclass(frozen=True, slots=True)
class Clock:
    """The target that runs: the day it is `due` on, and the working days `left`, negative once it has passed.

    Both are None when none runs: the request is decided, or (`stopped`) a question waits for its asker.
    """

    due: date | None = None
    left: int | None = None
    stopped: bool = False

    @property
    def overdue(self) -> bool:
        """Tell whether the target has passed."""
        return self.left is not None and self.left < 0


def clock_of(request: CodeRequest, day: date) -> Clock:
    """Give the clock of a request on a day."""
    if request.state in {"done", "refused"}:
        return Clock()
    if request.state == "question":
        return Clock(stopped=True)
    due = min(request.acknowledge_by, request.answer_by) if request.state == "new" else request.answer_by
    if due < day:
        return Clock(due, -max(1, life().between(due, day)))
    return Clock(due, life().between(day, due))


def next_acts(request: CodeRequest, steps: Sequence[Step]) -> tuple[Transition, ...]:
    """Give the acts that a request allows now, those left out that may be done once and were."""
    done = {step.act for step in steps}
    allowed = (life().acts[name] for name in life().allowed(request.state))
    return tuple(act for act in allowed if not (act.once and act.name in done))
