"""A bounded pool for questions that would hold the event loop: few threads, a short queue, a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from typing import TypeVar

from maksa.web.refusal import too_busy, too_slow

T = TypeVar("T")


class Pool:
    """Run questions in threads.

    Limits: `threads` at once and `queue` waiting; one more is refused (429). An answer is given up after
            `seconds` (503); its place is given back when its thread ends, so slow questions cannot pile up.
    """

    def __init__(self, name: str, *, threads: int, queue: int, seconds: float) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=f"maksa-{name}")
        self._places = Semaphore(threads + queue)
        self._seconds = seconds

    async def run(self, question: Callable[[], T]) -> T:
        """Ask a question in a thread. Raises: Refusal when the queue is full or the time is over."""
        if not self._places.acquire(blocking=False):
            raise too_busy()
        asked = self._executor.submit(question)
        asked.add_done_callback(lambda _: self._places.release())
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(asked)
        except TimeoutError:
            raise too_slow(self._seconds) from None

    def close(self) -> None:
        """Let no further question in."""
        self._executor.shutdown(wait=False, cancel_futures=True)
