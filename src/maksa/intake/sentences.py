"""Every sentence that an import says of a row: a stable code, Persian and English, and the mend."""

from __future__ import annotations

from collections.abc import Iterable

from maksa.intake.ledger import Remark
from maksa.model.codeform import CodeForm
from maksa.text import Text

_SHOWN = 60


def shown(value: str) -> str:
    """Give a cell as a sentence shows it: on one line, at most sixty characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def missing_code() -> Remark:
    """Say that a row has no code."""
    return Remark(
        "missing-code",
        Text(fa="این ردیف کد ندارد.", en="The row has no code."),
        Text(
            fa="کد را در فایل بنویسید و دوباره وارد کنید.",
            en="Write the code into the file and import again.",
        ),
    )


def missing_title(code: str) -> Remark:
    """Say that a row has no title and is set aside."""
    return Remark(
        "missing-title",
        Text(fa=f"کد {shown(code)} عنوان ندارد.", en=f"Code {shown(code)} has no title."),
        Text(fa="عنوان را در فایل بنویسید.", en="Write the title into the file."),
    )


def title_stands_in(code: str, column: str, value: str) -> Remark:
    """Say that another column stands in for a missing title."""
    return Remark(
        "missing-title",
        Text(
            fa=f"کد {shown(code)} عنوان ندارد؛ «{shown(value)}» از ستون {column} به‌جای آن نشست.",
            en=f"Code {shown(code)} has no title; '{shown(value)}' of column {column} stands in for it.",
        ),
        Text(fa="عنوان را از صاحب فهرست بگیرید.", en="Ask the owner of the list for the title."),
    )


def code_repaired(published: str, code: str) -> Remark:
    """Say how a code was repaired."""
    return Remark(
        "code-form",
        Text(
            fa=f"کد «{shown(published)}» به {shown(code)} درست شد.",
            en=f"Code '{shown(published)}' was repaired to {shown(code)}.",
        ),
        Text(
            fa="ستون کد را در برگهٔ گسترده از نوع متن و با رقم‌های لاتین بنویسید.",
            en="Keep the code column as text with ASCII digits in the spreadsheet.",
        ),
    )


def malformed_code(code: str, terminology: str, form: CodeForm) -> Remark:
    """Say that a code cannot be one of the list."""
    like, such = "", ""
    if form.example or form.pattern:
        like = f" مانند {form.example}" if form.example else f" به شکل {form.pattern}"
        such = f" such as {form.example}" if form.example else f" of the form {form.pattern}"
    return Remark(
        "malformed-code",
        Text(
            fa=f"«{shown(code)}» نمی‌تواند کدی از {terminology} باشد.",
            en=f"'{shown(code)}' cannot be a code of {terminology}.",
        ),
        Text(fa=f"کد درست را بنویسید{like}.", en=f"Write the right code{such}."),
    )


def code_display_swapped(code: str, value: str) -> Remark:
    """Say that code and title seem to stand in each other's place."""
    return Remark(
        "code-display-swapped",
        Text(
            fa=f"کد «{shown(code)}» و عنوان «{shown(value)}» جابه‌جا نوشته شده‌اند.",
            en=f"Code '{shown(code)}' and title '{shown(value)}' stand in each other's place.",
        ),
        Text(fa="جای آن دو را عوض کنید.", en="Swap them."),
    )


def wrong_check_digit(column: str, value: str) -> Remark:
    """Say that the check digit of a value does not hold, or its form is not the expected one."""
    return Remark(
        "property-form",
        Text(
            fa=f"مقدار «{shown(value)}» در {column} شکل یا رقم کنترل درستی ندارد؛ همان‌گونه که هست ماند.",
            en=f"'{shown(value)}' in {column} has not the right form or check digit; it is kept as it is.",
        ),
        Text(fa="مقدار را با منبع بسنجید.", en="Compare it with its source."),
    )


def value_repaired(column: str, published: str, value: str) -> Remark:
    """Say how a value was repaired."""
    return Remark(
        "property-repaired",
        Text(
            fa=f"مقدار «{shown(published)}» در {column} به «{shown(value)}» درست شد.",
            en=f"'{shown(published)}' in {column} was repaired to '{shown(value)}'.",
        ),
    )


def fake_loinc(code: str, number: str, right: str) -> Remark:
    """Say that a number looks like LOINC and is none."""
    return Remark(
        "check-digit",
        Text(
            fa=f"{number} در کد یا عنوان {shown(code)} شبیه LOINC است ولی رقم کنترلش درست نیست.",
            en=f"{number} in the code or title of {shown(code)} looks like LOINC, but its check digit is wrong.",
        ),
        Text(
            fa=f"اگر LOINC است باید {right} باشد؛ وگرنه کد محلی است.",
            en=f"As LOINC it would be {right}; else it is a local code.",
        ),
    )


def loinc_disagrees(code: str, held: str, other: str) -> Remark:
    """Say that a row names two LOINC numbers."""
    return Remark(
        "loinc-disagrees",
        Text(
            fa=f"ردیف {shown(code)} دو شمارهٔ LOINC دارد: {held} و {other}.",
            en=f"The row of {shown(code)} names two LOINC numbers: {held} and {other}.",
        ),
        Text(fa="یکی از آن دو را درست کنید.", en="Mend one of them."),
    )


_KINDS = {
    "decimal": ("text-in-number", "عدد", "number"),
    "integer": ("text-in-number", "عدد درست", "whole number"),
    "boolean": ("not-a-boolean", "بله یا خیر", "yes or no"),
    "date": ("not-a-date", "تاریخ", "day"),
}


def unreadable_value(column: str, value: str, kind: str, kept_as: str) -> Remark:
    """Say that a cell is not of its column's type, and where its text is kept."""
    code, fa, en = _KINDS[kind]
    return Remark(
        code,
        Text(
            fa=f"ستون {column} باید {fa} باشد ولی «{shown(value)}» دارد؛ متن آن در ویژگی {kept_as} ماند.",
            en=f"Column {column} should hold a {en} but has '{shown(value)}'; the text is kept as {kept_as}.",
        ),
        Text(
            fa=f"متن را به ستون توضیحات ببرید و در {column} تنها {fa} بنویسید.",
            en=f"Move the text to a notes column and leave only a {en} in {column}.",
        ),
    )


def unreadable_day(column: str, value: str) -> Remark:
    """Say that a day of validity cannot be read, so the row is set aside."""
    return Remark(
        "not-a-date",
        Text(
            fa=f"«{shown(value)}» در ستون {column} تاریخ درستی نیست.",
            en=f"'{shown(value)}' in column {column} is not a day of the calendar.",
        ),
        Text(
            fa="تاریخ جلالی مانند 1402/03/27 یا میلادی مانند 2023-06-17 بنویسید.",
            en="Write a Jalali day such as 1402/03/27 or an ISO day such as 2023-06-17.",
        ),
    )


def unreadable_number(column: str, value: str) -> Remark:
    """Say that a count of use cannot be read and is left out."""
    return Remark(
        "text-in-number",
        Text(
            fa=f"«{shown(value)}» در ستون {column} شمار درستی نیست و صفر گرفته شد.",
            en=f"'{shown(value)}' in column {column} is no count; it is taken as none.",
        ),
    )


def days_crossed(code: str) -> Remark:
    """Say that a concept ends before it begins."""
    return Remark(
        "days-crossed",
        Text(
            fa=f"پایان اعتبار کد {shown(code)} پیش از آغاز آن است.",
            en=f"Code {shown(code)} ends before it begins.",
        ),
        Text(fa="دو تاریخ را با منبع بسنجید.", en="Compare both days with the source."),
    )


def unknown_value(column: str, value: str, known: Iterable[str]) -> Remark:
    """Say that a value is none of those known for its column; it is kept."""
    names = sorted(set(known))
    return Remark(
        "unknown-value",
        Text(
            fa=f"مقدار «{shown(value)}» برای ستون {column} شناخته نیست و همان‌گونه ماند.",
            en=f"'{shown(value)}' is no known value of column {column}; it is kept as it is.",
        ),
        Text(fa=f"مقدارهای شناخته: {'، '.join(names)}.", en=f"Known values: {', '.join(names)}."),
    )


def unknown_status(value: str) -> Remark:
    """Say that a status is not known, so the row is set aside: guessing it could retire a code."""
    return Remark(
        "unknown-status",
        Text(fa=f"وضعیت «{shown(value)}» شناخته نیست.", en=f"Status '{shown(value)}' is not known."),
        Text(
            fa="active (فعال) یا retired (غیرفعال) بنویسید.",
            en="Write active or retired.",
        ),
    )


def duplicate_row(code: str, first: int | None) -> Remark:
    """Say that a row repeats an earlier one word for word."""
    return Remark(
        "duplicate-row",
        Text(
            fa=f"این ردیف همان ردیف {first} (کد {shown(code)}) است.",
            en=f"The row repeats row {first} (code {shown(code)}) word for word.",
        ),
    )


def duplicate_code(code: str, first: int | None, fields: Iterable[str]) -> Remark:
    """Say that a code stands twice with different content; both are kept."""
    names = tuple(fields)
    return Remark(
        "duplicate-code",
        Text(
            fa=f"کد {shown(code)} در ردیف {first} هم آمده و در این‌ها فرق دارد: {'، '.join(names)}. هر دو ماندند.",
            en=f"Code {shown(code)} stands in row {first} too and differs in: {', '.join(names)}. Both are kept.",
        ),
        Text(
            fa="با صاحب فهرست روشن کنید که کدام درست است.",
            en="Settle with the owner of the list which one is right.",
        ),
    )


def dangling_reference(column: str, cited: str, code: str) -> Remark:
    """Say that a row cites a code that the list does not have."""
    return Remark(
        "dangling-reference",
        Text(
            fa=f"ستون {column} در کد {shown(code)} به {shown(cited)} ارجاع می‌دهد که در فهرست نیست.",
            en=f"Column {column} of code {shown(code)} refers to {shown(cited)}, which is not in the list.",
        ),
        Text(fa="ارجاع را درست کنید یا آن کد را بیفزایید.", en="Mend the reference, or add that code."),
    )


def missing_list() -> Remark:
    """Say that a row does not name its list."""
    return Remark(
        "missing-list",
        Text(fa="این ردیف شناسهٔ فهرست ندارد.", en="The row does not name its list."),
        Text(fa="شناسهٔ فهرست را بنویسید.", en="Write the id of the list."),
    )


def malformed_list(value: str) -> Remark:
    """Say that a text cannot be the id of a list."""
    return Remark(
        "malformed-list",
        Text(
            fa=f"«{shown(value)}» نمی‌تواند شناسهٔ یک فهرست باشد.",
            en=f"'{shown(value)}' cannot be the id of a list.",
        ),
        Text(
            fa="شناسه از حرف لاتین، رقم، نقطه، خط و زیرخط ساخته می‌شود.",
            en="An id is made of Latin letters, digits, dots, hyphens and underscores.",
        ),
    )


def list_id_form(sent: str, canonical: str) -> Remark:
    """Say that the id of a list was recognised in another spelling."""
    return Remark(
        "terminology-id-form",
        Text(
            fa=f"شناسهٔ «{shown(sent)}» همان {canonical} است.",
            en=f"List id '{shown(sent)}' is {canonical}.",
        ),
        Text(fa=f"بنویسید: {canonical}.", en=f"Write {canonical}."),
    )


def unknown_list(value: str) -> Remark:
    """Say that a list is not among the known ones; it is taken under its own id."""
    return Remark(
        "unknown-list",
        Text(
            fa=f"فهرست «{shown(value)}» از فهرست‌های شناخته نیست و با همین شناسه گرفته شد.",
            en=f"List '{shown(value)}' is not among the known ones; it is taken under this id.",
        ),
    )


def missing_cell(column: str) -> Remark:
    """Say that a required cell is empty."""
    return Remark(
        "missing-value",
        Text(fa=f"ستون {column} در این ردیف خالی است.", en=f"Column {column} is empty in this row."),
        Text(fa="خانه را پر کنید.", en="Fill the cell."),
    )


def no_value(part: str) -> Remark:
    """Say that a part of a FHIR concept holds nothing that can be read, or too much."""
    return Remark(
        "no-value",
        Text(
            fa=f"بخش {shown(part)} این مفهوم مقداری خواندنی ندارد و گرفته نشد.",
            en=f"Part {shown(part)} of the concept holds no readable value and was not taken.",
        ),
    )
