"""`maksa check`: whole files of coded fields, every row judged."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, pairs_of, shared
from maksa.cli.output import advancing
from maksa.errors import BadParameter
from maksa.text import Text

_MADE_BEFORE_COLLECTING = 200_000


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the failing rows with their verdicts here: .csv, .xlsx or .parquet.",
)
@click.option("--all", "every_row", is_flag=True, help="Write every row to --out, not only the failing ones.")
@click.option("--columns", multiple=True, metavar="NAME=HEADER", help="The file's own header of a column.")
@click.option("--terminology", metavar="ID", help="The list of all rows, where no column names it.")
@click.option(
    "--on", type=DAY, metavar="DAY", help="The day of rows that have none of their own; today by default."
)
@shared
def command(
    session: Session,
    *,
    files: tuple[Path, ...],
    out: Path | None,
    every_row: bool,
    columns: tuple[str, ...],
    terminology: str | None,
    on: date | None,
) -> int:
    """Check tables of coded fields: CSV, XLSX or Parquet, told by content.

    A table has the columns Terminology_id, Coded_string, and if it has them Value and On, in any order and under any
    of the gateway's names; others are passed over. Exit status 0 when every row is valid, 1 when some row is not.
    """
    # polars takes half a second to load, which no other command should wait for.
    from maksa.audit.check import check_files  # noqa: PLC0415
    from maksa.audit.columns import wanted  # noqa: PLC0415
    from maksa.audit.triples import TripleCheck  # noqa: PLC0415
    from maksa.cli.check_report import print_check_json, print_check_text  # noqa: PLC0415

    asked = wanted(pairs_of(columns), terminology)
    _check_out(out, files, every_row=every_row)
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


def _check_out(out: Path | None, files: tuple[Path, ...], *, every_row: bool) -> None:
    if out is None:
        if every_row:
            raise BadParameter(
                "all",
                Text("--all بی --out داده شده است.", "--all is given without --out."),
                mend=Text("فایل نتیجه‌ها را با --out بدهید.", "Name the file of results with --out."),
            )
        return
    if out.exists() and any(file.exists() and out.samefile(file) for file in files):
        raise BadParameter(
            "out",
            Text("نتیجه‌ها روی خود فایل منبع نوشته نمی‌شود.", "--out names the source itself."),
            mend=Text("نام دیگری بدهید.", "Give another name."),
        )
    if not out.absolute().parent.is_dir():
        raise BadParameter(
            "out",
            Text(f"پوشهٔ {out.parent} نیست.", f"There is no folder {out.parent}."),
            mend=Text("آن را بسازید یا پوشهٔ دیگری بدهید.", "Make it, or name another one."),
        )
