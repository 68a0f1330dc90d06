"""The discrepancy register: what differs between a party's list and the reference, who answers for it, what is decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.discrepancy import KINDS, OUTCOMES, STATES
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.discrepancies.records import (
    LONGEST_TEXT,
    Discrepancy,
    Step,
    plain,
    record_of,
)
from maksa.registry.discrepancies.tables import discrepancy, discrepancy_event
from maksa.registry.journal import Act, write_entry
from maksa.registry.outbox import append_notice
from maksa.text import Text

MOST_AT_ONCE = 1_000
"""Records that one act decides or assigns."""
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are asked for; None asks for any. `overdue_on` keeps those whose deadline is over on that day."""

    party: str | None = None
    list: str | None = None
    kind: str | None = None
    state: str | None = None
    owner: str | None = None
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decides of records: the outcome, why, by which letter, upon what evidence."""

    outcome: str
    why: str
    letter: str | None = None
    evidence: str | None = None


def list_discrepancies(
    registry: Registry, wanted: Wanted, *, limit: int = 100, after: int = 0
) -> tuple[int, Sequence[Discrepancy]]:
    """Count the records asked for, and give those with numbers above `after`, in the order of numbers.

    Raises: BadParameter for a kind or state that there is not, or what can be no name.
    """
    with registry.reading() as connection:
        total = connection.scalar(_where(select(func.count()).select_from(discrepancy), wanted))
        page = _where(select(discrepancy), wanted).where(discrepancy.c.number > after)
        rows = connection.execute(page.order_by(discrepancy.c.number).limit(limit))
        return int(total or 0), [record_of(row) for row in rows]


def every_discrepancy(registry: Registry, wanted: Wanted) -> Iterator[Discrepancy]:
    """Yield all records asked for: by kind, the graver first, then by number. Memory: one page of them."""
    for kind in KINDS if wanted.kind is None else (wanted.kind,):
        with registry.reading() as connection:
            every = _where(select(discrepancy), wanted).where(discrepancy.c.kind == kind)
            ordered = every.order_by(discrepancy.c.number).execution_options(yield_per=_AT_ONCE)
            yield from map(record_of, connection.execute(ordered))


def count_discrepancies(registry: Registry, wanted: Wanted) -> dict[tuple[str, str], int]:
    """Count the records asked for by kind and state."""
    counted = _where(select(discrepancy.c.kind, discrepancy.c.state, func.count()), wanted)
    with registry.reading() as connection:
        rows = connection.execute(counted.group_by(discrepancy.c.kind, discrepancy.c.state))
        return {(kind, state): int(count) for kind, state, count in rows}


def find_discrepancy(registry: Registry, number: int) -> tuple[Discrepancy, Sequence[Step]]:
    """Give a record and its history, oldest first. Raises: NotFound."""
    with registry.reading() as connection:
        found = _one(connection, number)
        ordered = select(discrepancy_event).where(discrepancy_event.c.discrepancy == number)
        steps = connection.execute(ordered.order_by(discrepancy_event.c.id))
        return record_of(found), [_step_of(row) for row in steps]


def decide(
    registry: Registry, numbers: Sequence[int], decided: Decided, *, again: bool = False
) -> Sequence[Discrepancy]:
    """Decide records, all of them or none; who decides says the registry, on which day Tehran's calendar.

    `again` replaces a decision that stands; the history keeps the earlier one.
    Raises: NotFound, BadParameter (no such outcome, no reason), WrongState (closed, or decided already).
    """
    if decided.outcome not in OUTCOMES:
        raise _bad_choice("as", decided.outcome, OUTCOMES)
    values = {
        "outcome": decided.outcome,
        "decided_by": registry.actor,
        "decided_on": today().isoformat(),
        "reason": plain("why", decided.why, LONGEST_TEXT),
        "letter": None if decided.letter is None else plain("letter", decided.letter),
        "evidence": None if decided.evidence is None else plain("evidence", decided.evidence, LONGEST_TEXT),
    }
    with registry.writing() as connection:
        for number in _distinct(numbers):
            row = _one(connection, number)
            if row.state == "closed":
                raise _is_closed(number)
            if row.state == "decided" and not again:
                raise _is_decided(row)
            upon = {"state": "decided", "decided_fingerprint": row.fingerprint}
            _change(connection, row, values | upon)
            told = {name: value for name, value in values.items() if not name.startswith("decided")}
            if row.outcome is not None:
                told["earlier"] = row.outcome
            _tell(registry, connection, row, ("decided", "discrepancy-decide"), told)
        return [record_of(_one(connection, number)) for number in _distinct(numbers)]


def assign(
    registry: Registry, numbers: Sequence[int], *, owner: str | None = None, deadline: date | None = None
) -> Sequence[Discrepancy]:
    """Give records an owner, a deadline or both, all of them or none. Raises: NotFound, BadParameter, WrongState."""
    values: dict[str, Any] = {}
    if owner is not None:
        values["owner"] = plain("owner", owner)
    if deadline is not None:
        values["deadline"] = deadline.isoformat()
    if not values:
        raise BadParameter(
            "owner",
            Text("نه مسئول داده شده است و نه مهلت.", "Neither an owner nor a deadline is given."),
            mend=Text("--owner یا --deadline را بدهید.", "Give --owner, --deadline or both."),
        )
    with registry.writing() as connection:
        for number in _distinct(numbers):
            row = _one(connection, number)
            if row.state == "closed":
                raise _is_closed(number)
            _change(connection, row, values)
            _tell(registry, connection, row, ("assigned", "discrepancy-assign"), values)
        return [record_of(_one(connection, number)) for number in _distinct(numbers)]


def _where(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    columns = discrepancy.c
    if wanted.kind is not None and wanted.kind not in KINDS:
        raise _bad_choice("kind", wanted.kind, KINDS)
    if wanted.state is not None and wanted.state not in STATES:
        raise _bad_choice("state", wanted.state, STATES)
    for name in ("party", "list", "kind", "state", "owner"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(columns[name] == plain(name, value))
    if wanted.overdue_on is not None:
        over = columns.deadline < wanted.overdue_on.isoformat()
        statement = statement.where(over, columns.state != "closed")
    return statement


def _one(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(discrepancy).where(discrepancy.c.number == number)).one_or_none()
    if row is None:
        raise NotFound(
            Text(f"مغایرت شمارهٔ {number} نیست.", f"There is no discrepancy {number}."),
            mend=Text("شماره‌ها را با «maksa discrepancies list» ببینید.", "See 'maksa discrepancies list'."),
        )
    return row


def _change(connection: Connection, row: Row[Any], values: dict[str, Any]) -> None:
    changed = values | {"changed": datetime.now(UTC)}
    connection.execute(update(discrepancy).where(discrepancy.c.number == row.number).values(changed))


def _tell(
    registry: Registry,
    connection: Connection,
    row: Row[Any],
    acts: tuple[str, Act],
    details: dict[str, Any],
) -> None:
    """Write a step of the record's history, an entry of the journal, and the notice to the party."""
    told = {name: value for name, value in details.items() if value is not None}
    connection.execute(
        insert(discrepancy_event).values(
            discrepancy=row.number,
            at=datetime.now(UTC),
            actor=registry.actor,
            act=acts[0],
            details=json.dumps(told, ensure_ascii=False),
        )
    )
    subject = f"{row.party} {row.list} {row.kind} {row.code}"
    write_entry(registry, connection, acts[1], subject, number=row.number, **told)
    said = _notice(row, acts[0], told)
    append_notice(connection, "discrepancy", str(row.number), said, at=datetime.now(UTC), act=acts[0])


def _notice(row: Row[Any], act: str, told: dict[str, Any]) -> Text:
    """Give what the party is told of a decision or an assignment."""
    where = f"{row.party}, {row.list} {row.code}"
    if act == "decided":
        return Text(
            f"دربارهٔ مغایرت {row.number} ({where}) تصمیم گرفته شد: {told['outcome']}. دلیل: {told['reason']}",
            f"Discrepancy {row.number} ({where}) was decided: {told['outcome']}. Reason: {told['reason']}",
        )
    owner, deadline = told.get("owner", "-"), told.get("deadline", "-")
    return Text(
        f"مغایرت {row.number} ({where}) سپرده شد؛ مسئول: {owner}، مهلت: {deadline}.",
        f"Discrepancy {row.number} ({where}) was assigned; owner: {owner}, deadline: {deadline}.",
    )


def _distinct(numbers: Sequence[int]) -> list[int]:
    distinct = list(dict.fromkeys(numbers))
    if 0 < len(distinct) <= MOST_AT_ONCE:
        return distinct
    raise BadParameter(
        "number",
        Text(f"یک تا {MOST_AT_ONCE} شماره بدهید.", f"Give one to {MOST_AT_ONCE} numbers."),
    )


def _step_of(row: Row[Any]) -> Step:
    return Step(row.at, row.actor, row.act, row.upload, json.loads(row.details))


def _is_closed(number: int) -> WrongState:
    return WrongState(
        Text(
            f"مغایرت {number} بسته است: در واپسین فهرست طرف دیده نشد.",
            f"Discrepancy {number} is closed: their last list no longer has it.",
        ),
        mend=Text("اگر باز هم هست فهرست طرف را دوباره بدهید.", "Upload their list again if it still stands."),
    )


def _is_decided(row: Row[Any]) -> WrongState:
    return WrongState(
        Text(
            f"دربارهٔ مغایرت {row.number} در {row.decided_on} تصمیم گرفته شده است ({row.outcome}، {row.decided_by}).",
            f"Discrepancy {row.number} was decided on {row.decided_on} ({row.outcome}, by {row.decided_by}).",
        ),
        mend=Text("برای تصمیم دیگر --again بدهید.", "Give --again to decide it anew."),
    )


def _bad_choice(parameter: str, value: str, known: tuple[str, ...]) -> BadParameter:
    return BadParameter(
        parameter,
        Text(
            f"«{value[:40]}» در {parameter} شناخته نیست.", f"{parameter}: '{value[:40]}' is not one of them."
        ),
        mend=Text(f"یکی از: {'، '.join(known)}.", f"One of: {', '.join(known)}."),
        known=known,
    )
