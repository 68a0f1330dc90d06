"""`maksa discrepancies`: where a party's own list differs from the reference, who answers for it, what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from maksa.cli import discrepancies_words as said
from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.discrepancies_report import FORMATS, write_report
from maksa.cli.discrepancies_upload import upload_list
from maksa.cli.discrepancies_work import work
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.model.discrepancy import KINDS, OUTCOMES, STATES
from maksa.model.jalali import today
from maksa.registry.discrepancies import register
from maksa.registry.discrepancies.records import Discrepancy, Step
from maksa.registry.discrepancies.trend import list_uploads
from maksa.registry.discrepancies.words import ACT_WORDS, KIND_WORDS, OUTCOME_WORDS, STATE_WORDS
from maksa.text import Text

_PARTY = click.option("--party", metavar="ID", help="Of this party only.")
_LIST = click.option("--terminology", metavar="ID", help="Of this list of the reference only.")
_KIND = click.option("--kind", type=click.Choice(KINDS), help="Of this kind only.")
_STATE = click.option("--state", type=click.Choice(STATES), help="In this state only.")
_NUMBERS = click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1), metavar="NUMBER…")


@click.group("discrepancies")
def command() -> None:
    """Compare parties' lists with the reference, and decide where they differ."""


command.add_command(upload_list)
command.add_command(work)


@command.command("list")
@_PARTY
@_LIST
@_KIND
@_STATE
@click.option("--owner", metavar="NAME", help="Of this owner only.")
@click.option("--overdue", is_flag=True, help="Only those whose deadline is over.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Records to print."
)
@click.option("--after", type=click.IntRange(0), default=0, metavar="NUMBER", help="Go on after this one.")
@shared
def list_records(
    session: Session,
    *,
    party: str | None,
    terminology: str | None,
    kind: str | None,
    state: str | None,
    owner: str | None,
    overdue: bool,
    limit: int,
    after: int,
) -> None:
    """List the records of the register in the order of their numbers."""
    wanted = register.Wanted(party, terminology, kind, state, owner, today() if overdue else None)
    registry = open_home(session.home).registry
    total, records = register.list_discrepancies(registry, wanted, limit=limit, after=after)
    if session.json:
        print_json({"total": total, "items": [said.record_json(record) for record in records]})
        return
    if not records:
        say(session, Text("مغایرتی نیست.", "There is no discrepancy."))
        return
    print_table(session, _HEADERS, (_cells(session, record) for record in records))


@command.command("show")
@click.argument("number", type=click.IntRange(1))
@shared
def show(session: Session, *, number: int) -> None:
    """Show one record whole: both sides, suggestions with their evidence, the decision, the history."""
    record, steps = register.find_discrepancy(open_home(session.home).registry, number)
    if session.json:
        print_json({**said.record_json(record), "history": [asdict(step) for step in steps]})
        return
    for label, cell in zip(said.COLUMNS, said.row_of(record, session.language), strict=True):
        if cell is not None:
            say(session, Text(f"{label.fa}: {cell}", f"{label.en}: {cell}"))
    print_table(session, _HISTORY, (_step(session, step) for step in steps))


@command.command("decide")
@_NUMBERS
@click.option("--as", "outcome", required=True, type=click.Choice(OUTCOMES), help="What is decided.")
@click.option("--why", required=True, metavar="TEXT", help="Why.")
@click.option("--letter", metavar="NUMBER", help="The letter behind it.")
@click.option("--evidence", metavar="TEXT", help="Upon what evidence.")
@click.option("--again", is_flag=True, help="In place of a decision that stands; the history keeps that.")
@acting
def decide(
    session: Session,
    *,
    numbers: tuple[int, ...],
    outcome: str,
    why: str,
    letter: str | None,
    evidence: str | None,
    again: bool,
) -> None:
    """Decide records: accepted, to be corrected by the party or by the reference, or no discrepancy.

    All of them are decided, or none. A decision stays through later uploads; it is asked for anew where a
    difference comes back changed.
    """
    decided = register.Decided(outcome, why, letter, evidence)
    records = register.decide(desk_of(session).registry, numbers, decided, again=again)
    word = OUTCOME_WORDS[outcome]
    _done(session, records, Text(f"تصمیم ثبت شد ({word.fa})", f"Decided ({word.en})"))


@command.command("assign")
@_NUMBERS
@click.option("--owner", metavar="NAME", help="Who answers for them.")
@click.option("--deadline", type=DAY, metavar="DAY", help="Until when.")
@acting
def assign(session: Session, *, numbers: tuple[int, ...], owner: str | None, deadline: date | None) -> None:
    """Give records an owner, a deadline, or both."""
    records = register.assign(desk_of(session).registry, numbers, owner=owner, deadline=deadline)
    _done(session, records, Text("سپرده شد", "Assigned"))


@command.command("report")
@_PARTY
@_LIST
@_KIND
@_STATE
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="The form of the report.")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Write the report here."
)
@shared
def report(
    session: Session,
    *,
    party: str | None,
    terminology: str | None,
    kind: str | None,
    state: str | None,
    form: str,
    output: Path,
) -> None:
    """Write the register, or a part of it, as a page to print, a workbook, or JSON."""
    wanted = register.Wanted(party, terminology, kind, state)
    count = write_report(open_home(session.home).registry, wanted, form, output, session.language)
    if session.json:
        print_json({"file": str(output), "format": form, "records": count})
        return
    say(
        session,
        Text(f"{count} مغایرت در {output} نوشته شد.", f"{count} discrepancies were written to {output}."),
    )


@command.command("trend")
@click.option("--party", required=True, metavar="ID", help="The party.")
@_LIST
@shared
def trend(session: Session, *, party: str, terminology: str | None) -> None:
    """Tell how the differences of a party went from upload to upload, oldest first."""
    uploads = list_uploads(open_home(session.home).registry, party, terminology)
    if session.json:
        print_json({"total": len(uploads), "items": [asdict(upload) for upload in uploads]})
        return
    if not uploads:
        say(session, Text("این طرف فهرستی نداده است.", "This party has uploaded no list."))
        return
    counts = ("new", "changed", "reopened", "closed", "open", "decided")
    rows = (
        (
            upload.number,
            words.day_word(upload.at.date(), session.language),
            upload.list,
            upload.edition,
            sum(upload.kinds.values()),
            *(getattr(upload.changes, name) for name in counts),
        )
        for upload in uploads
    )
    print_table(session, _TREND, rows)


_HEADERS = (
    said.NUMBER, said.PARTY, words.TERMINOLOGY, said.KIND, said.STATE, words.CODE, said.OUR_CODE, said.SAID,
    said.SUGGESTED, said.OWNER, said.DEADLINE, said.DECISION,
)  # fmt: skip
_HISTORY = (
    Text("زمان (UTC)", "at (UTC)"),
    Text("چه کسی", "actor"),
    Text("کار", "act"),
    Text("فهرست", "upload"),
    Text("جزئیات", "details"),
)
_TREND = (
    said.NUMBER,
    words.DATE,
    words.TERMINOLOGY,
    words.EDITION,
    Text("مغایرت", "differences"),
    Text("تازه", "new"),
    Text("دگرگون", "changed"),
    Text("بازگشوده", "reopened"),
    Text("بسته‌شده", "closed"),
    Text("باز", "open"),
    Text("تصمیم‌گرفته", "decided"),
)


def _cells(session: Session, record: Discrepancy) -> tuple[object, ...]:
    one, language = record.difference, session.language
    best = one.suggestions[0].coding if one.suggestions else None
    ruling = record.ruling
    return (
        record.number,
        record.party,
        record.list,
        KIND_WORDS[one.kind].in_language(language),
        STATE_WORDS[record.state].in_language(language),
        one.code,
        ", ".join(side.code for side in one.ours),
        one.said.in_language(language),
        None if best is None else f"{best.terminology} {best.code}",
        record.owner,
        words.day_word(record.deadline, language),
        None if ruling is None else OUTCOME_WORDS[ruling.outcome].in_language(language),
    )


def _step(session: Session, step: Step) -> tuple[object, ...]:
    act = ACT_WORDS[step.act].in_language(session.language)
    told = "; ".join(f"{name}: {value}" for name, value in step.details.items())
    return step.at.isoformat(" ", "seconds")[:19], step.actor, act, step.upload, told


def _done(session: Session, records: Sequence[Discrepancy], text: Text) -> None:
    if session.json:
        print_json({"items": [said.record_json(record) for record in records]})
        return
    numbers = ", ".join(str(record.number) for record in records)
    say(session, Text(f"{text.fa}: {numbers}.", f"{text.en}: {numbers}."))
