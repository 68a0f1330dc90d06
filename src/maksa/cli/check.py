"""`maksa check`: messages of e-prescriptions, or whole files of coded fields; which of them, the content says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from maksa.cli.asking import service_of
from maksa.cli.check_asked import Asked, Form
from maksa.cli.options import DAY, Session, pairs_of, shared
from maksa.errors import BadInput, BadParameter
from maksa.prescriptions.batch import holds_messages
from maksa.text import Text


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
    "--on",
    type=DAY,
    metavar="DAY",
    help="The day of rows that have none of their own (today by default); for messages, instead of their own.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "sarif"]),
    help="The form of the report; text by default. Tables have text and json.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report on messages here."
)
@click.option(
    "--fix",
    type=click.Path(path_type=Path),
    metavar="DIR_OR_FILE",
    help="Write repaired copies of messages here, where the mend is certain.",
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
    form: Form | None,
    output: Path | None,
    fix: Path | None,
) -> int:
    """Check messages of e-prescriptions, or tables of coded fields; the content tells which.

    Messages are JSON or XML, one a file, or many: folders, NDJSON, JSON arrays, ZIP archives. Exit status 0 when every
    message is valid (with --fix: or its repaired copy), 1 when some is not or cannot be read, 2 when none can be read.
    With --fix no message is written over: DIR is new or empty, FILE is new and for one message.

    A table is CSV, XLSX or Parquet and has the columns Terminology_id, Coded_string, and if it has them Value and On,
    in any order and under any of the gateway's names; others are passed over. Exit status 0 when every row is valid,
    1 when some row is not.
    """
    wanted = _form(form, json=session.json)
    if _are_messages(files):
        _only(_TABLES, out=out, all=every_row, columns=columns, terminology=terminology)
        _check_place("output", output, files)
        # The checker loads its rules, which tables need not wait for.
        from maksa.cli.check_messages import check_messages  # noqa: PLC0415
        from maksa.prescriptions.check import Checker  # noqa: PLC0415
        from maksa.web.marks import SampleMarks  # noqa: PLC0415

        service = service_of(session)
        asked = Asked(files, on, wanted, output, fix)
        return check_messages(session, asked, Checker(service), SampleMarks(service).is_sample)
    _only(_MESSAGES, output=output, fix=fix, format=wanted in {"html", "sarif"})
    if every_row and out is None:
        raise _all_without_out()
    _check_place("out", out, files)
    spoken = replace(session, json=wanted == "json")
    # polars takes half a second to load, which no other command should wait for.
    from maksa.cli.check_tables import check_tables  # noqa: PLC0415

    return check_tables(
        spoken, files, columns=pairs_of(columns), terminology=terminology, on=on, out=out, every_row=every_row
    )


def _form(form: Form | None, *, json: bool) -> Form:
    if json and form not in {None, "json"}:
        raise BadParameter(
            "format",
            Text(
                f"--json و --format {form} با هم داده شده است.",
                f"--json and --format {form} are given together.",
            ),
            mend=Text("یکی را بردارید.", "Leave one away."),
        )
    return form or ("json" if json else "text")


def _are_messages(files: tuple[Path, ...]) -> bool:
    """Tell messages from tables. Raises: BadInput when a path is not there, or both are among them."""
    for path in files:
        if not path.exists():
            raise BadInput(
                Text(f"فایل یا پوشهٔ {path} نیست.", f"There is no file or folder {path}."),
                mend=Text("مسیر را بررسی کنید.", "See whether the path is right."),
            )
        if not (path.is_file() or path.is_dir()):
            raise BadInput(
                Text(f"{path} فایل یا پوشه نیست.", f"{path} is neither a file nor a folder."),
                mend=Text("محتوای آن را نخست در یک فایل بنویسید.", "Write what it gives into a file first."),
            )
    kinds = {holds_messages(path): path for path in files}
    if len(kinds) > 1:
        raise BadInput(
            Text(
                f"{kinds[True]} پیام است و {kinds[False]} جدول، و با هم سنجیده نمی‌شوند.",
                f"{kinds[True]} holds messages and {kinds[False]} is a table; they are not checked together.",
            ),
            mend=Text("هر کدام را جدا بسنجید.", "Check them one after the other."),
        )
    return True in kinds


def _only(what: Text, **given: object) -> None:
    """Raise BadParameter for an option that the files do not have."""
    for name, value in given.items():
        if value:
            raise BadParameter(
                name,
                Text(f"--{name} برای {what.fa} است.", f"--{name} is for {what.en}."),
                mend=Text("آن را بردارید.", "Leave it away."),
            )


_TABLES = Text("جدول‌ها و این‌ها پیام", "tables, and these are messages")
_MESSAGES = Text("پیام‌ها و این‌ها جدول", "messages, and these are tables")


def _all_without_out() -> BadParameter:
    return BadParameter(
        "all",
        Text("--all بی --out داده شده است.", "--all is given without --out."),
        mend=Text("فایل نتیجه‌ها را با --out بدهید.", "Name the file of results with --out."),
    )


def _check_place(option: str, target: Path | None, files: tuple[Path, ...]) -> None:
    """Raise BadParameter when a file to write is one of those to read, or its folder is not there."""
    if target is None:
        return
    if target.exists() and any(file.exists() and target.samefile(file) for file in files):
        raise BadParameter(
            option,
            Text("نتیجه‌ها روی خود فایل منبع نوشته نمی‌شود.", f"--{option} names the source itself."),
            mend=Text("نام دیگری بدهید.", "Give another name."),
        )
    if target.exists() and not target.is_file():
        raise BadParameter(
            option,
            Text(f"{target} فایل نیست.", f"{target} is no file."),
            mend=Text("نام یک فایل را بدهید.", "Give the name of a file."),
        )
    if not target.absolute().parent.is_dir():
        raise BadParameter(
            option,
            Text(f"پوشهٔ {target.parent} نیست.", f"There is no folder {target.parent}."),
            mend=Text("آن را بسازید یا پوشهٔ دیگری بدهید.", "Make it, or name another one."),
        )
