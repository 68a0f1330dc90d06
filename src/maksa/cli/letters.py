"""`maksa letters`: the ministry's letters, their attachments, and the editions that they announce."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from maksa.cli.asking import desk_of, service_of
from maksa.cli.letters_words import HEADERS, lines_of, row_of
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import note, print_json, print_table, say
from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, TooLarge
from maksa.model.edition import ADDRESSEE_KINDS, Addressee, Letter
from maksa.model.service import TerminologyService
from maksa.registry.letter_form import MAX_TEXT
from maksa.registry.letters import announced_by, list_letters, record_letter, record_seed_letters
from maksa.text import Text
from maksa.web.api import letters_build
from maksa.web.marks import SampleMarks


@click.group("letters")
def command() -> None:
    """Record the ministry's letters and tie them to editions."""


@command.command("add")
@click.argument("number")
@click.option("--issued", type=DAY, metavar="DAY", help="The day of the letter.")
@click.option("--subject", default="", help="Its subject.")
@click.option("--signatory", help="Who signed it.")
@click.option("--remark", help="A remark of ours.")
@click.option("--text", type=click.Path(path_type=Path), metavar="FILE", help="A file with its text, UTF-8.")
@click.option(
    "--stub", is_flag=True, help="Its text is not at hand yet: a text or a file of it takes the mark away."
)
@click.option(
    "--attach",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file that came with it.",
)
@click.option(
    "--to",
    multiple=True,
    metavar="KIND:NAME",
    help=f"Whom it is addressed to. KIND is one of {', '.join(ADDRESSEE_KINDS)}.",
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
    text: Path | None,
    stub: bool,
    attach: tuple[Path, ...],
    to: tuple[str, ...],
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
        addressees=tuple(map(_addressee, to)),
        text=None if text is None else _text_of(text),
        stub=stub,
    )
    recorded = record_letter(home.registry, home.shelf, letter, attach)
    _print_one(session, home.service, recorded.number)
    if not recorded.subject:
        note(session, Text("این نامه هنوز موضوع ندارد.", "The letter has no subject yet."))


@command.command("list")
@click.option("--terminology", metavar="ID", help="Only those that announce this list.")
@click.option("--since", type=DAY, metavar="DAY", help="Only those issued on this day or later.")
@click.option(
    "--stubs/--no-stubs", default=None, help="Only those whose text is not at hand, or only the others."
)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="Letters on a page."
)
@click.option("--after", metavar="NUMBER", help="The page after this letter.")
@shared
def list_all(
    session: Session,
    *,
    terminology: str | None,
    since: date | None,
    stubs: bool | None,
    limit: int,
    after: str | None,
) -> None:
    """List the recorded letters, newest first."""
    service = service_of(session)
    page = service.letters(terminology=terminology, since=since, stub=stubs, after=after, limit=limit)
    if session.json:
        print_json(letters_build.letters_answer(page, SampleMarks(service).is_sample))
        return
    if not page.letters:
        say(session, Text("چنین نامه‌ای ثبت نشده است.", "No such letter is recorded."))
        return
    print_table(session, HEADERS, (row_of(found, session.language) for found in page.letters))
    if page.next_after is not None:
        note(
            session,
            Text(
                f"{page.total} نامه هست؛ صفحهٔ بعد: --after {page.next_after}",
                f"There are {page.total} letters; the next page: --after {page.next_after}",
            ),
        )


@command.command("show")
@click.argument("number")
@shared
def show(session: Session, *, number: str) -> None:
    """Show one letter: its chain, what became of its lists, its attachments."""
    _print_one(session, service_of(session), number)


@command.command("seed")
@acting
def seed(session: Session) -> None:
    """Record the letters that this program knows; what is recorded stays as it is. A new home has them."""
    home = desk_of(session)
    record_seed_letters(home.registry, home.shelf)
    count = len(list_letters(home.shelf))
    if session.json:
        print_json({"total": count})
    else:
        say(session, Text(f"{count} نامه ثبت است.", f"{count} letters are recorded."))


def _print_one(session: Session, service: TerminologyService, number: str) -> None:
    found = service.letter(number)
    if session.json:
        print_json(letters_build.letter_answer(found, SampleMarks(service).is_sample))
        return
    for line in lines_of(found, session.language):
        say(session, line)


def _announced(shelf: Shelf, name: str) -> tuple[str, str | None]:
    terminology, _, edition = name.partition(":")
    return announced_by(shelf, terminology, edition or None)


def _addressee(given: str) -> Addressee:
    kind, colon, name = given.partition(":")
    if not colon:
        raise BadInput(
            Text(
                fa=f"--to «{given[:60]!a}» گونه و نام گیرنده نیست.",
                en=f"--to: {given[:60]!a} is no kind and name of an addressee.",
            ),
            mend=Text(
                fa="مانند --to 'insurer:سازمان بیمهٔ سلامت' بدهید.",
                en="Write it as --to 'insurer:سازمان بیمهٔ سلامت'.",
            ),
        )
    return Addressee(kind.strip(), name)


def _text_of(path: Path) -> str:
    """Read the text of a letter. Raises: BadInput (it cannot be read, or is no UTF-8), TooLarge."""
    try:
        with path.open(encoding="utf-8") as stream:
            text = stream.read(MAX_TEXT + 1)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise BadInput(
            Text(
                fa=f"متن نامه در «{path.name}» خوانده نمی‌شود: {why}.",
                en=f"The text of the letter in '{path.name}' cannot be read: {why}.",
            ),
            mend=Text(fa="پرونده‌ای متنی با UTF-8 بدهید.", en="Give a text file in UTF-8."),
        ) from None
    if len(text) > MAX_TEXT:
        raise TooLarge(
            Text(
                fa=f"متن نامه در «{path.name}» از {MAX_TEXT} نویسه بیشتر است.",
                en=f"The text of the letter in '{path.name}' is over {MAX_TEXT} characters.",
            ),
            mend=Text(fa="آن را پیوست کنید.", en="Attach it instead."),
        )
    return text.strip()
