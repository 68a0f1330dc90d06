"""`maksa doctor`: whether a home is whole."""

from __future__ import annotations

from typing import Any

import click

from maksa.cli.failure import sentence
from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, say, working
from maksa.cli.wholeness import Wholeness, examine
from maksa.text import Text


@click.command("doctor")
@shared
def command(session: Session) -> int:
    """Check a home whole: every byte, signature, key and record of it.

    Exit status 0 when it is healthy, 1 when problems are listed. Nothing is repaired.
    """
    with working(session, Text("خانه وارسی می‌شود…", "Examining the home …")):
        found = examine(session.home.absolute())
    report(session, found)
    return 1 if found.problems else 0


def report(session: Session, found: Wholeness) -> None:
    """Print what an examination found."""
    if session.json:
        print_json(_record(found))
        return
    said = Text(
        f"{found.lists} فهرست، {found.editions} انتشار، {found.letters} نامه وارسی شد.",
        f"Examined: {found.lists} lists, {found.editions} editions, {found.letters} letters.",
    )
    say(session, said)
    for problem in found.problems:
        said = sentence(problem)
        say(session, Text(f"- {said.fa}", f"- {said.en}"))
    if found.problems:
        count = len(found.problems)
        say(session, Text(f"{count} ایراد یافت شد.", f"{count} problem{'s' if count > 1 else ''} found."))
    else:
        say(session, Text("همه‌چیز سالم است.", "All is well."))


def _record(found: Wholeness) -> dict[str, Any]:
    said = [sentence(problem) for problem in found.problems]
    return {
        "healthy": not found.problems,
        "lists": found.lists,
        "editions": found.editions,
        "letters": found.letters,
        "problems": [{"message": text.fa, "message_en": text.en} for text in said],
    }
