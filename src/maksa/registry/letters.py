"""Letters of the ministry: recorded with their attachments, tied to editions, and the known ones as seed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, NotFound, TooLarge, WrongState
from maksa.intake.profile import load_profile, profile_names
from maksa.model.edition import Addressee, Attachment, Letter
from maksa.model.jalali import parse_day
from maksa.registry.database import Registry
from maksa.registry.delivery.edition_notices import tell_of_letter
from maksa.registry.drafts.published import read_entry, read_list, spelled_on_shelf
from maksa.registry.journal import is_noted, write_entry
from maksa.registry.letter_form import check_supersedes, checked_letter, checked_number
from maksa.registry.lock import locked
from maksa.text import Text

_T = TypeVar("_T")
_MAX_ATTACHMENTS = 20
_MAX_BYTES = 50 << 20


def record_letter(
    registry: Registry, shelf: Shelf, letter: Letter, attachments: Sequence[Path] = ()
) -> Letter:
    """Record a letter, or extend the record of its number, and keep copies of its attachments.

    What the new record says wins; what it leaves empty stays as recorded, or as this program knows it from
    the start; `announces`, `refers_to`, `supersedes`, addressees and attachments are united. A stub is none any
    more once a text or a file of it is recorded.
    Raises: BadInput (form of the number or a text, a day that has not come, a letter that supersedes or names
            itself or supersedes a younger one, an attachment that cannot be read or whose name another file of the
            letter has), WrongState (letters would supersede each other in a circle), TooLarge (more than 20
            attachments, or one over 50 MB).
    """
    given = checked_letter(letter)
    with locked(shelf.letters.folder, "letters"):
        recorded = shelf.letters.get(given.number)
        known = recorded or _seed_letter(given.number)
        united = given if known is None else _united(known, given)
        check_supersedes(united, shelf.letters.read()[0])
        united = replace(united, attachments=_attached(shelf, united, attachments))
        united = replace(united, stub=united.stub and not (united.text or united.attachments))
        if united != recorded or not _is_told(registry, united):
            _write(registry, shelf, united, news=True)
    shelf.refresh()
    return united


def announced_by(shelf: Shelf, terminology: str, edition: str | None = None) -> tuple[str, str | None]:
    """Give what a letter announces, as its record names it: a published edition, or (None) all of a list.

    A letter often comes before its list: one that no edition is held of yet may be announced when an import
    profile knows it. An edition that is not there is refused, as its import names the letter itself.
    Raises: UnknownTerminology, UnknownEdition, WrongState (the edition is a sample: no letter announces one).
    """
    awaited = None if edition is not None else _awaited(shelf, terminology)
    if awaited is not None:
        return awaited, None
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
    written = checked_number(number)
    letter = shelf.letters.get(written) or _seed_letter(written)
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


@cache
def seed_letters() -> tuple[Letter, ...]:
    """Give the letters that this program knows from the start (letters.toml): facts, in our own words."""
    text = (resources.files("maksa.registry") / "letters.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return tuple(_letter(fields, content["addressees"]) for fields in content["letter"])


def record_seed_letters(registry: Registry, shelf: Shelf) -> None:
    """Record the letters that this program knows and that are not recorded yet; a record that stands is not touched.

    It is an act of the desk, upon a home that another program made; a home made by this one has them.
    """
    with locked(shelf.letters.folder, "letters"):
        for letter in _missing(shelf):
            _write(registry, shelf, letter, news=False)
    shelf.refresh()


def ship_letters(shelf: Shelf) -> None:
    """Put the known letters that are missing into a home that is being made: they come with the program, by no act.

    Cost: some milliseconds a letter the first time, then a look at the folder.
    """
    if not _missing(shelf):
        return
    with locked(shelf.letters.folder, "letters"):
        for letter in _missing(shelf):
            shelf.letters.write(letter)
    shelf.refresh()


def _missing(shelf: Shelf) -> list[Letter]:
    return [letter for letter in seed_letters() if not shelf.letters.holds(letter.number)]


def _awaited(shelf: Shelf, terminology: str) -> str | None:
    """Give the id of a list that is not held and that an import profile knows, in any letter case."""
    if spelled_on_shelf(shelf, terminology) is not None:
        return None
    folded = terminology.strip().casefold()
    profiles = (load_profile(name) for name in profile_names())
    known = (
        one.id
        for profile in profiles
        if not profile.names_list
        for one in (profile.terminology, *profile.lists)
    )
    return next((name for name in known if name.casefold() == folded), None)


def _seed_letter(number: str) -> Letter | None:
    return next((letter for letter in seed_letters() if letter.number == number), None)


def _letter(fields: dict[str, Any], groups: dict[str, dict[str, Any]]) -> Letter:
    return Letter(
        number=fields["number"],
        date=parse_day(fields["date"]),
        subject=fields["subject"],
        signatory=fields.get("signatory"),
        refers_to=tuple(fields.get("refers_to", ())),
        announces=tuple((terminology, None) for terminology in fields.get("announces", ())),
        remark=fields.get("remark"),
        addressees=tuple(
            Addressee(groups[group]["kind"], name)
            for group in fields.get("to", ())
            for name in groups[group]["names"]
        ),
        stub=fields.get("stub", False),
    )


def _write(registry: Registry, shelf: Shelf, letter: Letter, *, news: bool) -> None:
    """Write a record and tell of it, both or neither; `news` says that those who follow letters are told."""
    with registry.writing() as connection:
        write_entry(
            registry,
            connection,
            "letter",
            letter.number,
            announces=[[terminology, edition] for terminology, edition in letter.announces],
            supersedes=list(letter.supersedes) or None,
            attachments={attachment.name: attachment.hash for attachment in letter.attachments},
        )
        if news:
            tell_of_letter(connection, letter)
        shelf.letters.write(letter)


def _is_told(registry: Registry, letter: Letter) -> bool:
    """Tell whether the journal has the letter, or need not; after a kill at the last step its record may stand without."""
    if letter == _seed_letter(letter.number):
        return True
    with registry.reading() as connection:
        return is_noted(connection, "letter", letter.number)


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
        addressees=_union(earlier.addressees, given.addressees),
        text=given.text or earlier.text,
        stub=given.stub or earlier.stub,
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
