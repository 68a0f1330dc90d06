"""Tables of coded fields for the tests: written in every kind, and read back from results."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter

from maksa.audit.batch import FIELDS, ROW
from maksa.audit.readers import open_table

HEADER = ("Terminology_id", "Coded_string", "Value", "On")


def write(path: Path, rows, header=HEADER) -> Path:
    """Write rows under a header, in the kind that the name tells."""
    rows = [list(row) for row in rows]
    if path.suffix == ".csv":
        frame(rows, header).write_csv(path)
    elif path.suffix == ".parquet":
        frame(rows, header).write_parquet(path)
    else:
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([header, *rows]):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell)
    return path


def frame(rows, header=HEADER) -> pl.DataFrame:
    """Give rows as text columns."""
    return pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row")


def read(path: Path, asked) -> list[tuple]:
    """Give the row number and the fields of every row of a table."""
    with open_table(path, asked) as table:
        return [row for batch in table.batches for row in batch.rows.select(ROW, *FIELDS).rows()]


def results(path: Path) -> list[dict]:
    """Read a file of results."""
    if path.suffix == ".csv":
        return pl.read_csv(path, infer_schema=False).to_dicts()
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    return pl.read_excel(path, infer_schema_length=0).to_dicts()
