"""`maksa letters`: the ministry's letters, their attachments, and the editions that they announce."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from maksa.cli import words
from maksa.cli.asking import desk_of, shelf_of
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.editions.shelf import Shelf
from maksa.errors import NotFound
from maksa.model.edition import Letter
from maksa.model.persian import ascii_digits
from maksa.registry.letters import announced_by, list_letters, record_letter, record_seed_letters
from maksa.text import Text
from maksa.web.api import build


@click.group("letters")
def command() -> None:
    """Record the ministry's letters and tie them to editions."""


@command.command("add")
@click.argument("number")
@click.option("--issued", type=DAY, metavar="DAY", help="The day of the letter.")
@click.option("--subject", default="", help="Its subject.")
@click.option("--signatory", help="Who signed it.")
@click.option("--remark", help="A remark of ours.")
@click.option(
    "--attach",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file that came with it.",
)
@click.option("--announces", multiple=True, metavar="ID[:EDITION]", help="A list, or one edition of it.")
@click.option("--supersedes", multiple=True, metavar="NUMBER", help="A letter that it replaces.")
@click.option("--refers-to", multiple=True, metavar="NUMBER", help="A letter that it names.")
@acting
def add(
    session: Session,
    *,
    number: str,
    issued: date | None,
    subject: str,
    signatory: str | None,
    remark: str | None,
    attach: tuple[Path, ...],
    announces: tuple[str, ...],
    supersedes: tuple[str, ...],
    refers_to: tuple[str, ...],
) -> None:
    """Record a letter, or add to one that is recorded: attachments and editions may come later."""
    home = desk_of(session)
    letter = Letter(
        number=number,
        date=issued,
        subject=subject,
        signatory=signatory,
        supersedes=supersedes,
        refers_to=refers_to,
        announces=tuple(_announced(home.shelf, name) for name in announces),
        remark=remark,
    )
    _print_one(session, record_letter(home.registry, home.shelf, letter, attach))


@command.command("list")
@shared
def list_all(session: Session) -> None:
    """List the recorded letters, newest first."""
    letters = list_letters(shelf_of(session.home))
    if session.json:
        print_json({"total": len(letters), "items": [_record(letter) for letter in letters]})
        return
    if not letters:
        say(session, Text("نامه‌ای ثبت نشده است.", "No letter is recorded."))
        return
    headers = (words.LETTER, words.DATE, Text("ابلاغ می‌کند", "announces"), words.SUBJECT)
    print_table(session, headers, (_row(session, letter) for letter in letters))


@command.command("show")
@click.argument("number")
@shared
def show(session: Session, *, number: str) -> None:
    """Show one letter."""
    shelf = shelf_of(session.home)
    letter = shelf.letters.get(ascii_digits(number).strip())
    if letter is None:
        raise NotFound(
            Text(f"نامهٔ {number[:40]} ثبت نشده است.", f"The letter {number[:40]} is not recorded."),
            known=tuple(held.number for held in list_letters(shelf)),
        )
    _print_one(session, letter)


@command.command("seed")
@acting
def seed(session: Session) -> None:
    """Record the letters that this program knows; what is recorded stays as it is."""
    home = desk_of(session)
    record_seed_letters(home.registry, home.shelf)
    count = len(list_letters(home.shelf))
    if session.json:
        print_json({"total": count})
    else:
        say(session, Text(f"{count} نامه ثبت است.", f"{count} letters are recorded."))


def _announced(shelf: Shelf, name: str) -> tuple[str, str | None]:
    terminology, _, edition = name.partition(":")
    return announced_by(shelf, terminology, edition or None)


def _record(letter: Letter) -> dict[str, object]:
    announced = [{"terminology": name, "edition": edition} for name, edition in letter.announces]
    written = build.letter(letter)
    fields = {name: getattr(written, name) for name in type(written).__struct_fields__}
    return {**fields, "announces": announced}


def _row(session: Session, letter: Letter) -> tuple[object, ...]:
    day = words.day_word(letter.date, session.language)
    return (letter.number, day, _announces(letter), letter.subject)


def _announces(letter: Letter) -> str:
    return ", ".join(name if edition is None else f"{name}:{edition}" for name, edition in letter.announces)


def _print_one(session: Session, letter: Letter) -> None:
    if session.json:
        print_json(_record(letter))
        return
    for line in _lines(session, letter):
        say(session, line)


def _lines(session: Session, letter: Letter) -> Iterator[Text]:
    day = words.day_word(letter.date, session.language)
    yield Text(
        f"نامهٔ {letter.number}، {day}: {letter.subject}", f"letter {letter.number}, {day}: {letter.subject}"
    )
    for label, value in (
        (Text("امضا", "signatory"), letter.signatory),
        (Text("جایگزین نامهٔ", "supersedes"), ", ".join(letter.supersedes)),
        (Text("اشاره به", "refers to"), ", ".join(letter.refers_to)),
        (Text("ابلاغ می‌کند", "announces"), _announces(letter)),
        (Text("یادداشت", "remark"), letter.remark),
    ):
        if value:
            yield Text(f"  {label.fa}: {value}", f"  {label.en}: {value}")
    for attachment in letter.attachments:
        what = f"{attachment.name}, {attachment.size} B, {attachment.hash[:12]}"
        yield Text(f"  پیوست: {what}", f"  attachment: {what}")
