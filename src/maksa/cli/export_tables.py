"""Write a map as a table: CSV or XLSX, under the columns that the profile `generic-map` reads."""

from __future__ import annotations

import csv
from pathlib import Path

from maksa.cli.exported import ExportedMap, cells_of
from maksa.intake.from_concept_map import MAP_HEADER


def write_csv(path: Path, exported: ExportedMap) -> None:
    """Write UTF-8 with a mark, so that spreadsheets read Persian."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(MAP_HEADER)
        writer.writerows(map(cells_of, exported.rows))


def write_xlsx(path: Path, exported: ExportedMap) -> None:
    """Write a workbook of one sheet, every cell as text, so that codes keep their zeros."""
    import xlsxwriter  # noqa: PLC0415 - Other formats need not wait for it to load.

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("map")
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate((MAP_HEADER, *map(cells_of, exported.rows))):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(number, column, cell)
