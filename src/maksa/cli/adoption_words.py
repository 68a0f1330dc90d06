"""How the adoption board is written: the columns of its rows for people, and JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maksa.cli import words
from maksa.registry.adoption.board import BoardRow
from maksa.registry.adoption.observed import Observed, OldUse
from maksa.registry.adoption.records import DECLARED, Declaration
from maksa.registry.adoption.standing import STATES
from maksa.text import Text

NUMBER = Text("شماره", "number")
PARTY = Text("سازمان", "party")
SYSTEM = Text("سامانه", "system")
STATE = Text("وضعیت", "state")
DEADLINE = Text("مهلت", "deadline")
DECLARED_STATE = Text("اعلام", "declared")
ACTOR = Text("چه کسی", "actor")
AT = Text("زمان (UTC)", "at (UTC)")
CLIENT = Text("کارخواه", "client")
OLD = Text("نشان فهرست کهنه", "signs of an old list")
LAST = Text("آخرین روز", "last day")
QUESTIONS = Text("پرسش‌ها", "questions")

COLUMNS = (
    PARTY, Text("نام سازمان", "party's name"), Text("نوع سازمان", "kind of party"), SYSTEM,
    Text("نوع سامانه", "kind of system"), words.TERMINOLOGY, Text("انتشار نافذ", "in force"),
    Text("نامه‌ها", "letters"), DEADLINE, STATE, DECLARED_STATE, Text("انتشار اعلام‌شده", "edition declared"),
    Text("روز اعلام‌شده", "day declared"), Text("نامهٔ اعلام", "letter of the declaration"), QUESTIONS, LAST,
    Text("انتشارهای دیده‌شده", "editions seen"), OLD, Text("گواهی", "certificate"), Text("اعتبار گواهی", "valid until"),
    Text("یادآوری‌ها", "reminders"),
)  # fmt: skip
"""The columns of a report."""
SHORT = (0, 3, 5, 6, 8, 9, 10, 11, 14, 16, 18, 20)
"""The places of those that fit on a terminal."""


def cells_of(row: BoardRow, language: str) -> tuple[str | int | None, ...]:
    """Write a row under `COLUMNS`."""
    system, said, certified = row.system, row.declared, row.certified
    observed = row.observed
    return (
        row.party.party_id,
        row.party.name,
        row.party.kind,
        None if system is None else system.system_id,
        None if system is None else system.kind,
        row.terminology,
        row.wanted,
        ", ".join(dict.fromkeys(one.letter for one in row.obligations)),
        words.day_word(row.deadline, language),
        STATES[row.state].in_language(language),
        None if said is None else DECLARED[said.state].in_language(language),
        None if said is None else said.edition,
        None if said is None else words.day_word(said.day, language),
        None if said is None else said.letter,
        observed.questions,
        words.day_word(observed.last, language),
        editions_seen(observed),
        signs(observed.old).in_language(language),
        None if certified is None else f"{certified.kit} {certified.version}, {certified.edition}",
        None if certified is None else words.day_word(certified.valid_until, language),
        ", ".join(one.letter for one in row.reminders),
    )


def editions_seen(observed: Observed) -> str:
    """Name the editions seen, with how often; an old one has an asterisk."""
    return ", ".join(f"{one.edition}{'*' if one.old else ''}: {one.questions}" for one in observed.editions)


def signs(old: OldUse) -> Text:
    """Write the signs of an old list; nothing for none."""
    counts = (
        (old.named, Text("پرسش به نام", "named")),
        (old.downloads, Text("دریافت", "downloads")),
        (old.retired, Text("کد منسوخ", "retired codes")),
        (old.by_day, Text("پرسش از روز گذشته", "by a past day")),
    )
    found = [(count, word) for count, word in counts if count]
    return Text(
        "، ".join(f"{word.fa}: {count}" for count, word in found),
        ", ".join(f"{word.en}: {count}" for count, word in found),
    )


def row_json(row: BoardRow) -> dict[str, Any]:
    """Write a row as JSON."""
    return {
        "party": {"id": row.party.party_id, "name": row.party.name, "kind": row.party.kind},
        "system": row.system,
        "terminology": row.terminology,
        "title": row.title._asdict(),
        "in_force": row.wanted,
        "state": row.state,
        "deadline": row.deadline,
        "obligations": row.obligations,
        "declared": row.declared,
        "observed": observed_json(row.observed),
        "certified": row.certified,
        "certificate_holds": row.certificate_holds,
        "reminders": row.reminders,
    }


def observed_json(observed: Observed) -> dict[str, Any]:
    """Write what was observed as JSON, with whether it proves an old list."""
    return {
        "questions": observed.questions,
        "last": observed.last,
        "editions": observed.editions,
        "old": observed.old,
        "old_list_in_use": observed.old.proves,
    }


def declaration_cells(one: Declaration, language: str) -> Sequence[object]:
    """Write a declaration as a row of a table."""
    told = (one.reason, one.note, one.why)
    return (
        one.number,
        one.at.isoformat(" ", "seconds")[:19],
        one.actor,
        one.party,
        one.system,
        one.terminology,
        one.edition,
        DECLARED[one.state].in_language(language),
        words.day_word(one.day, language),
        one.letter,
        "; ".join(text for text in told if text),
    )
