"""`maksa list`: the catalogue, or one terminology with its editions."""

from __future__ import annotations

from datetime import date

import click

from maksa.cli import words
from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, print_table, say
from maksa.errors import BadParameter
from maksa.model.edition import EditionEntry
from maksa.model.service import CatalogueEntry, TerminologyService
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks


@click.command("list")
@click.argument("terminology", required=False)
@click.option("--on", type=DAY, metavar="DAY", help="The edition in force on this day; today by default.")
@click.option(
    "--since", type=DAY, metavar="DAY", help="Only terminologies that changed on this day or later."
)
@shared
def command(session: Session, *, terminology: str | None, on: date | None, since: date | None) -> None:
    """List the terminologies, or the editions of one of them."""
    service = service_of(session)
    if terminology is None:
        _print_catalogue(session, service, on, since)
    elif since is not None:
        raise BadParameter(
            "since",
            Text("--since با یک ترمینولوژی معنا ندارد.", "--since makes no sense with one terminology."),
            mend=Text("یکی از آن دو را بردارید.", "Leave one of them away."),
        )
    else:
        _print_terminology(session, service, terminology, on)


def _print_catalogue(
    session: Session, service: TerminologyService, on: date | None, since: date | None
) -> None:
    listed = service.catalogue(on=on, since=since)
    if session.json:
        refs = (one.entry.manifest.ref if one.entry else None for one in listed)
        editions = build.editions(refs, SampleMarks(service).is_sample)
        print_json(wire.TerminologiesAnswer(len(listed), tuple(map(build.terminology, listed)), editions))
        return
    headers = (
        words.TERMINOLOGY,
        words.EDITION,
        words.EFFECTIVE,
        words.COUNT,
        words.LETTER,
        words.NOTE,
        words.DISPLAY,
    )
    print_table(session, headers, (_catalogue_row(session, one) for one in listed))


def _catalogue_row(session: Session, listed: CatalogueEntry) -> tuple[object, ...]:
    title = listed.terminology.title.in_language(session.language)
    if listed.entry is None:
        form_only = Text("تنها شکل کد", "form of codes only")
        return (listed.terminology.id, "-", "-", "-", "-", form_only.in_language(session.language), title)
    manifest = listed.entry.manifest
    return (
        listed.terminology.id,
        manifest.edition,
        words.day_word(manifest.effective, session.language),
        manifest.count,
        _letters(session, listed.entry),
        _remarks(session, listed),
        title,
    )


def _remarks(session: Session, listed: CatalogueEntry) -> str:
    """Say that a list is a map, and that it is a sample."""
    entry = listed.entry
    said = [Text("نگاشت", "map")] if listed.terminology.kind == "map" else []
    said += [words.SAMPLE] if entry is not None and entry.manifest.sample else []
    return Text("، ".join(one.fa for one in said), ", ".join(one.en for one in said)).in_language(
        session.language
    )


def _print_terminology(session: Session, service: TerminologyService, name: str, on: date | None) -> None:
    listed = service.terminology(name, on=on)
    entries = service.editions(name)
    if session.json:
        refs = (entry.manifest.ref for entry in entries)
        print_json(
            {
                "terminology": build.terminology(listed),
                "properties": build.property_definitions(listed.terminology),
                "value_sets": build.value_sets(listed.terminology),
                "items": [build.edition(entry) for entry in entries],
                "editions": build.editions(refs, SampleMarks(service).is_sample),
            }
        )
        return
    described = listed.terminology
    say(session, Text(f"{described.id}: {described.title.fa}", f"{described.id}: {described.title.en}"))
    if described.value_sets:
        names = ", ".join(one.id for one in described.value_sets)
        say(session, Text(f"مجموعه‌های مقادیر: {names}", f"value sets: {names}"))
    headers = (
        words.EDITION,
        Text("شماره", "sequence"),
        words.EFFECTIVE,
        words.COUNT,
        words.ROWS,
        words.LETTER,
        words.NOTE,
        Text("درهم‌ساز", "hash"),
    )
    in_force = listed.entry.manifest.ref if listed.entry else None
    rows = (_edition_row(session, entry, now=entry.manifest.ref == in_force) for entry in entries)
    print_table(session, headers, rows)


def _edition_row(session: Session, entry: EditionEntry, *, now: bool) -> tuple[object, ...]:
    manifest = entry.manifest
    marks = (
        (now, Text("نافذ", "in force")),
        (manifest.sample, words.SAMPLE),
        (entry.withdrawn, words.WITHDRAWN),
    )
    return (
        manifest.edition,
        manifest.sequence,
        words.day_word(manifest.effective, session.language),
        manifest.count,
        manifest.rows,
        _letters(session, entry),
        "; ".join(text.in_language(session.language) for holds, text in marks if holds),
        manifest.content_hash[:12],
    )


def _letters(session: Session, entry: EditionEntry) -> str:
    numbers = ", ".join(letter.number for letter in entry.letters)
    return numbers or words.NOT_ANNOUNCED.in_language(session.language)
