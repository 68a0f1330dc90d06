"""`maksa drafts`: what was imported and is not published yet."""

from __future__ import annotations

from typing import Any

import click

from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.import_report import difference_line, finding_record, print_findings
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.registry.drafts.drafts import (
    Draft,
    difference_from_published,
    discard_draft,
    list_drafts,
    read_draft,
)
from maksa.registry.maps.findings import map_findings
from maksa.text import Text

_FINDINGS_SHOWN = 10


@click.group("drafts")
def command() -> None:
    """List, show and discard drafts."""


@command.command("list")
@shared
def list_all(session: Session) -> None:
    """List all drafts."""
    drafts = list_drafts(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(drafts), "items": [_record(draft) for draft in drafts]})
        return
    if not drafts:
        say(session, Text("پیش‌نویسی نیست.", "There are no drafts."))
        return
    headers = (
        words.TERMINOLOGY,
        words.EDITION,
        words.COUNT,
        words.ROWS,
        words.EFFECTIVE,
        Text("فایل", "file"),
        Text("ذخیره (UTC)", "saved (UTC)"),
    )
    print_table(session, headers, (_row(session, draft) for draft in drafts))


@command.command("show")
@click.argument("terminology")
@click.argument("edition")
@shared
def show(session: Session, *, terminology: str, edition: str) -> None:
    """Show one draft, and how it differs from the edition that it would follow."""
    home = open_home(session.home)
    draft = read_draft(home.registry, terminology, edition)
    difference = difference_from_published(home.registry, home.shelf, draft)
    findings = map_findings(home.registry, home.shelf, draft)
    if session.json:
        told = [finding_record(finding) for finding in findings]
        print_json({**_record(draft), "difference_from_edition": difference, "findings": told})
        return
    for line in _lines(session, draft):
        say(session, line)
    if difference is not None:
        against = Text(f"انتشار {difference.against}", f"edition {difference.against}")
        say(session, difference_line(difference, against))
    print_findings(session, findings, show=_FINDINGS_SHOWN)


@command.command("discard")
@click.argument("terminology")
@click.argument("edition")
@acting
def discard(session: Session, *, terminology: str, edition: str) -> None:
    """Throw a draft away."""
    discard_draft(desk_of(session).registry, terminology, edition)
    if session.json:
        print_json({"state": "discarded", "terminology": terminology, "edition": edition})
    else:
        say(session, Text("پیش‌نویس دور ریخته شد.", "The draft is discarded."))


def _record(draft: Draft) -> dict[str, Any]:
    return {
        "terminology": draft.terminology.id,
        "edition": draft.edition,
        "count": draft.count,
        "rows": draft.rows,
        "effective": draft.options.effective,
        "sample": draft.options.sample,
        "partial": draft.options.partial,
        "letter": draft.options.letter.number if draft.options.letter else None,
        "source": draft.source,
        "saved": draft.saved,
    }


def _row(session: Session, draft: Draft) -> tuple[object, ...]:
    return (
        draft.terminology.id,
        draft.edition,
        draft.count,
        draft.rows,
        words.day_word(draft.options.effective, session.language),
        draft.source.name,
        f"{draft.saved:%Y-%m-%d %H:%M}",
    )


def _lines(session: Session, draft: Draft) -> list[Text]:
    name, source = f"{draft.terminology.id} {draft.edition}", draft.source
    day = words.day_word(draft.options.effective, session.language)
    count = words.codes_word(draft.count)
    return [
        Text(f"{name}: {count.fa} از {draft.rows} ردیف", f"{name}: {count.en} from {draft.rows} rows"),
        Text(f"فایل: {source.name} ({source.hash[:12]})", f"file: {source.name} ({source.hash[:12]})"),
        Text(f"تاریخ اجرا: {day}", f"effective: {day}"),
    ]
