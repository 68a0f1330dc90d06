"""The uploads of a party as they are kept: how its differences went from one to the next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from maksa.registry.database import Registry
from maksa.registry.discrepancies.records import plain
from maksa.registry.discrepancies.tables import discrepancy_upload


@dataclass(frozen=True, slots=True)
class Changes:
    """What an upload does to the register, in records; `open` and `decided` are those that stand after it."""

    new: int
    kept: int
    changed: int
    reopened: int
    closed: int
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload as it is kept."""

    number: int
    party: str
    list: str
    at: datetime
    actor: str
    reporter: str
    channel: str
    file: str
    file_hash: str
    day: date
    edition: str
    partial: bool
    rows: dict[str, int]
    kinds: dict[str, int]
    changes: Changes


def list_uploads(registry: Registry, party: str, terminology: str | None = None) -> Sequence[Upload]:
    """Give the uploads of a party, oldest first: the trend of its differences.

    Limits: the last 1,000. Raises: BadParameter for what can be no name.
    """
    plain("party", party)
    columns = discrepancy_upload.c
    wanted = select(discrepancy_upload).where(columns.party == party)
    if terminology is not None:
        wanted = wanted.where(columns.list == plain("terminology", terminology))
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(columns.number.desc()).limit(1_000)).all()
    return [upload_of(row) for row in reversed(rows)]


def upload_of(row: Row[Any]) -> Upload:
    """Give the upload of a row."""
    return Upload(
        row.number,
        row.party,
        row.list,
        row.at,
        row.actor,
        row.reporter,
        row.channel,
        row.file,
        row.file_hash,
        date.fromisoformat(row.day),
        row.edition,
        row.partial,
        json.loads(row.rows),
        json.loads(row.kinds),
        Changes(**json.loads(row.changes)),
    )
