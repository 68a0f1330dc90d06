"""Read a table from CSV: UTF-8, UTF-16 with its mark, or Windows-1256; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_COLUMNS, MAX_ROW, MAX_ROWS, MIB
from maksa.intake.file_sentences import (
    endless_cell,
    legacy_encoding,
    open_quote,
    over_bound,
    text_after_quote,
    unreadable,
)
from maksa.intake.sheet import Mark, Sheet, SheetRow
from maksa.intake.swallowed import parts_like_rows

_DELIMITERS = ",;\t"
_SNIFFED = 64 * 1024
_SHOWN_ENCODINGS = {"utf-8-sig": "utf-8", "utf-16": "utf-16", "cp1256": "windows-1256"}
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_UTF8_PAIR = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c\x1f]")
"""Bytes that no text in a one-byte-per-ASCII encoding holds, save the separators that some exports leave."""


def read_csv(name: str, file: BinaryIO) -> Sheet:
    """Read a CSV file; its rows come as they are asked for.

    The encoding is what its mark says, else UTF-8 if all of it is, else Windows-1256, which is said in a note.
    The delimiter is the one that parts the header into most columns. Quotes are read strictly: one that is
    never closed, or closed amid a cell, swallows rows. A quoted cell that still looks like rows is marked.
    Limits: `MAX_ROWS`, `MAX_ROW` characters a row, `MAX_COLUMNS`. Cost: one pass for the encoding, one to read.
    Raises: IntakeError when it is no text or over a bound; of a later row while it is read.
    """
    encoding = encoding_of(name, file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    delimiter = delimiter_of(name, text)
    text.seek(0)
    return read_table(name, text, delimiter, encoding=encoding)


def read_table(name: str, text: io.TextIOWrapper, delimiter: str, *, encoding: str, above: int = 0) -> Sheet:
    """Read the table that begins where the text stands; `above` counts the lines before it."""
    rows = _Rows(name, _Lines(name, text), delimiter, above).read()
    for header in rows:
        if header.cells:
            names = tuple(cell.strip().lstrip("\ufeff") for cell in header.cells)
            remarks = (legacy_encoding(name, "Windows-1256"),) if encoding == "cp1256" else ()
            return Sheet(names, rows, _SHOWN_ENCODINGS[encoding], remarks, text)
    raise unreadable(name, "هیچ ردیفی ندارد", "it has no rows")


class _Lines:
    """Lines of a text, each bounded, and all those of one row together; `taken` restarts with each row.

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
            raise over_bound(
                self._name,
                f"یک ردیف آن بیش از {MAX_ROW} نویسه دارد (شاید گیومه‌ای بسته نشده است)",
                f"a row has over {MAX_ROW} characters (perhaps a quote is not closed)",
            )
        return line


class _Rows:
    """The rows of a text, each with its number as a spreadsheet counts them."""

    def __init__(self, name: str, lines: _Lines, delimiter: str, above: int) -> None:
        self._name = name
        self._lines = lines
        self._delimiter = delimiter
        self._above = above
        self._width = 0

    def read(self) -> Iterator[SheetRow]:
        """Give the rows; blank ones have no cells. Raises: IntakeError naming the row."""
        reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        number, first_line = 1 + self._above, 1
        try:
            for cells in reader:
                self._lines.taken = 0
                self._check(number, cells)
                yield self._row(number, cells, broken=reader.line_num > first_line)
                number, first_line = number + 1, reader.line_num + 1
        except csv.Error as error:
            raise self._damage(error, number, first_line) from None
        except UnicodeError:
            raise unreadable(
                self._name, "رمزگذاری متن درست نیست", "its text is not well encoded", row=number
            ) from None

    def _check(self, number: int, cells: list[str]) -> None:
        if number > MAX_ROWS:
            raise over_bound(self._name, f"بیش از {MAX_ROWS} ردیف دارد", f"it has over {MAX_ROWS} rows")
        if len(cells) > MAX_COLUMNS:
            raise over_bound(
                self._name,
                f"بیش از {MAX_COLUMNS} ستون دارد",
                f"a row has over {MAX_COLUMNS} columns",
                row=number,
            )

    def _row(self, number: int, cells: list[str], *, broken: bool) -> SheetRow:
        if not any(cell and not cell.isspace() for cell in cells):
            return SheetRow(number, [])
        self._width = self._width or len(cells)
        if not broken:
            return SheetRow(number, cells)
        marks: dict[int, Mark] = {
            place: "rows"
            for place, cell in enumerate(cells)
            if parts_like_rows(cell, place, self._width, self._delimiter)
        }
        return SheetRow(number, cells, marks)

    def _damage(self, error: csv.Error, number: int, line: int) -> IntakeError:
        """Say what is wrong with a row: a quote is never closed, a cell has no end, or a quote ends amid it."""
        if self._lines.ended:
            return open_quote(self._name, number, line)
        if "field limit" in str(error):
            return endless_cell(self._name, number, line, csv.field_size_limit())
        return text_after_quote(self._name, number, line)


def encoding_of(name: str, file: BinaryIO) -> str:
    """Give the encoding of a text: by its mark, else UTF-8 if all of it is, else Windows-1256.

    Raises: IntakeError when it is no text, or UTF-8 that was damaged.
    """
    start = file.read(2)
    file.seek(0)
    if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")("strict")
    while chunk := file.read(MIB):
        if _BINARY.search(chunk):
            raise unreadable(name, "متن نیست (بایت‌های دودویی دارد)", "it is no text (it holds binary bytes)")
        decoder = _still_utf8(name, decoder, chunk)
    try:
        if decoder is not None:
            decoder.decode(b"", final=True)
            return "utf-8-sig"
    except UnicodeDecodeError:
        pass
    return "cp1256"


def _still_utf8(
    name: str, decoder: codecs.IncrementalDecoder | None, chunk: bytes
) -> codecs.IncrementalDecoder | None:
    """Give the decoder while all is UTF-8, and None after: then the text is of one byte a character.

    Persian in UTF-8 is nearly all pairs of a lead byte and a following one, which Windows-1256 hardly ever
    makes: a text of such pairs is damaged UTF-8, and reading it as anything else would be a guess.
    """
    try:
        if decoder is not None:
            decoder.decode(chunk)
    except UnicodeDecodeError:
        pairs, high = len(_UTF8_PAIR.findall(chunk)), len(_HIGH_BYTE.findall(chunk))
        if pairs * 4 > high:
            raise unreadable(name, "UTF-8 آسیب‌دیده است", "it is damaged UTF-8") from None
        return None
    return decoder


def delimiter_of(name: str, text: TextIO) -> str:
    """Give the delimiter that parts the header into most columns. Raises: IntakeError when it is no text."""
    try:
        start = text.read(_SNIFFED)
    except UnicodeError:
        raise unreadable(name, "رمزگذاری متن درست نیست", "its text is not well encoded") from None
    if "\x00" in start:
        raise unreadable(name, "متن نیست (نویسهٔ صفر دارد)", "it is no text (it holds NUL characters)")
    return max(_DELIMITERS, key=lambda delimiter: _first_width(start, delimiter))


def _first_width(start: str, delimiter: str) -> int:
    try:
        rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
        return next((len(row) for row in rows if row), 0)
    except csv.Error:
        return 0
