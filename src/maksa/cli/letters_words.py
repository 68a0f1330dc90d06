"""What `maksa letters` says of a letter, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maksa.cli import words
from maksa.model.edition import ADDRESSEE_KINDS, Letter
from maksa.model.letters import AnnouncedList, CitedLetter, LetterFound
from maksa.text import Text

STUB = Text("متن در دست نیست", "text not at hand")
CHANGED = Text("پس از نامه تغییر کرده", "changed after the letter")
SUPERSEDED = Text("جایگزین‌شده", "superseded")
ANNOUNCES = Text("ابلاغ می‌کند", "announces")
HEADERS = (words.LETTER, words.DATE, ANNOUNCES, words.SUBJECT, words.NOTE)
_KINDS = {
    "added": Text("افزوده", "added"),
    "removed": Text("برداشته", "removed"),
    "retired": Text("کنارگذاشته", "retired"),
    "restored": Text("بازگردانده", "restored"),
    "changed": Text("دگرگون", "changed"),
}


def row_of(found: LetterFound, language: str) -> tuple[object, ...]:
    """Write a letter as a row of the table."""
    letter = found.letter
    notes = (
        (letter.stub, STUB),
        (bool(letter.superseded_by), SUPERSEDED),
        (found.changed, CHANGED),
    )
    note = "; ".join(text.in_language(language) for holds, text in notes if holds)
    return (
        letter.number,
        words.day_word(letter.date, language),
        announced_names(letter),
        letter.subject,
        note,
    )


def lines_of(found: LetterFound, language: str) -> Iterator[Text]:
    """Write a letter with everything known of it, line by line."""
    letter, chain = found.letter, found.chain
    day = words.day_word(letter.date, language)
    yield Text(
        f"نامهٔ {letter.number}، {day}: {letter.subject}", f"letter {letter.number}, {day}: {letter.subject}"
    )
    if letter.stub:
        yield Text(f"  {STUB.fa}؛ تنها نامه‌های دیگر از آن نام می‌برند", f"  {STUB.en}; other letters name it")
    yield from _labelled(letter)
    yield from _cited(Text("جایگزین نامهٔ", "supersedes"), chain.supersedes)
    yield from _cited(Text("جایگزین آن", "superseded by"), chain.superseded_by)
    yield from _cited(Text("اشاره به", "refers to"), chain.refers_to)
    yield from _cited(Text("نام‌برده در", "referred to by"), chain.referred_to_by)
    for one in found.lists:
        yield from _list_lines(one)
    for attachment in letter.attachments:
        what = f"{attachment.name}, {attachment.size} B, {attachment.hash[:12]}"
        yield Text(f"  پیوست: {what}", f"  attachment: {what}")
    if letter.text:
        yield Text(letter.text, letter.text)


def announced_names(letter: Letter) -> str:
    """Name what a letter announces, as `--announces` takes it."""
    return ", ".join(name if edition is None else f"{name}:{edition}" for name, edition in letter.announces)


def _labelled(letter: Letter) -> Iterator[Text]:
    addressees: dict[str, list[str]] = {}
    for addressee in letter.addressees:
        addressees.setdefault(addressee.kind, []).append(addressee.name)
    for label, value in (
        (Text("امضا", "signatory"), letter.signatory),
        *((_to(kind), "، ".join(names)) for kind, names in addressees.items()),
        (ANNOUNCES, announced_names(letter)),
        (Text("یادداشت", "remark"), letter.remark),
    ):
        if value:
            yield Text(f"  {label.fa}: {value}", f"  {label.en}: {value}")


def _to(kind: str) -> Text:
    """Say to whom; a kind that this program does not know stands as it is recorded."""
    word = ADDRESSEE_KINDS.get(kind, Text(kind, kind))
    return Text(f"به {word.fa}", f"to {word.en}")


def _cited(label: Text, cited: Iterable[CitedLetter]) -> Iterator[Text]:
    known = [(one.number, one.recorded) for one in cited]
    if known:
        fa = "، ".join(number if recorded else f"{number} (ثبت نشده)" for number, recorded in known)
        en = ", ".join(number if recorded else f"{number} (not recorded)" for number, recorded in known)
        yield Text(f"  {label.fa}: {fa}", f"  {label.en}: {en}")


def _list_lines(one: AnnouncedList) -> Iterator[Text]:
    yield Text(f"  {one.terminology}: {one.text.fa}", f"  {one.terminology}: {one.text.en}")
    if one.changes:
        fa = "، ".join(f"{count} {_KINDS[kind].fa}" for kind, count in one.changes)
        en = ", ".join(f"{count} {_KINDS[kind].en}" for kind, count in one.changes)
        yield Text(f"    {CHANGED.fa}: {fa}", f"    {CHANGED.en}: {en}")
    if one.comparable and one.announced is not None and one.in_force is not None:
        command = f"maksa diff {one.terminology} {one.announced.edition} {one.in_force.edition}"
        yield Text(f"    {command}", f"    {command}")
