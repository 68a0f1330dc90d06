"""Connections to one edition file: read-only, one a thread, and any failure is one clear sentence."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from maksa.errors import EditionUnreadable
from maksa.model.edition import SCHEMA_VERSION
from maksa.text import Text

APPLICATION_ID = 0x4D4B5341
"""The four letters MKSA in the file's header."""

_PREPARED = 512
"""Statements kept prepared: an IN list of each length is one, and to prepare it costs more than to run it."""
_CACHE_KB = 4_096
"""Pages of a file that a connection keeps, in KB; of a file that is mapped it keeps next to none."""
_MAPPED_FROM = _CACHE_KB << 10
"""Bytes from which a file is memory-mapped: what the cache cannot hold is else read again and again. A smaller one is
read page by page: cheap, and a file that is cut short while it is open gives an error instead of a signal."""


class EditionConnection:
    """Answers SQL from an edition file. Raises: EditionUnreadable when it is torn or of another kind."""

    def __init__(self, path: Path) -> None:
        """Open the file and look at its header."""
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        weakref.finalize(self, _close_all, self._opened)
        (application,) = self.row("PRAGMA application_id") or (0,)
        if application != APPLICATION_ID:
            raise unreadable(path, fa="پروندهٔ انتشار مکسا نیست", en="it is not an edition file of Maksa")
        (version,) = self.row("PRAGMA user_version") or (0,)
        if version > SCHEMA_VERSION:
            raise unreadable(
                path,
                fa=f"ساختار آن ({version}) تازه‌تر از این برنامه ({SCHEMA_VERSION}) است؛ برنامه را به‌روز کنید",
                en=f"its schema ({version}) is newer than this program reads ({SCHEMA_VERSION}); update the program",
            )

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Give all rows of a query."""
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except UnicodeEncodeError:  # A lone surrogate in a question: no file can hold it.
            return []
        except sqlite3.Error as error:
            raise self._torn(error) from error

    def row(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> tuple[Any, ...] | None:
        """Give the first row of a query, or None."""
        try:
            first: tuple[Any, ...] | None = self._connection().execute(sql, parameters).fetchone()
        except UnicodeEncodeError:
            return None
        except sqlite3.Error as error:
            raise self._torn(error) from error
        return first

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"file:{quote(str(self.path.absolute()))}?mode=ro&immutable=1"
            connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=_PREPARED
            )
            size = self.path.stat().st_size
            connection.execute(f"PRAGMA mmap_size = {size if size >= _MAPPED_FROM else 0}")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._local.connection = connection
            self._opened.append(connection)
        return connection

    def _torn(self, error: sqlite3.Error) -> EditionUnreadable:
        return unreadable(self.path, fa=f"خوانده نمی‌شود ({error})", en=f"it cannot be read ({error})")


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def unreadable(path: Path, *, fa: str, en: str) -> EditionUnreadable:
    """Say why a file of the shelf is refused; it is named with its folder, which is the list."""
    name = f"{unquote(path.parent.name)}/{path.name}"
    return EditionUnreadable(
        Text(fa=f"پروندهٔ «{name}» کنار گذاشته شد: {fa}.", en=f"The file '{name}' is refused: {en}."),
        mend=Text(
            fa="پروندهٔ سالم را از پشتیبان یا از ناشر بازگردانید؛ فهرست‌های دیگر پاسخ می‌دهند.",
            en="Restore the file from a backup or from its publisher; the other lists go on answering.",
        ),
    )
