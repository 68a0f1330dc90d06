"""The JSON of letters: as they are recorded, with the letters beside them and what became of their lists."""

from __future__ import annotations

from typing import Literal

from maksa.model.letters import ListState
from maksa.web.api.wire import AttachmentOut, Day, Edition, LetterOut, Record, Title


class AddresseeOut(Record, frozen=True):
    """Whom a letter is addressed to: an organisation, or all of a kind."""

    kind: str
    name: str


class AnnouncesOut(Record, frozen=True):
    """What a letter's record says that it announces: an edition, or null for every edition of the list."""

    terminology: str
    edition: str | None


class FileOut(AttachmentOut, frozen=True):
    """A file that came with a letter, and where it is."""

    file: str


class AnnouncedListOut(Record, frozen=True):
    """A list that a letter announces, and what became of it.

    `named` is the edition that the letter names. `announced` is the first edition held here that the letter stands
    behind, `in_force` that of the day asked. When it was `changed` after the letter, `changes` counts what changed,
    by kind (null: not counted), and `diff` is where that is told code by code.
    """

    terminology: str
    kind: Literal["terminology", "map"] | None
    title: Title | None
    named: str | None
    state: ListState
    text: Title
    announced: str | None
    in_force: str | None
    changes: dict[str, int] | None
    diff: str | None


class CitedOut(Record, frozen=True):
    """A letter as another one names it; of one that is not `recorded` only the number is known."""

    number: str
    date: Day | None
    subject: str | None
    recorded: bool
    stub: bool


class ChainOut(Record, frozen=True):
    """The letters beside a letter, both ways."""

    supersedes: tuple[CitedOut, ...]
    superseded_by: tuple[CitedOut, ...]
    refers_to: tuple[CitedOut, ...]
    referred_to_by: tuple[CitedOut, ...]


class ListedLetter(LetterOut, frozen=True):
    """A letter with its addressees and lists."""

    attachments: tuple[FileOut, ...]
    addressees: tuple[AddresseeOut, ...]
    announces: tuple[AnnouncesOut, ...]
    lists: tuple[AnnouncedListOut, ...]


class LettersAnswer(Record, frozen=True):
    """A page of letters, newest first, those without a day last."""

    total: int
    items: tuple[ListedLetter, ...]
    next_after: str | None
    editions: tuple[Edition, ...]


class LetterAnswer(ListedLetter, frozen=True):
    """One letter, with its text where it was recorded, and the letters beside it."""

    text: str | None
    chain: ChainOut
    editions: tuple[Edition, ...]
