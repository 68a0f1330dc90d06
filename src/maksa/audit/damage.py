"""Rows that the file itself has damaged, so that what they ask cannot be trusted: set beside the rows, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from maksa.audit.batch import ROW
from maksa.intake.cell_sentences import swallowed_rows
from maksa.intake.ledger import Remark
from maksa.intake.swallowed import parts_like_rows

DAMAGE = "damage"
"""The column that names the damage of a row as an issue; `damage_fa` and `damage_en` say it. Few batches have them."""


class Found(NamedTuple):
    """A damaged row, and what is said of it."""

    row: int
    remark: Remark


def with_damage(rows: pl.DataFrame, found: Iterable[Found]) -> pl.DataFrame:
    """Set beside the rows what was found of some of them, the first of each; rows without any stay as they are."""
    said: dict[int, tuple[str, str, str]] = {}
    for row, remark in found:
        if row not in said:
            mend = () if remark.mend is None else (remark.mend,)
            fa, en = (" ".join(t.in_language(lang) for t in (remark.text, *mend)) for lang in ("fa", "en"))
            said[row] = (remark.code, fa, en)
    if not said:
        return rows
    columns = {ROW: pl.Int64, DAMAGE: pl.String, f"{DAMAGE}_fa": pl.String, f"{DAMAGE}_en": pl.String}
    damage = pl.DataFrame([(row, *texts) for row, texts in said.items()], columns, orient="row")
    return rows.join(damage, on=ROW, how="left", maintain_order="left")


def swallowed(cells: pl.DataFrame, header: Sequence[str], delimiter: str, first_row: int) -> Iterator[Found]:
    """Find the cells whose lines look like rows of the table, in any column: those rows are not checked.

    `cells` are all columns of the file; `first_row` is the number of the first row of them.
    """
    broken = pl.any_horizontal(pl.exclude(ROW).str.contains(r"[\r\n]"))
    numbers = pl.int_range(first_row, first_row + pl.len(), dtype=pl.Int64).alias(ROW)
    for row, *texts in cells.select(numbers, pl.all()).filter(broken).iter_rows():
        for place, cell in enumerate(texts):
            if cell and parts_like_rows(cell, place, len(texts), delimiter):
                yield Found(row, swallowed_rows(header[place] or str(place + 1), cell))
