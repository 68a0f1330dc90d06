"""The use of lists as it was observed: counts by day and client, added by the web workers and read for the board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, select, text

from maksa.model.adoption import Use, UseKey
from maksa.registry.adoption.tables import adoption_use
from maksa.registry.database import Registry

KEPT_DAYS = 400
_ADD = text(
    "INSERT INTO adoption_use (day, client, terminology, edition, kind, way, count)"
    " VALUES (:day, :client, :terminology, :edition, :kind, :way, :count)"
    " ON CONFLICT (day, client, terminology, edition, kind, way)"
    " DO UPDATE SET count = adoption_use.count + excluded.count"
)


@dataclass(frozen=True, slots=True)
class Used:
    """A use, how often it was within some days that begin on `begins`, and on which day last."""

    use: Use
    count: int
    begins: date
    last: date


def add_uses(registry: Registry, counts: Mapping[UseKey, int], day: date) -> None:
    """Add counts of a day; what is older than `KEPT_DAYS` goes. Several processes may do so at once.

    Raises: BadInput when the registry cannot be written now.
    """
    oldest = (day - timedelta(days=KEPT_DAYS)).isoformat()
    rows = [
        {**dict(zip(Use._fields, use, strict=True)), "day": day.isoformat(), "count": count}
        for use, count in sorted(counts.items())
    ]
    with registry.writing() as connection:
        connection.execute(delete(adoption_use).where(adoption_use.c.day < oldest))
        if rows:
            connection.execute(_ADD, rows)


def read_uses(
    connection: Connection,
    since: date,
    until: date,
    parts: Sequence[date] = (),
    terminology: str | None = None,
) -> Iterator[Used]:
    """Yield the uses from one day to another, both included, summed within each part of that time.

    `parts` are days on which a new part begins: of each use, the count of each part comes by itself.
    """
    begins = sorted({since, *(day for day in parts if since < day <= until)})
    ends = [*(day - timedelta(days=1) for day in begins[1:]), until]
    named = [adoption_use.c[name] for name in Use._fields]
    for begin, end in zip(begins, ends, strict=True):
        within = adoption_use.c.day.between(begin.isoformat(), end.isoformat())
        wanted = select(*named, func.sum(adoption_use.c.count), func.max(adoption_use.c.day)).where(within)
        if terminology is not None:
            wanted = wanted.where(adoption_use.c.terminology == terminology)
        for *use, count, last in connection.execute(wanted.group_by(*named).order_by(*named)):
            yield Used(Use(*use), int(count), begin, date.fromisoformat(last))
