"""What tests of requests do, in one call each."""

from __future__ import annotations

from sqlalchemy import func, select

from maksa.model.code_request import Wanted
from maksa.registry.database import Registry
from maksa.registry.requests.code_requests import Kept, keep_request

WANTED = Wanted("herbs", "گل ختمی", use_case="جوشانده", contact="asker@example.org")


def keep(registry: Registry, wanted: Wanted = WANTED, *, source: str | None = None) -> Kept:
    """Keep a request in a transaction of its own."""
    with registry.writing() as connection:
        return keep_request(connection, registry, wanted, source=source)


def count(registry: Registry, table) -> int:
    """Count the rows of a table."""
    with registry.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0
