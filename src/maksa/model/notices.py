"""What is announced to everybody, and the port through which doors read it and take the answers to our mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that was published, withdrawn, restored or recorded. `id` is a URN that never changes.

    `path` is where it can be read, from the root of the server.
    """

    id: str
    at: datetime
    title: Text
    path: str


class NoticeDesk(Protocol):
    """The port through which doors show what is announced, and let readers of mails confirm and end subscriptions."""

    def editions(self, terminology: str | None = None) -> Sequence[Announcement]:
        """Give the last editions of a list (None: of all) and what became of them, newest first, fifty at most.

        Raises: UnknownTerminology. Cost: a read of the registry.
        """

    def letters(self) -> Sequence[Announcement]:
        """Give the letters that were recorded last, newest first, fifty at most. Cost: a read of the registry."""

    def confirm(self, number: int, code: str) -> Text:
        """Confirm the address of a subscription by the mailed code, and say so.

        Raises: NotFound (no such subscription with this code), WrongState (too late, or ended).
        """

    def end(self, number: int, code: str) -> Text:
        """End a subscription by the code in its mails, and say so. Raises: NotFound."""
