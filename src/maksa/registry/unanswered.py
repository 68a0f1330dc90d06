"""Searches that no title answered: words and counts for the curators, never a person."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, insert, select, update

from maksa.errors import BadInput
from maksa.model.jalali import today
from maksa.model.persian import fold
from maksa.registry.database import Registry
from maksa.registry.tables import unanswered

_WRITE_EVERY = 10.0
"""Seconds for which searches are counted in memory before they are written."""
_MOST_KEPT = 5_000
"""Different searches in memory; further ones are not counted until the next writing."""
_LONGEST = 80
_KEPT_DAYS = 400
_LONG_NUMBER = re.compile(r"\d{7,}")
"""A number this long may be a person's: an id, a telephone, a bank card. Codes are shorter or are found."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UnansweredSearch:
    """Words that were searched for in a list (None: in all) in vain, how often, and on which day last."""

    terminology: str | None
    words: str
    count: int
    last: date


class UnansweredLog:
    """Counts searches in memory and writes them now and then, in a thread of its own: a search never waits."""

    def __init__(self, registry: Registry) -> None:
        """Write to a registry."""
        self._registry = registry
        self._counts: Counter[_Key] = Counter()
        self._lock = threading.Lock()
        self._written = time.monotonic()

    def note(self, terminology: str | None, text: str) -> None:
        """Count a search. Only its folded words are kept, without long numbers. Cost: some µs."""
        words = " ".join(_LONG_NUMBER.sub(" ", fold(text)).split())[:_LONGEST]
        if not words:
            return
        key = (terminology or "", words)
        with self._lock:
            if key in self._counts or len(self._counts) < _MOST_KEPT:
                self._counts[key] += 1
            due = time.monotonic() - self._written >= _WRITE_EVERY
            if due:
                self._written = time.monotonic()
        if due:
            threading.Thread(target=self.write, name="maksa-unanswered", daemon=True).start()

    def write(self) -> None:
        """Write what was counted; if the registry cannot be written now, it is counted on."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            _add(self._registry, counts, today())
        except BadInput:
            with self._lock:
                self._counts.update(counts)


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


def _add(registry: Registry, counts: Counter[_Key], day: date) -> None:
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
