"""`maksa unanswered`: what was searched for in vain."""

from __future__ import annotations

from datetime import date

import click

from maksa.cli import words
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.registry.unanswered import list_unanswered
from maksa.text import Text


@click.command("unanswered")
@click.option("--since", type=DAY, metavar="DAY", help="Count from this day on; all that is kept by default.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Searches to print."
)
@shared
def command(session: Session, *, since: date | None, limit: int) -> None:
    """List the searches that no title answered, the most frequent first.

    Words and counts only: long numbers were left out, and who searched is not known. A list that stands beside
    the words was searched alone. They are kept for 400 days.
    """
    found = list_unanswered(open_home(session.home).registry, since=since, limit=limit)
    if session.json:
        print_json({"total": len(found), "items": found})
        return
    if not found:
        said = Text("جست‌وجوی بی‌پاسخی ثبت نشده است.", "No search without an answer is recorded.")
        say(session, said)
        return
    headers = (words.COUNT, Text("واژه‌ها", "words"), words.TERMINOLOGY, Text("واپسین روز", "last day"))
    rows = (
        (one.count, one.words, one.terminology, words.day_word(one.last, session.language)) for one in found
    )
    print_table(session, headers, rows)
