"""The rial amounts of a service: units times the coefficient of each component, every case by itself.

Price = professional units x their coefficient + technical units x theirs. Where sector, mark and group of the code
leave several coefficients (full-time or not, out-patient or in-patient), each is an amount of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from itertools import product

from maksa.model.translation import Amount, Component, Step, Units
from maksa.terminology.coefficients import LIST, MOST, Circumstance, Coefficient
from maksa.terminology.map_sentences import too_many_coefficients
from maksa.text import Text

EXACT = Context(prec=200)
"""Digits enough for exact sums and products of any published numbers."""
COMPONENTS: tuple[Component, ...] = ("professional", "technical", "anaesthesia")
_IN_WORDS: dict[Component, str] = {
    "professional": "professional",
    "technical": "technical",
    "anaesthesia": "anesthesia_base",
}
_CASES = {
    "outpatient": Text("سرپایی", "outpatient"),
    "inpatient": Text("بستری", "inpatient"),
    "full-time": Text("تمام‌وقت", "full-time"),
    "part-time": Text("غیرتمام‌وقت", "not full-time"),
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One coefficient for each component that has any, and the circumstance in which all of them hold."""

    chosen: tuple[Coefficient, ...]
    circumstance: Circumstance


def amounts(code: str, units: Units, coefficients: Sequence[Coefficient]) -> tuple[Amount, ...]:
    """Give the amounts of a service in each sector, in the order of the coefficients; none without any units.

    Raises: TooLarge when the coefficients make more than `coefficients.MOST` cases.
    """
    given = {name: value for name in COMPONENTS if (value := getattr(units, name))}
    in_words = {name for name in COMPONENTS if any(_IN_WORDS[name] == code for code, _ in units.texts)}
    if not given:
        return ()
    made: list[Amount] = []
    for sector in dict.fromkeys(one.sector for one in coefficients):
        own = [one for one in coefficients if one.sector == sector and one.applies(code, units.marks)]
        cases = list(_cases([[one for one in own if one.component == name] for name in given]))
        cases = cases or [_Case((), Circumstance())]  # They exclude each other: told by `without`.
        made += _named([_amount(sector, case, given, in_words) for case in cases], cases)
        if len(made) > MOST:
            raise too_many_coefficients(LIST, MOST)
    return tuple(made)


def _cases(options: Sequence[Sequence[Coefficient]]) -> Iterator[_Case]:
    """Yield every choice of one coefficient a component whose circumstances do not exclude each other."""
    for count, chosen in enumerate(product(*filter(None, options))):
        if count == MOST:
            raise too_many_coefficients(LIST, MOST)
        circumstance: Circumstance | None = Circumstance()
        for one in chosen:
            circumstance = None if circumstance is None else circumstance.together(one.circumstance)
        if circumstance is not None:
            yield _Case(chosen, circumstance)


def _amount(sector: str, case: _Case, given: dict[Component, Decimal], in_words: set[Component]) -> Amount:
    steps = tuple(
        Step(one.component, units, one.coding, one.rial, _whole(EXACT.multiply(units, one.rial)))
        for one in case.chosen
        for units in (given[one.component],)
    )
    total = Decimal(0)
    for step in steps:
        total = EXACT.add(total, step.amount)
    computed = {step.component for step in steps}
    without = tuple(
        name for name in COMPONENTS if (name in given or name in in_words) and name not in computed
    )
    return Amount(sector, _words(case.circumstance), steps, total, without)


def _named(made: Sequence[Amount], cases: Sequence[_Case]) -> Iterator[Amount]:
    """Yield amounts whose circumstances differ as they are; others are told apart by their coefficients' words."""
    shared = Counter(amount.variant for amount in made)
    for amount, case in zip(made, cases, strict=True):
        if shared[amount.variant] == 1:
            yield amount
        else:
            titles = "، ".join(one.title for one in case.chosen)
            yield replace(amount, variant=Text(titles, titles))


def _words(circumstance: Circumstance) -> Text:
    said = [_CASES[word] for word in (circumstance.setting, circumstance.tenure) if word is not None]
    return Text("، ".join(word.fa for word in said), ", ".join(word.en for word in said))


def _whole(amount: Decimal) -> Decimal:
    """Drop zeros behind the decimal mark: 1386000.0 rials are 1386000."""
    plain = EXACT.normalize(amount)
    exponent = plain.as_tuple().exponent
    return EXACT.quantize(plain, Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain
