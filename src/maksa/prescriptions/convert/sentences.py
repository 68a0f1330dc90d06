"""What a conversion says to people: why a code has no place, why a field is empty, what was passed over."""

from __future__ import annotations

from collections.abc import Sequence

from maksa.model.concept import Decision
from maksa.model.map_words import relationship_word
from maksa.model.translation import MapMatch
from maksa.model.verdict import Coding
from maksa.text import Text

INFERRED = Text(
    "هیچ سند رسمی از این رابط‌ها منتشر نشده است: نام و معنای بخش‌ها از برنامه‌های در دسترس همگان برداشت شده است.",
    "No official document of these interfaces is public: the names and meanings of the fields are inferred from public programs.",
)
NO_PLACE = Text(
    "در آنچه از این رابط دانسته است جایی برای این بخش نیست.",
    "Nothing that is known of this interface has a place for this element.",
)

NOT_TO_BE_PERFORMED = Text(
    "این ردیف می‌گوید که خدمت انجام نشود، و بیمه‌گر جایی برای این گفته ندارد؛ ردیف ساخته نشد.",
    "This order says that the service is not to be performed, for which the insurer has no field; it was left out.",
)


def no_list(source: Coding) -> Text:
    """Say that no list of the insurer is known for a code."""
    return Text(
        f"برای {source.terminology} {source.code} فهرستی از بیمه‌گر دانسته نیست.",
        f"No list of the insurer is known for {source.terminology} {source.code}.",
    )


def no_words(target: Coding) -> Text:
    """Say that a code has no Persian title."""
    return Text(
        f"{target.terminology} {target.code} عنوان فارسی ندارد.",
        f"{target.terminology} {target.code} has no Persian title.",
    )


def only_under(source: Coding, target: str, conditions: Sequence[str]) -> Text:
    """Say that a map has rows under other conditions only, or rows that only earlier editions had."""
    shown = ", ".join(conditions[:5])
    if not shown:
        return Text(
            f"نگاشت {source.code} به {target} تنها در انتشارهای پیشین بود.",
            f"Only earlier editions mapped {source.code} to {target}.",
        )
    return Text(
        f"نگاشت {source.code} به {target} تنها با این شرط‌هاست: {shown}.",
        f"{source.code} is mapped to {target} under these conditions only: {shown}.",
    )


def several(source: Coding, target: str, codes: Sequence[str]) -> Text:
    """Say that a map leads to several codes, among which nothing decides."""
    shown = ", ".join(codes[:5])
    return Text(
        f"{source.terminology} {source.code} در {target} به چند کد می‌رسد ({shown}) و هیچ‌یک برگزیده نشد.",
        f"{source.terminology} {source.code} leads to several codes of {target} ({shown}); none was chosen.",
    )


def not_exact(source: Coding, match: MapMatch) -> Text:
    """Say that a map leads to a code that is not the same thing."""
    word = relationship_word(match.relationship)
    code = match.target.code if match.target is not None else ""
    return Text(
        f"نگاشت {source.code} به {code} هم‌ارز نیست ({word.fa}).",
        f"The map of {source.code} to {code} is not exact ({word.en}).",
    )


def decided(source: Coding, target: str, decision: Decision | None) -> Text:
    """Say that it was decided that a code has no counterpart."""
    fa = f" ({decision.why})" if decision is not None else ""
    return Text(
        f"تصمیم گرفته شده است که {source.terminology} {source.code} در {target} همتایی ندارد{fa}.",
        f"It was decided that {source.terminology} {source.code} has no counterpart in {target}{fa}.",
    )


def not_usable(source: Coding, match: MapMatch) -> Text:
    """Say what stands against the code to which a map leads."""
    issue = next((issue.text for issue in match.issues if issue.severity == "error"), Text("", ""))
    code = match.target.code if match.target is not None else ""
    return Text(
        f"{source.code} به {code} می‌رسد که در این روز به کار نمی‌آید. {issue.fa}".strip(),
        f"{source.code} leads to {code}, which may not be used on the day. {issue.en}".strip(),
    )


def not_said(paths: Sequence[str]) -> Text:
    """Say that the message has nothing at the places from which a field is filled."""
    shown = ", ".join(paths)
    return Text(f"پیام چیزی در {shown} ندارد.", f"The message has nothing at {shown}.")


def not_readable(path: str) -> Text:
    """Say that what stands in the message cannot be brought into the form of the field; it is not repeated."""
    return Text(
        f"آنچه در {path} است به شکل این بخش درنمی‌آید؛ پیام را با maksa check بسنجید.",
        f"What stands at {path} cannot be brought into the form of this field; check the message with 'maksa check'.",
    )


def other_identifier(path: str, kind: str) -> Text:
    """Say that an identifier is of another type than the field takes."""
    return Text(f"شناسه در {path} از نوع {kind} نیست.", f"The identifier at {path} is not of type {kind}.")


def no_property(target: Coding, name: str) -> Text:
    """Say that the list of the insurer does not tell a property of a code."""
    return Text(
        f"{target.terminology} {target.code} در فهرست خود {name} ندارد.",
        f"{target.terminology} {target.code} has no {name} in its list.",
    )


def other_insurer(insurer: Text, code: str) -> Text:
    """Say that the insurer of the message is another one."""
    return Text(
        f"بیمه‌گر پیام (کد {code}) {insurer.fa} نیست.",
        f"The insurer of the message (code {code}) is not {insurer.en}.",
    )


def no_type(names: Sequence[str]) -> Text:
    """Say that a message is of no type that can be converted."""
    shown = ", ".join(names)
    return Text(
        f"این پیام از هیچ‌یک از این گونه‌ها نیست: {shown}.", f"The message is of none of these types: {shown}."
    )
