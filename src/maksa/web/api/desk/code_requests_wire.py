"""The JSON of requests for a missing code as the desk has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from maksa.model.code_request import Act, CodeRequest, Step
from maksa.web.api import build
from maksa.web.api.code_requests_wire import CandidateOut, CodeRequestOut
from maksa.web.api.code_requests_wire import code_request as request_out
from maksa.web.api.wire import Day, Record, Title

if TYPE_CHECKING:
    from maksa.registry.requests.next_acts import Clock
    from maksa.registry.requests.statistics import Statistics, Times

Said = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
CodeText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class RequestAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An act upon a request. `said` is the question, answer or reason; `code` what it led to, of a list (its own by default)."""

    act: Act
    said: Said | None = None
    code: CodeText | None = None
    terminology: CodeText | None = None


class RequestClock(Record, frozen=True):
    """The target that runs, and the working days left of it, negative once it has passed; null when none runs."""

    due: Day | None
    left: int | None
    stopped: bool
    overdue: bool


class QueuedRequest(Record, frozen=True):
    """A request in the desk's queue."""

    request: CodeRequestOut
    clock: RequestClock


class RequestsAnswer(Record, frozen=True):
    """A page of requests in the order of their numbers; `next_after` is the last one when more follow."""

    total: int
    items: tuple[QueuedRequest, ...]
    next_after: int | None


class RequestStep(Record, frozen=True):
    """One act upon a request."""

    act: str
    before: str | None
    after: str
    at: str
    actor: str
    said: str | None


class AllowedAct(Record, frozen=True):
    """An act that may be done now by who asks; `says` names what must come with it: question, answer, reason or code."""

    act: str
    says: str | None


class RequestHistory(Record, frozen=True):
    """A request with all that was done to it, what may be done now, and what may be there already."""

    request: CodeRequestOut
    clock: RequestClock
    steps: tuple[RequestStep, ...]
    allowed: tuple[AllowedAct, ...]
    candidates: tuple[CandidateOut, ...]


class BatchRowOut(Record, frozen=True):
    """What became of a row: the number of its request, and its token when it was filed now, or the reason why not."""

    row: int
    number: int | None
    token: str | None
    likely: tuple[CandidateOut, ...]
    reason: Title | None


class RequestBatch(Record, frozen=True):
    """What became of a file: rows that were filed now, were filed before, or are set aside; together all of them."""

    rows: int
    filed: int
    held: int
    set_aside: int
    items: tuple[BatchRowOut, ...]


class RequestTimes(Record, frozen=True):
    """Working days: over how many requests, their median, the target, and the share in time (0 to 1)."""

    count: int
    median: str | None
    target: int
    in_time: str | None


class RequestStatistics(Record, frozen=True):
    """The requests counted, and how long the desk took."""

    total: int
    states: dict[str, int]
    terminologies: dict[str, int]
    origins: dict[str, int]
    outcomes: dict[str, int]
    acknowledged: RequestTimes
    decided: RequestTimes


def queued(request: CodeRequest, clock: Clock) -> QueuedRequest:
    """Write a request of the queue."""
    return QueuedRequest(request_out(request), clock_out(clock))


def clock_out(clock: Clock) -> RequestClock:
    """Write a clock."""
    return RequestClock(build.day(clock.due), clock.left, clock.stopped, clock.overdue)


def step(one: Step) -> RequestStep:
    """Write a step."""
    return RequestStep(
        one.act, one.before, one.after, one.at.isoformat(timespec="seconds"), one.actor, one.said
    )


def statistics(counted: Statistics) -> RequestStatistics:
    """Write statistics."""
    return RequestStatistics(
        total=counted.total,
        states=dict(counted.states),
        terminologies=dict(counted.terminologies),
        origins=dict(counted.origins),
        outcomes=dict(counted.outcomes),
        acknowledged=_times(counted.acknowledged),
        decided=_times(counted.decided),
    )


def _times(times: Times) -> RequestTimes:
    return RequestTimes(
        times.count,
        None if times.median is None else format(times.median, "f"),
        times.target,
        None if times.in_time is None else format(times.in_time, "f"),
    )
