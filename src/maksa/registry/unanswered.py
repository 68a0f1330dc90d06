"""Searches that no title answered: words and counts for the curators, never a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, insert, select, update

from maksa.registry.database import Registry
from maksa.registry.tables import unanswered

_KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class UnansweredSearch:
    """Words that were searched for in a list (None: in all) in vain, how often, and on which day last."""

    terminology: str | None
    words: str
    count: int
    last: date


def list_unanswered(
    registry: Registry, *, since: date | None = None, limit: int = 100
) -> Sequence[UnansweredSearch]:
    """Give the searches that were not answered, the most frequent first, counted from a day on (None: all kept)."""
    total, last = func.sum(unanswered.c.count), func.max(unanswered.c.day)
    wanted = (
        select(unanswered.c.terminology, unanswered.c.words, total, last)
        .group_by(unanswered.c.terminology, unanswered.c.words)
        .order_by(total.desc(), unanswered.c.words, unanswered.c.terminology)
        .limit(limit)
    )
    if since is not None:
        wanted = wanted.where(unanswered.c.day >= since.isoformat())
    with registry.reading() as connection:
        return [
            UnansweredSearch(terminology or None, words, int(count), date.fromisoformat(day))
            for terminology, words, count, day in connection.execute(wanted)
        ]


def add_unanswered(registry: Registry, counts: Mapping[tuple[str, str], int], day: date) -> None:
    """Add counts of a day, by terminology ("": all) and words; what is older than `_KEPT_DAYS` goes.

    Raises: BadInput when the registry cannot be written now.
    """
    oldest = (day - timedelta(days=_KEPT_DAYS)).isoformat()
    with registry.writing() as connection:
        connection.execute(delete(unanswered).where(unanswered.c.day < oldest))
        for (terminology, words), count in sorted(counts.items()):
            key = {"day": day.isoformat(), "terminology": terminology, "words": words}
            row = connection.execute(
                update(unanswered)
                .where(*(unanswered.c[name] == value for name, value in key.items()))
                .values(count=unanswered.c.count + count)
            )
            if row.rowcount == 0:
                connection.execute(insert(unanswered).values(**key, count=count))
