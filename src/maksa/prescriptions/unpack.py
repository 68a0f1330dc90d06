"""Messages in a ZIP archive: read member by member, never unpacked to disk; names are only shown."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from maksa.intake.bounds import MAX_ZIP_PART, MAX_ZIP_RATIO, MIB
from maksa.prescriptions.sent import PassedOver, Place, Sent, Unread, too_large, unread
from maksa.prescriptions.split import LINE_SUFFIXES, looks_like_message, messages_in
from maksa.text import Text

MESSAGE_SUFFIXES: Final = (".json", ".xml", *LINE_SUFFIXES)
ARCHIVE_START: Final = b"PK"
WORKBOOK: Final = "xl/workbook.xml"
MAX_DIRECTORY = 16 * MIB
"""Bytes of an archive's directory, which is held in memory whole: some 200,000 members."""
MAX_UNPACKED = 8 * 1024 * MIB
"""Declared bytes of all members of an archive together."""
_END = b"PK\x05\x06"
_END_RECORD = 22
_LARGE_END = 76
"""Bytes of the end record of ZIP64 and its locator, which stand right before the end record."""
_LONGEST_COMMENT = 65_535
_SNIFFED = 4096
_LONGEST_NAME = 200
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What Python's reader of archives raises for one that is torn, locked or packed in a way that it does not know."""


def open_archive(stream: BinaryIO) -> zipfile.ZipFile | None:
    """Open a ZIP archive; None when it is torn, or its directory is over its bound."""
    if not 0 <= _directory_size(stream) <= MAX_DIRECTORY:
        return None
    try:
        return zipfile.ZipFile(stream)
    except _FAULTS:
        return None


def is_workbook(stream: BinaryIO) -> bool | None:
    """Tell whether an archive is an XLSX workbook; None when it does not open as an archive at all."""
    archive = open_archive(stream)
    stream.seek(0)
    return None if archive is None else WORKBOOK in archive.namelist()


def _directory_size(stream: BinaryIO) -> int:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LARGE_END - _END_RECORD - _LONGEST_COMMENT))
    tail = stream.read()
    stream.seek(0)
    bare = tail[-_END_RECORD:].startswith(_END) and tail.endswith(b"\0\0")  # Without a comment after it.
    place = len(tail) - _END_RECORD if bare else tail.rfind(_END)
    if place < 0:
        return -1
    large = tail[max(0, place - _LARGE_END) : place]
    if large.startswith(b"PK\x06\x06"):  # ZIP64: this record is the one that is believed.
        return int.from_bytes(large[40:48], "little")
    return int.from_bytes(tail[place + 12 : place + 16], "little")


def members_of(stream: BinaryIO, file: str) -> Iterator[Sent | Unread | PassedOver]:
    """Give the messages of an archive in the order of its directory.

    Limits: `MAX_DIRECTORY` and `MAX_UNPACKED` bytes; a member `MAX_ZIP_PART` bytes and `MAX_ZIP_RATIO` times its
    packed size. A member beyond them, locked, torn, or an archive itself is told, and the next is read.
    """
    place = Place(file)
    archive = open_archive(stream)
    if archive is None:
        yield unread(place, _NOT_SOUND, _PACK_AGAIN)
        return
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        yield unread(place, Text("بایگانی خالی است", "the archive is empty"))
    elif sum(member.file_size for member in members) > MAX_UNPACKED:
        gib = MAX_UNPACKED // (1024 * MIB)
        said = Text(
            f"بایگانی باز‌شده بیش از {gib} گیبی‌بایت است", f"the archive holds over {gib} GiB when unpacked"
        )
        yield too_large(place, said)
    else:
        for member in members:
            yield from _messages_of(archive, member, Place(file, _shown(member.filename)))


def _messages_of(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place
) -> Iterator[Sent | Unread | PassedOver]:
    if member.flag_bits & 1:
        yield unread(place, Text("رمز دارد", "it is locked with a password"), _PACK_AGAIN)
    elif _is_bomb(member):
        yield too_large(place, _BOMB)
    else:
        try:
            with archive.open(member) as opened:
                yield from _read(opened, place)  # type: ignore[arg-type] # It reads and seeks, which is all we ask.
        except _FAULTS:
            yield unread(place, _TORN_MEMBER, _PACK_AGAIN)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    unpacked, packed = member.file_size, member.compress_size
    return unpacked > MAX_ZIP_PART or (unpacked > MIB and unpacked > MAX_ZIP_RATIO * max(1, packed))


def _read(stream: BinaryIO, place: Place) -> Iterator[Sent | Unread | PassedOver]:
    start = stream.read(_SNIFFED)
    stream.seek(0)
    if start.startswith(b"PK\x03\x04"):
        yield unread(place, _NESTED, Text("بایگانی درونی را جدا بدهید.", "Give the inner archive by itself."))
    elif looks_like_message(start) or (place.member or "").lower().endswith(MESSAGE_SUFFIXES):
        yield from messages_in(stream, place)
    else:
        yield PassedOver(place)


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"


_NOT_SOUND = Text(
    "بایگانی ZIP سالمی نیست یا فهرست آن بیش از اندازه بزرگ است",
    "it is no sound ZIP archive, or its directory is too large",
)
_PACK_AGAIN = Text("پیام‌ها را دوباره و بی رمز فشرده کنید.", "Pack the messages again, without a password.")
_TORN_MEMBER = Text(
    "این فایلِ درون بایگانی تا پایان خوانده نمی‌شود", "this member of the archive cannot be read to its end"
)
_BOMB = Text(
    f"بازشدهٔ آن بیش از {MAX_ZIP_RATIO} برابر فشردهٔ آن یا بیش از {MAX_ZIP_PART // MIB} مبی‌بایت است",
    f"it unpacks to over {MAX_ZIP_RATIO} times its size, or to over {MAX_ZIP_PART // MIB} MiB",
)
_NESTED = Text("بایگانی درون بایگانی است", "it is an archive inside an archive")
