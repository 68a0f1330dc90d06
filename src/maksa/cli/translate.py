"""`maksa translate`: what a code becomes in other terminologies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, say
from maksa.model.jalali import format_jalali
from maksa.model.map_words import relationship_word
from maksa.model.translation import MapMatch, Translation
from maksa.model.verdict import Coding
from maksa.text import Text
from maksa.web.api.maps_build import translate_answer
from maksa.web.marks import SampleMarks


@click.command("translate")
@click.argument("terminology")
@click.argument("code")
@click.option("--target", metavar="LIST", help="Only what the code becomes in this terminology.")
@click.option("--map", "map_id", metavar="ID", help="Only by this map.")
@click.option("--on", type=DAY, metavar="DAY", help="The day asked of; today in Tehran by default.")
@shared
def command(
    session: Session,
    *,
    terminology: str,
    code: str,
    target: str | None,
    map_id: str | None,
    on: date | None,
) -> int:
    """Tell what a code becomes in other terminologies, by the maps.

    Exit status 0 when a target may be used, 1 when there is none: no map, a decided "no map", or only targets that
    may not be used on the day.
    """
    service = service_of(session)
    found = service.translate(terminology, code, target=target, map_id=map_id, on=on)
    if session.json:
        print_json(translate_answer(found, SampleMarks(service).is_sample))
    else:
        for line in way_lines(found):
            say(session, line)
    return 0 if any(match.usable for match in found.matches) else 1


def way_lines(found: Translation) -> Iterator[Text]:
    """Yield a translation for a reader, one match a block."""
    source = coding_words(found.source)
    yield Text(source, source)
    if found.reason is not None:
        yield found.reason
    for match in found.matches:
        yield from _match_lines(match)


def coding_words(coding: Coding) -> str:
    """Write a code with its list and its title, if that is known."""
    return " ".join(filter(None, (coding.terminology, coding.code, coding.display)))


def _match_lines(match: MapMatch) -> Iterator[Text]:
    word = relationship_word(match.relationship)
    by = f"{match.map.terminology} {match.map.edition}, {match.cardinality}"
    if match.target is None:
        yield Text(f"  بی‌نگاشت (تصمیم‌گرفته) [{by}]", f"  no map, decided [{by}]")
    else:
        target = coding_words(match.target)
        yield Text(f"  {word.fa}: {target} [{by}]", f"  {word.en}: {target} [{by}]")
    if match.via is not None:
        via = coding_words(match.via)
        yield Text(f"    از راه {via}", f"    via {via}")
    if match.condition:
        yield Text(f"    شرط: {match.condition}", f"    condition: {match.condition}")
    if match.comment:
        yield Text(f"    توضیح: {match.comment}", f"    comment: {match.comment}")
    if match.decision is not None:
        decided = match.decision
        fa = "، ".join(filter(None, (decided.by, format_jalali(decided.on), decided.letter)))
        en = ", ".join(filter(None, (decided.by, decided.on.isoformat(), decided.letter)))
        yield Text(f"    تصمیم: {fa}: {decided.why}", f"    decision: {en}: {decided.why}")
    for issue in match.issues:
        fa = "خطا" if issue.severity == "error" else "هشدار"
        yield Text(
            f"    {fa} {issue.code}: {issue.text.fa}", f"    {issue.severity} {issue.code}: {issue.text.en}"
        )
