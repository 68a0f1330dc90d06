"""The journal as both floors of the desk read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from maksa.registry.journal import Entry, Wanted, find_entries, journal_problems
from maksa.text import Text
from maksa.web.desk.acting import Acting

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether the journal is whole: its last number and hash, and the first problems found, none when it is."""

    number: int
    hash: str
    problems: tuple[Text, ...]


def entries(
    acting: Acting, wanted: Wanted, *, before: int | None = None, limit: int = 100
) -> Sequence[Entry]:
    """Give the entries asked for, newest first. Raises: Refused naming role and act, BadParameter."""
    acting.require("journal-read")
    return find_entries(acting.registry, wanted, before=before, limit=limit)


def chain(acting: Acting) -> Chain:
    """Verify every entry and its seal. Raises: Refused. Cost: reads the whole journal, some 20 µs an entry."""
    acting.require("journal-read")
    last = next(iter(find_entries(acting.registry, Wanted(), limit=1)), None)
    problems = tuple(one.text for one in islice(journal_problems(acting.registry), _SHOWN))
    return Chain(last.number if last else 0, last.hash if last else "", problems)
