"""Counting what a client asks against its quotas, in the memory of one process.

Each worker counts for itself: with N workers a client may get up to N times its quota. A restart begins anew.
"""

from __future__ import annotations

import threading
import time

from maksa.errors import OverQuota
from maksa.model.clients import Client
from maksa.text import Text

_MINUTE, _DAY = 60, 86_400
_MOST_COUNTED = 50_000
"""Clients and windows in memory; when there are more, those that are over are dropped."""


class QuotaCounter:
    """Counts questions by client in windows of a minute and a day (UTC). Cost: about a µs a question."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._counts: dict[tuple[str, int], tuple[int, int]] = {}
        self._lock = threading.Lock()

    def count(self, client: Client) -> None:
        """Count one question. Raises: OverQuota when it is one too many; that one is not counted."""
        bounds = [
            (length, bound)
            for length, bound in ((_MINUTE, client.per_minute), (_DAY, client.per_day))
            if bound is not None
        ]
        if not bounds:
            return
        now = int(time.time())
        with self._lock:
            for length, bound in bounds:
                if self._asked(client.client_id, length, now) >= bound:
                    raise _over(client, bound, length, length - now % length)
            self._make_room(now)
            for length, _ in bounds:
                asked = self._asked(client.client_id, length, now)
                self._counts[client.client_id, length] = (now // length, asked + 1)

    def _asked(self, client_id: str, length: int, now: int) -> int:
        window, asked = self._counts.get((client_id, length), (0, 0))
        return asked if window == now // length else 0

    def _make_room(self, now: int) -> None:
        if len(self._counts) >= _MOST_COUNTED:
            self._counts = {key: held for key, held in self._counts.items() if held[0] == now // key[1]}


def _over(client: Client, bound: int, length: int, seconds: int) -> OverQuota:
    fa, en = ("دقیقه", "minute") if length == _MINUTE else ("روز", "day")
    return OverQuota(
        Text(
            fa=f"کارخواه «{client.client_id}» در هر {fa} حداکثر {bound} پرسش دارد.",
            en=f"The client '{client.client_id}' may ask {bound} times a {en}.",
        ),
        seconds=seconds,
        mend=Text(
            fa=f"پس از {seconds} ثانیه دوباره بپرسید، یا از مرکز سهم بیشتری بخواهید.",
            en=f"Ask again in {seconds} seconds, or ask the centre for a larger quota.",
        ),
    )
