"""Counting the searches that no title answers, in memory, until they are written: words, never a person."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from maksa.errors import MaksaError
from maksa.model.jalali import today
from maksa.model.persian import fold

_WRITE_EVERY = 10.0
"""Seconds for which searches are counted in memory before they are written."""
_MOST_KEPT = 5_000
"""Different searches in memory; further ones are not counted until the next writing."""
_LONGEST = 80
_LONG_NUMBER = re.compile(r"\d{7,}")
"""A number this long may be a person's: an id, a telephone, a bank card. Codes are shorter or are found."""


class UnansweredLog:
    """Counts searches in memory and writes them now and then, in a thread of its own: a search never waits."""

    def __init__(self, write: Callable[[Mapping[tuple[str, str], int], date], None]) -> None:
        """Write with a function of counts, by terminology ("": all) and words, and the day of the writing."""
        self._write = write
        self._counts: Counter[tuple[str, str]] = Counter()
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
            self._write(counts, today())
        except MaksaError:
            with self._lock:
                self._counts.update(counts)
