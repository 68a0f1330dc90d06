"""Check files from one end to the other: read, judge, count, write."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from pathlib import Path
from typing import NamedTuple

import polars as pl

from maksa.audit.account import Account
from maksa.audit.batch import Batch, Kind
from maksa.audit.columns import Wanted
from maksa.audit.readers import open_table
from maksa.audit.results import COLUMNS, open_results
from maksa.audit.sentences import no_rows
from maksa.audit.triples import TripleCheck
from maksa.text import Text


class Checked(NamedTuple):
    """One file that was checked."""

    name: str
    kind: Kind
    encoding: str | None
    rows: int
    remarks: tuple[Text, ...]


def check_files(
    paths: Sequence[Path],
    asked: Wanted,
    check: TripleCheck,
    *,
    out: Path | None = None,
    every_row: bool = False,
    progress: Callable[[str, float], object] = lambda _name, _done: None,
) -> tuple[Account, tuple[Checked, ...]]:
    """Check tables one after the other, into one account and one file of results.

    `out` gets the failing rows, or with `every_row` all of them, in the order of the files; it appears only
    when every file was read to its end. `progress` is told the file and the part of it that was read, 0 to 1.
    Raises: as open_table and open_results; EditionUnreadable.
    """
    account = Account()
    files: list[Checked] = []
    with open_results(out) if out is not None else nullcontext() as results:
        for path in paths:
            before = account.rows
            with open_table(path, asked) as table, closing(_read_ahead(table.batches)) as batches:
                for batch in batches:
                    judged = check.judge(batch.rows)
                    failing = _named(judged.failing(), table.name)
                    account.add(judged, failing)
                    if results is not None:
                        results.write(_named(judged.all(), table.name) if every_row else failing)
                    progress(table.name, batch.done)
            if account.rows == before:
                raise no_rows(table.name)
            files.append(
                Checked(table.name, table.kind, table.encoding, account.rows - before, table.remarks)
            )
    return account, tuple(files)


def _read_ahead(batches: Iterator[Batch]) -> Generator[Batch, None, None]:
    """Read the next batch while one is judged: reading is done outside of Python."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _named(rows: pl.DataFrame, file: str) -> pl.DataFrame:
    return rows.select(pl.lit(file).alias("file"), *list(COLUMNS)[1:])
