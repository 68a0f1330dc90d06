"""The outbox: notices in the order of the acts they tell of, written with the act itself and only ever appended to.

Whoever delivers them keeps the number of the last one that arrived and reads on from there: after a failure it
reads the same again, so each is delivered at least once and none out of order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from maksa.registry.database import Registry
from maksa.registry.requests.tables import outbox
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: what it is about (`topic` and `subject`, such as code-request and 12) and what it says.

    To whom it goes is read of the subject when it is delivered: no address stands here.
    """

    number: int
    at: datetime
    topic: str
    subject: str
    text: Text


def append_notice(connection: Connection, topic: str, subject: str, text: Text, *, at: datetime) -> None:
    """Append a notice in a transaction that writes; it stands when, and only when, that is committed."""
    connection.execute(insert(outbox).values(at=at, topic=topic, subject=subject, fa=text.fa, en=text.en))


def read_notices(
    registry: Registry, *, topic: str, after: int = 0, subject: str | None = None, limit: int = 100
) -> Sequence[Notice]:
    """Give the notices of a topic after a number, in their order; with `subject`, those about it."""
    wanted = select(outbox).where(outbox.c.topic == topic, outbox.c.number > after)
    if subject is not None:
        wanted = wanted.where(outbox.c.subject == subject)
    ordered = wanted.order_by(outbox.c.number).limit(limit)
    with registry.reading() as connection:
        return [
            Notice(row.number, row.at, row.topic, row.subject, Text(row.fa, row.en))
            for row in connection.execute(ordered)
        ]
