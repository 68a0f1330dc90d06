"""The outbox: notices in the order of the acts they tell of, written with the act itself and only ever appended to.

Whoever delivers them keeps the number of the last one that arrived and reads on from there: after a failure it
reads the same again, so each is delivered at least once and none out of order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from maksa.registry.database import Registry
from maksa.registry.delivery.tables import outbox
from maksa.terminology.bounds import sound
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: what it is about (`topic` and `subject`, such as code-request and 12) and what it says.

    `act` is what was done, where the writer said so: `published` of an edition. To whom it goes is read of the subject
    when it is delivered: no address stands here.
    """

    number: int
    at: datetime
    topic: str
    subject: str
    text: Text
    act: str | None = None


def append_notice(
    connection: Connection, topic: str, subject: str, text: Text, *, at: datetime, act: str | None = None
) -> None:
    """Append a notice in a transaction that writes; it stands when, and only when, that is committed.

    Writers take turns, so numbers grow in the order of commits: who sees a number has seen all before it.
    """
    told = {"topic": topic, "subject": sound(subject), "fa": sound(text.fa), "en": sound(text.en)}
    connection.execute(insert(outbox).values(at=at, act=act, **told))


def read_notices(
    registry: Registry, *, topic: str, after: int = 0, subject: str | None = None, limit: int = 100
) -> Sequence[Notice]:
    """Give the notices of a topic after a number, in their order; with `subject`, those about it."""
    wanted = outbox.c.topic == topic
    if subject is not None:
        wanted &= outbox.c.subject == subject
    with registry.reading() as connection:
        return notices_after(connection, after, limit=limit, wanted=wanted)


def notices_after(
    connection: Connection, number: int, *, limit: int, wanted: ColumnElement[bool] | None = None
) -> Sequence[Notice]:
    """Give the notices after a number, of all topics unless `wanted` keeps some, in their order."""
    found = select(outbox).where(outbox.c.number > number)
    if wanted is not None:
        found = found.where(wanted)
    return [notice_of(row) for row in connection.execute(found.order_by(outbox.c.number).limit(limit))]


def last_number(connection: Connection) -> int:
    """Give the number of the last notice; 0 before the first."""
    return connection.scalar(select(func.max(outbox.c.number))) or 0


def notice_of(row: Row[Any]) -> Notice:
    """Make the record of a row of the outbox."""
    return Notice(row.number, row.at, row.topic, row.subject, Text(row.fa, row.en), row.act)
