"""Write the verdicts of a check: CSV, XLSX or Parquet, batch by batch, complete or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import polars as pl

from maksa.audit.batch import FIELDS, ROW
from maksa.audit.sentences import unknown_suffix
from maksa.audit.triples import VERDICT_COLUMNS

COLUMNS: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    ROW: pl.Int64,
    **dict.fromkeys(FIELDS, pl.String),
    **VERDICT_COLUMNS,
}
"""The columns of the results: where the row stands, what it says, and its verdict."""
_TEXTS = tuple(name for name, kind in COLUMNS.items() if kind is pl.String)
_SHEET_ROWS = 1_048_576
_CELL = 32_767
_FORMULA = r"^[=+\-@\t\r]"
_PART_ROWS = 131_072


class Results(Protocol):
    """An open file of results."""

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows that have the `COLUMNS`."""


@contextmanager
def open_results(path: Path) -> Iterator[Results]:
    """Open a file of results, whose form its name tells; it appears when all is written, and not on an error.

    A workbook goes on with a further sheet where one is full. Raises: BadParameter for another ending.
    """
    form = _FORMS.get(path.suffix.casefold())
    if form is None:
        raise unknown_suffix(path.name, tuple(_FORMS))
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent, ignore_cleanup_errors=True) as folder:
        made = Path(folder) / path.name
        results = form(made)
        try:
            yield results
        finally:
            results.close()
        made.replace(path)


class _Csv:
    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        # With a mark, so that spreadsheets read Persian.
        pl.DataFrame(schema=COLUMNS).write_csv(self._file, include_bom=True)

    def write(self, rows: pl.DataFrame) -> None:
        rows.with_columns(map(_no_formula, _TEXTS)).write_csv(self._file, include_header=False)

    def close(self) -> None:
        self._file.close()


def _no_formula(name: str) -> pl.Expr:
    """Put a quote before a cell that a spreadsheet would run."""
    text = pl.col(name)
    return (
        pl.when(text.str.contains(_FORMULA))
        .then(pl.concat_str(pl.lit("'"), text))
        .otherwise(text)
        .alias(name)
    )


class _Xlsx:
    def __init__(self, path: Path) -> None:
        import xlsxwriter  # noqa: PLC0415 - Other results need not wait for it to load.

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(path, options)
        self._sheet = self._new_sheet()

    def _new_sheet(self) -> Any:
        sheet = self._book.add_worksheet()
        sheet.write_row(0, 0, list(COLUMNS))
        sheet.freeze_panes(1, 0)
        self._next = 1
        return sheet

    def write(self, rows: pl.DataFrame) -> None:
        for row in rows.iter_rows():
            if self._next == _SHEET_ROWS:
                self._sheet = self._new_sheet()
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    self._sheet.write_boolean(self._next, column, cell)
                elif isinstance(cell, int):
                    self._sheet.write_number(self._next, column, cell)
                elif cell is not None:
                    self._sheet.write_string(self._next, column, cell[:_CELL])
            self._next += 1

    def close(self) -> None:
        self._book.close()


class _Parquet:
    """Parts of bounded size, joined as a stream at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting = pl.DataFrame(schema=COLUMNS)
        self._parts: list[Path] = []

    def write(self, rows: pl.DataFrame) -> None:
        self._waiting = pl.concat([self._waiting, rows])
        if self._waiting.height >= _PART_ROWS:
            self._put_down()

    def _put_down(self) -> None:
        part = self._path.with_name(f"part-{len(self._parts)}.parquet")
        self._waiting.write_parquet(part)
        self._parts.append(part)
        self._waiting = self._waiting.clear()

    def close(self) -> None:
        self._put_down()
        pl.scan_parquet(self._parts, glob=False).sink_parquet(self._path, row_group_size=_PART_ROWS)


_FORMS: dict[str, Callable[[Path], _Csv | _Xlsx | _Parquet]] = {
    ".csv": _Csv,
    ".xlsx": _Xlsx,
    ".parquet": _Parquet,
}
