"""Every sentence that an import says of a whole file: notes, and the errors that end it."""

from __future__ import annotations

from collections.abc import Sequence

from maksa.errors import IntakeError
from maksa.intake.ledger import Remark
from maksa.text import Text

_HEADERS_SHOWN = 40


def legacy_encoding(name: str, encoding: str) -> Remark:
    """Say that a text is not Unicode."""
    return Remark(
        "encoding",
        Text(
            fa=f"متن {name} با رمزگذاری {encoding} خوانده شد.",
            en=f"The text of {name} was read as {encoding}.",
        ),
        Text(fa="فایل را با رمزگذاری UTF-8 ذخیره کنید.", en="Save the file as UTF-8."),
    )


def blank_rows(count: int) -> Remark:
    """Say how many rows were wholly empty."""
    return Remark(
        "blank-rows",
        Text(
            fa=f"{count} ردیف کاملاً خالی بود و شمرده نشد.",
            en=f"{count} rows were wholly empty and are not counted.",
        ),
    )


def trimmed(count: int) -> Remark:
    """Say how many titles had spaces at their ends."""
    return Remark(
        "trimmed",
        Text(
            fa=f"در {count} ردیف فاصله از دو سر عنوان برداشته شد؛ عنوان همان است.",
            en=f"In {count} rows spaces were taken from the ends of the title; it is the same title.",
        ),
    )


def tidied(count: int) -> Remark:
    """Say how many titles got a tidy form beside them."""
    return Remark(
        "title-cleaned",
        Text(
            fa=f"در {count} ردیف شکل پاکیزهٔ عنوان کنار عنوان منتشرشده افزوده شد.",
            en=f"In {count} rows a tidy form of the title was added beside the published one.",
        ),
    )


def split(count: int) -> Remark:
    """Say how many titles were split into parts."""
    return Remark(
        "title-split",
        Text(
            fa=f"در {count} ردیف عنوان به‌هم‌چسبیده به شماره، فارسی و انگلیسی جدا شد؛ عنوان منتشرشده ماند.",
            en=f"In {count} rows a glued title was split into number, Persian and English; the published one stays.",
        ),
    )


def counted_together(count: int) -> Remark:
    """Say how many rows repeat a code with the same title."""
    return Remark(
        "counted-together",
        Text(
            fa=f"{count} ردیف کدی را با همان عنوان تکرار می‌کرد و با ردیف نخست شمرده شد.",
            en=f"{count} rows repeat a code with the same title and were counted together.",
        ),
    )


def no_rows(file: str) -> IntakeError:
    """Give the error of a file that has headers and nothing under them."""
    return unreadable(file, "زیر سرستون هیچ ردیفی ندارد", "it has no rows under its header")


def unknown_column(header: str) -> Remark:
    """Say that a column of the file has no place in the profile."""
    return Remark(
        "unknown-column",
        Text(
            fa=f"ستون «{header[:60]}» در قالب نیست و گرفته نشد.",
            en=f"Column '{header[:60]}' has no place in the profile and was not taken.",
        ),
        Text(
            fa="با --columns آن را به ستونی از قالب برسانید، یا با قالب generic نام آن را property:NAME بگذارید.",
            en="Map it with --columns, or use the profile generic and call it property:NAME.",
        ),
    )


def other_sheets(read: str, others: Sequence[str]) -> Remark:
    """Say that a workbook has further sheets."""
    names = ", ".join(name[:40] for name in others[:10])
    return Remark(
        "other-sheets",
        Text(
            fa=f"تنها برگهٔ «{read[:40]}» خوانده شد؛ این برگه‌ها نه: {names}.",
            en=f"Only sheet '{read[:40]}' was read; not: {names}.",
        ),
        Text(fa="هر برگه را در فایلی جدا ذخیره کنید.", en="Save each sheet as a file of its own."),
    )


def missing_column(file: str, column: str, aliases: Sequence[str], found: Sequence[str]) -> IntakeError:
    """Give the error of a required column that the file does not have."""
    names = ", ".join((column, *aliases))
    headers = ", ".join(f"'{header[:40]}'" for header in found[:_HEADERS_SHOWN])
    return IntakeError(
        file,
        Text(
            fa=f"فایل {file} ستون {column} را ندارد؛ سرستون‌های آن: {headers}.",
            en=f"{file} has no column {column}; its headers are: {headers}.",
        ),
        row=1,
        column=column,
        mend=Text(
            fa=f"سرستون را یکی از این‌ها کنید: {names}؛ یا با --columns {column}=… نام آن را در فایل بدهید.",
            en=f"Call it one of: {names}; or name it with --columns {column}=HEADER.",
        ),
        known=tuple(header[:40] for header in found[:_HEADERS_SHOWN]),
    )


def doubled_header(file: str, header: str) -> IntakeError:
    """Give the error of a header that stands twice."""
    return IntakeError(
        file,
        Text(
            fa=f"سرستون «{header[:60]}» در فایل {file} دو بار آمده است.",
            en=f"The header '{header[:60]}' stands twice in {file}.",
        ),
        row=1,
        column=header,
        mend=Text(fa="یکی از آن دو را نام دیگری بدهید.", en="Give one of them another name."),
    )


def no_such_header(file: str, column: str, header: str, found: Sequence[str]) -> IntakeError:
    """Give the error of a `--columns` entry whose header the file does not have."""
    headers = ", ".join(f"'{name[:40]}'" for name in found[:_HEADERS_SHOWN])
    return IntakeError(
        file,
        Text(
            fa=f"فایل {file} سرستون «{header[:60]}» را که برای {column} نام برده شده ندارد.",
            en=f"{file} has no header '{header[:60]}', which was named for {column}.",
        ),
        row=1,
        column=header,
        mend=Text(fa=f"یکی از این‌ها را بدهید: {headers}.", en=f"Give one of: {headers}."),
        known=tuple(name[:40] for name in found[:_HEADERS_SHOWN]),
    )


def unreadable(
    file: str, fa: str, en: str, *, row: int | None = None, mend: Text | None = None
) -> IntakeError:
    """Give the error of a file that cannot be read, with the mend that fits most of them."""
    return IntakeError(
        file,
        Text(fa=f"فایل {file} خوانده نمی‌شود: {fa}.", en=f"{file} cannot be read: {en}."),
        row=row,
        mend=mend
        or Text(
            fa="فایل CSV (با UTF-8)، XLSX یا FHIR CodeSystem JSON بدهید.",
            en="Give a CSV file (UTF-8), an XLSX workbook, FHIR JSON or (of a map) SSSOM.",
        ),
    )


_CLOSE_QUOTE = Text(
    fa='گیومهٔ آن خانه را ببندید؛ گیومه‌ای که جزء متن است دوبار نوشته می‌شود ("").',
    en='Close the quote of that cell; a quote that belongs to the text is written twice ("").',
)


def open_quote(file: str, row: int, line: int) -> IntakeError:
    """Give the error of a quote that is never closed, so that the rows after it are lost in one cell."""
    return unreadable(
        file,
        f"گیومه‌ای که در ردیف {row} (خط {line}) باز می‌شود بسته نشده و ردیف‌های پس از آن را در خود گرفته است",
        f"a quote that opens in row {row} (line {line}) is not closed and swallows the rows after it",
        row=row,
        mend=_CLOSE_QUOTE,
    )


def endless_cell(file: str, row: int, line: int, most: int) -> IntakeError:
    """Give the error of a cell that is longer than any; most often its quote is not closed."""
    return unreadable(
        file,
        f"خانه‌ای از ردیف {row} (خط {line}) بیش از {most} نویسه دارد (شاید گیومه‌ای بسته نشده است)",
        f"a cell of row {row} (line {line}) has over {most} characters (perhaps a quote is not closed)",
        row=row,
        mend=_CLOSE_QUOTE,
    )


def text_after_quote(file: str, row: int, line: int) -> IntakeError:
    """Give the error of a quote that is followed by text: where the cell ends would be a guess."""
    return unreadable(
        file,
        f"در خانه‌ای که در ردیف {row} (خط {line}) با گیومه باز می‌شود، پس از گیومهٔ پایانی متن آمده است",
        f"in a cell that opens with a quote in row {row} (line {line}), text follows the closing quote",
        row=row,
        mend=_CLOSE_QUOTE,
    )


def over_bound(file: str, fa: str, en: str, *, row: int | None = None) -> IntakeError:
    """Give the error of a file that is over a bound."""
    return unreadable(
        file,
        fa,
        en,
        row=row,
        mend=Text(fa="فایل را به چند فایل کوچک‌تر بخش کنید.", en="Part the file into several smaller ones."),
    )
