"""`maksa adoption`: who must use which list by when, what they declared, what is observed, what was certified."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from maksa.cli import adoption_acts, adoption_remind, words
from maksa.cli import adoption_words as said
from maksa.cli.adoption_export import FORMATS, export_board
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import note, print_json, print_table, say
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.registry.adoption.board import Asked, Board, adoption_board
from maksa.registry.adoption.certificates import list_certificates
from maksa.registry.adoption.declarations import list_declarations
from maksa.registry.adoption.obligations import list_obligations
from maksa.registry.adoption.old_lists import OldListUser, old_list_users
from maksa.registry.adoption.records import Obligation
from maksa.registry.adoption.standing import STATES
from maksa.registry.adoption.trend import MOST_WEEKS, adoption_trend
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS
from maksa.text import Text

_PARTY = click.option("--party", metavar="ID", help="Of this party only.")
_LIST = click.option("--terminology", metavar="ID", help="Of this list only.")
_ON = click.option("--on", type=DAY, metavar="DAY", help="The day asked of; today in Tehran by default.")


@click.group("adoption")
def command() -> None:
    """See who uses which list: what is due, declared, observed and certified; remind those who do not."""


for _command in (*adoption_acts.COMMANDS, *adoption_remind.COMMANDS):
    command.add_command(_command)


@command.command("board")
@_PARTY
@click.option("--kind", type=click.Choice(list(PARTY_KINDS)), help="Of parties of this kind only.")
@click.option("--system-kind", type=click.Choice(list(SYSTEM_KINDS)), help="Of systems of this kind only.")
@_LIST
@click.option("--state", type=click.Choice(list(STATES)), help="In this state only.")
@click.option("--letter", metavar="NUMBER", help="Obliged by this letter only.")
@_ON
@click.option("--format", "form", type=click.Choice(FORMATS), help="Write a file of this form instead.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it.")
@shared
def board(
    session: Session,
    *,
    on: date | None,
    form: str | None,
    output: Path | None,
    **asked: str | None,
) -> None:
    """Show the board: for each party, system and list what is due, declared, observed, certified, and its state."""
    if (form is None) != (output is None):
        raise BadParameter(
            "output", Text("--format و --output با هم می‌آیند.", "--format and --output come together.")
        )
    home = open_home(session.home)
    found = adoption_board(home.registry, home.shelf, Asked(**asked), on=on)
    if form is not None and output is not None:
        export_board(found.rows, form, output, session.language)
        count = len(found.rows)
        note(session, Text(f"{count} ردیف در {output} نوشته شد.", f"{count} rows were written to {output}."))
        return
    if session.json:
        print_json({"on": found.on, "since": found.since, "total": len(found.rows), "states": found.states,
                    "without_systems": found.without_systems, "of_nobody": found.of_nobody,
                    "items": [said.row_json(row) for row in found.rows]})  # fmt: skip
        return
    _print_board(session, found)


@command.command("old")
@_ON
@shared
def old(session: Session, *, on: date | None) -> None:
    """Tell who still uses an old list: the clients with signs of one, those that prove it first."""
    home = open_home(session.home)
    users = old_list_users(home.registry, home.shelf, on=on)
    if session.json:
        print_json({"total": len(users), "items": [_user_json(user) for user in users]})
        return
    if not users:
        say(session, Text("نشانی از فهرست کهنه نیست.", "There is no sign of an old list."))
        return
    headers = (said.PARTY, said.SYSTEM, said.CLIENT, words.TERMINOLOGY, Text("انتشار نافذ", "in force"),
               Text("انتشارهای دیده‌شده", "editions seen"), said.OLD, Text("ثابت می‌کند", "proves"),
               said.LAST)  # fmt: skip
    print_table(session, headers, (_user_cells(session, user) for user in users))


@command.command("trend")
@_LIST
@click.option("--weeks", type=click.IntRange(1, MOST_WEEKS), default=12, show_default=True, help="How many.")
@_ON
@shared
def trend(session: Session, *, terminology: str | None, weeks: int, on: date | None) -> None:
    """Tell how adoption went from week to week; a week begins on Saturday."""
    home = open_home(session.home)
    found = adoption_trend(home.registry, home.shelf, on=on, weeks=weeks, terminology=terminology)
    if session.json:
        print_json({"total": len(found), "items": found})
        return
    headers = (Text("هفته از", "week from"), said.QUESTIONS, Text("از انتشار کهنه", "of old editions"),
               Text("کارخواه‌ها", "clients"), Text("با انتشار کهنه", "with old editions"),
               Text("اجرا اعلام شده", "declared live"))  # fmt: skip
    rows = (
        (
            words.day_word(one.begins, session.language),
            one.questions,
            one.old,
            one.clients,
            one.old_clients,
            one.declared_live,
        )
        for one in found
    )
    print_table(session, headers, rows)


@command.command("obligations")
@shared
def obligations(session: Session) -> None:
    """List who must use which list, those duties too that were lifted."""
    found = list_obligations(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(found), "items": found})
        return
    if not found:
        say(session, Text("الزامی ثبت نشده است.", "No obligation is recorded."))
        return
    headers = (said.NUMBER, words.TERMINOLOGY, words.EDITION, words.LETTER, said.DEADLINE,
               Text("سازمان‌ها", "parties"), Text("سامانه‌ها", "systems"), Text("برداشته شد", "lifted"))  # fmt: skip
    print_table(session, headers, (_duty_cells(session, one) for one in found))


@command.command("declarations")
@_PARTY
@_LIST
@shared
def declarations(session: Session, *, party: str | None, terminology: str | None) -> None:
    """List all that was declared, oldest first; the last of a system and a list stands."""
    found = list_declarations(open_home(session.home).registry, party=party, terminology=terminology)
    if session.json:
        print_json({"total": len(found), "items": found})
        return
    headers = (said.NUMBER, said.AT, said.ACTOR, said.PARTY, said.SYSTEM, words.TERMINOLOGY, words.EDITION,
               said.DECLARED_STATE, Text("روز", "day"), words.LETTER, words.NOTE)  # fmt: skip
    print_table(session, headers, (said.declaration_cells(one, session.language) for one in found))


@command.command("certificates")
@_PARTY
@shared
def certificates(session: Session, *, party: str | None) -> None:
    """List the tests that systems passed, oldest first."""
    found = list_certificates(open_home(session.home).registry, party=party)
    if session.json:
        print_json({"total": len(found), "items": found})
        return
    headers = (said.NUMBER, said.PARTY, said.SYSTEM, words.TERMINOLOGY, words.EDITION, Text("آزمون", "kit"),
               Text("قبولی", "passed"), Text("اعتبار تا", "valid until"), Text("آزماینده", "examiner"))  # fmt: skip
    rows = (
        (
            one.number,
            one.party,
            one.system,
            one.terminology,
            one.edition,
            f"{one.kit} {one.version}",
            words.day_word(one.passed, session.language),
            words.day_word(one.valid_until, session.language),
            one.examiner,
        )
        for one in found
    )
    print_table(session, headers, rows)


def _print_board(session: Session, found: Board) -> None:
    if found.rows:
        headers = [said.COLUMNS[place] for place in said.SHORT]
        rows = (said.cells_of(row, session.language) for row in found.rows)
        print_table(session, headers, ([row[place] for place in said.SHORT] for row in rows))
    else:
        say(session, Text("ردیفی نیست.", "There is no row."))
    for state, count in found.states.items():
        word = STATES[state]
        note(session, Text(f"{word.fa}: {count}", f"{word.en}: {count}"))
    if found.without_systems:
        names = ", ".join(found.without_systems)
        note(
            session,
            Text(
                f"از این سازندگان سامانه‌ای ثبت نیست و الزامی به آن‌ها نمی‌رسد: {names}",
                f"No system of these vendors is registered, so no duty reaches them: {names}",
            ),
        )
    if found.of_nobody:
        count = found.of_nobody
        note(
            session,
            Text(
                f"{count} پرسش از کارخواه‌هایی است که از هیچ سازمانی نیستند.",
                f"Questions of clients that are of no party: {count}",
            ),
        )


def _user_json(user: OldListUser) -> dict[str, object]:
    return {
        "client": user.client,
        "party": None if user.party is None else user.party.party_id,
        "system": user.system,
        "terminology": user.terminology,
        "in_force": user.in_force,
        "observed": said.observed_json(user.observed),
    }


def _user_cells(session: Session, user: OldListUser) -> tuple[object, ...]:
    observed, language = user.observed, session.language
    return (
        None if user.party is None else user.party.party_id,
        user.system,
        user.client,
        user.terminology,
        user.in_force,
        said.editions_seen(observed),
        said.signs(observed.old).in_language(language),
        words.value_word(observed.old.proves).in_language(language),
        words.day_word(observed.last, language),
    )


def _duty_cells(session: Session, one: Obligation) -> tuple[object, ...]:
    return (
        one.number,
        one.terminology,
        one.edition,
        one.letter,
        words.day_word(one.deadline, session.language),
        ", ".join(one.party_kinds),
        ", ".join(one.system_kinds),
        None if one.ended is None else words.day_word(one.ended.date(), session.language),
    )
