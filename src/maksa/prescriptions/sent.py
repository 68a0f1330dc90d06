"""Messages as they were sent: one at a time, each with the place where it stands, and what is said of those that cannot be had."""

from __future__ import annotations

from dataclasses import dataclass

from maksa.errors import BadInput, TooLarge
from maksa.intake.bounds import MIB
from maksa.text import Text

MAX_MESSAGE = 5 * MIB
"""Bytes of one message; no checker takes a larger one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: its file as shown, and in it the member of a ZIP, the line (1…) or the element (0…)."""

    file: str
    member: str | None = None
    line: int | None = None
    element: int | None = None

    @property
    def name(self) -> str:
        """Give the place in one word: `day.zip!ward/batch.ndjson:3`, `many.json[2]`."""
        name = self.file if self.member is None else f"{self.file}!{self.member}"
        if self.line is not None:
            return f"{name}:{self.line}"
        return name if self.element is None else f"{name}[{self.element}]"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, as its bytes."""

    place: Place
    body: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands where a message should, and is none; the rest of the batch goes on."""

    place: Place
    error: BadInput


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder or an archive that is no message by its content and its name."""

    place: Place


def too_large(place: Place, what: Text | None = None) -> Unread:
    """Say that a message is over its bound, or `what` else is."""
    mib = MAX_MESSAGE // MIB
    said = what or Text(f"پیام بزرگ‌تر از {mib} مبی‌بایت است", f"the message is over {mib} MiB")
    return Unread(place, TooLarge(_of(place, said), mend=_SMALLER))


def unread(place: Place, what: Text, mend: Text | None = None) -> Unread:
    """Say what stands in the place of a message."""
    return Unread(place, BadInput(_of(place, what), mend=mend))


def _of(place: Place, what: Text) -> Text:
    return Text(f"{place.name}: {what.fa}.", f"{place.name}: {what.en}.")


_SMALLER = Text(
    "آن را به چند پیام یا چند فایل کوچک‌تر بشکنید.", "Split it into smaller messages or several files."
)
