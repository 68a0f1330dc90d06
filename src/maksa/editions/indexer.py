"""Who makes the index: this process, or for a large list a second one, so that a build uses two cores."""

from __future__ import annotations

import marshal
import os
import sqlite3
import subprocess
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from maksa.editions.index import TABLES, Index, receive, send
from maksa.errors import EditionUnreadable
from maksa.text import Text

_WORTH_A_PROCESS = 50_000
"""Concepts from which a second process pays for its start."""


class Indexer:
    """Takes records while they are staged, ranks when they are known, and at last fills the tables of the index.

    A context manager: what it started ends with it. `beside` is where a second process may put its file; records for it
    stand in a spool next to it.
    """

    def __init__(self, beside: Path) -> None:
        """Begin in this process."""
        self._beside = beside
        self._spooled = beside.with_name(f"{beside.name}.spool")
        self._spool: IO[bytes] | None = None
        self._pending: list[bytes] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._ranks = array("I")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the second process, whatever it does, and remove its file."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(BrokenPipeError):  # It may hold records that nobody reads any more.
                    pipe.close()  # type: ignore[union-attr]
        if self._spool is not None:
            self._spool.close()
        for path in (self._beside, self._spooled):
            path.unlink(missing_ok=True)

    def add(self, lines: list[bytes]) -> None:
        """Take the records of the next concepts."""
        if self._process is None:
            self._pending += lines
            if len(self._pending) < _WORTH_A_PROCESS or not sys.executable:
                return
            self._start()
            lines, self._pending = self._pending, []
        self._send(self._spool_up(marshal.dumps(lines)))

    def rank(self, ranks: array[int]) -> None:
        """Take the number of each concept by its arrival: a second process begins to write its tables."""
        self._ranks = ranks
        if self._process is not None:
            self._send((self._spool_up(ranks.tobytes()), str(self._beside)))

    def fill(self, connection: sqlite3.Connection) -> None:
        """Fill the tables of the index in an edition. Raises: EditionUnreadable when the second process died."""
        if self._process is None:
            index = Index()
            index.add(self._pending)
            index.write(connection, self._ranks)
            return
        if receive(self._process.stdout) is None:  # type: ignore[arg-type]
            raise EditionUnreadable(
                Text(
                    fa="فرایند دوم نمایه‌سازی پیش از پایان کار بسته شد؛ چیزی منتشر نشد.",
                    en="The second process, which indexes, ended before its work; nothing was published.",
                )
            )
        connection.execute("ATTACH DATABASE ? AS beside", (str(self._beside),))
        for table in TABLES:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM beside.{table}")  # noqa: S608 - constants.

    def _spool_up(self, content: bytes) -> int:
        self._spool.write(content)  # type: ignore[union-attr]
        self._spool.flush()  # type: ignore[union-attr]
        return len(content)

    def _send(self, message: Any) -> None:
        with suppress(BrokenPipeError):  # `fill` says that the other side is gone.
            send(self._process.stdin, message)  # type: ignore[union-attr,arg-type]

    def _start(self) -> None:
        self._spool = self._spooled.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "maksa.editions.index"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._send(str(self._spooled))
