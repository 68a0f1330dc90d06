"""A database in a temporary file, for what is too much to hold in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from maksa.errors import WrongState
from maksa.text import Text

_CACHE_KIB = 65_536


@contextmanager
def scratch_database(schema: str) -> Iterator[sqlite3.Connection]:
    """Give an empty database with these tables; its file has no name, and is gone afterwards.

    Raises: WrongState (the folder for temporary files is full or cannot be written). Memory: `_CACHE_KIB`.
    """
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(schema)
        yield connection
    except sqlite3.Error as error:
        raise _no_room(error) from error
    finally:
        connection.close()


def _no_room(error: sqlite3.Error) -> WrongState:
    return WrongState(
        Text(
            fa=f"پیش‌نویس سنجیده نشد، چون پروندهٔ موقت آن نوشته نمی‌شود: {error}.",
            en=f"The draft could not be looked at, because its temporary file cannot be written: {error}.",
        ),
        mend=Text(
            fa="جای خالی پوشهٔ پرونده‌های موقت را بررسی کنید، یا پوشهٔ دیگری را در SQLITE_TMPDIR بدهید.",
            en="Check the free space for temporary files, or name another folder in SQLITE_TMPDIR.",
        ),
    )
