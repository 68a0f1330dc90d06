"""The adoption board as a file: CSV or a workbook, complete, or not written at all."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from maksa.cli.adoption_words import COLUMNS, cells_of
from maksa.errors import BadParameter
from maksa.registry.adoption.board import BoardRow
from maksa.text import Text

Rows = tuple[BoardRow, ...]
_CELL = 32_767
_WIDTH = 16
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def export_board(rows: Rows, form: str, output: Path, language: str) -> None:
    """Write rows in one of `FORMATS`, over an earlier file of that name. Raises: BadParameter (no such folder, no file)."""
    if not output.absolute().parent.is_dir() or (output.exists() and not output.is_file()):
        raise BadParameter(
            "output",
            Text(
                f"{output} نوشته نمی‌شود: پوشه نیست یا نام فایل نیست.",
                f"{output} cannot be written: no such folder, or no file.",
            ),
            mend=Text("نام فایلی در پوشه‌ای که هست بدهید.", "Name a file in a folder that is there."),
        )
    made = output.with_name(f".{output.name}.part")
    try:
        _WRITERS[form](rows, made, language)
        made.replace(output)
    finally:
        made.unlink(missing_ok=True)


def _write_csv(rows: Rows, path: Path, language: str) -> None:
    """Write UTF-8 with a mark, so that spreadsheets read Persian; what they would compute stands behind an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.in_language(language) for column in COLUMNS])
        writer.writerows([_inert(cell) for cell in cells_of(row, language)] for row in rows)


def _inert(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) and cell != "-" else cell


def _write_workbook(rows: Rows, path: Path, language: str) -> None:
    """Write one sheet, from right to left in Persian; texts as texts, so that nothing runs and no zero is lost."""
    import xlsxwriter  # noqa: PLC0415 - CSV need not wait for it to load.

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        if language == "fa":
            sheet.right_to_left()
        sheet.set_column(0, len(COLUMNS) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, label in enumerate(COLUMNS):
            sheet.write_string(0, column, label.in_language(language), bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(cells_of(row, language)):
                if isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                elif cell is not None:
                    sheet.write_string(line, column, cell[:_CELL])


_WRITERS: Mapping[str, Callable[[Rows, Path, str], None]] = {"csv": _write_csv, "xlsx": _write_workbook}
FORMATS = tuple(_WRITERS)
