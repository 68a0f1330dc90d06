"""The codes that a draft retires, changes or adds, in a database of its own on disk; and what its value sets lose."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from maksa.editions.content import day_from_text, value_text
from maksa.model.concept import Concept, Terminology, ValueSet
from maksa.model.jalali import today
from maksa.model.persian import title_key
from maksa.registry.drafts.difference import content
from maksa.registry.drafts.drafts import DraftOptions
from maksa.registry.impact.records import FIRST, Change, CodeChange, CodeChanges, ValueSetAffected
from maksa.registry.quality.gathered import ends
from maksa.registry.quality.scratch import scratch_database

_BATCH = 10_000
_SCHEMA = """
CREATE TABLE touched (
    code TEXT PRIMARY KEY, title TEXT NOT NULL, key TEXT NOT NULL, change TEXT NOT NULL,
    was TEXT, since TEXT, until TEXT, replaced_by TEXT
) WITHOUT ROWID;
"""
_COLUMNS = "code, title, change, was, since, until, replaced_by"


@contextmanager
def touching(options: DraftOptions) -> Iterator[Touched]:
    """Give what collects the codes that a draft touches, until they are no longer needed. Raises: as scratch_database."""
    with scratch_database(_SCHEMA) as connection:
        yield Touched(connection, options)


class Touched:
    """What a draft does to each code; it lies in a scratch database."""

    def __init__(self, connection: sqlite3.Connection, options: DraftOptions) -> None:
        """Begin with the empty table."""
        self._options = options
        self._waiting: list[tuple[Any, ...]] = []
        self._connection = connection

    def take(self, code: str, after: Concept | None, before: Concept | None) -> None:
        """Take what the draft and the edition before have of a code; codes come in their order, each once."""
        change = self._change(after, before)
        shown = after or before
        if change is None or shown is None:
            return
        since, until = self._end(after, before) if change == "retired" else (None, None)
        days = (day and day.isoformat() for day in (since, until))
        title = shown.display
        was = before.display if before is not None and before.display != title else None
        self._waiting.append((code, title, title_key(title), change, was, *days, shown.replaced_by))
        if len(self._waiting) >= _BATCH:
            self._write()

    def finish(self) -> None:
        """Make it ready to be asked."""
        self._write()
        self._connection.execute("CREATE INDEX touched_key ON touched (key)")

    def of(self, code: str) -> CodeChange | None:
        """Give what happens to a code; None of one that stays as it is."""
        return self._one(f"SELECT {_COLUMNS} FROM touched WHERE code = ?", code)  # noqa: S608 - Columns of our own.

    def titled(self, title: str) -> CodeChange | None:
        """Give the first code of this title, whatever its spelling, to which something happens."""
        question = f"SELECT {_COLUMNS} FROM touched WHERE key = ? ORDER BY code LIMIT 1"  # noqa: S608 - As above.
        return self._one(question, title_key(title))

    def changes(self, change: Change) -> CodeChanges:
        """Count the codes of a kind of change, and give the first."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM touched WHERE change = ?", (change,)
        ).fetchone()
        question = f"SELECT {_COLUMNS} FROM touched WHERE change = ? ORDER BY code LIMIT ?"  # noqa: S608 - As above.
        rows = self._connection.execute(question, (change, FIRST))
        return CodeChanges(count, tuple(_change_of(row) for row in rows))

    def _change(self, after: Concept | None, before: Concept | None) -> Change | None:
        if after is None:
            over = before is None or before.status_on(self._options.effective or today()) == "retired"
            return None if over or self._options.partial else "retired"
        if before is None or before.carried_from is not None:
            return "added"
        if ends(after) and not ends(before):
            return "retired"
        return "changed" if content(after) != content(before) else None

    def _end(self, after: Concept | None, before: Concept | None) -> tuple[date | None, date | None]:
        if after is None:
            own = None if before is None else before.effective_to
            first = self._options.effective
            since = min((day for day in (own and own + timedelta(days=1), first) if day), default=None)
            return since, self._options.transition_until
        last = after.effective_to
        return self._options.effective if last is None else last + timedelta(days=1), after.transition_until

    def _one(self, question: str, value: str) -> CodeChange | None:
        row = self._connection.execute(question, (value,)).fetchone()
        return None if row is None else _change_of(row)

    def _write(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO touched VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._connection.execute("COMMIT")
        self._waiting.clear()


@dataclass(slots=True)
class Members:
    """Counts which codes leave and join a value set."""

    set: ValueSet
    before: bool
    after: bool
    left: int = 0
    joined: int = 0
    first_left: list[str] = field(default_factory=list)

    def take(self, code: str, after: Concept | None, before: Concept | None) -> None:
        """See a code on both sides; None where it does not stand, or no longer."""
        was = self.before and before is not None and _has(self.set, before)
        now = self.after and after is not None and _has(self.set, after)
        self.joined += now and not was
        if was and not now:
            self.left += 1
            if len(self.first_left) < FIRST:
                self.first_left.append(code)

    def affected(self) -> ValueSetAffected | None:
        """Tell what happened to it; None for nothing."""
        gone = not self.after
        if not (gone or self.left or self.joined):
            return None
        return ValueSetAffected(
            self.set.id, self.set.title, self.left, self.joined, tuple(self.first_left), gone
        )


def members_of(draft: Terminology, base: Terminology | None) -> list[Members]:
    """Prepare to count every value set of the list; one that is defined anew counts as the draft defines it."""
    old = {} if base is None else {one.id: one for one in base.value_sets}
    new = {one.id: one for one in draft.value_sets}
    return [Members(one, one.id in old, one.id in new) for one in {**old, **new}.values()]


def standing(concept: Concept | None) -> Concept | None:
    """Give a concept that is in use, None of one that ends or was carried forward."""
    return None if concept is None or ends(concept) or concept.carried_from is not None else concept


def _has(value_set: ValueSet, concept: Concept) -> bool:
    return any(
        prop.code == value_set.property and value_text(prop.value) in value_set.values
        for prop in concept.properties
    )


def _change_of(row: Iterable[Any]) -> CodeChange:
    code, title, change, was, since, until, replaced_by = row
    return CodeChange(code, title, change, was, day_from_text(since), day_from_text(until), replaced_by)


def all_members(members: Iterable[Members]) -> Iterator[ValueSetAffected]:
    """Yield the value sets to which something happens."""
    for one in members:
        affected = one.affected()
        if affected is not None:
            yield affected
