"""Every sentence that a check says of a file, a column or a cell, beside the verdicts themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from maksa.errors import BadParameter, IntakeError
from maksa.text import Text

_KINDS = Text(
    fa="جدول‌ها CSV، XLSX یا Parquet هستند؛ پیام‌ها JSON یا XML.",
    en="Tables are CSV, XLSX or Parquet; messages are JSON or XML.",
)


def unreadable(file: str, fa: str, en: str, *, row: int | None = None) -> IntakeError:
    """Give the error of a file that cannot be checked."""
    text = Text(fa=f"فایل {file} خوانده نمی‌شود: {fa}.", en=f"{file} cannot be read: {en}.")
    return IntakeError(file, text, row=row, mend=_KINDS)


@contextmanager
def told_of_tables() -> Iterator[None]:
    """Let the errors of intake's readers name the kinds of files that a check takes."""
    try:
        yield
    except IntakeError as error:
        raise IntakeError(
            error.file, error.text, row=error.row, column=error.column, mend=_KINDS, known=error.known
        ) from None


def no_rows(file: str) -> IntakeError:
    """Give the error of a table that has headers and nothing under them."""
    return unreadable(file, "زیر سرستون هیچ ردیفی ندارد", "it has no rows under its header")


def no_header(file: str) -> IntakeError:
    """Give the error of a table that is blank."""
    return unreadable(file, "هیچ ردیفی ندارد", "it has no rows")


def too_many_cells(file: str, row: int, cells: int, header: int) -> IntakeError:
    """Give the error of a row that has more cells than the header: its columns are shifted."""
    return IntakeError(
        file,
        Text(
            fa=f"ردیفی از {file} {cells} خانه دارد و سرستون {header}؛ ستون‌ها جابه‌جا شده‌اند.",
            en=f"A row of {file} has {cells} cells and its header {header}; its columns are shifted.",
        ),
        row=row,
        mend=Text(
            fa="خانه‌ای را که جداکننده در خود دارد میان گیومه بگذارید.",
            en="Quote the cell that holds a delimiter.",
        ),
    )


def wrong_type(file: str, header: str, kind: str) -> IntakeError:
    """Give the error of a Parquet column that cannot hold what it should."""
    return IntakeError(
        file,
        Text(
            fa=f"ستون «{header[:60]}» در {file} از نوع {kind[:60]} است.",
            en=f"Column '{header[:60]}' of {file} is of the type {kind[:60]}.",
        ),
        mend=Text(
            fa="آن را متن کنید؛ کدها می‌توانند عدد درست هم باشند.",
            en="Make it text; codes may be whole numbers too.",
        ),
    )


def list_named_twice(file: str, header: str) -> BadParameter:
    """Give the error of a list that is named by a column and by the caller."""
    return BadParameter(
        "terminology",
        Text(
            fa=f"فهرست هم با --terminology داده شده و هم فایل {file} ستون «{header[:60]}» را دارد.",
            en=f"The list is given with --terminology, and {file} has the column '{header[:60]}' too.",
        ),
        mend=Text(
            fa="--terminology را بردارید، یا نام آن ستون را در فایل عوض کنید.",
            en="Leave --terminology out, or give the column another name in the file.",
        ),
    )


def unknown_role(name: str, known: Sequence[str]) -> BadParameter:
    """Give the error of a `--columns` entry that names no column of a check."""
    names = ", ".join(known)
    return BadParameter(
        "columns",
        Text(
            fa=f"سنجش ستونی به نام «{name[:60]}» ندارد.",
            en=f"A check has no column '{name[:60]}'.",
        ),
        mend=Text(fa=f"یکی از این‌ها را بدهید: {names}.", en=f"Give one of: {names}."),
        known=tuple(known),
    )


def unknown_suffix(name: str, known: Sequence[str]) -> BadParameter:
    """Give the error of a results file whose name does not tell its kind."""
    names = ", ".join(known)
    return BadParameter(
        "out",
        Text(
            fa=f"از نام «{name[:60]}» پیدا نیست که نتیجه‌ها به چه شکلی نوشته شود.",
            en=f"The name '{name[:60]}' does not tell the form of the results.",
        ),
        mend=Text(fa=f"نام را به یکی از این‌ها پایان دهید: {names}.", en=f"End it with one of: {names}."),
        known=tuple(known),
    )


def no_titles(file: str) -> Text:
    """Say that a file has no column of titles."""
    return Text(
        fa=f"فایل {file} ستون Value ندارد: عنوان‌ها سنجیده نشد.",
        en=f"{file} has no column Value: titles were not compared.",
    )


def other_sheets(file: str, read: str, others: Sequence[str]) -> Text:
    """Say that a workbook has further sheets."""
    names = ", ".join(name[:40] for name in others[:10])
    return Text(
        fa=f"از {file} تنها برگهٔ «{read[:40]}» سنجیده شد؛ این برگه‌ها نه: {names}.",
        en=f"Of {file} only sheet '{read[:40]}' was checked; not: {names}.",
    )


def legacy_encoding(file: str, encoding: str) -> Text:
    """Say that a text is not UTF-8 and how it was read."""
    return Text(
        fa=f"متن {file} با رمزگذاری {encoding} خوانده شد؛ بهتر است با UTF-8 ذخیره شود.",
        en=f"The text of {file} was read as {encoding}; better save it as UTF-8.",
    )
