"""`maksa maps`: what was decided of the rows of maps, by whom and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from maksa.cli import words
from maksa.cli.asking import desk_of
from maksa.cli.maps_suggest import suggest_maps
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.intake.map_words import NO_MAP
from maksa.model.concept import Mapping
from maksa.model.map_words import relationship_word
from maksa.registry.maps.decisions import decisions_of, undecide
from maksa.registry.maps.desk import Choice, decide_row, map_of, source_of
from maksa.text import Text


@click.group("maps")
def command() -> None:
    """Decide rows of maps, and list what was decided."""


command.add_command(suggest_maps)


@command.command("decide")
@click.argument("name", metavar="MAP")
@click.argument("source")
@click.option("--target", metavar="CODE", help="The code that it becomes.")
@click.option("--no-map", is_flag=True, help="It becomes nothing: that is decided, too.")
@click.option("--relationship", metavar="WORD", help="How the target relates; equivalent without it.")
@click.option("--condition", metavar="TEXT", help="Under this condition only, such as insurer=tamin.")
@click.option("--why", required=True, metavar="TEXT", help="Why.")
@click.option("--letter", metavar="NUMBER", help="The letter behind it.")
@click.option("--source-list", metavar="ID", help="The list of the source, where the map has several.")
@click.option("--target-list", metavar="ID", help="The list of the target, where the map has several.")
@acting
def decide(
    session: Session,
    *,
    name: str,
    source: str,
    target: str | None,
    no_map: bool,
    relationship: str | None,
    condition: str | None,
    why: str,
    letter: str | None,
    source_list: str | None,
    target_list: str | None,
) -> None:
    """Decide what a source becomes in a map. It holds from the next edition on, whatever the imports say."""
    home = desk_of(session)
    choice = Choice(
        target, relationship, condition, why, letter, source_list=source_list, target_list=target_list
    )
    made = decide_row(home.registry, home.shelf, name, source, replace(choice, no_map=no_map))
    if session.json:
        told = [{"code": remark.code, "message_en": remark.text.en} for remark in made.remarks]
        print_json({"state": "decided", **_record(made.row), "earlier": made.earlier, "remarks": told})
        return
    for remark in made.remarks:
        say(session, remark.text)
        if remark.mend is not None:
            say(session, remark.mend)
    said = _row_words(made.row)
    say(
        session,
        Text(
            f"تصمیم ثبت شد: {said.fa}. از انتشار بعدی {made.map} به کار می‌آید.",
            f"Decided: {said.en}. It holds from the next edition of {made.map} on.",
        ),
    )
    if made.earlier is not None:
        before = _row_words(made.earlier)
        say(
            session,
            Text(f"به جای تصمیم پیشین: {before.fa}.", f"In place of the earlier decision: {before.en}."),
        )


def _row_words(row: Mapping) -> Text:
    source, target = f"{row.source_terminology} {row.source_code}", NO_MAP
    if row.target_code is not None:
        target = f"{row.target_terminology} {row.target_code}"
    under = f" ({row.condition})" if row.condition else ""
    return Text(f"{source} ← {target}{under}", f"{source} -> {target}{under}")


@command.command("undecide")
@click.argument("name", metavar="MAP")
@click.argument("source")
@click.option("--condition", metavar="TEXT", help="The condition of the decision.")
@click.option("--source-list", metavar="ID", help="The list of the source, where the map has several.")
@acting
def take_back(
    session: Session, *, name: str, source: str, condition: str | None, source_list: str | None
) -> None:
    """Take a decision back: from the next edition on the imports say again what holds. The journal keeps it."""
    home = desk_of(session)
    found = map_of(home.registry, home.shelf, name)
    terminology, code = source_of(home.shelf, found, source, source_list)
    gone = undecide(home.registry, found.name, (terminology, code, condition))
    if session.json:
        print_json({"state": "undecided", **_record(gone)})
        return
    say(
        session,
        Text(f"تصمیم دربارهٔ {code} پس گرفته شد.", f"The decision on {code} is taken back."),
    )


@command.command("decisions")
@click.argument("name", metavar="MAP")
@shared
def decisions(session: Session, *, name: str) -> None:
    """List what was decided of a map."""
    home = open_home(session.home)
    rows = decisions_of(home.registry, map_of(home.registry, home.shelf, name).name)
    if session.json:
        print_json({"total": len(rows), "items": [_record(row) for row in rows]})
        return
    if not rows:
        say(session, Text("تصمیمی نیست.", "Nothing is decided."))
        return
    print_table(session, _HEADERS, (_cells(session, row) for row in rows))


_HEADERS = (
    Text("مبدأ", "source"),
    Text("شرط", "condition"),
    Text("مقصد", "target"),
    Text("نسبت", "relationship"),
    Text("تصمیم‌گیرنده", "decided by"),
    Text("تاریخ", "day"),
    Text("دلیل", "why"),
    Text("نامه", "letter"),
)


def _cells(session: Session, row: Mapping) -> tuple[object, ...]:
    decision = row.decision
    return (
        f"{row.source_terminology} {row.source_code}",
        row.condition,
        f"{row.target_terminology} {row.target_code or NO_MAP}",
        relationship_word(row.relationship).in_language(session.language),
        decision.by if decision else None,
        words.day_word(decision.on if decision else None, session.language),
        decision.why if decision else None,
        decision.letter if decision else None,
    )


def _record(row: Mapping) -> dict[str, Any]:
    return {
        "source": {"terminology": row.source_terminology, "code": row.source_code},
        "target": {"terminology": row.target_terminology, "code": row.target_code},
        "relationship": row.relationship,
        "condition": row.condition,
        "decision": row.decision,
    }
