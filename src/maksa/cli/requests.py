"""`maksa requests`: missing codes that were asked for, from filing to the code or the refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import click

from maksa.cli import requests_output as shown
from maksa.cli.asking import desk_of, service_of
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, say
from maksa.home import open_home
from maksa.model.code_request import State, Wanted
from maksa.model.verdict import Coding
from maksa.registry.outbox import read_notices
from maksa.registry.requests.batch import import_requests
from maksa.registry.requests.code_requests import (
    TOPIC,
    do_act,
    keep_request,
    list_requests,
    read_request,
    read_steps,
)
from maksa.registry.requests.duplicates import Duplicates
from maksa.registry.requests.form import checked_wanted
from maksa.registry.requests.result import existing_code, new_code
from maksa.registry.requests.statistics import request_statistics
from maksa.text import Text

_NUMBER = click.argument("number", type=click.IntRange(1, 2**31 - 1))
_LIMIT = click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many to print."
)


@click.group("requests")
def command() -> None:
    """Take requests for missing codes, and lead them to a code or a reasoned refusal."""


@command.command("file")
@click.argument("terminology")
@click.argument("text")
@click.option("--title-fa", help="A proposed title in Persian.")
@click.option("--title-en", help="A proposed title in English.")
@click.option("--use-case", help="What it is needed for.")
@click.option("--reference", help="What defines it: a letter, a licence, a book.")
@click.option("--organisation", help="The id of the party that asks.")
@click.option("--contact", help="An address for notices; no log and no journal names it.")
@acting
def file(session: Session, *, terminology: str, text: str, **more: str | None) -> None:
    """File a request for what TEXT names in a terminology; its token is shown this once.

    What may be there already is shown beside it, the likeliest first.
    """
    registry, service = desk_of(session).registry, service_of(session)
    wanted = checked_wanted(service, Wanted(terminology, text, **more, origin="desk"))
    candidates = Duplicates(registry, service).similar(wanted)
    with registry.writing() as connection:
        kept = keep_request(connection, registry, wanted)
    shown.print_filed(session, kept, candidates)


@command.command("list")
@click.option("--state", type=click.Choice(get_args(State)), help="Only those in a state.")
@click.option("--terminology", metavar="ID", help="Only those of one terminology.")
@click.option("--overdue", is_flag=True, help="Only those that have passed their target.")
@click.option("--after", type=click.IntRange(0), default=0, help="Only those after a number.")
@_LIMIT
@shared
def list_all(
    session: Session, *, state: str | None, terminology: str | None, overdue: bool, after: int, limit: int
) -> None:
    """List requests in the order of their numbers."""
    if terminology is not None:
        terminology = service_of(session).terminology(terminology).terminology.id
    found = list_requests(
        open_home(session.home).registry,
        state=state,
        terminology=terminology,
        overdue=overdue,
        after=after,
        limit=limit,
    )
    shown.print_list(session, found)


@command.command("show")
@_NUMBER
@shared
def show(session: Session, *, number: int) -> None:
    """Show a request: what was done to it, what may be done now, and what may be there already."""
    registry, service = open_home(session.home).registry, service_of(session)
    request, steps = read_request(registry, number), read_steps(registry, number)
    duplicates = Duplicates(registry, service)
    candidates = duplicates.similar(request.wanted, but=number)
    not_compared = duplicates.not_compared(request.wanted.terminology)
    shown.print_whole(session, request, steps, (candidates, not_compared))


@command.command("accept")
@_NUMBER
@acting
def accept(session: Session, *, number: int) -> None:
    """Accept a request as one for the desk."""
    _act(session, number, "accept")


@command.command("work")
@_NUMBER
@acting
def work(session: Session, *, number: int) -> None:
    """Begin the work on an accepted request."""
    _act(session, number, "work")


@command.command("ask")
@_NUMBER
@click.argument("question")
@acting
def ask(session: Session, *, number: int, question: str) -> None:
    """Ask the asker something; the clock stands until it is answered."""
    _act(session, number, "ask", question)


@command.command("answer")
@_NUMBER
@click.argument("answer")
@acting
def answer(session: Session, *, number: int, answer: str) -> None:
    """Record what the asker answered."""
    _act(session, number, "answer", answer)


@command.command("done")
@_NUMBER
@click.option("--new", "made", metavar="CODE", help="The code that was made for it.")
@click.option("--existing", metavar="CODE", help="The code that was there already.")
@click.option("--terminology", metavar="ID", help="The list of the code; the request's own by default.")
@acting
def done(
    session: Session, *, number: int, made: str | None, existing: str | None, terminology: str | None
) -> None:
    """Close a request with a code: a new one that is published or in a draft, or one that was there already."""
    if (made is None) == (existing is None):
        raise click.UsageError("give one of --new and --existing.")
    registry, service = desk_of(session).registry, service_of(session)
    terminology = terminology or read_request(registry, number).wanted.terminology
    if made is not None:
        _act(session, number, "done-new", code=new_code(registry, service, terminology, made))
    else:
        _act(session, number, "done-existing", code=existing_code(service, terminology, existing or ""))


@command.command("refuse")
@_NUMBER
@click.argument("reason")
@acting
def refuse(session: Session, *, number: int, reason: str) -> None:
    """Refuse a request, with the reason that the asker is told."""
    _act(session, number, "refuse", reason)


@command.command("appeal")
@_NUMBER
@click.argument("reason")
@acting
def appeal(session: Session, *, number: int, reason: str) -> None:
    """Record that the asker appeals against the refusal; it is possible once."""
    _act(session, number, "appeal", reason)


@command.command("notices")
@click.option("--after", type=click.IntRange(0), default=0, help="Only those after a number.")
@click.option("--request", type=click.IntRange(1), help="Only those about one request.")
@_LIMIT
@shared
def notices(session: Session, *, after: int, request: int | None, limit: int) -> None:
    """List what askers are told, in order; who delivers it goes on after the last number that arrived."""
    subject = None if request is None else str(request)
    registry = open_home(session.home).registry
    shown.print_notices(
        session, read_notices(registry, topic=TOPIC, after=after, subject=subject, limit=limit)
    )


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@acting
def take_in(session: Session, *, file: Path) -> None:
    """File a batch from CSV or XLSX; the same file again files only what is not filed yet.

    Columns: terminology, text, title_fa, title_en, use_case, reference, organisation, contact; or their Persian names.
    The token of each request filed is shown in its row, this once.
    """
    home = desk_of(session)
    shown.print_batch(session, import_requests(home.registry, service_of(session), file))


@command.command("statistics")
@click.option("--since", type=DAY, metavar="DAY", help="Only those filed from this day on.")
@click.option("--terminology", metavar="ID", help="Only those of one terminology.")
@shared
def statistics(session: Session, *, since: date | None, terminology: str | None) -> None:
    """Count requests, tell how many working days they take, and how many are in time."""
    if terminology is not None:
        terminology = service_of(session).terminology(terminology).terminology.id
    registry = open_home(session.home).registry
    shown.print_statistics(session, request_statistics(registry, since=since, terminology=terminology))


def _act(
    session: Session, number: int, act: str, said: str | None = None, *, code: Coding | None = None
) -> None:
    request = do_act(desk_of(session).registry, number, act, said=said, code=code)
    if session.json:
        print_json(shown.record(request))
        return
    word = shown.state_word(request)
    say(session, Text(f"درخواست {number}: {word.fa}.", f"Request {number}: {word.en}."))
