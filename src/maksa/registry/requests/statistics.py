"""How the desk does with requests: how many of each kind, how long they take, and how many are in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from statistics import median

from sqlalchemy import select

from maksa.model.jalali import TEHRAN
from maksa.registry.database import Registry
from maksa.registry.requests.states import life
from maksa.registry.requests.tables import code_request


@dataclass(frozen=True, slots=True)
class Times:
    """Working days until something: over how many requests, their median, the target, and the share within it.

    Without any request median and share are None; a share is 0 to 1, of two decimals.
    """

    count: int
    median: Decimal | None
    target: int
    in_time: Decimal | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The requests of a time, counted by state, list, origin and outcome, with their times to the desk's first act and decision."""

    total: int
    states: Mapping[str, int]
    terminologies: Mapping[str, int]
    origins: Mapping[str, int]
    outcomes: Mapping[str, int]
    acknowledged: Times
    decided: Times


def request_statistics(
    registry: Registry,
    *,
    since: date | None = None,
    terminology: str | None = None,
    organisation: str | None = None,
) -> Statistics:
    """Count the requests filed since a day (None: all), of one list or all, of one party or all. Cost: reads a few columns of each.

    The days that a question waited for the asker do not count for the decision.
    """
    request = code_request.c
    counted = (request.state, request.terminology, request.origin, request.outcome)
    wanted = select(*counted, request.acknowledged_days, request.decided_days)
    if since is not None:
        wanted = wanted.where(request.created >= datetime.combine(since, time(), TEHRAN))
    if terminology is not None:
        wanted = wanted.where(request.terminology == terminology)
    if organisation is not None:
        wanted = wanted.where(request.organisation == organisation)
    with registry.reading() as connection:
        rows = connection.execute(wanted).all()
    states, lists, origins, outcomes = (Counter(row[place] for row in rows) for place in range(4))
    outcomes.pop(None, None)
    terms = life()
    return Statistics(
        total=len(rows),
        states=dict(states.most_common()),
        terminologies=dict(lists.most_common()),
        origins=dict(origins.most_common()),
        outcomes=dict(outcomes.most_common()),
        acknowledged=_times([row[4] for row in rows if row[4] is not None], terms.acknowledge),
        decided=_times([row[5] for row in rows if row[5] is not None], terms.decide),
    )


def _times(days: Sequence[int], target: int) -> Times:
    if not days:
        return Times(0, None, target, None)
    within = sum(one <= target for one in days)
    share = (Decimal(within) / len(days)).quantize(Decimal("0.01"))
    return Times(len(days), Decimal(str(median(days))), target, share)
