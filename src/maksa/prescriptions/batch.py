"""A batch of messages: files, folders, NDJSON, arrays and ZIP archives, one message at a time, and the check of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from maksa.errors import BadInput
from maksa.prescriptions.report import Change, MessageReport
from maksa.prescriptions.sent import PassedOver, Place, Sent, Unread, unread
from maksa.prescriptions.split import looks_like_message, messages_in
from maksa.prescriptions.unpack import ARCHIVE_START, MESSAGE_SUFFIXES, is_workbook, members_of
from maksa.text import Text

MAX_FOLDERS = 64
"""Folders inside one another."""
_SNIFFED = 4096
_SUFFIXES = (*MESSAGE_SUFFIXES, ".zip")
Progress = Callable[[str, float], object]


def _silent(_name: str, _done: float) -> None:
    """Tell nobody."""


class Checks(Protocol):
    """What checks one message; see maksa.prescriptions.check.Checker."""

    def check(self, body: bytes, *, on: date | None = None, name: str = "message") -> MessageReport:
        """Check one message. Raises: BadInput when it is none."""


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended in a copy of a message, and what is said of the copy.

    `target` is its file, None when nothing could be mended and no copy was written; `left` are the changes whose
    place in the text is not certain.
    """

    target: str | None
    made: tuple[Change, ...]
    left: tuple[Change, ...]
    after: MessageReport


@dataclass(frozen=True, slots=True)
class Checked:
    """A message that was checked, and if it was mended, its copy."""

    place: Place
    report: MessageReport
    mending: Mending | None = None

    @property
    def valid(self) -> bool:
        """Tell whether no error stands, in the copy if there is one."""
        return (self.mending.after if self.mending else self.report).valid


Outcome = Checked | Unread | PassedOver
Mend = Callable[[Sent, MessageReport], Mending | None]


def check_each(
    checker: Checks,
    batch: Iterable[Sent | Unread | PassedOver],
    *,
    on: date | None = None,
    mend: Mend | None = None,
) -> Iterator[Outcome]:
    """Check the messages of a batch in their order; one that is no message is told, and the next is checked."""
    for one in batch:
        if not isinstance(one, Sent):
            yield one
            continue
        try:
            report = checker.check(one.body, on=on, name=one.place.name)
        except BadInput as error:
            yield Unread(one.place, error)
            continue
        yield Checked(one.place, report, mend(one, report) if mend else None)


def holds_messages(path: Path) -> bool:
    """Tell by content whether a path holds messages: a folder, JSON, XML, or an archive that is no workbook.

    Raises: OSError when it cannot be read.
    """
    if path.is_dir():
        return True
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
        if start.startswith(ARCHIVE_START):
            workbook = is_workbook(file)
            return path.suffix.lower() in _SUFFIXES if workbook is None else not workbook
    return looks_like_message(start) or path.suffix.lower() in _SUFFIXES


def messages(paths: Sequence[Path], *, progress: Progress = _silent) -> Iterator[Sent | Unread | PassedOver]:
    """Give the messages of files and folders, in the order given and inside a folder by name.

    Links to folders are passed over, so that no circle is walked. Memory: one message, and the names in the
    folders that stand open. `progress` is told a path as given and the part of it that was read, 0 to 1.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, progress)
        else:
            yield from _in_file(path, progress)


def shown(path: Path) -> str:
    """Write a path as it is shown in reports: slashes forward, bytes that are no text replaced."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _in_folder(path: Path, progress: Progress) -> Iterator[Sent | Unread | PassedOver]:
    try:
        entries = _entries(path)
    except OSError as error:
        yield _closed(Place(shown(path)), error)
        return
    for place, one in enumerate(entries, 1):
        yield from _in_entry(one, 1)
        progress(shown(path), place / len(entries))


def _entries(path: Path) -> list[Path]:
    return sorted(path.iterdir(), key=lambda one: one.name)


def _in_entry(path: Path, depth: int) -> Iterator[Sent | Unread | PassedOver]:
    place = Place(shown(path))
    try:
        if path.is_dir():
            if path.is_symlink():
                yield PassedOver(place)
            elif depth >= MAX_FOLDERS:
                yield unread(place, _TOO_DEEP)
            else:
                for one in _entries(path):
                    yield from _in_entry(one, depth + 1)
        elif path.is_file() and holds_messages(path):
            yield from _in_file(path)
        else:
            yield PassedOver(place)
    except OSError as error:
        yield _closed(place, error)


def _in_file(path: Path, progress: Progress = _silent) -> Iterator[Sent | Unread | PassedOver]:
    place = Place(shown(path))
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            for one in _in_stream(file, place):
                yield one
                progress(place.file, file.tell() / max(1, size))
    except OSError as error:
        yield _closed(place, error)


def _in_stream(file: BinaryIO, place: Place) -> Iterator[Sent | Unread | PassedOver]:
    archive = file.read(len(ARCHIVE_START)) == ARCHIVE_START
    file.seek(0)
    return members_of(file, place.file) if archive else messages_in(file, place)


def _closed(place: Place, error: OSError) -> Unread:
    why = error.strerror or type(error).__name__
    return unread(
        place,
        Text(f"باز نمی‌شود ({why})", f"it cannot be opened ({why})"),
        Text("اجازهٔ خواندن آن را بررسی کنید.", "See whether it may be read."),
    )


_TOO_DEEP = Text(
    f"بیش از {MAX_FOLDERS} پوشه در هم است", f"over {MAX_FOLDERS} folders stand inside one another"
)
