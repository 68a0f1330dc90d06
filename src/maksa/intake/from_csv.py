"""Read a table from CSV: UTF-8, UTF-16 with its mark, or Windows-1256; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from maksa.intake.bounds import MAX_COLUMNS, MAX_ROW, MAX_ROWS, MIB
from maksa.intake.file_sentences import legacy_encoding, over_bound, unreadable
from maksa.intake.sheet import Sheet, SheetRow

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
    The delimiter is the one that parts the header into most columns.
    Limits: `MAX_ROWS`, `MAX_ROW` characters a row, `MAX_COLUMNS`. Cost: one pass for the encoding, one to read.
    Raises: IntakeError when it is no text or over a bound; of a later row while it is read.
    """
    encoding = _encoding_of(name, file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    lines = _Lines(name, text)
    delimiter = _delimiter_of(name, text)
    text.seek(0)
    rows = _rows(name, csv.reader(lines, delimiter=delimiter), lines)
    for header in rows:
        if header.cells:
            names = tuple(cell.strip().lstrip("\ufeff") for cell in header.cells)
            remarks = (legacy_encoding(name, "Windows-1256"),) if encoding == "cp1256" else ()
            return Sheet(names, rows, _SHOWN_ENCODINGS[encoding], remarks, text)
    raise unreadable(name, "هیچ ردیفی ندارد", "it has no rows")


class _Lines:
    """Lines of a text, each bounded, and all those of one row together; `taken` restarts with each row."""

    def __init__(self, name: str, text: io.TextIOWrapper) -> None:
        self._name = name
        self._text = text
        self.taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_ROW + 1)
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > MAX_ROW:
            raise over_bound(
                self._name,
                f"یک ردیف آن بیش از {MAX_ROW} نویسه دارد (شاید گیومه‌ای بسته نشده است)",
                f"a row has over {MAX_ROW} characters (perhaps a quote is not closed)",
            )
        return line


def _rows(name: str, reader: Iterable[list[str]], lines: _Lines) -> Iterator[SheetRow]:
    number = 0
    try:
        for cells in reader:
            lines.taken = 0
            number += 1
            if number > MAX_ROWS:
                raise over_bound(name, f"بیش از {MAX_ROWS} ردیف دارد", f"it has over {MAX_ROWS} rows")
            if len(cells) > MAX_COLUMNS:
                raise over_bound(
                    name,
                    f"بیش از {MAX_COLUMNS} ستون دارد",
                    f"a row has over {MAX_COLUMNS} columns",
                    row=number,
                )
            yield SheetRow(number, cells if any(cell and not cell.isspace() for cell in cells) else [])
    except csv.Error as error:
        raise unreadable(
            name, "ردیفی از آن CSV درستی نیست", f"a row is not well-formed CSV ({error})", row=number + 1
        ) from None
    except UnicodeError:
        raise unreadable(
            name, "رمزگذاری متن درست نیست", "its text is not well encoded", row=number + 1
        ) from None


def _encoding_of(name: str, file: BinaryIO) -> str:
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


def _delimiter_of(name: str, text: io.TextIOWrapper) -> str:
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
