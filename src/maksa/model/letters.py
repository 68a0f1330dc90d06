"""What is answered of letters: one with its chain and its lists, and pages of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from maksa.model.edition import EditionRef, Letter
from maksa.text import Text

ListState = Literal[
    "as-announced", "changed", "not-yet-effective", "withdrawn", "sample", "not-held", "unreadable"
]


@dataclass(frozen=True, slots=True)
class CitedLetter:
    """A letter as another one names it; of one that is not recorded here only the number is known."""

    number: str
    date: date | None = None
    subject: str | None = None
    recorded: bool = False
    stub: bool = False


@dataclass(frozen=True, slots=True)
class LetterChain:
    """The letters beside a letter, both ways: what it says of others, and what others say of it."""

    supersedes: tuple[CitedLetter, ...]
    superseded_by: tuple[CitedLetter, ...]
    refers_to: tuple[CitedLetter, ...]
    referred_to_by: tuple[CitedLetter, ...]


@dataclass(frozen=True, slots=True)
class AnnouncedList:
    """A list that a letter announces, and what became of it on a day.

    `named` is the edition that the letter's record names, None where it names the list alone; `announced` is what
    is held of it: the first edition that the letter stands behind. `changes` counts, by kind, what changed from
    there to the edition `in_force`; None where nothing did or it is not counted. `kind` and `title` are None where
    nothing of the list is held. `text` says it all to people.
    """

    terminology: str
    kind: Literal["terminology", "map"] | None
    title: Text | None
    named: str | None
    state: ListState
    announced: EditionRef | None
    in_force: EditionRef | None
    text: Text
    changes: tuple[tuple[str, int], ...] | None = None

    @property
    def comparable(self) -> bool:
        """Tell whether the difference of the two editions can be asked for; rows of a map are not compared by it."""
        return self.state == "changed" and self.kind == "terminology"


@dataclass(frozen=True, slots=True)
class LetterFound:
    """A letter with the letters beside it and the lists that it announces."""

    letter: Letter
    chain: LetterChain
    lists: tuple[AnnouncedList, ...]

    @property
    def changed(self) -> bool:
        """Tell whether a list was changed after the letter."""
        return any(one.state == "changed" for one in self.lists)


@dataclass(frozen=True, slots=True)
class LettersPage:
    """A page of letters, newest first, those without a day last; `next_after` is None on the last page."""

    total: int
    letters: tuple[LetterFound, ...]
    next_after: str | None
