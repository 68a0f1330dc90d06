"""`maksa adoption remind | reminders`: letters of reminder, written to a folder as text and PDF. Nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from maksa.cli import adoption_words as said
from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.errors import BadInput, BadParameter
from maksa.home import Home, open_home
from maksa.registry.adoption.reminded import Reminder, list_reminders
from maksa.registry.adoption.reminder_text import text_of
from maksa.registry.adoption.reminders import Sending, remind_overdue, remind_party
from maksa.text import Text

_UNSAFE = re.compile(r"[^0-9A-Za-z\u0600-\u06ff._-]+")


@click.command("remind")
@click.option("--party", metavar="ID", help="Remind this party of what is open with it.")
@click.option("--all-overdue", is_flag=True, help="Remind every party of what is overdue with it.")
@click.option("--terminology", metavar="ID", help="Of this list only.")
@click.option("--number", required=True, metavar="NUMBER", help="The number of the letter.")
@click.option("--date", "day", required=True, type=DAY, metavar="DAY", help="Its date.")
@click.option("--answer-by", type=DAY, metavar="DAY", help="Until when an answer is asked for.")
@click.option("--signatory", multiple=True, metavar="LINE", help="Who signs: the name, then the office.")
@click.option("--addressee", multiple=True, metavar="LINE", help="To whom; the head of the party by default.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write here.",
)
@acting
def remind(
    session: Session,
    *,
    party: str | None,
    all_overdue: bool,
    terminology: str | None,
    number: str,
    day: date,
    answer_by: date | None,
    signatory: tuple[str, ...],
    addressee: tuple[str, ...],
    out: Path,
) -> None:
    """Write letters of reminder as text and PDF, and record who was reminded of what.

    The same number to the same party gives the same letter again, whatever changed meanwhile. Nothing is sent.
    """
    if (party is None) != all_overdue or (all_overdue and addressee):
        raise BadParameter(
            "party",
            Text("یا --party را بدهید یا --all-overdue را، و گیرنده را تنها با --party.",
                 "Give either --party or --all-overdue; --addressee goes with --party alone."),
        )  # fmt: skip
    home = desk_of(session)
    sending = Sending(number, day, signatory, answer_by, addressee)
    reminders = _recorded(home, party, sending, terminology)
    files = [str(path) for one in reminders for path in _write(one, out)]
    if session.json:
        print_json({"total": len(reminders), "items": reminders, "files": files})
        return
    if not reminders:
        say(session, Text("مهلت چیزی نگذشته است.", "Nothing is overdue."))
    for path in files:
        say(session, Text(path, path))


@click.command("reminders")
@click.option("--party", metavar="ID", help="To this party only.")
@shared
def reminders_made(session: Session, *, party: str | None) -> None:
    """List who was reminded of what, by which letter and when, oldest first."""
    found = list_reminders(open_home(session.home).registry, party=party)
    if session.json:
        items = [{"reminder": reminder, "at": made.at, "actor": made.actor} for reminder, made in found]
        print_json({"total": len(found), "items": items})
        return
    headers = (words.LETTER, words.DATE, said.PARTY, words.TERMINOLOGY, said.ACTOR)
    rows = (
        (
            reminder.letter,
            words.day_word(reminder.day, session.language),
            reminder.party,
            ", ".join(dict.fromkeys(one.terminology for one in reminder.open)),
            made.actor,
        )
        for reminder, made in found
    )
    print_table(session, headers, rows)


def _recorded(home: Home, party: str | None, sending: Sending, terminology: str | None) -> Sequence[Reminder]:
    if party is None:
        return remind_overdue(home.registry, home.shelf, sending, terminology=terminology)
    return [remind_party(home.registry, home.shelf, party, sending, terminology=terminology)]


def _write(reminder: Reminder, folder: Path) -> tuple[Path, Path]:
    from maksa.cli.adoption_pdf import pdf_of  # noqa: PLC0415 - Other commands need not wait for it to load.

    name = f"{_UNSAFE.sub('-', reminder.letter)}-{reminder.party}"
    text, pdf = folder / f"{name}.txt", folder / f"{name}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text.write_text(text_of(reminder), encoding="utf-8")
        pdf.write_bytes(pdf_of(reminder))
    except OSError as error:
        raise BadInput(
            Text(
                f"در {folder} نوشته نمی‌شود: {error.strerror}.",
                f"{folder} cannot be written to: {error.strerror}.",
            ),
            mend=Text(
                "پوشهٔ دیگری بدهید؛ نامه ثبت شده است و همان دوباره نوشته می‌شود.",
                "Give another folder: the letter is recorded, and the same is written again.",
            ),
        ) from None
    return text, pdf


COMMANDS = (remind, reminders_made)
