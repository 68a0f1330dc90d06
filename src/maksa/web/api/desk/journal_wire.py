"""The JSON of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maksa.web.api.wire import Record, Title

if TYPE_CHECKING:
    from maksa.registry.journal import Entry


class JournalEntry(Record, frozen=True):
    """One act of the desk, at an instant (UTC); `hash` seals it together with the entry before, `previous`."""

    number: int
    at: str
    actor: str
    act: str
    subject: str
    details: dict[str, Any]
    previous: str
    hash: str


class JournalAnswer(Record, frozen=True):
    """A page of entries, newest first; `next_before` is the last one when more follow."""

    items: tuple[JournalEntry, ...]
    next_before: int | None


class JournalChain(Record, frozen=True):
    """Whether every entry is what was written: the last number and hash, and the first problems, none when it is whole."""

    whole: bool
    number: int
    hash: str
    problems: tuple[Title, ...]


def entry(one: Entry) -> JournalEntry:
    """Write an entry."""
    return JournalEntry(
        one.number, one.at, one.actor, one.act, one.subject, one.details, one.previous, one.hash
    )
