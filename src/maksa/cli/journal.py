"""`maksa journal`: what was done at the desk."""

from __future__ import annotations

import json

import click

from maksa.cli.journal_told import command as told
from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.registry.journal import list_journal
from maksa.text import Text

_HEADERS = (
    Text("شماره", "number"),
    Text("زمان (UTC)", "at (UTC)"),
    Text("چه کسی", "actor"),
    Text("کار", "act"),
    Text("بر", "subject"),
    Text("جزئیات", "details"),
    Text("درهم‌ساز", "hash"),
)


@click.group("journal", invoke_without_command=True)
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="Entries to print."
)
@shared
@click.pass_context
def command(context: click.Context, session: Session, *, limit: int) -> None:
    """List what was done at the desk, by whom and when, newest first.

    Each entry holds the hash of the one before it; 'maksa doctor' verifies them. No secret stands in it.
    """
    if context.invoked_subcommand is not None:
        return
    entries = list_journal(open_home(session.home).registry, limit=limit)
    if session.json:
        print_json({"total": len(entries), "items": entries})
        return
    if not entries:
        say(session, Text("دفتر رویدادها خالی است.", "The journal is empty."))
        return
    rows = (
        (
            entry.number,
            entry.at[:19].replace("T", " "),
            entry.actor,
            entry.act,
            entry.subject,
            json.dumps(entry.details, ensure_ascii=False),
            entry.hash[:12],
        )
        for entry in entries
    )
    print_table(session, _HEADERS, rows)


command.add_command(told)
