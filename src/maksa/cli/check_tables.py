"""`maksa check` of tables: every row through the check, into an account and an exit status."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from maksa.audit.check import check_files
from maksa.audit.columns import wanted
from maksa.audit.triples import TripleCheck
from maksa.cli.asking import service_of
from maksa.cli.check_report import print_check_json, print_check_text
from maksa.cli.options import Session
from maksa.cli.output import advancing

_MADE_BEFORE_COLLECTING = 200_000


def check_tables(
    session: Session,
    files: tuple[Path, ...],
    *,
    columns: dict[str, str] | None,
    terminology: str | None,
    on: date | None,
    out: Path | None,
    every_row: bool,
) -> int:
    """Check tables, print their account, and give the exit status: 1 when a row is not valid.

    Raises: as maksa.audit.check.check_files and maksa.audit.columns.wanted.
    """
    asked = wanted(columns, terminology)
    check = TripleCheck(service_of(session), on=on, language=session.language)
    with advancing() as advance, _collecting_seldom():
        account, checked = check_files(files, asked, check, out=out, every_row=every_row, progress=advance)
    if session.json:
        print_check_json(session, account, checked, check, out)
    else:
        print_check_text(session, account, checked, check, out)
    return 1 if account.failing else 0


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let the collector of circular references run seldom: many verdicts are made, and none is in a circle."""
    thresholds = gc.get_threshold()
    gc.set_threshold(_MADE_BEFORE_COLLECTING, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
