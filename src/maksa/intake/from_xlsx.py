"""Read a table from the first sheet of an XLSX workbook.

The XML is read as a stream with entities and document types forbidden, so what is stored is what is seen: a number
comes as its digits, and one beyond fifteen digits is marked, since a spreadsheet has rounded it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_COLUMNS, MAX_ROWS
from maksa.intake.file_sentences import other_sheets, over_bound, unreadable
from maksa.intake.sheet import Mark, Sheet, SheetRow
from maksa.intake.workbook import MAIN, Workbook

_CELL_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_SAFE_DIGITS = Decimal(10) ** 15


def read_xlsx(name: str, file: BinaryIO) -> Sheet:
    """Read the first sheet of a workbook; its rows come as they are asked for.

    Text cells stay as they are. A number is written in digits without an exponent, a date as ISO, a truth
    value as true or false; truth values, errors and rounded numbers are marked. Limits: those of intake/bounds.py, on the declared and the real size of each part.
    Raises: IntakeError when it is no workbook, is damaged, or is over a bound; of a later row while it is read.
    """
    with _as_intake_errors(name):
        workbook = Workbook(name, file)
    rows = _guarded(name, _Cells(name, workbook).rows())
    for header in rows:
        if header.cells:
            sheets = workbook.sheets
            remarks = (other_sheets(sheets[0], sheets[1:]),) if len(sheets) > 1 else ()
            return Sheet(tuple(cell.strip() for cell in header.cells), rows, None, remarks)
    raise unreadable(name, "برگهٔ نخست آن خالی است", "its first sheet is empty")


@contextmanager
def _as_intake_errors(name: str) -> Iterator[None]:
    try:
        yield
    except IntakeError:
        raise
    except DefusedXmlException:
        raise unreadable(
            name, "XML آن موجودیت یا نوع سند تعریف می‌کند", "its XML declares entities or a document type"
        ) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        LookupError,
        OSError,
        OverflowError,
    ):
        raise unreadable(name, "کارپوشهٔ XLSX سالمی نیست", "it is no sound XLSX workbook") from None


def _guarded(name: str, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    while True:
        with _as_intake_errors(name):
            row = next(rows, None)
        if row is None:
            return
        yield row


class _Cells:
    """The cells of the first sheet as text."""

    def __init__(self, name: str, workbook: Workbook) -> None:
        self._name = name
        self._workbook = workbook
        self._strings = workbook.shared_strings()
        self._day_styles = workbook.day_styles()
        self._epoch = CALENDAR_MAC_1904 if workbook.from_1904 else CALENDAR_WINDOWS_1900

    def rows(self) -> Iterator[SheetRow]:
        """Give the rows; those that the file leaves out come blank."""
        number = 0
        for element in self._workbook.sheet_rows():
            stated = element.get("r", "")
            place = int(stated) if stated.isdigit() and len(stated) < 9 else number + 1
            if place <= number:
                raise unreadable(self._name, "ردیف‌هایش به ترتیب نیست", "its rows are not in order", row=place)
            if place > MAX_ROWS:
                raise over_bound(self._name, f"بیش از {MAX_ROWS} ردیف دارد", f"it has over {MAX_ROWS} rows")
            while number < place - 1:
                number += 1
                yield SheetRow(number, [])
            number = place
            yield self._row(number, element)

    def _row(self, number: int, row: Element) -> SheetRow:
        cells: list[str] = []
        marks: dict[int, Mark] = {}
        for element in row.iterfind(f"{MAIN}c"):
            column = _column_of(element.get("r"), len(cells))
            if column >= MAX_COLUMNS:
                raise over_bound(
                    self._name,
                    f"بیش از {MAX_COLUMNS} ستون دارد",
                    f"it has over {MAX_COLUMNS} columns",
                    row=number,
                )
            cells.extend("" for _ in range(len(cells), column + 1))
            cells[column], mark = self._text(element)
            if mark is not None:
                marks[column] = mark
        if not any(cell and not cell.isspace() for cell in cells):
            return SheetRow(number, [])
        return SheetRow(number, cells, marks)

    def _text(self, cell: Element) -> tuple[str, Mark | None]:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(part.text or "" for part in cell.iter(f"{MAIN}t")), None
        value = cell.findtext(f"{MAIN}v") or ""
        if not value:
            return "", None
        if kind == "s":
            return self._strings[int(value) if value.isdigit() else len(self._strings)], None
        if kind == "b":
            return ("true" if value.strip() == "1" else "false"), "truth"
        if kind == "n":
            return self._number(value, cell.get("s"))
        return value, "error" if kind == "e" else None

    def _number(self, value: str, style: str | None) -> tuple[str, Mark | None]:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value, None
        if not number.is_finite() or abs(number.adjusted()) > 60:
            return value, None
        if style is not None and style in self._day_styles:
            return _day(float(number), self._epoch) or value, None
        if abs(number) >= _SAFE_DIGITS:
            return f"{number:f}", "rounded"
        rounded = Decimal(f"{number:.15g}")  # What the spreadsheet shows of 0.30000000000000004.
        return (f"{rounded.normalize():f}" if rounded else "0"), None


def _day(serial: float, epoch: datetime) -> str | None:
    try:
        day = from_excel(serial, epoch)
    except (OverflowError, ValueError):
        return None
    return day.strftime("%Y-%m-%d") if isinstance(day, datetime) else None


def _column_of(place: str | None, following: int) -> int:
    match = _CELL_PLACE.match(place or "")
    if not match:
        return following
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1
