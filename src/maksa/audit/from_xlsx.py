"""Read coded fields from the first sheet of an XLSX workbook, every cell as text.

The reader behind it holds a sheet whole, as a rectangle: memory grows with the sheet up to `MAX_CELLS`. So the
archive is unpacked once before, and a workbook that is over a bound is never handed on.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import fastexcel
import polars as pl

from maksa.audit.batch import BATCH_ROWS, Batch, Table, fields_of
from maksa.audit.columns import Bound, Wanted, bind
from maksa.audit.damage import Found, with_damage
from maksa.audit.sentences import no_header, no_titles, other_sheets, told_of_tables, unreadable
from maksa.audit.sheet_scan import Scan, scan_parts
from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_COLUMNS
from maksa.intake.cell_sentences import lost_digits
from maksa.intake.workbook import Workbook


def read_xlsx(name: str, path: Path, file: BinaryIO, asked: Wanted) -> Table:
    """Read a workbook. A number comes as its digits, a day as ISO.

    Raises: IntakeError when it is damaged or over a bound, or its columns are not found.
    """
    with _told(name), told_of_tables():
        book = Workbook(name, file)
        scan = scan_parts(name, file, book.first)
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        cells = sheet.to_polars()
    if cells.width > MAX_COLUMNS:
        raise unreadable(name, f"بیش از {MAX_COLUMNS} ستون دارد", f"it has over {MAX_COLUMNS} columns")
    place, header = _header(name, cells)
    bound = bind(name, header, asked)
    sheets = book.sheets
    remarks = [other_sheets(name, sheets[0], sheets[1:])] if len(sheets) > 1 else []
    if "value" not in bound.places:
        remarks.append(no_titles(name))
    return Table(name, "xlsx", None, tuple(remarks), _batches(cells, place + 1, header, bound, scan))


def _batches(
    cells: pl.DataFrame, start: int, header: Sequence[str], bound: Bound, scan: Scan
) -> Iterator[Batch]:
    for first in range(start, cells.height, BATCH_ROWS):
        part = cells[first : first + BATCH_ROWS]
        rows = with_damage(fields_of(part, bound, first + 1), _rounded(part, first + 1, header, bound, scan))
        yield Batch(rows, (first + part.height - start) / (cells.height - start))


def _rounded(
    part: pl.DataFrame, number: int, header: Sequence[str], bound: Bound, scan: Scan
) -> Iterator[Found]:
    """Find the numbers that lost digits in the columns of the check; `number` is that of the first row."""
    taken = set(bound.places.values())
    for row, column in scan.rounded(number, number + part.height - 1):
        place = column - scan.first
        if place in taken:
            yield Found(row, lost_digits(header[place], part.item(row - number, place) or ""))


def _header(name: str, cells: pl.DataFrame) -> tuple[int, list[str]]:
    """Give the place of the first row that is not blank, and its cells."""
    for place, row in enumerate(cells.iter_rows()):
        if any(cell and not cell.isspace() for cell in row):
            return place, [(cell or "").strip() for cell in row]
    raise no_header(name)


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
