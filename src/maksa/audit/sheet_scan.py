"""Unpack a workbook once before it is read: bounds are kept, and numbers that lost digits are found.

The reader behind a check gives text alone, in which a rounded number looks like a sound code.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, BinaryIO

from maksa.audit.sentences import unreadable
from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_XML_PIECE, MAX_ZIP_PART, MAX_ZIP_RATIO, MIB

MAX_CELLS = 32_000_000
"""Cells of the smallest rectangle that holds the sheet; at some 32 bytes each."""
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_CELL = re.compile(rb"<(?:\w+:)?c(?:[\s/>](?:r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'])?)")
_LONG = re.compile(rb"v>\s*(-?(?:[0-9]{16}[0-9.]*|[0-9]*\.?[0-9]*[eE])[-+0-9]*)")
_KIND = re.compile(rb"\bt=[\"'](\w+)")
_SAFE = Decimal(10) ** 15
_COLUMNS = 1 << 15


@dataclass(slots=True)
class Scan:
    """What stands in a sheet: the rectangle of its cells, and the numbers of more than fifteen digits."""

    rows: int = 1
    columns: int = 1
    first: int = _COLUMNS
    """The first column that is not blank; a reader gives the columns from there on."""
    _rounded: array[int] = field(default_factory=lambda: array("q"))

    def note_rounded(self, row: int, column: int) -> None:
        """Keep the place of a number; both count from 1. Memory: 8 bytes each."""
        self._rounded.append(row * _COLUMNS + column)

    def sort(self) -> None:
        """Put the places in order: nothing makes a file keep one."""
        self._rounded = array("q", sorted(self._rounded))

    def rounded(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give the rows and columns, from 1, of the rounded numbers in some rows."""
        low, high = (bisect_left(self._rounded, row * _COLUMNS) for row in (first, last + 1))
        return (divmod(place, _COLUMNS) for place in self._rounded[low:high])


def scan_parts(name: str, file: BinaryIO, first: str) -> Scan:
    """Unpack every part: none may be larger than it says, and no sheet a larger rectangle than the bound.

    `first` is the part of the sheet that is scanned for the answer. Raises: IntakeError.
    """
    found = Scan()
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_ZIP_PART:
            raise _too_large(name)
        for entry in entries:
            if entry.file_size > MIB and entry.file_size > MAX_ZIP_RATIO * max(entry.compress_size, 1):
                raise _too_large(name)
            with archive.open(entry) as part:
                if entry.filename == first:
                    found = _scan(name, part)
                elif _SHEETS.match(posixpath.normpath(entry.filename)):
                    _scan(name, part)
                else:
                    while part.read(MIB):
                        pass
    return found


def _scan(name: str, part: IO[bytes]) -> Scan:
    scan = Scan()
    rest = b""
    while block := part.read(MIB):
        rest += block
        end = rest.rfind(b">") + 1
        cells = list(_CELL.finditer(rest, 0, end))
        if cells and not _ended(rest, cells[-1].end(), end):
            end = cells.pop().start()  # Its value may come with the next block.
        _take_cells(name, scan, rest, cells)
        _take_rounded(scan, rest, cells, end)
        if scan.rows * scan.columns > MAX_CELLS or len(rest) - end > MAX_XML_PIECE:
            raise _too_large(name)
        rest = rest[end:]
    scan.sort()
    return scan


def _ended(text: bytes, start: int, end: int) -> bool:
    """Tell whether a cell that begins at `start` ends before `end`, or the sheet with it."""
    return any(text.rfind(mark, start, end) >= 0 for mark in (b"c>", b"row>", b"sheetData>"))


def _take_cells(name: str, scan: Scan, text: bytes, cells: list[re.Match[bytes]]) -> None:
    for match in cells:
        if match[1] is None:
            raise unreadable(
                name,
                "خانه‌های آن جای خود را نمی‌گویند؛ آن را در برنامهٔ صفحه‌گسترده باز و دوباره ذخیره کنید",
                "its cells do not state their places; open it in a spreadsheet and save it again",
            )
        column = _column(match[1])
        scan.rows, scan.columns = max(scan.rows, int(match[2])), max(scan.columns, column)
        if column < scan.first and not _blank(text, match):
            scan.first = column


def _take_rounded(scan: Scan, text: bytes, cells: list[re.Match[bytes]], end: int) -> None:
    starts: list[int] = []
    for value in _LONG.finditer(text, 0, end):
        starts = starts or [match.start() for match in cells]
        place = bisect_right(starts, value.start()) - 1
        if place < 0:
            continue
        cell = cells[place]
        kind = _KIND.search(text, cell.start(), text.find(b">", cell.start()))
        if (kind is None or kind[1] == b"n") and _is_rounded(value[1]):
            scan.note_rounded(int(cell[2]), _column(cell[1]))


def _is_rounded(value: bytes) -> bool:
    try:
        return abs(Decimal(value.decode())) >= _SAFE
    except ArithmeticError:  # No number: the reader says what it is.
        return False


def _blank(text: bytes, cell: re.Match[bytes]) -> bool:
    close = text.find(b">", cell.start())
    return text[close - 1 : close] == b"/" or text[close + 1 : close + 3] == b"</"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> IntakeError:
    return unreadable(
        name, "پس از بازکردن از اندازه بیرون است", "it is over the bound when it is unpacked; save it as CSV"
    )
