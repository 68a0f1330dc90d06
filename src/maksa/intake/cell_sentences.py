"""Every sentence that an import says of a cell that cannot be trusted or was not clean."""

from __future__ import annotations

from maksa.intake.ledger import Remark
from maksa.intake.sentences import shown
from maksa.text import Text


def control_characters(column: str) -> Remark:
    """Say that control characters were taken out of a cell."""
    return Remark(
        "control-characters",
        Text(
            fa=f"نویسه‌های کنترلی از ستون {column} برداشته شد.",
            en=f"Control characters were taken out of column {column}.",
        ),
    )


def lost_digits(column: str, value: str) -> Remark:
    """Say that a spreadsheet has rounded a long number."""
    return Remark(
        "lost-digits",
        Text(
            fa=f"ستون {column} عدد {shown(value)} را دارد؛ برگهٔ گسترده پس از رقم پانزدهم صفر می‌گذارد.",
            en=f"Column {column} holds {shown(value)} as a number; a spreadsheet keeps only fifteen digits.",
        ),
        Text(
            fa="ستون را از نوع متن کنید و کدها را از منبع دوباره در آن بنویسید.",
            en="Make the column text and copy the codes into it again from their source.",
        ),
    )


def error_cell(column: str, value: str) -> Remark:
    """Say that a cell holds the error of a formula, which is no value."""
    return Remark(
        "error-cell",
        Text(
            fa=f"ستون {column} در این ردیف خطای برگهٔ گسترده دارد: {shown(value)}.",
            en=f"Column {column} holds an error of the spreadsheet here: {shown(value)}.",
        ),
        Text(
            fa="فرمول آن خانه را درست کنید یا مقدار را به‌جای آن بنویسید.",
            en="Mend the formula of the cell, or write its value instead.",
        ),
    )


def truth_cell(column: str, value: str) -> Remark:
    """Say that a spreadsheet holds a truth value where the column holds none."""
    return Remark(
        "truth-value",
        Text(
            fa=f"ستون {column} در این ردیف مقدار منطقی {shown(value)} دارد، نه متن یا عدد.",
            en=f"Column {column} holds the truth value {shown(value)} here, no text or number.",
        ),
        Text(
            fa="ستون را از نوع متن کنید و مقدار درست را در آن بنویسید.",
            en="Make the column text and write the right value into it.",
        ),
    )


def broken_code(code: str) -> Remark:
    """Say that a code has a line break inside: most often rows run together."""
    return Remark(
        "line-break-in-code",
        Text(
            fa=f"کد «{shown(code)}» چند خط دارد؛ شاید چند ردیف در یک خانه آمده است.",
            en=f"Code '{shown(code)}' has several lines; perhaps several rows stand in one cell.",
        ),
        Text(
            fa="گیومه‌ای را بجویید که پیش از آن باز مانده است، و کد را در یک خط بنویسید.",
            en="Look for a quote that is left open before it, and write the code on one line.",
        ),
    )


def swallowed_rows(column: str, cell: str) -> Remark:
    """Say that the lines of a cell look like rows of the table."""
    lines = len(cell.strip().splitlines())
    return Remark(
        "rows-in-cell",
        Text(
            fa=f"ستون {column} در این ردیف {lines} خط دارد که مانند ردیف‌های جدول است: «{shown(cell)}».",
            en=f"Column {column} holds {lines} lines here that look like rows of the table: '{shown(cell)}'.",
        ),
        Text(
            fa="اگر چند ردیف است، گیومهٔ زیادی را از آغاز آن خانه بردارید.",
            en="If they are rows, take the stray quote from the beginning of the cell.",
        ),
    )


def cell_too_long(column: str, length: int, bound: int) -> Remark:
    """Say that a cell is over its bound."""
    return Remark(
        "cell-too-long",
        Text(
            fa=f"ستون {column} در این ردیف {length} نویسه دارد؛ بیشینه {bound} است.",
            en=f"Column {column} holds {length} characters here; at most {bound} are read.",
        ),
        Text(fa="گیومهٔ بسته‌نشده را بجویید.", en="Look for a quote that is not closed."),
    )


def too_many_cells(cells: int, header: int) -> Remark:
    """Say that a row has more cells than the header."""
    return Remark(
        "too-many-cells",
        Text(
            fa=f"این ردیف {cells} خانه دارد و سرستون {header}؛ ستون‌ها جابه‌جا شده‌اند.",
            en=f"The row has {cells} cells and the header {header}; its columns are shifted.",
        ),
        Text(
            fa="خانه‌ای را که جداکننده در خود دارد میان گیومه بگذارید.",
            en="Quote the cell that holds a delimiter.",
        ),
    )
