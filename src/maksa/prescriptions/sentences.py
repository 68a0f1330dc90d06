"""Every sentence of the checker about elements and their places, Persian and English side by side, each with its mend.

Nothing personal stands in them: of a person they name the field, never what was sent in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maksa.model.jalali import format_jalali
from maksa.prescriptions.rules.records import Field
from maksa.text import Text

Said = tuple[Text, Text | None]
MAX_SHOWN = 60

_SHAPES: dict[str, tuple[str, str, str]] = {
    "group": ("شیئی با بخش‌های خود", "an object with its parts", ""),
    "coded": ("یک فیلد کدشده", "a coded field", '{"Terminology_id", "Coded_string", "Value"}'),
    "concept": (
        "یک مفهوم کدشده",
        "a coded concept",
        '{"Text", "Coding": {"Terminology_id", "Coded_string", "Value"}}',
    ),
    "text-or-coded": (
        "متن یا فیلد کدشده",
        "a text or a coded field",
        '{"Terminology_id", "Coded_string", "Value"}',
    ),
    "identifier": ("یک شناسه", "an identifier", '{"Issuer", "Assigner", "ID", "Type"}'),
    "date": ("یک تاریخ جلالی", "a Jalali date", '{"Year": 1402, "Month": 3, "Day": 27}'),
    "date-time": ("تاریخ و زمان", "a date and time", '{"Year", "Month", "Day", "Hour", "Minute", "Second"}'),
    "time": ("یک زمان", "a time", '{"Hour": 10, "Minute": 41, "Second": 32}'),
    "quantity": ("یک مقدار", "a quantity", '{"Magnitude": 30, "Unit": "Each"}'),
    "text": ("یک متن", "a text", '"…"'),
    "count": ("یک عدد صحیح", "a whole number", "1"),
    "boolean": ("true یا false", "true or false", "true"),
    "national-code": ("یک متن ده‌رقمی", "a text of ten digits", '"…"'),
}


def missing(field: Field) -> Said:
    """Say that a required element is not there, or is empty."""
    return (
        Text(
            f"«{field.title.fa}» ({field.name}) نیامده یا خالی است.",
            f"{field.title.en} ({field.name}) is missing or empty.",
        ),
        Text(f"{field.name} را در این‌جا بیاورید.", f"Put {field.name} at this place."),
    )


def missing_block(title: Text, name: str) -> Said:
    """Say that the message has no prescription."""
    return (
        Text(
            f"بخش {name} ({title.fa}) در Composition نیامده یا خالی است.",
            f"{name} ({title.en}) is missing or empty in Composition.",
        ),
        Text(f"{name} را با ردیف‌های آن (Orders) بیاورید.", f"Put {name} there with its Orders."),
    )


def too_many(name: str, count: int, most: int) -> Said:
    """Say that an element stands more often than it may."""
    return (
        Text(
            f"{name} {count} بار آمده است؛ بیش از {most} بار نمی‌تواند بیاید.",
            f"{name} stands {count} times; it may stand {most} times at most.",
        ),
        Text("تنها آنچه درست است بماند.", "Leave only what is right."),
    )


def list_for_one(name: str) -> Said:
    """Say that a list stands where one element belongs."""
    return (
        Text(
            f"{name} به شکل آرایه آمده است، ولی فهرست نیست.", f"{name} is sent as an array, but is no list."
        ),
        Text("خود عنصر را بدون آرایه بیاورید.", "Send the element itself without the array."),
    )


def one_for_list(name: str) -> Said:
    """Say that one object stands where a list belongs."""
    return (
        Text(
            f"{name} فهرست است، ولی به شکل یک شیء تنها آمده است.",
            f"{name} is a list, but is sent as a single object.",
        ),
        Text("آن را در آرایه بگذارید.", "Put it into an array."),
    )


def wrong_shape(field: Field) -> Said:
    """Say that what stands in a field has not the shape of its type."""
    fa, en, example = _SHAPES[field.kind]
    return (
        Text(
            f"«{field.title.fa}» ({field.name}) باید {fa} باشد.",
            f"{field.title.en} ({field.name}) must be {en}.",
        ),
        Text(f"چنین بنویسید: {example}.", f"Write it as {example}.") if example else None,
    )


def stray_text(name: str) -> Said:
    """Say that text stands beside the parts of an element."""
    return (
        Text(
            f"در کنار بخش‌های {name} متنی آمده است که جایی ندارد.",
            f"Beside the parts of {name} stands a text that belongs nowhere.",
        ),
        Text("متن را بردارید.", "Remove the text."),
    )


def wrong_type(what: str, declared: Text, homes: Sequence[Text]) -> Said:
    """Say that something of another type of message stands in this one."""
    fa, en = "، ".join(home.fa for home in homes), ", ".join(home.en for home in homes)
    return (
        Text(
            f"{what} در «{declared.fa}» نمی‌آید؛ جای آن این است: {fa}.",
            f"{what} has no place in: {declared.en}. It belongs in: {en}.",
        ),
        Text("آن را در پیامی از نوع خودش بفرستید.", "Send it in a message of its own type."),
    )


def no_type(known: Sequence[str]) -> Said:
    """Say that a message is of no known type."""
    fa, en = "، ".join(known), ", ".join(known)
    return (
        Text(
            "نوع پیام شناخته نشد: Composition هیچ بخش تجویزی ندارد.",
            "The type of the message is not known: Composition holds no prescription.",
        ),
        Text(f"یکی از این‌ها را در آن بیاورید: {fa}.", f"Put one of these into it: {en}."),
    )


def duplicate(first: int) -> Said:
    """Say that an order repeats an earlier one."""
    return (
        Text(
            f"این ردیف همان ردیف Orders[{first}] است: کد و جزئیات یکسان دارد.",
            f"This order repeats Orders[{first}]: the same code and details.",
        ),
        Text(
            "ردیف تکراری را بردارید، یا تعداد را در یک ردیف بنویسید.",
            "Remove the repetition, or write the number in one order.",
        ),
    )


def no_day(rule_path: str, day: date) -> Text:
    """Say that codes were judged on another day than the message's own, which it does not say."""
    shown = format_jalali(day)
    return Text(
        f"پیام تاریخ خوانایی در {rule_path} ندارد؛ کدها به تاریخ {shown} سنجیده شدند.",
        f"The message has no readable date in {rule_path}; codes were judged on {shown}.",
    )


def unknown_element(near: str | None) -> Text:
    """Say that no rule knows an element, and the name that it may be meant for."""
    fa, en = (
        "قاعده‌ها این عنصر را نمی‌شناسند؛ از آن تنها فیلدهای کدشده سنجیده شد",
        "No rule knows this element; only coded fields in it were judged",
    )
    return Text(f"{fa}. شاید: {near}.", f"{en}. Perhaps meant: {near}.") if near else Text(f"{fa}.", f"{en}.")


def not_bound(field_lists: Sequence[str], sent: str) -> Said:
    """Say that a field takes codes of other lists."""
    fa, en = "، ".join(field_lists), ", ".join(field_lists)
    return (
        Text(
            f"این فیلد کد {sent} نمی‌پذیرد؛ فهرست‌های آن: {fa}.",
            f"This field takes no code of {sent}; it takes {en}.",
        ),
        takes(field_lists),
    )


def takes(field_lists: Sequence[str]) -> Text:
    """Name the lists from which a field takes its code."""
    fa, en = " یا ".join(field_lists), " or ".join(field_lists)
    return Text(f"کد این فیلد را از {fa} بردارید.", f"Take the code of this field from {en}.")


def no_value_set(value_set: str, terminology: str) -> Text:
    """Say that it was not tested whether a code is one of those that the field takes."""
    return Text(
        f"بودن کد در مجموعهٔ {value_set} آزموده نشد: {terminology} این مجموعه را در این‌جا ندارد.",
        f"Whether the code is in the value set {value_set} was not tested: {terminology} does not have it here.",
    )


def shown(text: str) -> str:
    """Give a text as a sentence may repeat it: short, and without control characters."""
    return "".join(mark if mark.isprintable() or mark == "\u200c" else "�" for mark in text[:MAX_SHOWN])
