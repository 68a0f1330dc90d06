"""Read coded fields from Parquet, in batches: only the columns of a check are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from maksa.audit.batch import BATCH_ROWS, FIELDS, ROW, Batch, Table
from maksa.audit.columns import Bound, Wanted, bind
from maksa.audit.sentences import no_titles, unreadable, wrong_type
from maksa.intake.bounds import MAX_COLUMNS

_READ_ROWS = 262_144
"""Rows that are read at once, more than a batch: a row group of the usual size is not unpacked twice."""
_FREE_ROWS = 5_000_000
_ROWS_A_BYTE = 10
"""A file of more rows than both allow is packed to burst: a row of real claims takes a byte or more."""


def read_parquet(name: str, path: Path, size: int, asked: Wanted) -> Table:
    """Read a Parquet file. Row 1 is thought to be a header, as in the other kinds.

    Memory: a row group of the columns of a check. Raises: IntakeError when it is torn, a column is missing or
    has a type that holds no text, or it is packed over the bound; of a later row group while it is read.
    """
    with _told(name):
        schema = pl.read_parquet_schema(path)
        header = list(schema)
        if len(header) > MAX_COLUMNS:
            raise unreadable(name, f"بیش از {MAX_COLUMNS} ستون دارد", f"it has over {MAX_COLUMNS} columns")
        bound = bind(name, header, asked)
        for role, place in bound.places.items():
            _check_type(name, role, header[place], schema[header[place]])
        total = int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
    if total > max(_FREE_ROWS, _ROWS_A_BYTE * size):
        raise unreadable(
            name, f"از {size} بایت {total} ردیف باز می‌شود", f"it unpacks from {size} bytes to {total} rows"
        )
    remarks = () if "value" in bound.places else (no_titles(name),)
    return Table(name, "parquet", None, remarks, _batches(name, path, header, bound, total))


def _batches(name: str, path: Path, header: list[str], bound: Bound, total: int) -> Iterator[Batch]:
    columns = {role: header[place] for role, place in bound.places.items()}
    plan = pl.scan_parquet(path, glob=False).select(
        pl.col(h).cast(pl.String).alias(r) for r, h in columns.items()
    )
    missing = [role for role in FIELDS if role not in columns]
    fixed = {role: bound.terminology if role == "terminology" else None for role in missing}
    # Asked for piece by piece: a stream of batches would be read ahead of a slow service, without end.
    for start in range(0, total, _READ_ROWS):
        with _told(name):
            cells = plan.slice(start, _READ_ROWS).collect()
        rows = cells.with_row_index(ROW, offset=start + 2).with_columns(
            pl.col(ROW).cast(pl.Int64), *(pl.lit(v, dtype=pl.String).alias(r) for r, v in fixed.items())
        )
        for part in rows.select(ROW, *FIELDS).iter_slices(BATCH_ROWS):
            yield Batch(part, (int(part.item(0, ROW)) - 2 + part.height) / total)


def _check_type(name: str, role: str, header: str, kind: pl.DataType) -> None:
    days = role == "on" and kind.is_temporal()
    if not (kind in {pl.String, pl.Categorical, pl.Enum, pl.Null} or kind.is_integer() or days):
        raise wrong_type(name, header, str(kind))


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, MemoryError):
        raise unreadable(name, "فایل Parquet سالمی نیست", "it is no sound Parquet file") from None
