"""`maksa codes`: a terminology in the order of its codes, a page or all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import click
import msgspec

from maksa.cli import words
from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, on_day, shared
from maksa.cli.output import note, print_json, print_table
from maksa.model.service import CodesPage, Lookup
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks

_PAGE_OF_ALL = 1_000
_STATUSES = ["active", "retired", "not-yet-effective"]

Ask = Callable[..., CodesPage]


@click.command("codes")
@click.argument("terminology")
@click.option("--status", type=click.Choice(_STATUSES), help="Only codes of this status on the day asked.")
@click.option("--since", type=DAY, metavar="DAY", help="Only codes that changed on this day or later.")
@click.option("--value-set", metavar="ID", help="Only codes of this value set.")
@click.option("--after", metavar="CODE", help="The page after this code.")
@click.option("--limit", type=int, default=100, show_default=True, help="Codes on a page.")
@click.option("--all", "everything", is_flag=True, help="All pages, one after the other.")
@on_day
@shared
def command(
    session: Session,
    *,
    terminology: str,
    status: str | None,
    since: date | None,
    value_set: str | None,
    after: str | None,
    limit: int,
    everything: bool,
    on: date | None,
    edition: str | None,
) -> None:
    """List the codes of a terminology in their order."""
    service = service_of(session)
    ask = partial(
        service.codes, terminology, status=status, since=since, value_set=value_set, on=on, edition=edition
    )
    page = ask(after=after, limit=_PAGE_OF_ALL if everything else limit)
    if session.json:
        editions = build.editions([page.edition], SampleMarks(service).is_sample)
        if everything:
            _stream_json(page, ask, editions)
        else:
            print_json(wire.ConceptsAnswer(page.total, tuple(_items(page)), page.next_after, editions))
        return
    lookups = _all(page, ask) if everything else iter(page.concepts)
    headers = (words.CODE, words.DISPLAY, words.STATUS, words.REPLACED_BY)
    print_table(session, headers, (_row(session, found) for found in lookups))
    if page.next_after is not None and not everything:
        note(
            session,
            Text(
                f"{len(page.concepts)} از {page.total}؛ صفحهٔ پسین: --after {page.next_after}",
                f"{len(page.concepts)} of {page.total}; the next page: --after {page.next_after}",
            ),
        )


def _all(page: CodesPage, ask: Ask) -> Iterator[Lookup]:
    for one in _pages(page, ask):
        yield from one.concepts


def _pages(page: CodesPage, ask: Ask) -> Iterator[CodesPage]:
    yield page
    while page.next_after is not None:
        page = ask(after=page.next_after, limit=_PAGE_OF_ALL)
        yield page


def _stream_json(page: CodesPage, ask: Ask, editions: tuple[wire.Edition, ...]) -> None:
    """Print one JSON answer a concept at a time: a list of any size needs the memory of a page."""
    click.echo(f'{{"total": {page.total}, "items": [')
    first = True
    for one in _pages(page, ask):
        for item in _items(one):
            click.echo(("" if first else ",\n") + msgspec.json.encode(item).decode(), nl=False)
            first = False
    click.echo(f'\n], "next_after": null, "editions": {msgspec.json.encode(editions).decode()}}}')


def _items(page: CodesPage) -> Iterator[wire.ConceptOut]:
    for found in page.concepts:
        yield build.concept(page.edition.terminology, found.concept, found.status)


def _row(session: Session, found: Lookup) -> tuple[object, ...]:
    status = words.status_word(found.status).in_language(session.language)
    return (found.concept.code, found.concept.display, status, found.concept.replaced_by)
