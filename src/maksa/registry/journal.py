"""The journal of the desk: who did what and when, only ever appended to, each entry sealed by the hash of the one before.

It shows that an entry was changed, taken out or put in. Entries cut off at its end cannot be seen by it alone: whoever
must know keeps the last hash somewhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal, get_args

import rfc8785
from sqlalchemy import Connection, Row, insert, select

from maksa.errors import BadParameter, WrongState
from maksa.model.jalali import TEHRAN
from maksa.registry.database import Registry
from maksa.registry.tables import journal
from maksa.terminology.bounds import sound
from maksa.text import Text

Act = Literal[
    "draft-save",
    "draft-discard",
    "draft-start",
    "draft-edit",
    "draft-undo",
    "draft-comment",
    "draft-act",
    "draft-vote",
    "draft-window",
    "publish-despite",
    "govern",
    "publish",
    "withdraw",
    "restore",
    "letter",
    "client-add",
    "client-rotate",
    "client-revoke",
    "map-decide",
    "map-undecide",
    "party-add",
    "system-add",
    "person-add",
    "person-roles",
    "person-disable",
    "person-enable",
    "person-password",
    "sign-in",
    "sign-in-wait",
    "sign-out",
    "provider-add",
    "provider-remove",
    "person-link",
    "person-unlink",
    "client-grant",
    "discrepancy-receive",
    "discrepancy-upload",
    "discrepancy-decide",
    "discrepancy-assign",
    "adoption-oblige",
    "adoption-oblige-end",
    "adoption-declare",
    "adoption-certify",
    "adoption-place",
    "adoption-remind",
    "request-file",
    "request-act",
    "subscription-add",
    "subscription-confirm",
    "subscription-rotate",
    "subscription-pause",
    "subscription-resume",
    "subscription-replay",
    "subscription-end",
]
ACTS: tuple[Act, ...] = get_args(Act)
_FIRST = "0" * 64
"""What stands for the hash before the first entry."""
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of the desk: at an instant (UTC, ISO), by an actor, upon a subject; never with a secret.

    `hash` is the hex SHA-256 of the RFC 8785 form of all other members; `previous` is the hash of the entry before.
    """

    number: int
    at: str
    actor: str
    act: str
    subject: str
    details: dict[str, Any]
    previous: str
    hash: str


def write_entry(registry: Registry, connection: Connection, act: Act, subject: str, **details: Any) -> None:
    """Append an entry in a transaction that writes; it stands when, and only when, that is committed.

    `details` are JSON values: texts, whole numbers, truth values, lists and objects of them; None is left out.
    """
    last = connection.execute(select(journal).order_by(journal.c.number.desc()).limit(1)).one_or_none()
    told = {name: value for name, value in details.items() if value is not None}
    entry: dict[str, Any] = {
        "number": 1 if last is None else last.number + 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "actor": registry.actor,
        "act": act,
        "subject": sound(subject),
        "details": json.loads(sound(json.dumps(told, ensure_ascii=False))),
        "previous": _FIRST if last is None else last.hash,
    }
    sealed = {**entry, "details": json.dumps(entry["details"], ensure_ascii=False), "hash": _hash_of(entry)}
    connection.execute(insert(journal).values(sealed))


def is_noted(connection: Connection, act: Act, subject: str) -> bool:
    """Tell whether the journal has an act upon a subject."""
    wanted = select(journal.c.number).where(journal.c.act == act, journal.c.subject == sound(subject))
    return connection.execute(wanted.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; None asks for any. `subject` is a part of it, `since` a day in Tehran."""

    actor: str | None = None
    act: str | None = None
    subject: str | None = None
    since: date | None = None


def list_journal(registry: Registry, *, limit: int = 100) -> Sequence[Entry]:
    """Give the last entries, newest first."""
    return find_entries(registry, Wanted(), limit=limit)


def find_entries(
    registry: Registry, wanted: Wanted, *, before: int | None = None, limit: int = 100
) -> Sequence[Entry]:
    """Give the entries asked for with numbers below `before`, newest first. Raises: BadParameter (no such act)."""
    if wanted.act is not None and wanted.act not in ACTS:
        raise _unknown_act(wanted.act)
    found = select(journal).order_by(journal.c.number.desc()).limit(limit)
    for name in ("actor", "act"):
        value = getattr(wanted, name)
        if value is not None:
            found = found.where(journal.c[name] == sound(value))
    if wanted.subject is not None:
        found = found.where(journal.c.subject.icontains(sound(wanted.subject), autoescape=True))
    if wanted.since is not None:
        midnight = datetime.combine(wanted.since, time(), TEHRAN).astimezone(UTC)
        found = found.where(journal.c.at >= midnight.isoformat(timespec="milliseconds"))
    if before is not None:
        found = found.where(journal.c.number < before)
    with registry.reading() as connection:
        return [_entry_of(row) for row in connection.execute(found)]


def journal_problems(registry: Registry) -> Iterator[WrongState]:
    """Yield each entry that is not what was written, or does not follow the one before it. Cost: reads all of it."""
    previous, number = _FIRST, 0
    with registry.reading() as connection:
        ordered = select(journal).order_by(journal.c.number).execution_options(yield_per=_AT_ONCE)
        for row in connection.execute(ordered):
            if row.number != number + 1 or row.previous != previous or not _is_sealed(row):
                yield _broken(row.number)
            previous, number = row.hash, row.number


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        row.number,
        row.at,
        row.actor,
        row.act,
        row.subject,
        json.loads(row.details),
        row.previous,
        row.hash,
    )


def _is_sealed(row: Row[Any]) -> bool:
    try:
        entry = asdict(_entry_of(row))
        return bool(entry.pop("hash") == _hash_of(entry))
    except (ValueError, rfc8785.CanonicalizationError):
        return False


def _hash_of(entry: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(entry)).hexdigest()


def _unknown_act(act: str) -> BadParameter:
    return BadParameter(
        "act",
        Text(fa=f"کار «{act[:40]}» در دفتر رویدادها نیست.", en=f"The journal knows no act '{act[:40]}'."),
        mend=Text(fa=f"یکی از: {'، '.join(ACTS)}.", en=f"One of: {', '.join(ACTS)}."),
        known=ACTS,
    )


def _broken(number: int) -> WrongState:
    return WrongState(
        Text(
            fa=f"رویداد {number} دفتر رویدادها دست خورده است، یا پیش از آن رویدادی برداشته یا افزوده شده است.",
            en=f"Entry {number} of the journal was altered, or an entry before it was taken out or put in.",
        ),
        mend=Text(
            fa="آن را با دفتر رویدادهای پشتیبان‌ها بسنجید.", en="Compare it with the journal of the backups."
        ),
    )
