"""What a reader of tables gives: batches of coded fields as columns, with their row numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import polars as pl

from maksa.audit.columns import Bound
from maksa.text import Text

Kind = Literal["csv", "xlsx", "parquet"]

BATCH_ROWS = 131_072
"""Rows of a batch at most, so that memory does not grow with a file."""
FIELDS = ("terminology", "code", "value", "on")
ROW = "row"


class Batch(NamedTuple):
    """Rows of a table: `row` (1 is the header) and the `FIELDS` as text; `done` is the part read so far, 0 to 1."""

    rows: pl.DataFrame
    done: float


@dataclass(frozen=True, slots=True)
class Table:
    """An open table; its batches come once, in order, and end where the file ends."""

    name: str
    kind: Kind
    encoding: str | None
    remarks: tuple[Text, ...]
    batches: Iterator[Batch]


def fields_of(cells: pl.DataFrame, bound: Bound, first_row: int) -> pl.DataFrame:
    """Take the coded fields out of all cells of some rows; rows that are wholly blank are left out.

    `cells` are the columns of the file, in its order, as text; `first_row` is the number of the first of them.
    """
    names = cells.columns
    kept = cells.with_row_index(ROW, offset=first_row)
    if cells.select(
        _blank(names[bound.places["code"]]).any()
    ).item():  # Else no row is, and none need be looked at.
        kept = kept.filter(~pl.all_horizontal(map(_blank, names)))
    return kept.select(pl.col(ROW).cast(pl.Int64), *(_field(role, names, bound) for role in FIELDS))


def _blank(name: str) -> pl.Expr:
    return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")


def _field(role: str, names: list[str], bound: Bound) -> pl.Expr:
    place = bound.places.get(role)
    if place is not None:
        return pl.col(names[place]).alias(role)
    fixed = bound.terminology if role == "terminology" else None
    return pl.lit(fixed, dtype=pl.String).alias(role)
