"""`maksa show`: one code with everything that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from maksa.cli import words
from maksa.cli.asking import service_of
from maksa.cli.failure import sentence
from maksa.cli.options import Session, on_day, shared
from maksa.cli.output import note, print_json, say
from maksa.errors import UnknownCode
from maksa.model.concept import Concept, PropertyDefinition
from maksa.model.service import Lookup
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks


@click.command("show")
@click.argument("terminology")
@click.argument("code")
@on_day
@shared
def command(session: Session, *, terminology: str, code: str, on: date | None, edition: str | None) -> int:
    """Show everything that is known of one code.

    Exit status 1 when the terminology has no such code.
    """
    service = service_of(session)
    try:
        found = service.lookup(terminology, code, on=on, edition=edition)
    except UnknownCode as error:
        if session.json:
            print_json({"concept": None, "candidates": error.known, "editions": []})
        note(session, sentence(error))
        return 1
    if session.json:
        print_json(
            wire.ConceptAnswer(
                concept=build.concept(found.edition.terminology, found.concept, found.status),
                announcement=build.announcement(found.letters),
                editions=build.editions([found.edition], SampleMarks(service).is_sample),
            )
        )
        return 0
    # A named edition may describe its properties otherwise than the one in force: then their codes are shown.
    definitions = service.terminology(terminology, on=on).terminology.properties if edition is None else ()
    for line in _lines(session, found, definitions):
        say(session, line)
    return 0


def _lines(session: Session, found: Lookup, definitions: tuple[PropertyDefinition, ...]) -> Iterator[Text]:
    concept, ref = found.concept, found.edition
    yield _same(f"{ref.terminology} {concept.code}  {concept.display}")
    status = words.status_word(found.status)
    yield Text(f"وضعیت: {status.fa}", f"status: {status.en}")
    if concept.replaced_by:
        yield Text(f"جایگزین: {concept.replaced_by}", f"replaced by: {concept.replaced_by}")
    yield from _dates(session, concept)
    for designation in concept.designations:
        yield Text(
            f"عنوان دیگر ({designation.use}): {designation.value}", f"{designation.use}: {designation.value}"
        )
    titles = {definition.code: definition.title for definition in definitions}
    for prop in concept.properties:
        title = titles.get(prop.code, _same(prop.code))
        value = words.value_word(prop.value)
        yield Text(f"{title.fa}: {value.fa}", f"{title.en}: {value.en}")
    if concept.parents:
        yield Text(f"بالادست: {', '.join(concept.parents)}", f"parents: {', '.join(concept.parents)}")
    yield from _variants(concept)
    yield _edition_line(found)
    for letter in found.letters:
        day = words.day_word(letter.date, session.language)
        yield Text(
            f"نامهٔ {letter.number}، {day}: {letter.subject}",
            f"letter {letter.number}, {day}: {letter.subject}",
        )
        if letter.superseded_by:
            later = ", ".join(letter.superseded_by)
            yield Text(f"  به جای آن {later} آمده است", f"  superseded by: {later}")


def _dates(session: Session, concept: Concept) -> Iterator[Text]:
    for day, label in (
        (concept.effective_from, Text("نافذ از", "effective from")),
        (concept.effective_to, Text("نافذ تا", "effective to")),
        (concept.transition_until, Text("دورهٔ گذار تا", "transition until")),
    ):
        if day is not None:
            word = words.day_word(day, session.language)
            yield Text(f"{label.fa}: {word}", f"{label.en}: {word}")
    if concept.carried_from:
        yield Text(
            f"آخرین انتشاری که آن را داشت: {concept.carried_from}",
            f"last edition that had it: {concept.carried_from}",
        )


def _variants(concept: Concept) -> Iterator[Text]:
    for variant in concept.variants:
        values = [(prop.code, words.value_word(prop.value)) for prop in variant.properties]
        fa = ", ".join(f"{name}={value.fa}" for name, value in values)
        en = ", ".join(f"{name}={value.en}" for name, value in values)
        yield Text(
            f"ردیف دیگر همین کد (ردیف {variant.row}): {variant.display} {fa}",
            f"another row of this code (row {variant.row}): {variant.display} {en}",
        )


def _edition_line(found: Lookup) -> Text:
    announced = Text("", "") if found.letters else words.NOT_ANNOUNCED
    sample = words.SAMPLE if found.sample else Text("", "")
    fa = "، ".join(filter(None, (found.edition.edition, announced.fa, sample.fa)))
    en = ", ".join(filter(None, (found.edition.edition, announced.en, sample.en)))
    return Text(f"انتشار: {fa} ({found.edition.hash[:12]})", f"edition: {en} ({found.edition.hash[:12]})")


def _same(text: str) -> Text:
    return Text(text, text)
