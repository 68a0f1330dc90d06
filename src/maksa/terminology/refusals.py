"""Every sentence of a question that could not be asked, Persian and English side by side.

Validation answers an unknown list or edition instead of refusing it: `issues` takes the same sentences from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from maksa.errors import BadParameter, UnknownCode, UnknownEdition, UnknownLetter, UnknownTerminology
from maksa.model.concept import Terminology
from maksa.model.edition import EditionEntry
from maksa.model.jalali import format_jalali
from maksa.model.persian import ascii_digits
from maksa.text import Text

SHOWN = 60
"""Characters of a sent text that a sentence repeats."""
NAMED = 8
"""Known values that a sentence names; the exception carries all of them."""
_JALALI = range(date(622, 3, 22).toordinal(), date(9999, 3, 20).toordinal())


def shown(text: str) -> str:
    """Give a sent text as a sentence repeats it: its beginning, without control and direction marks."""
    plain = "".join(c if c.isprintable() or c == "\u200c" else " " for c in text[: SHOWN + 1])
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"


def day_text(day: date) -> Text:
    """Write a day: Jalali for Persian readers, ISO for English ones."""
    jalali = format_jalali(day) if day.toordinal() in _JALALI else day.isoformat()
    return Text(jalali, day.isoformat())


def named(values: Sequence[str]) -> Text:
    """Write known values as a list in both languages, the first `NAMED` of them."""
    more = len(values) - NAMED
    fa, en = "، ".join(values[:NAMED]), ", ".join(values[:NAMED])
    return Text(f"{fa} و {more} مورد دیگر", f"{en} and {more} more") if more > 0 else Text(fa, en)


def unknown_terminology(sent: str, known: Sequence[str]) -> UnknownTerminology:
    """Refuse an id that no list has, naming those that look like it, else some that are known."""
    folded = {name.casefold(): name for name in known}
    near = [folded[match] for match in get_close_matches(shown(sent).strip().casefold(), folded, n=5)]
    names = named(near or known)
    if near:
        mend = Text(f"نزدیک‌ترین شناسه‌ها: {names.fa}.", f"The nearest ids: {names.en}.")
    else:
        mend = Text(f"شناسه‌های شناخته‌شده: {names.fa}.", f"Known ids: {names.en}.")
    return UnknownTerminology(
        Text(
            f"ترمینولوژی «{shown(sent)}» شناخته نیست.",
            f"The terminology '{shown(sent)}' is not known.",
        ),
        mend=mend,
        known=tuple(near or known),
    )


def private_list(sent: str) -> UnknownTerminology:
    """Refuse an id that is known to be private to one system: nothing here is near to it."""
    return UnknownTerminology(
        Text(
            f"«{shown(sent)}» شناسهٔ خصوصی یک سامانه است و ترمینولوژی ملی ندارد.",
            f"'{shown(sent)}' is a private id of one system; it has no national terminology.",
        ),
        mend=Text(
            "کد را از یک فهرست ملی بردارید و شناسهٔ همان فهرست را بنویسید.",
            "Take the code from a national list and write the id of that list.",
        ),
    )


def unknown_edition(terminology: str, edition: str, entries: Sequence[EditionEntry]) -> UnknownEdition:
    """Refuse the name of an edition that a list does not have, naming those it has."""
    known = tuple(entry.manifest.edition for entry in entries)
    names = named(known)
    return UnknownEdition(
        Text(
            f"ترمینولوژی {terminology} انتشار «{shown(edition)}» ندارد.",
            f"{terminology} has no edition '{shown(edition)}'.",
        ),
        mend=Text(f"انتشارهای موجود: {names.fa}.", f"Its editions: {names.en}."),
        known=known,
    )


def not_held(terminology: str) -> UnknownEdition:
    """Refuse a question about the content of a list that is registered by its form only."""
    return UnknownEdition(
        Text(
            f"محتوای {terminology} در این‌جا نگه‌داری نمی‌شود؛ تنها شکل کدهای آن شناخته است.",
            f"The content of {terminology} is not held here; only the form of its codes is known.",
        ),
        mend=Text(
            "کد را با اعتبارسنجی بیازمایید، یا یک انتشار از این فهرست وارد کنید.",
            "Test a code with validate, or import an edition of the list.",
        ),
    )


def before_first(terminology: str, day: date, entries: Sequence[EditionEntry]) -> UnknownEdition:
    """Refuse a day on which no edition is in force, naming the first one and its day."""
    known = tuple(entry.manifest.edition for entry in entries)
    asked = day_text(day)
    what = Text(
        f"در تاریخ {asked.fa} هیچ انتشاری از {terminology} نافذ نیست.",
        f"No edition of {terminology} is in force on {asked.en}.",
    )
    dated = [
        (entry.manifest.effective, entry.manifest.sequence, entry.manifest.edition)
        for entry in entries
        if entry.manifest.effective is not None and not entry.withdrawn
    ]
    if not dated:
        names = named(known)
        mend = Text(
            f"همهٔ انتشارهای آن پس گرفته شده‌اند: {names.fa}. انتشار را به نام بپرسید.",
            f"All of its editions are withdrawn: {names.en}. Ask for one by name.",
        )
        return UnknownEdition(what, mend=mend, known=known)
    first_day, _, first = min(dated)
    said = day_text(first_day)
    mend = Text(
        f"نخستین انتشار آن {first} است که از {said.fa} نافذ می‌شود.",
        f"Its first edition is {first}, in force from {said.en}.",
    )
    return UnknownEdition(what, mend=mend, known=known)


def absent(terminology: Terminology, code: str) -> Text:
    """Say that a list does not have a code; of a fragment, that this is no proof."""
    name = terminology.id
    fa, en = f"کد «{shown(code)}» در {name} نیست.", f"The code '{shown(code)}' is not in {name}."
    if terminology.content != "fragment":
        return Text(fa, en)
    return Text(
        f"{fa} از این فهرست تنها بخشی (fragment) در این‌جا هست، پس نبودن کد دلیل نادرستی آن نیست.",
        f"{en} Only a part of this list (a fragment) is held here, so its absence is no proof.",
    )


def unknown_code(terminology: Terminology, code: str, candidates: Sequence[str]) -> UnknownCode:
    """Refuse to look up a code that a list does not have."""
    names = named(candidates)
    return UnknownCode(
        absent(terminology, code),
        mend=Text(f"کدهای نزدیک: {names.fa}.", f"Near codes: {names.en}.")
        if candidates
        else Text("کد را در فهرست بجویید.", "Search the list for the code."),
        known=tuple(candidates),
    )


def day_and_edition() -> BadParameter:
    """Refuse a question that names both a day and an edition."""
    return BadParameter(
        "edition",
        Text(
            "تاریخ (on) و نام انتشار (edition) با هم داده شده‌اند.",
            "A day (on) and an edition are both given.",
        ),
        mend=Text("تنها یکی از این دو را بدهید.", "Give only one of the two."),
    )


def edition_without_list() -> BadParameter:
    """Refuse a search over all lists that names an edition."""
    return BadParameter(
        "edition",
        Text(
            "نام انتشار (edition) بدون ترمینولوژی معنا ندارد.",
            "An edition is named, but no terminology.",
        ),
        mend=Text(
            "ترمینولوژی را هم بدهید، یا به جای آن تاریخ (on).",
            "Name the terminology too, or give a day (on).",
        ),
    )


def bad_count(parameter: str, value: int, least: int, most: int) -> BadParameter:
    """Refuse a number that is out of its bounds."""
    digits = str(value) if abs(value) < 10**12 else "…"
    return BadParameter(
        parameter,
        Text(
            f"مقدار {parameter} ({digits}) بیرون از بازه است.",
            f"{parameter} ({digits}) is out of its range.",
        ),
        mend=Text(f"عددی از {least} تا {most} بدهید.", f"Give a number from {least} to {most}."),
    )


def unknown_attachment(number: str, name: str) -> UnknownLetter:
    """Refuse a file that came with no letter of a number."""
    return UnknownLetter(
        Text(
            f"نامهٔ «{shown(number)}» پیوستی به نام «{shown(name)}» ندارد، یا چنین نامه‌ای ثبت نشده است.",
            f"Letter '{shown(number)}' has no attachment '{shown(name)}', or no such letter is recorded.",
        ),
        mend=Text(
            "نام پیوست‌ها در پاسخ فهرست‌ها و انتشارها، زیر letters، آمده است.",
            "The names of attachments stand under letters in the answers of lists and editions.",
        ),
    )


def unknown_letter(number: str, known: Sequence[str]) -> UnknownLetter:
    """Refuse a number that no letter has, naming near ones; 130/110 is near to 110/130."""
    turned = "/".join(reversed(ascii_digits(shown(number)).strip().split("/")))
    near = tuple(dict.fromkeys([*(one for one in known if one == turned), *_near(number, known)]))
    names = named(near)
    return UnknownLetter(
        Text(f"نامهٔ {shown(number)} ثبت نشده است.", f"The letter {shown(number)} is not recorded."),
        mend=Text(f"شماره‌های نزدیک: {names.fa}.", f"Near numbers: {names.en}.")
        if near
        else Text("نامه‌های ثبت‌شده در فهرست نامه‌هاست.", "The list of letters has those that are recorded."),
        known=near,
    )


def unknown_after(after: str) -> BadParameter:
    """Refuse to go on after a letter that is not recorded."""
    return BadParameter(
        "after",
        Text(
            f"after: نامهٔ {shown(after)} ثبت نشده است.", f"after: the letter {shown(after)} is not recorded."
        ),
        mend=Text("next_after صفحهٔ پیش را بدهید.", "Give the next_after of the page before."),
    )


def _near(text: str, known: Sequence[str]) -> list[str]:
    return get_close_matches(ascii_digits(shown(text)).strip(), known, n=5)


def bad_choice(parameter: str, value: str, known: Sequence[str]) -> BadParameter:
    """Refuse a value that is none of a short list."""
    names = named(known)
    if known:
        mend = Text(f"مقدارهای پذیرفته: {names.fa}.", f"Accepted values: {names.en}.")
    else:
        mend = Text("این فهرست هیچ مقداری برای آن ندارد.", "The list has no value for it.")
    return BadParameter(
        parameter,
        Text(
            f"«{shown(value)}» در {parameter} شناخته نیست.",
            f"{parameter}: '{shown(value)}' is not known.",
        ),
        mend=mend,
        known=tuple(known),
    )


def two_pagings() -> BadParameter:
    """Refuse a page that is asked for both by its first code and by its place."""
    return BadParameter(
        "offset",
        Text("after و offset با هم داده شده‌اند.", "after and offset are both given."),
        mend=Text("تنها یکی از این دو را بدهید.", "Give only one of the two."),
    )


def no_text() -> BadParameter:
    """Refuse a search without words."""
    return BadParameter(
        "text",
        Text("متن جست‌وجو خالی است.", "The text to search for is empty."),
        mend=Text("دست‌کم یک واژه یا کد بدهید.", "Give at least one word or a code."),
    )


def long_text(length: int, most: int) -> BadParameter:
    """Refuse a search that is longer than any title."""
    return BadParameter(
        "text",
        Text(
            f"متن جست‌وجو {length} نویسه دارد؛ بیشینه {most} است.",
            f"The text to search for has {length} characters; at most {most} are read.",
        ),
        mend=Text("چند واژهٔ عنوان بس است.", "A few words of the title are enough."),
    )
