"""Pure builders of the answers of maps: records of the model in, records of the wire out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from maksa.model.edition import EditionRef
from maksa.model.jalali import format_jalali
from maksa.model.translation import Amount, MapMatch, RelativeValue, RelativeValues, Translation, Units
from maksa.web.api import maps_wire as wire
from maksa.web.api.build import coding, editions, issue, title
from maksa.web.api.wire import Day

IsSample = Callable[[EditionRef], bool]


def translate_answer(translation: Translation, is_sample: IsSample) -> wire.TranslateAnswer:
    """Write the answer of `translate`."""
    return wire.TranslateAnswer(
        len(translation.matches), _translation(translation), editions(_behind(translation), is_sample)
    )


def relative_value_answer(found: RelativeValues, is_sample: IsSample) -> wire.RelativeValueAnswer:
    """Write the answer of `relative-value`."""
    return wire.RelativeValueAnswer(
        source=coding(found.source),
        day=_day(found.day),
        values=tuple(map(_value, found.values)),
        way=None if found.way is None else _translation(found.way),
        editions=editions(_behind_values(found), is_sample),
    )


def _behind(translation: Translation) -> Iterator[EditionRef | None]:
    yield translation.edition
    yield from translation.maps
    yield from (match.target_edition for match in translation.matches)


def _behind_values(found: RelativeValues) -> Iterator[EditionRef | None]:
    if found.way is not None:
        yield from _behind(found.way)
    for value in found.values:
        yield value.edition
        yield value.coefficients


def _translation(translation: Translation) -> wire.TranslationOut:
    return wire.TranslationOut(
        source=coding(translation.source),
        day=_day(translation.day),
        matches=tuple(map(_match, translation.matches)),
        maps=tuple(ref.terminology for ref in translation.maps),
        reason=None if translation.reason is None else title(translation.reason),
    )


def _match(match: MapMatch) -> wire.MatchOut:
    decided = match.decision
    return wire.MatchOut(
        map=match.map.terminology,
        map_edition=match.map.edition,
        target=None if match.target is None else coding(match.target),
        usable=match.usable,
        relationship=match.relationship,
        cardinality=match.cardinality,
        condition=match.condition,
        comment=match.comment,
        decision=None
        if decided is None
        else wire.DecisionOut(decided.by, decided.on, decided.why, decided.letter),
        via=None if match.via is None else coding(match.via),
        issues=tuple(map(issue, match.issues)),
    )


def _value(value: RelativeValue) -> wire.ValueOut:
    return wire.ValueOut(
        coding=coding(value.coding),
        edition=value.edition.edition,
        units=tuple(map(_units, value.units)),
        issues=tuple(map(issue, value.issues)),
        amounts=tuple(map(_amount, value.amounts)),
        coefficients=None if value.coefficients is None else value.coefficients.edition,
        not_applied=tuple(map(coding, value.not_applied)),
    )


def _units(units: Units) -> wire.UnitsOut:
    return wire.UnitsOut(
        display=units.display,
        total=_number(units.total),
        professional=_number(units.professional),
        technical=_number(units.technical),
        anaesthesia=_number(units.anaesthesia),
        marks=units.marks,
        notes=units.notes,
        in_words=tuple(wire.InWordsOut(name, text) for name, text in units.texts),
    )


def _amount(amount: Amount) -> wire.AmountOut:
    return wire.AmountOut(
        sector=amount.sector,
        variant=title(amount.variant),
        steps=tuple(
            wire.StepOut(
                component=step.component,
                units=_digits(step.units),
                coefficient=coding(step.coefficient),
                rial=_digits(step.rial),
                amount=_digits(step.amount),
            )
            for step in amount.steps
        ),
        total=_digits(amount.total),
        without=amount.without,
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else _digits(value)


def _digits(value: Decimal) -> str:
    return format(value, "f")


def _day(value: date) -> Day:
    return Day(value, format_jalali(value))
