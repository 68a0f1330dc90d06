"""`maksa drafts`: what is to become an edition: imported or started, edited, reviewed, voted on."""

from __future__ import annotations

from datetime import date

import click

from maksa.cli import draft_quality, drafts_edit, drafts_review
from maksa.cli.drafts_output import (
    detail_lines,
    detail_record,
    draft_record,
    print_past,
    print_standings,
    standing_record,
)
from maksa.cli.import_report import difference_line, finding_record, print_findings
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, say, working
from maksa.cli.person import at_desk, by_person
from maksa.home import open_home
from maksa.registry.drafts.drafts import difference_from_published, discard_draft
from maksa.registry.drafts.start import start_draft
from maksa.registry.maps.findings import map_findings
from maksa.registry.review.standing import draft_standing, list_standings, past_drafts
from maksa.text import Text

_FINDINGS_SHOWN = 10


@click.group("drafts")
def command() -> None:
    """Start, edit, review and vote on drafts, and say how the home is governed."""


@command.command("list")
@shared
def list_all(session: Session) -> None:
    """List all drafts with their states."""
    standings = list_standings(open_home(session.home).registry)
    if session.json:
        items = [standing_record(standing) for standing in standings]
        print_json({"total": len(items), "items": items})
    elif standings:
        print_standings(session, standings)
    else:
        say(session, Text("پیش‌نویسی نیست.", "There are no drafts."))


@command.command("show")
@click.argument("terminology")
@click.argument("edition")
@shared
def show(session: Session, *, terminology: str, edition: str) -> None:
    """Show one draft, how it stands, and how it differs from the edition that it would follow."""
    home = open_home(session.home)
    detail = draft_standing(home.registry, terminology, edition)
    draft = detail.standing.draft
    difference = difference_from_published(home.registry, home.shelf, draft)
    findings = map_findings(home.registry, home.shelf, draft)
    if session.json:
        told = [finding_record(finding) for finding in findings]
        print_json({**detail_record(detail), "difference_from_edition": difference, "findings": told})
        return
    for line in detail_lines(session, detail):
        say(session, line)
    if difference is not None:
        against = Text(f"انتشار {difference.against}", f"edition {difference.against}")
        say(session, difference_line(difference, against))
    print_findings(session, findings, show=_FINDINGS_SHOWN)


@command.command("past")
@click.argument("terminology")
@click.argument("edition")
@shared
def past(session: Session, *, terminology: str, edition: str) -> None:
    """Show what was done to earlier drafts of an edition: published, discarded or replaced ones."""
    print_past(session, past_drafts(open_home(session.home).registry, terminology, edition))


@command.command("start")
@click.argument("terminology")
@click.argument("edition")
@drafts_edit.starting
@by_person
@acting
def start(
    session: Session,
    *,
    terminology: str,
    edition: str,
    effective: date | None,
    sample: bool,
    by: str | None,
) -> None:
    """Start the draft of a new edition from the edition that it will follow."""
    home, who = at_desk(session, by)
    options = drafts_edit.options_of(effective, sample=sample)
    with working(session, Text("پیش‌نویس ساخته می‌شود…", "Starting the draft …")):
        draft = start_draft(home.registry, home.shelf, terminology, edition, options, who=who)
    if session.json:
        print_json({"state": "started", **draft_record(draft)})
        return
    said = Text(
        f"پیش‌نویس «{draft.name}» با {draft.count} کد از «{draft.source.name}» ساخته شد.",
        f"The draft '{draft.name}' was started from '{draft.source.name}' with {draft.count} codes.",
    )
    say(session, said)


@command.command("discard")
@click.argument("terminology")
@click.argument("edition")
@by_person
@acting
def discard(session: Session, *, terminology: str, edition: str, by: str | None) -> None:
    """Throw a draft away; what was done to it stays in the registry."""
    home, who = at_desk(session, by)
    discard_draft(home.registry, terminology, edition, who=who)
    if session.json:
        print_json({"state": "discarded", "terminology": terminology, "edition": edition})
    else:
        say(session, Text("پیش‌نویس دور ریخته شد.", "The draft is discarded."))


for _part in (*drafts_edit.COMMANDS, *drafts_review.COMMANDS, *draft_quality.COMMANDS):
    command.add_command(_part)
