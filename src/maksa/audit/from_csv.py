"""Read coded fields from CSV, in batches.

What is plainly well-formed is parsed by polars, block by block. At the first block that is not (a quote inside a
cell, a lone carriage return, a row with too many cells) the rest is read row by row as an import reads it, so
that both see the same rows and an error names its row.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, Protocol

import polars as pl

from maksa.audit.batch import BATCH_ROWS, Batch, Table, fields_of
from maksa.audit.columns import Bound, Wanted, bind
from maksa.audit.damage import swallowed, with_damage
from maksa.audit.sentences import (
    legacy_encoding,
    no_header,
    no_titles,
    told_of_tables,
    too_many_cells,
    unreadable,
)
from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_COLUMNS, MAX_ROW, MIB
from maksa.intake.file_sentences import endless_cell, open_quote, text_after_quote
from maksa.intake.from_csv import delimiter_of, encoding_of

_BLOCK = 8 * MIB
_MARK = codecs.BOM_UTF8
_SHOWN = {"utf-8": "utf-8", "utf-16": "utf-16", "cp1256": "windows-1256"}
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEADER_WITHIN = 2 * MAX_ROW


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_csv(name: str, file: BinaryIO, size: int, asked: Wanted) -> Table:
    """Read a CSV file; the encoding is told by its first text that is not ASCII, as an import tells it.

    Limits: rows and columns of intake/bounds.py, no bound on their number. Memory: a few blocks.
    Raises: IntakeError when it is no text or its columns are not found; of a later row while it is read.
    """
    encoding = _encoding(name, file)
    stream = _as_utf8(file, encoding)
    block = _more(name, b"", stream).removeprefix(_MARK)
    with told_of_tables():
        start = io.StringIO(block[:_HEADER_WITHIN].decode("utf-8", "ignore"), newline="")
        delimiter = delimiter_of(name, start)
    header, number, used = _header(name, block, delimiter)
    bound = bind(name, header, asked)
    remarks = [] if encoding == "utf-8" else [legacy_encoding(name, _SHOWN[encoding])]
    if "value" not in bound.places:
        remarks.append(no_titles(name))
    rows = _Rows(name, header, bound, delimiter, len(_LINE_END.findall(block, 0, used)) + 1)
    batches = rows.batches(block[used:], stream, number + 1)
    # A text of one or two bytes a character is at its place in the file by its own measure only.
    told = ((frame, file.tell() / max(size, 1)) for frame in batches)
    return Table(name, "csv", _SHOWN[encoding], tuple(remarks), (Batch(*one) for one in told))


class _Rows:
    """The rows under the header of one file."""

    def __init__(self, name: str, header: list[str], bound: Bound, delimiter: str, line: int) -> None:
        """Read under a header; `line` is that of the first row, as an editor counts."""
        self._name = name
        self._header = header
        self._line = line
        self._schema = {f"column_{place}": pl.String for place in range(len(header))}
        self._bound = bound
        self._delimiter = delimiter
        beside = rf'[^{delimiter}\r\n"]'.encode()
        self._stray = re.compile(rb'"(?:' + beside + rb"|(?<=" + beside + rb'"))')

    def batches(self, block: bytes, stream: _Bytes, number: int) -> Iterator[pl.DataFrame]:
        """Give the coded fields of all rows, `BATCH_ROWS` at most at a time; `number` is that of the first row."""
        while block:
            end = _whole_rows(block)
            if (
                not end and b"\n" not in block and len(block) <= MAX_ROW
            ):  # A row that goes on, or the last one.
                longer = _more(self._name, block, stream)
                if len(longer) > len(block):
                    block = longer
                    continue
                end = 0 if b'"' in block or b"\r" in block else len(block)
            cells = self._plain(block[:end]) if end else None
            if cells is None:
                yield from self._one_by_one(block, stream, number)
                return
            quoted = b'"' in block[:end]
            for part in cells.iter_slices(BATCH_ROWS):
                yield self._fields(part, number, quoted=quoted)
                number += part.height
            self._line += block.count(b"\n", 0, end)
            block = _more(self._name, block[end:], stream)

    def _fields(self, cells: pl.DataFrame, number: int, *, quoted: bool) -> pl.DataFrame:
        rows = fields_of(cells, self._bound, number)
        if not quoted:  # Then no cell has several lines.
            return rows
        return with_damage(rows, swallowed(cells, self._header, self._delimiter, number))

    def _plain(self, rows: bytes) -> pl.DataFrame | None:
        """Parse whole rows at once; None when they are not plainly well-formed."""
        if not self._well_formed(rows):
            return None
        with suppress(pl.exceptions.PolarsError):
            return pl.read_csv(
                rows,
                has_header=False,
                schema=self._schema,
                separator=self._delimiter,
                missing_columns="insert",
            )
        return None

    def _well_formed(self, rows: bytes) -> bool:
        """Tell whether every quote begins or ends a cell, or is doubled, and every line end is a usual one."""
        if rows.count(b"\r") != rows.count(b"\r\n"):
            return False
        if b'"' not in rows:
            return True
        outside = b'"'.join(rows.split(b'"')[::2])  # Each quoted part is put down as one quote.
        return self._stray.search(outside) is None

    def _one_by_one(self, block: bytes, stream: _Bytes, number: int) -> Iterator[pl.DataFrame]:
        text = io.TextIOWrapper(io.BufferedReader(_Rest(block, stream)), encoding="utf-8", newline="")
        rows = self._careful(text, number)
        while some := list(islice(rows, BATCH_ROWS)):
            columns = dict(zip(self._schema, zip(*some, strict=True), strict=True))
            yield self._fields(pl.DataFrame(columns, schema=self._schema), number, quoted=True)
            number += len(some)

    def _careful(self, text: io.TextIOWrapper, number: int) -> Iterator[list[str | None]]:
        width = len(self._schema)
        lines = _Lines(self._name, text)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        before = 0
        try:
            for cells in reader:
                lines.taken, before = 0, reader.line_num
                if len(cells) > width and any(
                    map(str.strip, cells)
                ):  # A blank row is passed over, however long.
                    raise too_many_cells(self._name, number, len(cells), width)
                yield [cell or None for cell in cells[:width]] + [None] * (width - len(cells))
                number += 1
        except csv.Error as error:
            line = self._line + before
            if lines.ended:
                raise open_quote(self._name, number, line) from None
            if "field limit" in str(error):
                raise endless_cell(self._name, number, line, csv.field_size_limit()) from None
            raise text_after_quote(self._name, number, line) from None
        except UnicodeError:
            raise _badly_encoded(self._name, row=number) from None


class _Lines:
    """Lines of a text, those of one row bounded together; `taken` restarts with each row.

    `ended` tells that the last line was given.
    """

    def __init__(self, name: str, text: io.TextIOWrapper) -> None:
        self._name = name
        self._text = text
        self.taken = 0
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_ROW + 1)
        if not line:
            self.ended = True
            raise StopIteration
        self.taken += len(line)
        if self.taken > MAX_ROW:
            raise unreadable(
                self._name,
                f"یک ردیف آن بیش از {MAX_ROW} نویسه دارد (شاید گیومه‌ای بسته نشده است)",
                f"a row has over {MAX_ROW} characters (perhaps a quote is not closed)",
            )
        return line


class _Rest(io.RawIOBase):
    """A stream that begins with bytes that were read already."""

    def __init__(self, start: bytes, stream: _Bytes) -> None:
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer."""
        if not self._start:
            self._start = self._stream.read(_BLOCK)
        piece, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _encoding(name: str, file: BinaryIO) -> str:
    """Tell the encoding by the first block that is not all ASCII: before it, all encodings are the same."""
    found = "utf-8-sig"
    while block := file.read(MIB):
        block += file.readline(MAX_ROW)
        if not block.isascii() or b"\x00" in block:
            with told_of_tables():
                found = encoding_of(name, io.BytesIO(block))
            break
    file.seek(0)
    return "utf-8" if found == "utf-8-sig" else found


def _as_utf8(file: BinaryIO, encoding: str) -> _Bytes:
    return file if encoding == "utf-8" else codecs.EncodedFile(file, "utf-8", encoding)


def _more(name: str, rest: bytes, stream: _Bytes) -> bytes:
    try:
        return rest + stream.read(_BLOCK)
    except UnicodeError:
        raise _badly_encoded(name) from None


def _badly_encoded(name: str, *, row: int | None = None) -> IntakeError:
    return unreadable(name, "رمزگذاری متن درست نیست", "its text is not well encoded", row=row)


def _header(name: str, block: bytes, delimiter: str) -> tuple[list[str], int, int]:
    """Give the cells of the first row that is not blank, its number, and how many bytes it ends at."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        text, _ = codecs.utf_8_decode(block[:_HEADER_WITHIN], "strict", False)  # noqa: FBT003 - More may follow.
        for line in io.StringIO(text, newline=""):
            used += len(line.encode())
            yield line

    try:
        for number, cells in enumerate(csv.reader(lines(), delimiter=delimiter, strict=True), 1):
            if len(cells) > MAX_COLUMNS:
                raise unreadable(
                    name, f"بیش از {MAX_COLUMNS} ستون دارد", f"it has over {MAX_COLUMNS} columns"
                )
            if any(cell.strip() for cell in cells):
                return [cell.strip() for cell in cells], number, used
    except csv.Error as error:
        raise unreadable(
            name, "سرستون آن CSV درستی نیست", f"its header is not well-formed CSV ({error})", row=1
        ) from None
    except UnicodeError:
        raise _badly_encoded(name, row=1) from None
    raise no_header(name)


def _whole_rows(block: bytes) -> int:
    """Give where the last whole row of a block ends; 0 when that is not plain to see."""
    end = block.rfind(b"\n") + 1
    if block.count(b'"', 0, end) % 2 == 0:
        return end
    # The last line end stands in a quoted cell: go back to before its opening quote.
    quote = block.rfind(b'"', 0, end)
    end = block.rfind(b"\n", 0, quote) + 1
    return end if block.count(b'"', 0, end) % 2 == 0 else 0
