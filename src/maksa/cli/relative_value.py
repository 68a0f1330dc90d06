"""`maksa relative-value`: what a service is worth in the book in force on a day, and in rials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import click

from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, say
from maksa.cli.translate import coding_words, way_lines
from maksa.model.map_words import COMPONENTS, without_sentence
from maksa.model.translation import Amount, RelativeValue, Units
from maksa.text import Text
from maksa.web.api.maps_build import relative_value_answer
from maksa.web.marks import SampleMarks


@click.command("relative-value")
@click.argument("terminology")
@click.argument("code")
@click.option("--coefficients", is_flag=True, help="Give the rial amounts too, with their arithmetic.")
@click.option("--on", type=DAY, metavar="DAY", help="The day asked of; today in Tehran by default.")
@shared
def command(session: Session, *, terminology: str, code: str, coefficients: bool, on: date | None) -> int:
    """Tell what a service is worth, in units and in rials.

    A code of another terminology than RVU3 is led to it by the maps. Exit status 1 when no map leads there.
    """
    service = service_of(session)
    found = service.relative_value(terminology, code, on=on, with_coefficients=coefficients)
    if session.json:
        print_json(relative_value_answer(found, SampleMarks(service).is_sample))
    else:
        if found.way is not None:
            for line in way_lines(found.way):
                say(session, line)
        for value in found.values:
            for line in _value_lines(value):
                say(session, line)
    return 0 if found.values else 1


def _value_lines(value: RelativeValue) -> Iterator[Text]:
    what = coding_words(value.coding)
    yield Text(f"{what} (انتشار {value.edition.edition})", f"{what} (edition {value.edition.edition})")
    for issue in value.issues:
        fa = "خطا" if issue.severity == "error" else "هشدار"
        yield Text(
            f"  {fa} {issue.code}: {issue.text.fa}", f"  {issue.severity} {issue.code}: {issue.text.en}"
        )
    for units in value.units:
        yield from _units_lines(units)
    for amount in value.amounts:
        yield _amount_line(amount)
    for coding in value.not_applied:
        what = coding_words(coding)
        yield Text(
            f"  این ضریب به کار نرفت، چون خوانده نشد: {what}",
            f"  this coefficient was not applied, for it was not understood: {what}",
        )


def _units_lines(units: Units) -> Iterator[Text]:
    numbers = (
        (Text("کل", "total"), units.total),
        (COMPONENTS["professional"], units.professional),
        (COMPONENTS["technical"], units.technical),
        (COMPONENTS["anaesthesia"], units.anaesthesia),
    )
    given = [(name, _digits(value)) for name, value in numbers if value is not None]
    marks = "".join(units.marks)
    fa = "، ".join(f"{name.fa} {value}" for name, value in given) + (f" {marks}" if marks else "")
    en = ", ".join(f"{name.en} {value}" for name, value in given) + (f" {marks}" if marks else "")
    yield Text(f"  واحد: {fa or '-'}", f"  units: {en or '-'}")
    for name, text in units.texts:
        yield Text(f"  به نوشتهٔ کتاب، {name}: {text}", f"  in words, {name}: {text}")
    for note in units.notes:
        yield Text(f"  یادداشت: {note}", f"  note: {note}")


def _amount_line(amount: Amount) -> Text:
    fa = " + ".join(
        f"{COMPONENTS[one.component].fa} {_digits(one.units)}×{_digits(one.rial)}" for one in amount.steps
    )
    en = " + ".join(f"{one.component} {_digits(one.units)}×{_digits(one.rial)}" for one in amount.steps)
    where = Text(
        amount.sector + (f" ({amount.variant.fa})" if amount.variant.fa else ""),
        amount.sector + (f" ({amount.variant.en})" if amount.variant.en else ""),
    )
    sentence = without_sentence(amount)
    lacks = Text("", "") if sentence is None else Text(f"؛ {sentence.fa}", f"; {sentence.en}")
    if not amount.steps:
        return Text(f"  {where.fa}: محاسبه نشد{lacks.fa}", f"  {where.en}: not computed{lacks.en}")
    total = _digits(amount.total)
    return Text(
        f"  {where.fa}: {fa} = {total} ریال{lacks.fa}", f"  {where.en}: {en} = {total} rials{lacks.en}"
    )


def _digits(value: Decimal) -> str:
    return format(value, "f")
