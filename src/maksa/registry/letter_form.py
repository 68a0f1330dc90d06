"""What the record of a letter must be: its numbers, texts, days, and what it says of other letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from maksa.errors import BadInput, TooLarge, WrongState
from maksa.model.edition import ADDRESSEE_KINDS, Addressee, Letter
from maksa.model.jalali import format_jalali, today
from maksa.model.persian import ascii_digits
from maksa.text import Text

MAX_TEXT = 100_000
"""Characters of the text of a letter."""
_MAX_LINE = 2_000
_MAX_NAME = 200
_MAX_NAMED = 200
"""Letters, lists or addressees that one letter names."""
_NUMBER_FORM = re.compile(r"[0-9A-Za-z\u0600-\u06ff][0-9A-Za-z\u0600-\u06ff/._-]{0,39}")


def checked_letter(letter: Letter) -> Letter:
    """Give a letter with the digits of its numbers in ASCII.

    Raises: BadInput (a number, a text or an addressee out of form, a day that has not come, a letter that
            supersedes or names itself), TooLarge (over 200 letters, lists or addressees).
    """
    checked = replace(
        letter,
        number=checked_number(letter.number),
        supersedes=tuple(map(checked_number, letter.supersedes)),
        refers_to=tuple(map(checked_number, letter.refers_to)),
        addressees=tuple(map(_addressee, letter.addressees)),
        superseded_by=(),
    )
    _check_texts(checked)
    _check_day(checked)
    _check_named(checked)
    return checked


def checked_number(number: str) -> str:
    """Give the number of a letter with its digits in ASCII. Raises: BadInput."""
    plain = ascii_digits(number).strip()
    if not _NUMBER_FORM.fullmatch(plain):
        raise BadInput(
            Text(
                fa=f"«{number[:40]!a}» شمارهٔ نامه نیست.",
                en=f"{number[:40]!a} is not the number of a letter.",
            ),
            mend=Text(fa="شماره‌ای مانند 110/130 بدهید.", en="Give a number such as 110/130."),
        )
    return plain


def check_supersedes(letter: Letter, recorded: Iterable[Letter]) -> None:
    """Refuse a letter that would supersede a younger one, or with others itself.

    Raises: BadInput, WrongState, each naming the letters.
    """
    others = {other.number: other for other in recorded} | {letter.number: letter}
    for number in letter.supersedes:
        other = others.get(number)
        if other is not None and other.date and letter.date and other.date > letter.date:
            raise _younger(letter, other)
    circle = next(_circles(letter.number, others), None)
    if circle is not None:
        fa, en = (f" {arrow} ".join(circle) for arrow in ("←", "→"))
        raise WrongState(
            Text(
                fa=f"نامه‌ها در دور یکدیگر را جایگزین می‌کنند: {fa}.",
                en=f"The letters would supersede each other in a circle: {en}.",
            ),
            mend=Text(
                fa="بررسی کنید که کدام نامه جای دیگری را گرفته است.",
                en="Check which letter takes the place of which.",
            ),
        )


def _circles(start: str, letters: dict[str, Letter]) -> Iterator[tuple[str, ...]]:
    """Yield the ways from a letter over what each supersedes back to it. Each letter is gone through once."""
    seen: set[str] = set()
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        way = waiting.pop()
        letter = letters.get(way[-1])
        for number in letter.supersedes if letter is not None else ():
            if number == start:
                yield (*way, start)
            elif number not in seen:
                seen.add(number)
                waiting.append((*way, number))


def _addressee(addressee: Addressee) -> Addressee:
    name = addressee.name.strip()
    if addressee.kind not in ADDRESSEE_KINDS:
        kinds = tuple(ADDRESSEE_KINDS)
        raise BadInput(
            Text(
                fa=f"«{addressee.kind[:40]!a}» گونه‌ای از گیرندگان نامه نیست.",
                en=f"{addressee.kind[:40]!a} is no kind of addressee.",
            ),
            mend=Text(fa=f"یکی از {'، '.join(kinds)} بدهید.", en=f"Give one of {', '.join(kinds)}."),
            known=kinds,
        )
    if not name or len(name) > _MAX_NAME or not name.replace("\u200c", "").isprintable():
        raise BadInput(
            Text(
                fa=f"نام گیرندهٔ نامه 1 تا {_MAX_NAME} نویسهٔ خواندنی دارد.",
                en=f"The name of an addressee has 1 to {_MAX_NAME} printable characters.",
            )
        )
    return Addressee(addressee.kind, name)


def _check_texts(letter: Letter) -> None:
    for text, most in (
        (letter.subject, _MAX_LINE),
        (letter.signatory or "", _MAX_LINE),
        (letter.remark or "", _MAX_LINE),
        (letter.text or "", MAX_TEXT),
    ):
        if len(text) > most or "\0" in text:
            raise BadInput(
                Text(
                    fa=f"متن نامهٔ {letter.number} از {most} نویسه بیشتر است یا نویسهٔ نادرست دارد.",
                    en=f"A text of the letter {letter.number} is over {most} characters or holds a null.",
                )
            )
    if letter.stub and letter.text:
        raise BadInput(
            Text(
                fa=f"نامهٔ {letter.number} متن دارد، پس نشان «متن در دست نیست» نمی‌گیرد.",
                en=f"The letter {letter.number} has a text, so it is no stub.",
            )
        )


def _check_day(letter: Letter) -> None:
    """Refuse a day that has not come: a letter that was not issued yet announces nothing."""
    if letter.date is not None and letter.date > today():
        raise BadInput(
            Text(
                fa=f"تاریخ نامهٔ {letter.number}، {format_jalali(letter.date)}، هنوز نرسیده است.",
                en=f"The day of the letter {letter.number}, {letter.date.isoformat()}, has not come yet.",
            ),
            mend=Text(
                fa="تاریخ صدور نامه را بدهید؛ روز اجرای فهرست تاریخ اجرای انتشار آن است.",
                en="Give the day it was issued; from when a list holds is the effective day of its edition.",
            ),
        )


def _check_named(letter: Letter) -> None:
    for name, named in (("supersedes", letter.supersedes), ("refers_to", letter.refers_to)):
        if letter.number in named:
            raise BadInput(
                Text(
                    fa=f"نامهٔ {letter.number} در {name} خودش را نام می‌برد.",
                    en=f"The letter {letter.number} names itself in {name}.",
                )
            )
    counts = map(len, (letter.supersedes, letter.refers_to, letter.announces, letter.addressees))
    if max(counts) > _MAX_NAMED:
        raise TooLarge(
            Text(
                fa=f"نامهٔ {letter.number} بیش از {_MAX_NAMED} نامه، فهرست یا گیرنده نام می‌برد.",
                en=f"The letter {letter.number} names over {_MAX_NAMED} letters, lists or addressees.",
            )
        )


def _younger(letter: Letter, other: Letter) -> BadInput:
    return BadInput(
        Text(
            fa=f"نامهٔ {letter.number} نمی‌تواند جایگزین نامهٔ {other.number} باشد که پس از آن صادر شده است.",
            en=f"The letter {letter.number} cannot supersede {other.number}, which was issued after it.",
        ),
        mend=Text(fa="تاریخ دو نامه را بررسی کنید.", en="Check the days of both letters."),
    )
