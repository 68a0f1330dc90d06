"""Who indexes batches: this process, or for a large list a second one, so that a build uses two cores."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

from maksa.editions.index import Indexed, index_batch, receive, send
from maksa.errors import EditionUnreadable
from maksa.text import Text

_WORTH_A_PROCESS = 50_000
"""Concepts from which a second process pays for its start."""


class Indexer(Protocol):
    """Indexes one batch at a time: `begin` it, do something else, `end` with its index."""

    def begin(self, first: int, lines: Sequence[str]) -> None:
        """Take the records of a batch whose concepts are numbered from `first` on."""

    def end(self) -> Indexed:
        """Give the index of the batch that was begun."""


@contextmanager
def open_indexer(concepts: int) -> Iterator[Indexer]:
    """Give an indexer for a list of so many concepts. The result is the same with either."""
    if concepts < _WORTH_A_PROCESS or not sys.executable:
        yield _Here()
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "maksa.editions.index"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    with process:
        try:
            yield _Beside(process)
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # It may hold a batch that nobody reads any more.
                process.stdin.close()  # type: ignore[union-attr]


class _Here:
    """Indexes in this process."""

    def begin(self, first: int, lines: Sequence[str]) -> None:
        self._indexed = index_batch(first, lines)

    def end(self) -> Indexed:
        return self._indexed


class _Beside:
    """Indexes in a second process; what is sent is read before the next is sent, so neither waits for ever."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def begin(self, first: int, lines: Sequence[str]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - Popen was asked for a pipe.
        with suppress(BrokenPipeError):  # `end` says that the other side is gone.
            send(self._process.stdin, (first, list(lines)))

    def end(self) -> Indexed:
        assert self._process.stdout is not None  # noqa: S101
        message = receive(self._process.stdout)
        if message is None:
            raise EditionUnreadable(
                Text(
                    fa="فرایند دوم نمایه‌سازی پیش از پایان کار بسته شد؛ چیزی منتشر نشد.",
                    en="The second process, which indexes, ended before its work; nothing was published.",
                )
            )
        return Indexed(*message)
