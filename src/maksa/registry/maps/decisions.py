"""Decisions on maps: made at the desk, keyed by what is mapped, so that they outlive every import of the map."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from maksa.errors import BadInput, BadParameter
from maksa.intake.sentences import shown
from maksa.model.concept import Decision, Mapping
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.tables import map_decision
from maksa.text import Text

LONGEST_REASON = 1_000
LONGEST_CONDITION = 200
LONGEST_LETTER = 64

DecisionKey = tuple[str, str, str | None]
"""What is decided of a map: the source's list, its code, and the condition."""


class DecidedMap(NamedTuple):
    """The rows of a map with its decisions over them.

    `overruled` are the rows of the import that say otherwise than the decision beside them; `alone` are decisions
    whose source the import does not have.
    """

    rows: tuple[Mapping, ...]
    overruled: tuple[tuple[Mapping, Mapping], ...]
    alone: tuple[Mapping, ...]


def key_of(mapping: Mapping) -> DecisionKey:
    """Give what a decision on this row is keyed by."""
    return mapping.source_terminology, mapping.source_code, mapping.condition


def decide(registry: Registry, name: str, mapping: Mapping) -> Mapping | None:
    """Keep a decided row of a map, in place of an earlier decision on the same source and condition.

    Gives the earlier one. Raises: BadInput (no reason, a text over its bound or with a control character in it).
    """
    decision = mapping.decision
    if decision is None or not 0 < len(decision.why) <= LONGEST_REASON:
        raise BadInput(
            Text(
                fa=f"دلیل تصمیم را در 1 تا {LONGEST_REASON} نویسه بنویسید.",
                en=f"Say in 1 to {LONGEST_REASON} characters why it is decided so.",
            )
        )
    _refuse_unsound(mapping, decision)
    with registry.writing() as connection:
        earlier = _find(connection, name, key_of(mapping))
        connection.execute(delete(map_decision).where(*_is(name, key_of(mapping))))
        connection.execute(insert(map_decision).values(map=name, **_columns(mapping, decision)))
        write_entry(registry, connection, "map-decide", _subject(name, mapping), **_told(mapping, decision))
    return earlier


def _refuse_unsound(mapping: Mapping, decision: Decision) -> None:
    """Refuse what no edition, table or letter book can hold. Raises: BadInput."""
    for what, text, longest in (
        (Text("شرط", "condition"), mapping.condition, LONGEST_CONDITION),
        (Text("شمارهٔ نامه", "number of the letter"), decision.letter, LONGEST_LETTER),
    ):
        if text is not None and len(text) > longest:
            raise BadInput(
                Text(
                    fa=f"{what.fa} بیش از {longest} نویسه است.",
                    en=f"The {what.en} has over {longest} characters.",
                )
            )
    texts = [
        mapping.source_code,
        mapping.target_code,
        mapping.condition,
        decision.by,
        decision.why,
        decision.letter,
    ]
    for text in filter(None, texts):
        if any(unicodedata.category(character) == "Cc" for character in text):
            raise BadInput(
                Text(
                    fa=f"«{shown(text)}» نویسهٔ کنترلی یا شکست خط دارد.",
                    en=f"'{shown(text)}' holds a control character or a line break.",
                ),
                mend=Text(fa="آن را بی این نویسه‌ها بنویسید.", en="Write it without them."),
            )


def undecide(registry: Registry, name: str, key: DecisionKey) -> Mapping:
    """Take a decision back; the journal keeps it. Raises: BadParameter naming those that stand."""
    with registry.writing() as connection:
        found = _find(connection, name, key)
        if found is None or found.decision is None:
            known = tuple(mapping.source_code for mapping in _decisions(connection, name))[:20]
            raise BadParameter(
                "source",
                Text(
                    fa=f"دربارهٔ «{key[1][:64]}» در نگاشت {name} با این شرط تصمیمی نیست.",
                    en=f"Nothing is decided of '{key[1][:64]}' in the map {name} under this condition.",
                ),
                mend=Text(
                    fa=f"تصمیم‌ها را با «maksa maps decisions {name}» ببینید.",
                    en=f"See the decisions with 'maksa maps decisions {name}'.",
                ),
                known=known,
            )
        connection.execute(delete(map_decision).where(*_is(name, key)))
        told = _told(found, found.decision)
        write_entry(registry, connection, "map-undecide", _subject(name, found), **told)
    return found


def decisions_of(registry: Registry, name: str) -> Sequence[Mapping]:
    """Give the decided rows of a map in the order of source and condition."""
    with registry.reading() as connection:
        return tuple(_decisions(connection, name))


def copy_decisions(source: Registry, target: Registry, name: str) -> None:
    """Copy the decisions on a map into another registry, for a look at what would become of an import."""
    rows = [
        {"map": name, **_columns(mapping, mapping.decision)}
        for mapping in decisions_of(source, name)
        if mapping.decision is not None
    ]
    with target.writing() as connection:
        connection.execute(delete(map_decision).where(map_decision.c.map == name))
        if rows:
            connection.execute(insert(map_decision), rows)


def overlay(rows: Iterable[Mapping], decisions: Iterable[Mapping]) -> DecidedMap:
    """Lay decisions over the rows of an import: a decided row stands in place of all rows of its key.

    Order: that of the rows; decisions whose source the import does not have stand last.
    """
    waiting = {key_of(decided): decided for decided in decisions}
    seen: dict[DecisionKey, Mapping] = {}
    made: list[Mapping] = []
    overruled = []
    for row in rows:
        key = key_of(row)
        decided = seen.get(key) or waiting.pop(key, None)
        if decided is None:
            made.append(row)
            continue
        if key not in seen:
            seen[key] = decided
            made.append(replace(decided, row=row.row, comment=row.comment))
        if _target(row) != _target(decided):
            overruled.append((row, decided))
    alone = tuple(waiting.values())
    return DecidedMap((*made, *alone), tuple(overruled), alone)


def decided_rows(connection: Connection, name: str, rows: Iterable[Mapping]) -> Iterator[Mapping]:
    """Yield the rows of a map with its decisions over them; other rows one by one when nothing is decided."""
    decisions = tuple(_decisions(connection, name))
    yield from overlay(rows, decisions).rows if decisions else rows


def _target(mapping: Mapping) -> tuple[str, str | None, str]:
    return mapping.target_terminology, mapping.target_code, mapping.relationship


def _find(connection: Connection, name: str, key: DecisionKey) -> Mapping | None:
    row = connection.execute(select(map_decision).where(*_is(name, key))).one_or_none()
    return None if row is None else _mapping(row)


def _decisions(connection: Connection, name: str) -> Iterator[Mapping]:
    columns = map_decision.c
    wanted = select(map_decision).where(columns.map == name)
    ordered = wanted.order_by(columns.source_terminology, columns.source_code, columns.condition)
    return map(_mapping, connection.execute(ordered))


def _is(name: str, key: DecisionKey) -> tuple[ColumnElement[bool], ...]:
    columns, (terminology, code, condition) = map_decision.c, key
    return (
        columns.map == name,
        columns.source_terminology == terminology,
        columns.source_code == code,
        columns.condition == (condition or ""),
    )


def _columns(mapping: Mapping, decision: Decision) -> dict[str, Any]:
    return {
        "source_terminology": mapping.source_terminology,
        "source_code": mapping.source_code,
        "condition": mapping.condition or "",
        "target_terminology": mapping.target_terminology,
        "target_code": mapping.target_code,
        "relationship": mapping.relationship,
        "decided_by": decision.by,
        "decided_on": decision.on.isoformat(),
        "reason": decision.why,
        "letter": decision.letter,
    }


def _mapping(row: Row[Any]) -> Mapping:
    return Mapping(
        row.source_terminology,
        row.source_code,
        row.target_terminology,
        row.target_code,
        row.relationship,
        row.condition or None,
        decision=Decision(row.decided_by, date.fromisoformat(row.decided_on), row.reason, row.letter),
    )


def _subject(name: str, mapping: Mapping) -> str:
    return f"{name} {mapping.source_code}"


def _told(mapping: Mapping, decision: Decision) -> dict[str, Any]:
    told = {**_columns(mapping, decision), "condition": mapping.condition}
    del told["decided_by"]  # The journal has its own actor and instant.
    return told
