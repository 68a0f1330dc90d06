"""`maksa diff`: what changed from one edition to another."""

from __future__ import annotations

from collections import Counter

import click

from maksa.cli import words
from maksa.cli.asking import service_of
from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, print_table, say
from maksa.model.service import Change
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks

_KINDS = {
    "added": Text("افزوده", "added"),
    "removed": Text("برداشته", "removed"),
    "retired": Text("منسوخ", "retired"),
    "restored": Text("بازگشته", "restored"),
    "changed": Text("تغییریافته", "changed"),
}


@click.command("diff")
@click.argument("terminology")
@click.argument("before")
@click.argument("after")
@shared
def command(session: Session, *, terminology: str, before: str, after: str) -> None:
    """Tell what changed from one edition of a terminology to another."""
    service = service_of(session)
    found = service.diff(terminology, before, after)
    counts: Counter[str] = Counter(change.kind for change in found.changes)
    if session.json:
        print_json(
            wire.DiffAnswer(
                terminology=found.after.terminology,
                before=found.before.edition,
                after=found.after.edition,
                total=len(found.changes),
                counts=dict(counts),
                changes=tuple(map(build.change, found.changes)),
                next_after=None,
                editions=build.editions([found.before, found.after], SampleMarks(service).is_sample),
            )
        )
        return
    if not found.changes:
        say(session, Text("هیچ تفاوتی نیست.", "Nothing differs."))
        return
    headers = (words.CODE, words.KIND, Text("چه چیزی", "what"), words.DISPLAY)
    print_table(session, headers, (_row(session, change) for change in found.changes))
    fa = "، ".join(f"{_KINDS[kind].fa} {count}" for kind, count in sorted(counts.items()))
    en = ", ".join(f"{count} {_KINDS[kind].en}" for kind, count in sorted(counts.items()))
    say(session, Text(f"{fa}.", f"{en}."))


def _row(session: Session, change: Change) -> tuple[object, ...]:
    side = change.after or change.before
    return (
        change.code,
        _KINDS[change.kind].in_language(session.language),
        ", ".join(change.fields),
        side.display if side else "",
    )
