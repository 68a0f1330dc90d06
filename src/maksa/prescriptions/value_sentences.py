"""Every sentence of the checker about values: dates, quantities, units and identifiers, in both languages, with the mend.

Nothing personal stands in them: of a person they name the field, never what was sent in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maksa.model.jalali import format_jalali
from maksa.prescriptions.rules.records import Field, IdentifierForm
from maksa.prescriptions.sentences import Said, shown
from maksa.text import Text


def not_a_number(field: Field, part: str) -> Said:
    """Say that a part of a date, a time or a quantity is no number."""
    return (
        Text(
            f"{part} در «{field.title.fa}» نیامده یا عدد نیست.",
            f"{field.title.en}: {part} is missing or no number.",
        ),
        Text(f"{part} را با رقم‌های لاتین بنویسید.", f"Write {part} in ASCII digits."),
    )


def no_such_day(field: Field, shown: str) -> Said:
    """Say that no Jalali calendar has this day; `shown` is empty for what is personal."""
    day = f" {shown}" if shown else ""
    return (
        Text(
            f"روز{day} در «{field.title.fa}» در تقویم جلالی نیست.",
            f"{field.title.en}: the Jalali calendar has no such day{day}.",
        ),
        Text(
            "سال، ماه و روز را درست کنید؛ اسفند تنها در سال کبیسه 30 روز دارد.",
            "Correct year, month and day; Esfand has 30 days in leap years only.",
        ),
    )


def gregorian(field: Field, jalali: str) -> Said:
    """Say that a Gregorian year stands in a Jalali date; `jalali` is the day, empty for what is personal."""
    return (
        Text(
            f"سال «{field.title.fa}» میلادی است؛ تاریخ‌های سپاس جلالی است.",
            f"{field.title.en} has a Gregorian year; dates of SEPAS are Jalali.",
        ),
        Text(f"بنویسید: {jalali}.", f"Write {jalali}.")
        if jalali
        else Text("آن را به جلالی برگردانید.", "Convert it to Jalali."),
    )


def year_out_of_range(field: Field) -> Said:
    """Say that a year is neither of this nor of the last two centuries."""
    return (
        Text(
            f"سال «{field.title.fa}» سال جلالی درستی نیست.",
            f"{field.title.en}: the year is no year of a Jalali date.",
        ),
        Text("سال را چهاررقمی بنویسید، مانند 1402.", "Write the year in four digits, such as 1402."),
    )


def no_such_time(field: Field, part: str) -> Said:
    """Say that an hour, a minute or a second cannot be."""
    return (
        Text(f"مقدار {part} در «{field.title.fa}» ممکن نیست.", f"{field.title.en}: there is no such {part}."),
        Text(
            "ساعت از 0 تا 23 و دقیقه و ثانیه از 0 تا 59 است.",
            "Hours go from 0 to 23, minutes and seconds from 0 to 59.",
        ),
    )


def before(field: Field, other: Field) -> Said:
    """Say that a day stands before another that it must follow."""
    return (
        Text(
            f"«{field.title.fa}» پیش از «{other.title.fa}» است.",
            f"{field.title.en} is before: {other.title.en}.",
        ),
        Text("یکی از دو تاریخ را درست کنید.", "Correct one of the two dates."),
    )


def in_future(field: Field, today: date) -> Said:
    """Say that a day is yet to come."""
    day = format_jalali(today)
    return (
        Text(f"«{field.title.fa}» پس از امروز ({day}) است.", f"{field.title.en} is after today ({day})."),
        Text("تاریخ را درست کنید.", "Correct the date."),
    )


def iso_differs(field: Field) -> Text:
    """Say that ISOString says another day than the numbers, and is not believed."""
    return Text(
        f"ISOString در «{field.title.fa}» با سال و ماه و روز نمی‌خواند و خوانده نشد.",
        f"ISOString of {field.title.en} contradicts year, month and day, and was not read.",
    )


def bad_magnitude(field: Field) -> Said:
    """Say that a magnitude is no number above zero."""
    return (
        Text(
            f"Magnitude در «{field.title.fa}» عددی بزرگ‌تر از صفر نیست.",
            f"{field.title.en}: Magnitude is no number above zero.",
        ),
        Text(
            "عددی مثبت با رقم‌های لاتین بنویسید، مانند 30 یا 2.5.",
            "Write a positive number in ASCII digits, such as 30 or 2.5.",
        ),
    )


def no_unit(field: Field) -> Said:
    """Say that a quantity has no unit."""
    return (
        Text(f"یکای «{field.title.fa}» نیامده است.", f"{field.title.en} has no Unit."),
        Text("یکا را بنویسید، مانند Each یا mg.", "Write the unit, such as Each or mg."),
    )


def unknown_unit(field: Field, unit: str) -> Said:
    """Say that a unit is neither a word of SEPAS nor of UCUM."""
    return (
        Text(
            f"یکای «{shown(unit)}» در «{field.title.fa}» نه از UCUM است و نه از واژه‌های سپاس.",
            f"{field.title.en}: the unit '{shown(unit)}' is neither of UCUM nor a word of SEPAS.",
        ),
        Text(
            "یکایی مانند Each، Vial، mg، mL یا {tablet} بنویسید.",
            "Write a unit such as Each, Vial, mg, mL or {tablet}.",
        ),
    )


def unit_case(unit: str, right: str) -> Said:
    """Say that a unit is in another case than it is written."""
    return (
        Text(
            f"یکای «{shown(unit)}» به‌صورت {right} شناخته شد.",
            f"The unit '{shown(unit)}' was recognised as {right}.",
        ),
        Text(f"در Unit بنویسید: {right}.", f"Write {right} in Unit."),
    )


def bad_count(field: Field) -> Said:
    """Say that a number of times is no whole number, or below zero."""
    return (
        Text(
            f"«{field.title.fa}» عدد صحیح و نامنفی نیست.", f"{field.title.en} is no whole number from 0 up."
        ),
        Text("عددی با رقم‌های لاتین بنویسید، مانند 1.", "Write a number in ASCII digits, such as 1."),
    )


def bad_national_code(title: Text) -> Said:
    """Say that a national code is not ten digits, or its check digit fails."""
    return (
        Text(
            f"«{title.fa}» درست نیست: ده رقم با رقم کنترل درست نیست.",
            f"{title.en} is not right: it is not ten digits with a right check digit.",
        ),
        Text(
            "ده رقم را با صفرهای آغاز آن از کارت ملی بنویسید.",
            "Write the ten digits of the national card, with the zeros at its beginning.",
        ),
    )


def other_digits(title: Text) -> Said:
    """Say that a national code is right but for the script of its digits."""
    return (
        Text(f"رقم‌های «{title.fa}» لاتین نیست.", f"{title.en} is not written in ASCII digits."),
        Text("همان ده رقم را با رقم‌های لاتین بنویسید.", "Write the same ten digits in ASCII digits."),
    )


def foreign_code(title: Text) -> Text:
    """Say that the national code of a foreigner has no published form."""
    return Text(
        f"«{title.fa}» آزموده نشد: شکل شناسهٔ اتباع خارجی منتشر نشده است.",
        f"{title.en} was not tested: the form of foreigners' ids is not public.",
    )


def no_part(title: Text, part: str) -> Said:
    """Say that a part of an identifier is empty."""
    return (
        Text(f"{part} در «{title.fa}» خالی است.", f"{title.en}: {part} is empty."),
        Text(f"{part} را بنویسید.", f"Fill in {part}."),
    )


def wrong_identifier(title: Text, allowed: Sequence[str]) -> Said:
    """Say that an identifier is of a type that the field does not take."""
    names_fa, names_en = "، ".join(allowed), ", ".join(allowed)
    return (
        Text(
            f"نوع شناسه (Type) در «{title.fa}» پذیرفته نیست.",
            f"{title.en}: this Type of identifier is not taken here.",
        ),
        Text(f"نوع‌های پذیرفته: {names_fa}.", f"It takes {names_en}."),
    )


def wrong_issuer(form: IdentifierForm) -> Said:
    """Say that an identifier of this type is issued by others."""
    names_fa, names_en = "، ".join(form.issuers), ", ".join(form.issuers)
    return (
        Text(
            f"صادرکننده (Issuer) «{form.title.fa}» پذیرفته نیست.",
            f"{form.title.en}: this Issuer is not known to issue it.",
        ),
        Text(f"صادرکننده‌های آن: {names_fa}.", f"It is issued by {names_en}."),
    )


def bad_identifier(form: IdentifierForm) -> Said:
    """Say that an identifier has not the form of its type."""
    return (
        Text(f"«{form.title.fa}» شکل درستی ندارد.", f"{form.title.en} has not the right form."),
        Text(
            "آن را بدون فاصله و نویسهٔ افزوده، همان‌گونه که صادر شده است، بنویسید.",
            "Write it as it was issued, without spaces or added characters.",
        ),
    )


def unknown_identifier(title: Text) -> Text:
    """Say that the form of an identifier could not be tested."""
    return Text(
        f"شکل «{title.fa}» آزموده نشد: این نوع شناسه (Type) شناخته نیست.",
        f"The form of {title.en} was not tested: this Type of identifier is not known.",
    )


def disagrees(insurer: str, issuers: Sequence[str]) -> Said:
    """Say that a SHEBAD is issued by another than the insurer of the message."""
    names_fa, names_en = "، ".join(issuers), ", ".join(issuers)
    return (
        Text(
            f"شباد را صادرکننده‌ای جز بیمه‌گر پیام (کد {insurer}) داده است.",
            f"The SHEBAD is issued by another than the insurer of the message (code {insurer}).",
        ),
        Text(
            f"صادرکننده‌های شباد این بیمه‌گر: {names_fa}.",
            f"The SHEBAD of this insurer is issued by {names_en}.",
        ),
    )
