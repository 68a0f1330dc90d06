"""The records of the discrepancy register as a workbook: one sheet, one row a record, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

from maksa.cli.discrepancies_words import COLUMNS, row_of
from maksa.registry.discrepancies.records import Discrepancy

_SHEET_ROWS = 1_048_576
_CELL = 32_767
_WIDTHS = (8, 14, 14, 24, 12, 12, 14, 10, 36, 12, 36, 44, 36, 30, 14, 14, 14, 12, 18, 14, 12, 30, 12)


def write_workbook(records: Iterable[Discrepancy], path: Path, language: str) -> int:
    """Write records, from right to left in Persian, and give their number; a full sheet goes on in another.

    Codes are text, so that no leading zero is lost. Memory: one row.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(path, options) as book:
        sheet, line = _new_sheet(book, language), 1
        for record in records:
            if line == _SHEET_ROWS:
                sheet, line = _new_sheet(book, language), 1
            for column, cell in enumerate(row_of(record, language)):
                if isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                elif cell is not None:
                    sheet.write_string(line, column, cell[:_CELL])
            line += 1
            count += 1
    return count


def _new_sheet(book: Any, language: str) -> Any:
    sheet = book.add_worksheet()
    if language == "fa":
        sheet.right_to_left()
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, label in enumerate(COLUMNS):
        sheet.write_string(0, column, label.in_language(language), bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _SHEET_ROWS - 1, len(COLUMNS) - 1)
    return sheet
