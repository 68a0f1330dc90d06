"""Uploads of parties' lists into the discrepancy register: what is new, what stays, what vanished, what came back.

A decision is never lost: it stays while the difference stays as it was decided upon, and beside it when it is not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, literal, select, update

from maksa.model.discrepancy import Difference, State
from maksa.model.edition import EditionRef
from maksa.registry.database import Registry
from maksa.registry.discrepancies.records import (
    LONGEST_TEXT,
    content_of,
    difference_in,
    fingerprint_of,
    plain,
)
from maksa.registry.discrepancies.tables import discrepancy, discrepancy_event, discrepancy_upload
from maksa.registry.discrepancies.trend import Changes, Upload, upload_of
from maksa.registry.journal import write_entry

_STANDING = frozenset({"accepted", "no-discrepancy"})
"""Decisions that still hold when the same difference vanished and came back."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ComparedList:
    """A party's list after its comparison: what an upload is made of.

    `list` is the list of the reference, `codes` the party's codes that were compared, `rows` the account of the file's
    rows. A `partial` upload says nothing of other codes. `channel` is the way it came, such as a university.
    """

    party: str
    list: str
    file: str
    file_hash: str
    day: date
    edition: EditionRef
    partial: bool
    codes: frozenset[str]
    differences: Sequence[Difference]
    rows: Mapping[str, int]
    kinds: Mapping[str, int]
    reporter: str
    channel: str


class _Held(NamedTuple):
    """A record as the register has it before an upload."""

    number: int
    state: State
    fingerprint: str
    outcome: str | None
    decided_fingerprint: str | None


class _Seen(NamedTuple):
    """A held record that an upload has too, and the state that follows."""

    held: _Held
    difference: Difference
    fingerprint: str
    state: State
    act: str


@dataclass(slots=True)
class _Plan:
    new: list[tuple[Difference, str]] = field(default_factory=list)
    seen: list[_Seen] = field(default_factory=list)
    gone: list[_Held] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)

    def changes(self) -> Changes:
        acts = Counter(one.act for one in self.seen)
        return Changes(
            len(self.new),
            acts["kept"],
            acts["changed"],
            acts["reopened"],
            len(self.gone),
            self.states["open"],
            self.states["decided"],
        )


def preview_upload(registry: Registry, compared: ComparedList) -> Changes:
    """Tell what an upload would do, and write nothing."""
    with registry.reading() as connection:
        return _plan(connection, compared).changes()


def record_upload(
    registry: Registry, compared: ComparedList, *, also: Callable[[Connection, int], None] | None = None
) -> Upload:
    """Keep an upload: open what is new, keep what stays, close what vanished, reopen what came back changed.

    All of it or nothing; uploads at the same time take turns. `also` writes in the same transaction what follows of
    the upload of a number. Raises: BadParameter (party, reporter, channel), what `also` raises.
    """
    plain("party", compared.party)
    plain("reporter", compared.reporter)
    plain("channel", compared.channel)
    with registry.writing() as connection:
        plan = _plan(connection, compared)
        changes = plan.changes()
        at = datetime.now(UTC)
        number = _insert_upload(registry, connection, compared, changes, at)
        _open(registry, connection, compared, plan.new, (number, at))
        _update(registry, connection, plan.seen, (number, at))
        _close(registry, connection, plan.gone, (number, at))
        told = {name: count for name, count in asdict(changes).items() if count}
        write_entry(
            registry,
            connection,
            "discrepancy-upload",
            f"{compared.party} {compared.list}",
            upload=number,
            file=compared.file[:LONGEST_TEXT],
            file_hash=compared.file_hash,
            edition=compared.edition.edition,
            day=compared.day.isoformat(),
            reporter=compared.reporter,
            channel=compared.channel,
            changes=told,
        )
        if also is not None:
            also(connection, number)
        row = connection.execute(select(discrepancy_upload).where(discrepancy_upload.c.number == number))
        return upload_of(row.one())


def _plan(connection: Connection, compared: ComparedList) -> _Plan:
    held = _held(connection, compared.party, compared.list)
    plan = _Plan()
    for difference in compared.differences:
        fingerprint = fingerprint_of(difference)
        known = held.pop((difference.code, difference.product, difference.kind), None)
        if known is None:
            plan.new.append((difference, fingerprint))
            plan.states["open"] += 1
        else:
            seen = _seen(known, difference, fingerprint)
            plan.seen.append(seen)
            plan.states[seen.state] += 1
    for (code, _, _), left in held.items():
        if left.state != "closed" and (not compared.partial or code in compared.codes):
            plan.gone.append(left)
        else:
            plan.states[left.state] += 1
    return plan


def _seen(held: _Held, difference: Difference, fingerprint: str) -> _Seen:
    as_decided = held.decided_fingerprint == fingerprint
    same = held.fingerprint == fingerprint
    if held.state == "closed":
        state: State = "decided" if as_decided and held.outcome in _STANDING else "open"
        return _Seen(held, difference, fingerprint, state, "reopened")
    if held.state == "decided":
        if as_decided:
            return _Seen(held, difference, fingerprint, "decided", "kept")
        return _Seen(held, difference, fingerprint, "open", "reopened")
    return _Seen(held, difference, fingerprint, "open", "kept" if same else "changed")


def _held(connection: Connection, party: str, terminology: str) -> dict[Key, _Held]:
    columns = discrepancy.c
    wanted = select(
        columns.code,
        columns.product,
        columns.kind,
        columns.number,
        columns.state,
        columns.fingerprint,
        columns.outcome,
        columns.decided_fingerprint,
    ).where(columns.party == party, columns.list == terminology)
    return {(row[0], row[1], row[2]): _Held(*row[3:]) for row in connection.execute(wanted)}


def _insert_upload(
    registry: Registry, connection: Connection, compared: ComparedList, changes: Changes, at: datetime
) -> int:
    made = connection.execute(
        insert(discrepancy_upload).values(
            party=compared.party,
            list=compared.list,
            at=at,
            actor=registry.actor,
            reporter=compared.reporter,
            channel=compared.channel,
            file=compared.file[:LONGEST_TEXT],
            file_hash=compared.file_hash,
            day=compared.day.isoformat(),
            edition=compared.edition.edition,
            edition_hash=compared.edition.hash,
            partial=compared.partial,
            rows=json.dumps(dict(compared.rows)),
            kinds=json.dumps(dict(compared.kinds)),
            changes=json.dumps(asdict(changes)),
        )
    )
    key = made.inserted_primary_key
    return int(key[0]) if key else 0


def _open(
    registry: Registry,
    connection: Connection,
    compared: ComparedList,
    new: Sequence[tuple[Difference, str]],
    moment: tuple[int, datetime],
) -> None:
    number, at = moment
    if not new:
        return
    connection.execute(
        insert(discrepancy),
        [
            {
                "party": compared.party,
                "list": compared.list,
                "kind": difference.kind,
                "code": difference.code,
                "product": difference.product,
                "state": "open",
                "content": content_of(difference),
                "fingerprint": fingerprint,
                "reporter": compared.reporter,
                "channel": compared.channel,
                "first_upload": number,
                "last_upload": number,
                "opened": at,
                "changed": at,
            }
            for difference, fingerprint in new
        ],
    )
    columns = ("discrepancy", "at", "actor", "act", "upload", "details")
    opened = select(
        discrepancy.c.number,
        discrepancy.c.opened,
        literal(registry.actor),
        literal("opened"),
        discrepancy.c.first_upload,
        literal("{}"),
    ).where(discrepancy.c.first_upload == number)
    connection.execute(insert(discrepancy_event).from_select(columns, opened))


def _update(
    registry: Registry, connection: Connection, seen: Sequence[_Seen], moment: tuple[int, datetime]
) -> None:
    """Bring what the upload has too up to date; where its sides changed, the history keeps what they were."""
    number, at = moment
    acts = [one for one in seen if one.act != "kept"]
    events = [
        _event(registry, one.held.number, one.act, moment, _before(connection, one) | {"state": one.state})
        for one in acts
    ]
    if seen:
        columns = ("state", "content", "fingerprint")
        # Rows and suggestions may be others even where both sides are the same.
        statement = (
            update(discrepancy)
            .where(discrepancy.c.number == bindparam("of"))
            .values({name: bindparam(f"to_{name}") for name in columns} | {"last_upload": number})
        )
        connection.execute(
            statement,
            [
                {
                    "of": one.held.number,
                    "to_state": one.state,
                    "to_content": content_of(one.difference),
                    "to_fingerprint": one.fingerprint,
                }
                for one in seen
            ],
        )
    _note(connection, events, at)


def _close(
    registry: Registry, connection: Connection, gone: Sequence[_Held], moment: tuple[int, datetime]
) -> None:
    if gone:
        closing = update(discrepancy).where(discrepancy.c.number == bindparam("of")).values(state="closed")
        connection.execute(closing, [{"of": one.number} for one in gone])
    _note(connection, [_event(registry, one.number, "closed", moment, {}) for one in gone], moment[1])


def _note(connection: Connection, events: list[dict[str, Any]], at: datetime) -> None:
    if events:
        connection.execute(insert(discrepancy_event), events)
        changing = update(discrepancy).where(discrepancy.c.number == bindparam("of")).values(changed=at)
        connection.execute(changing, [{"of": event["discrepancy"]} for event in events])


def _event(
    registry: Registry, number: int, act: str, moment: tuple[int, datetime], details: dict[str, Any]
) -> dict[str, Any]:
    upload, at = moment
    return {
        "discrepancy": number,
        "at": at,
        "actor": registry.actor,
        "act": act,
        "upload": upload,
        "details": json.dumps(details, ensure_ascii=False),
    }


def _before(connection: Connection, one: _Seen) -> dict[str, Any]:
    if one.held.fingerprint == one.fingerprint:
        return {}
    kept = connection.scalar(select(discrepancy.c.content).where(discrepancy.c.number == one.held.number))
    before = difference_in(str(kept))
    theirs = None if before.theirs is None else asdict(before.theirs)
    return {"before": {"theirs": theirs, "ours": [asdict(side) for side in before.ours]}}
