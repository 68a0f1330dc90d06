"""Labels of tables and short words that several commands print, in both languages."""

from __future__ import annotations

from datetime import date

from maksa.model.jalali import format_jalali
from maksa.text import Text

TERMINOLOGY = Text("ترمینولوژی", "terminology")
EDITION = Text("انتشار", "edition")
CODE = Text("کد", "code")
DISPLAY = Text("عنوان", "display")
STATUS = Text("وضعیت", "status")
COUNT = Text("شمار", "count")
ROWS = Text("ردیف‌ها", "rows")
EFFECTIVE = Text("تاریخ اجرا", "effective")
LETTER = Text("نامه", "letter")
KIND = Text("نوع", "kind")
NOTE = Text("یادداشت", "note")
REPLACED_BY = Text("جایگزین", "replaced by")
REMARK = Text("توضیح", "remark")
SUBJECT = Text("موضوع", "subject")
DATE = Text("تاریخ", "date")

_STATUSES = {
    "active": Text("فعال", "active"),
    "retired": Text("منسوخ", "retired"),
    "not-yet-effective": Text("هنوز نافذ نشده", "not yet effective"),
}
SAMPLE = Text("نمونه، غیررسمی", "sample, not official")
WITHDRAWN = Text("پس‌گرفته‌شده", "withdrawn")
NOT_ANNOUNCED = Text("ابلاغ نشده", "not announced")


def status_word(status: str) -> Text:
    """Give the word for the state of a concept."""
    return _STATUSES[status]


def day_word(day: date | None, language: str) -> str:
    """Write a day for a reader: Jalali for Persian, both for English; a dash for none."""
    if day is None:
        return "-"
    return format_jalali(day) if language == "fa" else f"{format_jalali(day)} ({day.isoformat()})"


def codes_word(count: int) -> Text:
    """Count codes in words."""
    return Text(f"{count} کد", f"{count} code" if count == 1 else f"{count} codes")


def value_word(value: object) -> Text:
    """Write the value of a property for a reader: yes or no, or the value as it is."""
    if isinstance(value, bool):
        return Text("بله", "yes") if value else Text("خیر", "no")
    return Text(str(value), str(value))
