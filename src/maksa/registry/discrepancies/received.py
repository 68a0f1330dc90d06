"""Lists that doors received and that are to be compared: each waits with its file, then is an upload or refused.

Comparing is bulk work and no door's: `maksa discrepancies work` takes them in the order in which they came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, func, insert, select, update

from maksa.errors import BadParameter, NotFound, OverQuota, TooLarge, WrongState
from maksa.registry.database import Registry
from maksa.registry.discrepancies.records import plain
from maksa.registry.discrepancies.tables import discrepancy_received
from maksa.registry.discrepancies.trend import Upload
from maksa.registry.discrepancies.uploads import ComparedList, record_upload
from maksa.registry.journal import write_entry
from maksa.registry.parties.parties import held_party
from maksa.text import Text

ReceivedState = Literal["received", "compared", "refused"]
RECEIVED_STATES: tuple[ReceivedState, ...] = get_args(ReceivedState)
RECEIVED_WORDS: Mapping[ReceivedState, Text] = {
    "received": Text("در صف سنجش", "waiting to be compared"),
    "compared": Text("سنجیده شد", "compared"),
    "refused": Text("خواندنی نبود", "cannot be read"),
}
MOST_BYTES = 8 * 1024 * 1024
"""Bytes of a list that a door takes; a larger one is given to the command."""
MOST_WAITING = 10
"""Lists of one party that wait at once."""
_AGAIN_SECONDS = 60
_SHOWN = tuple(column for column in discrepancy_received.c if column.name != "content")
"""All but the file, which is large."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A party's list as it is sent: whose it is, which list of the reference it stands for, and how it is read.

    `profile` is an import profile; a `partial` list says nothing of the codes that it lacks; `channel` is the way it
    came. `file` is its name.
    """

    party: str
    list: str
    day: date
    file: str
    content: bytes
    reporter: str
    channel: str = "direct"
    profile: str = "generic"
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A list that was received; `upload` is the number of what it became, `reason` why it became nothing."""

    number: int
    party: str
    list: str
    state: ReceivedState
    at: datetime
    actor: str
    reporter: str
    channel: str
    day: date
    profile: str
    partial: bool
    file: str
    file_hash: str
    size: int
    upload: int | None
    reason: Text | None


def receive(registry: Registry, sent: Sent) -> Received:
    """Keep a list until it is compared; the same file of a party that waits already is given as it waits.

    Raises: NotFound (party), BadParameter (empty, or what can be no name), TooLarge, OverQuota (too many wait).
    """
    names = {
        name: plain(name, getattr(sent, name)) for name in ("list", "file", "reporter", "channel", "profile")
    }
    _check_size(len(sent.content))
    digest = hashlib.sha256(sent.content).hexdigest()
    columns = discrepancy_received.c
    with registry.writing() as connection:
        party = held_party(connection, sent.party).party_id
        waiting = (columns.party == party, columns.state == "received")
        same = select(*_SHOWN).where(*waiting, columns.file_hash == digest, columns.list == sent.list)
        held = connection.execute(same).first()
        if held is not None:
            return _received_of(held)
        if (connection.scalar(select(func.count()).where(*waiting)) or 0) >= MOST_WAITING:
            raise _too_many_wait(party)
        values = {"at": datetime.now(UTC), "actor": registry.actor, "day": sent.day.isoformat()}
        kept = {"file_hash": digest, "size": len(sent.content), "content": sent.content, "state": "received"}
        number: int = connection.scalars(
            insert(discrepancy_received)
            .returning(columns.number)
            .values(party=party, partial=sent.partial, **names, **values, **kept)
        ).one()
        subject = f"{party} {sent.list}"
        write_entry(registry, connection, "discrepancy-receive", subject, received=number, file_hash=digest)
        return _received_of(_row(connection, number))


def find_received(registry: Registry, number: int) -> Received:
    """Give a list that was received. Raises: NotFound."""
    with registry.reading() as connection:
        return _received_of(_row(connection, number))


def list_received(
    registry: Registry, *, party: str | None = None, state: str | None = None, limit: int = 100
) -> Sequence[Received]:
    """Give the lists received, of all parties or one, in all states or one, newest first."""
    columns = discrepancy_received.c
    wanted = select(*_SHOWN)
    if party is not None:
        wanted = wanted.where(columns.party == party)
    if state is not None:
        wanted = wanted.where(columns.state == state)
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(columns.number.desc()).limit(limit))
        return [_received_of(row) for row in rows]


def next_waiting(registry: Registry, *, after: int = 0) -> tuple[Received, bytes] | None:
    """Give the first list that waits after a number, with its file; None when none does."""
    columns = discrepancy_received.c
    first = select(discrepancy_received).where(columns.state == "received", columns.number > after)
    with registry.reading() as connection:
        row = connection.execute(first.order_by(columns.number).limit(1)).one_or_none()
        return None if row is None else (_received_of(row), bytes(row.content))


def record_compared(registry: Registry, received: Received, compared: ComparedList) -> Upload:
    """Keep the upload that a received list became, in the name of who sent it, and let its file go: all or nothing.

    Raises: WrongState when it waits no more, because another did the same work.
    """

    def also(connection: Connection, upload: int) -> None:
        _end(connection, received.number, {"state": "compared", "upload": upload})

    return record_upload(registry.acting_as(received.actor), compared, also=also)


def refuse_received(registry: Registry, received: Received, reason: Text) -> None:
    """Keep why a received list cannot be read or compared, and let its file go. Raises: as `record_compared`."""
    why = {"state": "refused", "reason_fa": reason.fa, "reason_en": reason.en}
    with registry.writing() as connection:
        _end(connection, received.number, why)


def _end(connection: Connection, number: int, values: dict[str, Any]) -> None:
    columns = discrepancy_received.c
    waits = update(discrepancy_received).where(columns.number == number, columns.state == "received")
    if connection.execute(waits.values(content=None, **values)).rowcount != 1:
        raise WrongState(
            Text(f"فهرست رسیدهٔ {number} دیگر در صف نیست.", f"The received list {number} waits no more.")
        )


def _row(connection: Connection, number: int) -> Row[Any]:
    wanted = select(*_SHOWN).where(discrepancy_received.c.number == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(Text(f"فهرست رسیدهٔ {number} نیست.", f"There is no received list {number}."))
    return row


def _received_of(row: Row[Any]) -> Received:
    return Received(
        number=row.number,
        party=row.party,
        list=row.list,
        state=row.state,
        at=row.at,
        actor=row.actor,
        reporter=row.reporter,
        channel=row.channel,
        day=date.fromisoformat(row.day),
        profile=row.profile,
        partial=row.partial,
        file=row.file,
        file_hash=row.file_hash,
        size=row.size,
        upload=row.upload,
        reason=None if row.reason_en is None else Text(row.reason_fa, row.reason_en),
    )


def _check_size(size: int) -> None:
    if size == 0:
        raise BadParameter("body", Text("فایل خالی است.", "The file is empty."))
    if size > MOST_BYTES:
        raise TooLarge(
            Text(f"فایل از {MOST_BYTES} بایت بزرگ‌تر است.", f"The file is larger than {MOST_BYTES} bytes."),
            mend=Text(
                "آن را در مرکز با «maksa discrepancies upload» بدهید.",
                "Give it to the centre for 'maksa discrepancies upload'.",
            ),
        )


def _too_many_wait(party: str) -> OverQuota:
    return OverQuota(
        Text(
            f"از «{party}» {MOST_WAITING} فهرست در صف سنجش است و بیش از آن پذیرفته نمی‌شود.",
            f"{MOST_WAITING} lists of '{party}' wait to be compared, and no more are taken.",
        ),
        mend=Text("پس از سنجش آن‌ها دوباره بفرستید.", "Send it again once they are compared."),
        seconds=_AGAIN_SECONDS,
    )
