"""One deliverer at a time, over all processes and nodes: a row of the database that is held and ends by itself."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from maksa.registry.database import Registry
from maksa.registry.delivery.tables import delivery_lease

_NAME = "deliver"


class LeaseLost(Exception):
    """Another deliverer took over: this one was silent for longer than its lease."""


class Lease:
    """The right to deliver, for some seconds from each time it is kept."""

    def __init__(self, registry: Registry, seconds: float) -> None:
        """Hold nothing yet."""
        self._registry = registry
        self._seconds = seconds
        self._holder = f"{socket.gethostname()[:40]} {secrets.token_hex(8)}"
        self._lock = threading.Lock()
        self._renew_at = 0.0

    def take(self) -> bool:
        """Take the lease, if nobody holds it; tell whether it is held now."""
        now = datetime.now(UTC)
        with self._registry.writing() as connection:
            held = connection.execute(
                select(delivery_lease).where(delivery_lease.c.name == _NAME)
            ).one_or_none()
            if held is not None and held.until > now and held.holder != self._holder:
                return False
            connection.execute(delete(delivery_lease).where(delivery_lease.c.name == _NAME))
            connection.execute(
                insert(delivery_lease).values(name=_NAME, holder=self._holder, until=self._until())
            )
        return True

    def keep(self) -> None:
        """Make sure before a send that at least half of the lease is left. Raises: LeaseLost."""
        with self._lock:
            if time.monotonic() >= self._renew_at:
                with self._registry.writing() as connection:
                    self.hold(connection)

    def hold(self, connection: Connection) -> None:
        """Renew the lease within a transaction that writes, which stands only if it is held. Raises: LeaseLost."""
        mine = (delivery_lease.c.name == _NAME) & (delivery_lease.c.holder == self._holder)
        if connection.execute(update(delivery_lease).where(mine).values(until=self._until())).rowcount != 1:
            raise LeaseLost

    def release(self) -> None:
        """Let another deliverer begin at once."""
        mine = (delivery_lease.c.name == _NAME) & (delivery_lease.c.holder == self._holder)
        with self._registry.writing() as connection:
            connection.execute(delete(delivery_lease).where(mine))

    def _until(self) -> datetime:
        self._renew_at = time.monotonic() + self._seconds / 2
        return datetime.now(UTC) + timedelta(seconds=self._seconds)
