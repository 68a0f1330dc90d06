"""Answers that may be given again as they are: an address, a shelf and a day have one answer."""

from __future__ import annotations

from datetime import date

import msgspec
from starlette.responses import Response

from maksa.model.adoption import NO_USES, Uses
from maksa.model.jalali import today
from maksa.model.service import TerminologyService
from maksa.web.guard.headers import complete, written

_LARGEST = 64 * 1024
"""Bytes of an answer above which it is not kept."""
_OF_AN_ENTRY = 300
"""Bytes that an entry takes beside its texts."""
_HEAD = written(complete([(b"content-length", b"%d"), (b"content-type", b"application/json")]))

Mark = tuple[int, date]
"""The shelf and the day under which a question was asked."""


class Steady(Response):
    """A JSON answer of 200 that the same address has for as long as shelf and day are those of `mark`."""

    def __init__(self, body: bytes, mark: Mark, uses: Uses = NO_USES) -> None:
        self.status_code = 200  # Set by hand: what Response does to make headers of any kind costs 2 µs.
        self.background = None
        self.body = body
        self.raw_headers = [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]
        self.mark = mark
        self.uses = uses


class Kept(msgspec.Struct, frozen=True, gc=False):
    """An answer of 200: its door, the template of its route, its body, and what whoever asks it uses."""

    door: str
    route: str
    body: bytes
    uses: Uses = NO_USES

    def head(self) -> bytes:
        """Write the headers in the form of HTTP/1.1, with those that every answer has."""
        return _HEAD % len(self.body)


class Memo:
    """Keep answers until the shelf or Tehran's day changes.

    Order:  what was asked lately stays. There are two halves: when the younger is full, the older is forgotten.
    Memory: `limit` bytes; 0 keeps nothing. Used in the event loop only.
    """

    def __init__(self, service: TerminologyService, limit: int) -> None:
        self._service = service
        self._half = limit // 2
        self._mark: Mark | None = None
        self._young: dict[bytes, Kept] = {}
        self._old: dict[bytes, Kept] = {}
        self._size = 0

    def mark(self) -> Mark:
        """Give the shelf and the day as they are now; what was kept under others is forgotten."""
        mark = (self._service.generation, today())
        if mark != self._mark:
            self._mark = mark
            self._young, self._old, self._size = {}, {}, 0
        return mark

    def get(self, address: bytes) -> Kept | None:
        """Give what was kept for an address under the shelf and the day as they are."""
        self.mark()
        kept = self._young.get(address)
        if kept is None:
            kept = self._old.get(address)
            if kept is not None:
                self._add(address, kept)
        return kept

    def keep(self, mark: Mark, address: bytes, kept: Kept) -> None:
        """Keep an answer that was asked for under `mark`, unless shelf or day are known to have changed meanwhile.

        If they changed unseen, whoever asks next sees it, and all is forgotten.
        """
        if mark == self._mark and len(kept.body) <= min(_LARGEST, self._half):
            self._add(address, kept)

    def _add(self, address: bytes, kept: Kept) -> None:
        if address not in self._young:
            self._size += len(address) + len(kept.body) + _OF_AN_ENTRY
        if self._size > self._half:
            self._young, self._old, self._size = {}, self._young, len(address) + len(kept.body) + _OF_AN_ENTRY
        self._young[address] = kept
