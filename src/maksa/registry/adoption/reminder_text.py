"""The words of a letter of reminder: once, for the text and for the printed page. Persian, with Persian digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maksa.model.jalali import format_jalali
from maksa.registry.adoption.records import DECLARED
from maksa.registry.adoption.reminded import Cited, OpenList, Reminder

CENTRE = ("وزارت بهداشت، درمان و آموزش پزشکی", "مرکز مدیریت آمار و فناوری اطلاعات")
_SUBJECT = "یادآوری اجرای کدینگ ابلاغی مکسا (مرجع کدینگ سلامت ایران)"
_HEADERS = ("ردیف", "فهرست", "سامانه", "انتشار", "نامه", "مهلت", "وضعیت")
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_WHOLE = "همهٔ سازمان"
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Page:
    """A letter ready to be set: lines and paragraphs in their order, and the table of what is open."""

    head: tuple[str, ...]
    number: str
    day: str
    attachment: str
    addressee: tuple[str, ...]
    subject: str
    greeting: str
    opening: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]


def page_of(reminder: Reminder) -> Page:
    """Write the letter of a reminder."""
    return Page(
        head=("بسمه تعالی", *CENTRE),
        number=f"شماره: {_digits(reminder.letter)}",
        day=f"تاریخ: {_day(reminder.day)}",
        attachment="پیوست: ندارد",
        addressee=reminder.addressee,
        subject=f"موضوع: {_SUBJECT}",
        greeting="با سلام و احترام",
        opening=_opening(reminder),
        headers=_HEADERS,
        rows=tuple(_row(place, one) for place, one in enumerate(reminder.open, 1)),
        closing=_closing(reminder),
        signature=reminder.signatory,
    )


def text_of(reminder: Reminder) -> str:
    """Write the letter as plain text, the table as one paragraph a row."""
    page = page_of(reminder)
    table = [
        "؛ ".join(f"{name}: {cell}" for name, cell in zip(page.headers[1:], row[1:], strict=True))
        for row in page.rows
    ]
    numbered = [f"{_digits(place)}. {line}" for place, line in enumerate(table, 1)]
    blocks = (
        page.head,
        (page.number, page.day, page.attachment),
        page.addressee,
        (page.subject,),
        (page.greeting,),
        *((paragraph,) for paragraph in page.opening),
        numbered,
        *((paragraph,) for paragraph in page.closing),
        page.signature,
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _opening(reminder: Reminder) -> tuple[str, ...]:
    ground = f"پیرو {_cited(reminder.cited)}، یادآور می‌شود" if reminder.cited else "یادآور می‌شود"
    told = [
        (
            f"{ground} که مکسا مرجع استعلام و بهره‌برداری کدینگ حوزهٔ سلامت است و به کار بردن فهرست‌های ابلاغی آن در"
            " سامانه‌ها و سرویس‌های آن مجموعه الزامی است. تا تاریخ این نامه موارد جدول زیر نزد آن مجموعه باز مانده است."
        )
    ]
    if any(one.state == "contradiction" for one in reminder.open):
        since = _day(min(one.since for one in reminder.open))
        told.append(
            f"در مواردی که اجرا اعلام شده است، پرسش‌های سامانه‌های آن مجموعه از {since} تا کنون (تنها شمار پرسش‌ها،"
            " بدون هیچ دادهٔ شخصی) نشان می‌دهد که انتشار پیشین هنوز در کار است."
        )
    return tuple(told)


def _closing(reminder: Reminder) -> tuple[str, ...]:
    until = "در اسرع وقت" if reminder.answer_by is None else f"حداکثر تا تاریخ {_day(reminder.answer_by)}"
    return (
        (
            "وجود مغایرت میان فهرست‌های در دست آن مجموعه و کدینگ ابلاغی دلیل موجهی برای اجرا نکردن نیست؛ موارد فاقد کد و"
            " مغایرت‌ها به طور مشخص به این مرکز اعلام گردد."
        ),
        (
            f"خواهشمند است دستور فرمایید اقدامات لازم برای به کار بردن فهرست‌های یادشده به عمل آید و مراتب {until} به"
            " این مرکز اعلام گردد."
        ),
    )


def _cited(cited: Sequence[Cited]) -> str:
    word = "نامهٔ شمارهٔ" if len(cited) == 1 else "نامه‌های شمارهٔ"
    named = [_digits(one.number) + ("" if one.date is None else f" مورخ {_day(one.date)}") for one in cited]
    listed = named[0] if len(named) == 1 else f"{'، '.join(named[:-1])} و {named[-1]}"
    subject = f" با موضوع «{cited[0].subject}»" if len(cited) == 1 and cited[0].subject else ""
    return f"{word} {listed}{subject}"


def _row(place: int, one: OpenList) -> tuple[str, ...]:
    return (
        _digits(place),
        one.title if one.terminology in one.title else f"{one.title} ({one.terminology})",
        one.system_name or _WHOLE,
        one.wanted or _NONE,
        _NONE if one.letter is None else _digits(one.letter),
        _NONE if one.deadline is None else _day(one.deadline),
        _state(one),
    )


def _state(one: OpenList) -> str:
    if one.state == "contradiction":
        return f"اجرا اعلام شده است ولی نشان فهرست کهنه دیده می‌شود ({_signs(one)})"
    if one.declared is None:
        told = "پاسخی نرسیده است"
    else:
        edition = "" if one.declared_edition is None else f" (انتشار {one.declared_edition})"
        told = f"اعلام شده: {DECLARED[one.declared].fa}{edition}"
    return f"{told}؛ مهلت گذشته است" if one.state == "overdue" else told


def _signs(one: OpenList) -> str:
    counts = (
        (one.named, "پرسش از انتشار پیشین"),
        (one.downloads, "دریافت فایل انتشار پیشین"),
        (one.retired, "کد منسوخ"),
    )
    return "، ".join(f"{_digits(count)} {what}" for count, what in counts if count)


def _day(day: date) -> str:
    return _digits(format_jalali(day))


def _digits(value: object) -> str:
    return str(value).translate(_DIGITS)
