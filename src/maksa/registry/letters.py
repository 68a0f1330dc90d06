"""Letters of the ministry: recorded with their attachments, tied to editions, and the known ones as seed."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, NotFound, TooLarge, WrongState
from maksa.model.edition import Attachment, Letter
from maksa.model.jalali import parse_day
from maksa.model.persian import ascii_digits
from maksa.registry.database import Registry
from maksa.registry.drafts.published import read_entry, read_list
from maksa.registry.journal import write_entry
from maksa.registry.lock import locked
from maksa.text import Text

_T = TypeVar("_T")
_NUMBER_FORM = re.compile(r"[0-9A-Za-z\u0600-\u06ff][0-9A-Za-z\u0600-\u06ff/._-]{0,39}")
_MAX_TEXT = 2_000
_MAX_ATTACHMENTS = 20
_MAX_BYTES = 50 << 20


def record_letter(
    registry: Registry, shelf: Shelf, letter: Letter, attachments: Sequence[Path] = ()
) -> Letter:
    """Record a letter, or extend the record of its number, and keep copies of its attachments.

    What the new record says wins; what it leaves empty stays as recorded, or as this program knows it from
    the start; `announces`, `refers_to`, `supersedes` and attachments are united.
    Raises: BadInput (form of the number or a text, an attachment that cannot be read or whose name another
            file of the letter has), TooLarge (more than 20 attachments, or one over 50 MB).
    """
    given = checked_letter(letter)
    with locked(shelf.letters.folder, "letters"):
        recorded = shelf.letters.get(given.number)
        known = recorded or _seed_letter(given.number)
        united = given if known is None else _united(known, given)
        united = replace(united, attachments=_attached(shelf, united, attachments))
        if united != recorded:
            shelf.letters.write(united)
            _note(registry, united)
    shelf.refresh()
    return united


def checked_letter(letter: Letter) -> Letter:
    """Give a letter with the digits of its numbers in ASCII. Raises: BadInput (a number or text out of form)."""
    for text in (letter.subject, letter.signatory or "", letter.remark or ""):
        if len(text) > _MAX_TEXT or "\0" in text:
            raise BadInput(
                Text(
                    fa=f"متن نامهٔ {letter.number[:40]} از {_MAX_TEXT} نویسه بیشتر است یا نویسهٔ نادرست دارد.",
                    en=f"A text of the letter {letter.number[:40]} is over {_MAX_TEXT} characters or holds a null.",
                )
            )
    return replace(
        letter,
        number=_number(letter.number),
        supersedes=tuple(map(_number, letter.supersedes)),
        refers_to=tuple(map(_number, letter.refers_to)),
    )


def announced_by(shelf: Shelf, terminology: str, edition: str | None = None) -> tuple[str, str | None]:
    """Give what a letter announces, as its record names it: a published edition, or (None) all of a list.

    Raises: UnknownTerminology, UnknownEdition, WrongState (the edition is a sample: no letter announces one).
    """
    held = read_list(shelf, terminology)
    if edition is not None and read_entry(shelf, held, edition).manifest.sample:
        raise WrongState(
            Text(
                fa=f"انتشار «{edition}» از «{held}» نمونه است و نامه‌ای آن را ابلاغ نمی‌کند.",
                en=f"The edition '{edition}' of '{held}' is a sample, which no letter announces.",
            ),
            mend=Text(
                fa="نامه را به انتشار واقعی همان فهرست پیوند دهید.",
                en="Tie the letter to an edition of the real list.",
            ),
        )
    return held, edition


def tie_letter(
    registry: Registry, shelf: Shelf, number: str, terminology: str, edition: str | None = None
) -> Letter:
    """Tie a recorded letter to a published edition, or (None) to every edition of a list.

    Raises: NotFound (no such letter), and as `announced_by`.
    """
    letter = shelf.letters.get(_number(number)) or _seed_letter(_number(number))
    if letter is None:
        raise NotFound(
            Text(fa=f"نامهٔ {number} ثبت نشده است.", en=f"The letter {number} is not recorded."),
            mend=Text(fa="نخست نامه را ثبت کنید.", en="Record the letter first."),
            known=tuple(known.number for known in list_letters(shelf)[:50]),
        )
    announced = announced_by(shelf, terminology, edition)
    return record_letter(registry, shelf, replace(letter, announces=(announced,)))


def list_letters(shelf: Shelf) -> tuple[Letter, ...]:
    """List the recorded letters, newest first; those without a date last."""
    return tuple(reversed(shelf.all_letters()))


def seed_letters() -> tuple[Letter, ...]:
    """Give the letters that this program knows from the start (facts; the subjects in our words)."""
    text = (resources.files("maksa.registry") / "letters.toml").read_text(encoding="utf-8")
    return tuple(_letter(fields) for fields in tomllib.loads(text)["letter"])


def record_seed_letters(registry: Registry, shelf: Shelf) -> None:
    """Record the known letters that are not recorded yet; a record that stands is not touched."""
    for letter in seed_letters():
        if shelf.letters.get(letter.number) is None:
            record_letter(registry, shelf, letter)


def _note(registry: Registry, letter: Letter) -> None:
    with registry.writing() as connection:
        write_entry(
            registry,
            connection,
            "letter",
            letter.number,
            announces=[[terminology, edition] for terminology, edition in letter.announces],
            attachments={attachment.name: attachment.hash for attachment in letter.attachments},
        )


def _seed_letter(number: str) -> Letter | None:
    return next((letter for letter in seed_letters() if letter.number == number), None)


def _letter(fields: dict[str, Any]) -> Letter:
    return Letter(
        number=fields["number"],
        date=parse_day(fields["date"]),
        subject=fields["subject"],
        signatory=fields.get("signatory"),
        refers_to=tuple(fields.get("refers_to", ())),
        remark=fields.get("remark"),
    )


def _united(earlier: Letter, given: Letter) -> Letter:
    return Letter(
        number=given.number,
        date=given.date or earlier.date,
        subject=given.subject or earlier.subject,
        signatory=given.signatory or earlier.signatory,
        supersedes=_union(earlier.supersedes, given.supersedes),
        refers_to=_union(earlier.refers_to, given.refers_to),
        announces=_union(earlier.announces, given.announces),
        attachments=_union(earlier.attachments, given.attachments),
        remark=given.remark or earlier.remark,
    )


def _union(first: Iterable[_T], second: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _attached(shelf: Shelf, letter: Letter, paths: Sequence[Path]) -> tuple[Attachment, ...]:
    held = {attachment.name: attachment for attachment in letter.attachments}
    if len(held.keys() | {path.name for path in paths}) > _MAX_ATTACHMENTS:
        raise TooLarge(
            Text(
                fa=f"نامهٔ {letter.number} بیش از {_MAX_ATTACHMENTS} پیوست نمی‌پذیرد.",
                en=f"The letter {letter.number} takes no more than {_MAX_ATTACHMENTS} attachments.",
            )
        )
    for path in paths:
        content = _read(path)
        earlier = held.get(path.name)
        if earlier is not None and earlier.hash != hashlib.sha256(content).hexdigest():
            raise BadInput(
                Text(
                    fa=f"نامهٔ {letter.number} پیوست دیگری با نام «{path.name}» دارد.",
                    en=f"The letter {letter.number} has another attachment named '{path.name}'.",
                ),
                mend=Text(fa="نام پرونده را عوض کنید.", en="Rename the file."),
            )
        held[path.name] = shelf.letters.attach(letter.number, path.name, content)
    return tuple(held.values())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            Text(
                fa=f"پیوست «{path.name}» خوانده نمی‌شود: {error.strerror}.",
                en=f"The attachment '{path.name}' cannot be read: {error.strerror}.",
            )
        ) from None
    if len(content) > _MAX_BYTES:
        raise TooLarge(
            Text(
                fa=f"پیوست «{path.name}» از {_MAX_BYTES >> 20} مگابایت بزرگ‌تر است.",
                en=f"The attachment '{path.name}' is over {_MAX_BYTES >> 20} MB.",
            )
        )
    return content


def _number(number: str) -> str:
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
