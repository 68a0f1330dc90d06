"""Split a stream into messages: one document, NDJSON, or a JSON array of messages; told by content, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import BinaryIO

from maksa.intake.bounds import MIB
from maksa.prescriptions.sent import MAX_MESSAGE, Place, Sent, Unread, too_large, unread
from maksa.text import Text

LINE_SUFFIXES = (".ndjson", ".jsonl")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED = 4096
_PEEKED_LINES = 8
_CHUNK = MIB
# A whole string, or one that the end of the chunk cuts off (then group 1 is not a quote), or what structures an array.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+("|\\?\Z)|[\[\]{},]', re.DOTALL)


def looks_like_message(start: bytes) -> bool:
    """Tell from the first bytes of a file whether it is JSON or XML, in UTF-8 or UTF-16."""
    return _first_mark(start) in {b"{", b"[", b"<"}


def is_xml(body: bytes) -> bool:
    """Tell from its first bytes whether a message is XML."""
    return _first_mark(body[:_SNIFFED]) == b"<"


def _first_mark(start: bytes) -> bytes:
    if start.startswith(_UTF16_MARKS):
        start = start[: len(start) // 2 * 2].decode("utf-16", errors="ignore").encode()
    return start.removeprefix(_UTF8_MARK).lstrip()[:1]


def messages_in(stream: BinaryIO, place: Place) -> Iterator[Sent | Unread]:
    """Give the messages of a stream that stands at its beginning and can be put back there, in their order.

    Limits: `MAX_MESSAGE` bytes a message; a larger one is told and the next is read.
    """
    start = stream.read(_SNIFFED).removeprefix(_UTF8_MARK).lstrip()
    stream.seek(0)
    if start.startswith(b"["):
        yield from _Elements(place).of(stream)
    elif _is_one_a_line(stream, place, start):
        yield from _lines(stream, place)
    else:
        body = stream.read(MAX_MESSAGE + 1)
        yield too_large(place) if len(body) > MAX_MESSAGE else Sent(place, body)


def _is_one_a_line(stream: BinaryIO, place: Place, start: bytes) -> bool:
    """Tell NDJSON by its name, or by a line that begins an object right after a line that ended one.

    One JSON document never has that: between two objects stands a comma. So a first line that is broken does not
    hide that the others are messages.
    """
    if (place.member or place.file).lower().endswith(LINE_SUFFIXES):
        return True
    if not start.startswith(b"{"):
        return False
    before = b""
    found = False
    for _ in range(_PEEKED_LINES):
        line = stream.readline(MAX_MESSAGE).strip()
        found = found or (before.endswith(b"}") and line.startswith(b"{"))
        before = line or before
    stream.seek(0)
    return found


def _lines(stream: BinaryIO, place: Place) -> Iterator[Sent | Unread]:
    number = 0
    while line := stream.readline(MAX_MESSAGE + 1):
        number += 1
        here = replace(place, line=number)
        if len(line) > MAX_MESSAGE and not line.endswith(b"\n"):
            yield too_large(here)
            _skip_line(stream)
        elif body := line.removeprefix(_UTF8_MARK).strip():
            yield Sent(here, body)


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


class _Elements:
    """Cuts an array into its elements as the bytes go by; what an element says is not looked at."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._index = 0
        self._depth = 0
        self._kept = bytearray()
        self._over = False
        self._ended = False

    def of(self, stream: BinaryIO) -> Iterator[Sent | Unread]:
        """Give the elements. What ends inside a string, or without its `]`, is told with where that begins."""
        rest = b""
        while not self._ended and (chunk := stream.read(_CHUNK)):
            rest += chunk
            taken = yield from self._scan(rest)
            rest = rest[taken:]
            if len(rest) > MAX_MESSAGE:
                rest = self._shortened(rest)
        if not self._ended:
            yield unread(self._here(), _NOT_CLOSED, _CLOSE_IT)
        elif rest.strip() or stream.read(_SNIFFED).strip():
            yield unread(self._place, _SOMETHING_AFTER, _CLOSE_IT)

    def _scan(self, view: bytes) -> Generator[Sent | Unread, None, int]:
        """Take in what is whole in `view`, and return how many bytes of it that was."""
        done, end = 0, len(view)
        for token in _TOKEN.finditer(view):
            if token[1] not in (None, b'"'):
                end = token.start()
                break
            mark = token[0]
            if mark in (b"[", b"{"):
                self._depth += 1
                if self._depth == 1:
                    done = token.end()
                continue
            if mark in (b"]", b"}"):
                self._depth -= 1
                self._ended = self._depth == 0
            if self._ended or (mark == b"," and self._depth == 1):
                self._keep(view[done : token.start()])
                done = token.end()
                yield from self._element()
            if self._ended:
                return done
        self._keep(view[done:end])
        return end

    def _keep(self, part: bytes) -> None:
        self._over = self._over or len(self._kept) + len(part) > MAX_MESSAGE
        if self._over:
            self._kept.clear()
        else:
            self._kept += part

    def _shortened(self, string: bytes) -> bytes:
        """Forget all of a string that has not ended but its beginning, and what its end may escape."""
        self._over = True
        self._kept.clear()
        slashes = len(string) - len(string.rstrip(b"\\"))
        return b'"\\' if slashes % 2 else b'"'

    def _element(self) -> Iterator[Sent | Unread]:
        body = bytes(self._kept).strip()
        if self._over:
            yield too_large(self._here())
        elif body or self._index or not self._ended:
            yield Sent(self._here(), body)
        else:
            yield unread(self._place, Text("آرایه‌ای تهی است", "it is an empty array"))
        self._index += 1
        self._kept.clear()
        self._over = False

    def _here(self) -> Place:
        return replace(self._place, element=self._index)


_NOT_CLOSED = Text(
    "آرایهٔ پیام‌ها از این‌جا به بعد خوانده نمی‌شود: «]» پایانی آن پیدا نشد",
    "the array of messages cannot be read from here on: its closing ']' was not found",
)
_SOMETHING_AFTER = Text("پس از آرایهٔ پیام‌ها چیز دیگری آمده است", "something follows the array of messages")
_CLOSE_IT = Text(
    "JSON آن را درست کنید، یا هر پیام را در یک خط (NDJSON) بنویسید.",
    "Mend its JSON, or write one message a line (NDJSON).",
)
