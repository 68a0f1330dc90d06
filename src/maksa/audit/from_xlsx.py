"""Read coded fields from the first sheet of an XLSX workbook, every cell as text.

The reader behind it holds a sheet whole, as a rectangle: memory grows with the sheet up to `MAX_CELLS`. So the
archive is unpacked once before, counting bytes and cells, and a workbook that is over a bound is never handed on.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import fastexcel
import polars as pl

from maksa.audit.batch import BATCH_ROWS, Batch, Table, fields_of
from maksa.audit.columns import Bound, Wanted, bind
from maksa.audit.sentences import no_header, no_titles, other_sheets, told_of_tables, unreadable
from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_COLUMNS, MAX_XML_PIECE, MAX_ZIP_PART, MAX_ZIP_RATIO, MIB
from maksa.intake.workbook import Workbook

MAX_CELLS = 32_000_000
"""Cells of the smallest rectangle that holds the sheet; at some 32 bytes each."""
_CELL = re.compile(rb"<(?:\w+:)?c(?:[\s/>](?:r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'])?)")
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml\Z")


def read_xlsx(name: str, path: Path, file: BinaryIO, asked: Wanted) -> Table:
    """Read a workbook. A number comes as its digits, a day as ISO.

    Raises: IntakeError when it is damaged or over a bound, or its columns are not found.
    """
    with _told(name), told_of_tables():
        sheets = Workbook(name, file).sheets
        _check_parts(name, file)
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        cells = sheet.to_polars()
    if cells.width > MAX_COLUMNS:
        raise unreadable(name, f"بیش از {MAX_COLUMNS} ستون دارد", f"it has over {MAX_COLUMNS} columns")
    place, header = _header(name, cells)
    bound = bind(name, header, asked)
    remarks = [other_sheets(name, sheets[0], sheets[1:])] if len(sheets) > 1 else []
    if "value" not in bound.places:
        remarks.append(no_titles(name))
    return Table(name, "xlsx", None, tuple(remarks), _batches(cells[place + 1 :], bound, place + 2))


def _batches(cells: pl.DataFrame, bound: Bound, number: int) -> Iterator[Batch]:
    done = 0
    for part in cells.iter_slices(BATCH_ROWS):
        rows = fields_of(part, bound, number + done)
        done += part.height
        yield Batch(rows, done / cells.height)


def _header(name: str, cells: pl.DataFrame) -> tuple[int, list[str]]:
    """Give the place of the first row that is not blank, and its cells."""
    for place, row in enumerate(cells.iter_rows()):
        if any(cell and not cell.isspace() for cell in row):
            return place, [(cell or "").strip() for cell in row]
    raise no_header(name)


def _check_parts(name: str, file: BinaryIO) -> None:
    """Unpack every part once: none may be larger than it says, and no sheet a larger rectangle than the bound."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_ZIP_PART:
            raise _too_large(name)
        for entry in entries:
            if entry.file_size > MIB and entry.file_size > MAX_ZIP_RATIO * max(entry.compress_size, 1):
                raise _too_large(name)
            with archive.open(entry) as part:
                if _SHEETS.match(posixpath.normpath(entry.filename)):
                    _check_cells(name, part)
                else:
                    while part.read(MIB):
                        pass


def _check_cells(name: str, part: Iterator[bytes] | BinaryIO) -> None:
    rows = columns = 1
    rest = b""
    while block := part.read(MIB):  # type: ignore[union-attr]
        rest += block
        end = rest.rfind(b">") + 1
        for match in _CELL.finditer(rest, 0, end):
            if match[1] is None:
                raise unreadable(
                    name,
                    "خانه‌های آن جای خود را نمی‌گویند؛ آن را در برنامهٔ صفحه‌گسترده باز و دوباره ذخیره کنید",
                    "its cells do not state their places; open it in a spreadsheet and save it again",
                )
            rows, columns = max(rows, int(match[2])), max(columns, _column(match[1]))
        if rows * columns > MAX_CELLS or len(rest) - end > MAX_XML_PIECE:
            raise _too_large(name)
        rest = rest[end:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> IntakeError:
    return unreadable(
        name, "پس از بازکردن از اندازه بیرون است", "it is over the bound when it is unpacked; save it as CSV"
    )


@contextmanager
def _told(name: str) -> Iterator[None]:
    damaged = unreadable(name, "کارپوشهٔ XLSX سالمی نیست", "it is no sound XLSX workbook")
    try:
        yield
    except IntakeError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except (
        fastexcel.FastExcelError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ArithmeticError,
        LookupError,
        OSError,
        RuntimeError,
        SyntaxError,  # What a parser of XML raises.
        ValueError,
    ):
        raise damaged from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # How a fault in compiled code arrives.
            raise damaged from None
        raise
