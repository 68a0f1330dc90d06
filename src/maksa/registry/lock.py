"""A lock between processes and threads, held by name in a folder; it ends with its process."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maksa.errors import WrongState
from maksa.text import Text


@contextmanager
def locked(folder: Path, name: str, *, seconds: float = 60) -> Iterator[None]:
    """Hold the lock of a name.

    It is an empty SQLite database, locked: that works alike on every system, and a killed process lets go.
    Raises: WrongState when another holds it for all of `seconds`, or the folder cannot be written to.
    """
    path = folder / f".lock-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    with contextlib.ExitStack() as stack:
        try:
            connection = sqlite3.connect(path, timeout=seconds, isolation_level=None)
            stack.enter_context(contextlib.closing(connection))
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise _busy(name, seconds) from None
            raise _unwritable(folder, error) from None
        yield


def _busy(name: str, seconds: float) -> WrongState:
    return WrongState(
        Text(
            fa=f"کار دیگری بر «{name}» در جریان است و پس از {seconds:g} ثانیه پایان نیافت.",
            en=f"Another process is at work on '{name}' and did not end within {seconds:g} seconds.",
        ),
        mend=Text(fa="پس از پایان آن دوباره بکوشید.", en="Try again when it is done."),
    )


def _unwritable(folder: Path, error: sqlite3.Error) -> WrongState:
    return WrongState(
        Text(
            fa=f"در پوشهٔ «{folder}» نمی‌توان نوشت: {error}.",
            en=f"The folder '{folder}' cannot be written to: {error}.",
        ),
        mend=Text(
            fa="اجازه‌های پوشه و جای خالی دیسک را بررسی کنید.",
            en="Check the permissions of the folder and the free space of the disk.",
        ),
    )
