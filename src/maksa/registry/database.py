"""The registry's database: everything that changes. SQLAlchemy Core on SQLite (WAL), or PostgreSQL by a URL."""

from __future__ import annotations

import contextlib
import getpass
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import ref

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree

from maksa.errors import BadInput, WrongState
from maksa.registry.adoption import tables as _adoption  # noqa: F401 - It adds its tables to the metadata.
from maksa.registry.delivery import tables as _delivery  # noqa: F401 - It adds its tables to the metadata.
from maksa.registry.discrepancies import tables as _discrepancies  # noqa: F401 - It adds its tables to the metadata.
from maksa.registry.parties import tables as _parties  # noqa: F401 - So does this.
from maksa.registry.requests import tables as _requests  # noqa: F401 - And this.
from maksa.registry.review import tables as _review  # noqa: F401 - And this.
from maksa.registry.tables import SCHEMA_VERSION, fact, metadata
from maksa.text import Text

_WRITES = "maksa_writes"
_BUSY_MS = 60_000
_AGAIN_SECONDS = 0.01
_PRIMARY_CODE = 0xFF
"""SQLite's error codes carry their kind in the lowest byte."""
_OWNER_ONLY = 0o600
_OTHERS = 0o077
_TURN = 0x4D4B5341
"""The number of the advisory lock of writers on PostgreSQL: the letters MKSA."""
_MOST_CONNECTIONS = 8
"""Connections to PostgreSQL that a process holds; further transactions wait for one.

All are kept: to open one costs more than most transactions. Writers take turns, so that more would only serve readers.
"""
_CONNECT_SECONDS = 10


class Registry:
    """An open registry: hands out transactions.

    Each transaction has a connection of its own, so threads and forked workers share nothing. SQLite's is opened
    for it; PostgreSQL's come from a pool of the process.
    """

    def __init__(self, engine: Engine, actor: str | None = None) -> None:
        """Keep the engine.

        `actor` is who acts, as the journal names them; None is the user of the operating system.
        """
        self.actor = _user() if actor is None else actor
        self._reading = engine
        self._writing = engine.execution_options(**{_WRITES: True})

    def acting_as(self, actor: str) -> Registry:
        """Give the same registry, in whose journal the acts are those of another actor."""
        return Registry(self._reading, actor)

    @property
    def url(self) -> URL:
        """Name the database; as text, its password is hidden."""
        return self._reading.url

    def close(self) -> None:
        """Close the connections that are kept; a later transaction opens new ones."""
        self._reading.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in a transaction that only reads: all of it sees the same state.

        Raises: BadInput when the database fails.
        """
        with _alone(self._reading), _clear_errors(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that writes; committed at the end, undone by an exception.

        One writer at a time; the others wait, for a minute at most.
        Raises: BadInput when the database fails (locked for longer, full, unreachable).
        """
        with _alone(self._reading), _clear_errors(), self._writing.begin() as connection:
            yield connection


_in_transaction = threading.local()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Let a thread have one transaction at a time: with two, threads that wait for a second connection wait forever.

    On SQLite the inner one would also see an older state than the outer.
    """
    held: set[int] = _in_transaction.__dict__.setdefault("engines", set())
    if id(engine) in held:
        raise RuntimeError("a transaction inside a transaction of the same registry")
    held.add(id(engine))
    try:
        yield
    finally:
        held.discard(id(engine))


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise  # Who writes knows what that means.
    except (DBAPIError, NoneFree) as error:
        raise _unusable(error) from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # A container may run under a number without a name.
        return f"uid {os.getuid()}"


def sqlite_url(path: Path) -> URL:
    """Give the URL of an SQLite registry in a file."""
    return URL.create("sqlite", database=str(path))


def open_registry(url: str | URL) -> Registry:
    """Open a registry, making its tables where they are missing; several processes may do so at once.

    Raises: WrongState (it was made by a newer program), BadInput (the URL or the database cannot be used).
    """
    try:
        registry = Registry(_engine(_parsed(url)))
        with registry.writing() as connection:
            version = _make_tables(connection)
        if version > SCHEMA_VERSION:
            registry.close()
    except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
        raise _unusable(error) from None
    if version > SCHEMA_VERSION:
        raise WrongState(
            Text(
                fa=f"دفتر این خانه با برنامهٔ تازه‌تری ساخته شده است (ساختار {version}؛ این برنامه تا {SCHEMA_VERSION} را می‌خواند).",
                en=f"The registry was made by a newer program (schema {version}; this one reads up to {SCHEMA_VERSION}).",
            ),
            mend=Text(fa="برنامهٔ مکسا را به‌روز کنید.", en="Upgrade maksa."),
        )
    return registry


def _parsed(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
    except ValueError:  # A port that is no number; the message of others may repeat a password.
        raise ArgumentError("the URL cannot be read") from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL) -> Engine:
    return _postgresql(url) if url.get_backend_name() == "postgresql" else _sqlite(url)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name != "sqlite":
        raise ArgumentError(f"a registry is kept by SQLite or PostgreSQL, not by {engine.dialect.name}")
    _keep_private(engine.url.database)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    _use_wal(engine)
    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
        pool_pre_ping=True,
        pool_size=_MOST_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_BUSY_MS / 1000,
    )
    event.listen(engine, "begin", _begin_postgresql)
    _forget_after_fork(engine)
    return engine


def _forget_after_fork(engine: Engine) -> None:
    # Two processes on one connection would read each other's answers.
    if not hasattr(os, "register_at_fork"):
        return
    held = ref(engine)

    def forget() -> None:
        if (engine := held()) is not None:
            engine.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


def _keep_private(name: str | None) -> None:
    """Let only the owner read the file: hashes of secrets are in it. SQLite gives its log the mode of the file."""
    if not name or os.name != "posix":
        return
    # A file that stands is not opened: to close it would drop the locks that SQLite holds on it in this process.
    with contextlib.suppress(OSError):  # Who cannot make or change it is told by SQLite, or may read it only.
        os.close(os.open(name, os.O_RDONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm")):
        with contextlib.suppress(OSError):
            if path.stat().st_mode & _OTHERS:
                path.chmod(_OWNER_ONLY)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # SQLAlchemy begins transactions, not the driver, so that making tables is inside them too.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins by reading and writes later may fail at once instead of waiting for its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # As SQLite does of itself: readers see one state, and writers take turns, so that what one reads stays true
    # until it commits. A writer must not see the state of before its turn, hence READ COMMITTED, the default.
    if _writes(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_BUSY_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_WRITES, False))


def _use_wal(engine: Engine) -> None:
    # The mode stays in the file. Its first change needs the file alone, and SQLite does not wait for that of itself.
    until = time.monotonic() + _BUSY_MS / 1000
    connection = engine.raw_connection()
    try:
        while not _has_wal(connection.cursor()):
            if time.monotonic() > until:
                raise sqlite3.OperationalError("database is locked")
            time.sleep(_AGAIN_SECONDS)
    finally:
        connection.close()


def _has_wal(cursor: Any) -> bool:
    if cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return True
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _make_tables(connection: Connection) -> int:
    metadata.create_all(connection, tables=[fact])
    is_version = fact.c.name == "schema_version"
    version = connection.scalar(select(fact.c.value).where(is_version))
    if version is not None and int(version) >= SCHEMA_VERSION:
        return int(version)
    metadata.create_all(connection)  # Newer programs have only added tables: an older registry gets those.
    if version is None:
        connection.execute(insert(fact).values(name="schema_version", value=str(SCHEMA_VERSION)))
    else:
        connection.execute(update(fact).where(is_version).values(value=str(SCHEMA_VERSION)))
    return SCHEMA_VERSION


def _unusable(error: Exception) -> BadInput:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return BadInput(
        Text(
            fa=f"پایگاه دادهٔ دفتر به کار نمی‌آید: {reason}",
            en=f"The registry's database cannot be used: {reason}",
        ),
        mend=Text(
            fa="نشانی پایگاه داده و اجازه‌های پوشهٔ خانه را بررسی کنید؛ اگر پرونده آسیب دیده است پشتیبان را بازگردانید.",
            en="Check the database URL and the permissions of the home; restore a backup if the file is damaged.",
        ),
    )
