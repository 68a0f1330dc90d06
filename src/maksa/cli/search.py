"""`maksa search`: codes by words or by code."""

from __future__ import annotations

from datetime import date

import click

from maksa.cli import words
from maksa.cli.asking import service_of
from maksa.cli.options import Session, on_day, shared
from maksa.cli.output import note, print_json, print_table
from maksa.model.remark import remark_on
from maksa.model.service import SearchHit, SearchPage
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks


@click.command("search")
@click.argument("text")
@click.option("--terminology", metavar="ID", help="Search one terminology; all of them by default.")
@click.option("--limit", type=int, default=20, show_default=True, help="Hits to print.")
@click.option("--offset", type=int, default=0, help="Hits to pass over.")
@click.option("--status", metavar="STATUS", help="Only active, retired or not-yet-effective codes.")
@click.option("--value-set", metavar="ID", help="Only codes of this value set of the terminology.")
@click.option("--facets", is_flag=True, help="Count the hits by terminology, status and properties.")
@on_day
@shared
def command(
    session: Session,
    *,
    text: str,
    terminology: str | None,
    limit: int,
    offset: int,
    status: str | None,
    value_set: str | None,
    facets: bool,
    on: date | None,
    edition: str | None,
) -> int:
    """Find codes by words of their titles, or by code.

    Words stand in any order, each may be the beginning of one. Exit status 1 when nothing is found.
    """
    service = service_of(session)
    page = service.search(
        text,
        terminology=terminology,
        limit=limit,
        offset=offset,
        status=status,
        value_set=value_set,
        facets=facets,
        on=on,
        edition=edition,
    )
    if session.json:
        editions = build.editions(page.editions, SampleMarks(service).is_sample)
        hits = tuple(map(build.hit, page.hits))
        print_json(wire.SearchAnswer(page.total, hits, build.facets(page.facets), editions))
        return 0 if page.total else 1
    if not page.total:
        note(session, Text("چیزی یافت نشد.", "Nothing is found."))
        return 1
    _print(session, page, offset)
    return 0


def _print(session: Session, page: SearchPage, offset: int) -> None:
    headers = (words.TERMINOLOGY, words.CODE, words.DISPLAY, words.STATUS, words.REPLACED_BY, words.REMARK)
    rows = (
        (
            found.terminology,
            found.hit.concept.code,
            found.hit.concept.display,
            words.status_word(found.status).in_language(session.language),
            found.hit.concept.replaced_by,
            _remark(found, session.language),
        )
        for found in page.hits
    )
    print_table(session, headers, rows)
    for facet in page.facets:
        counted = "، ".join if session.language == "fa" else ", ".join
        click.echo(f"{facet.name}: {counted(f'{value} {count}' for value, count in facet.values)}")
    if page.total > offset + len(page.hits):
        shown = f"{offset + 1}-{offset + len(page.hits)}"
        note(session, Text(f"{shown} از {page.total}.", f"{shown} of {page.total}."))


def _remark(found: SearchHit, language: str) -> str | None:
    remark = remark_on(found.hit)
    return None if remark is None else remark.in_language(language)
