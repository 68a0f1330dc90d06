"""The answers of maps: what a code becomes in another list, and what a service is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from maksa.model.concept import Decision
from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding, Issue
from maksa.text import Text

Cardinality = Literal["1:1", "1:n", "n:1", "n:n", "1:0"]
"""How many targets a source has, and sources a target, in one map under one condition; 1:0 is a decided "no map"."""


@dataclass(frozen=True, slots=True)
class MapMatch:
    """One row of a map for the code asked.

    `target` None is a decided "no map". `relationship` is FHIR R5's (`equivalent`,
    `source-is-narrower-than-target`, `source-is-broader-than-target`, `related-to`, `not-related-to`), or `retired`
    for a row that the newest list of the map no longer has. `issues` tell of a target that may not be used on the
    day asked: retired (with its replacement), not yet effective, unknown.
    """

    map: EditionRef
    target: Coding | None
    relationship: str
    cardinality: Cardinality
    condition: str | None = None
    comment: str | None = None
    decision: Decision | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """What a code becomes in other lists on a day, best first: usable ones before retired ones.

    `maps` are the maps that were asked; `matches` is empty when none of them has the code.
    """

    source: Coding
    day: date
    matches: tuple[MapMatch, ...]
    maps: tuple[EditionRef, ...]
    edition: EditionRef | None
    """The edition of the source's list in force on the day; None for a list registered by its form."""


@dataclass(frozen=True, slots=True)
class Units:
    """The relative value of a service as its book publishes it: units are decimals, None where the book has none.

    `texts` hold what the book says in words where a number is expected («مجدد اول، ۵۰ درصد»), by the name of the
    property: shown, never computed.
    """

    display: str
    total: Decimal | None
    professional: Decimal | None
    technical: Decimal | None
    anaesthesia: Decimal | None
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One product of the arithmetic: units times the rial of a unit, and why this coefficient."""

    component: Literal["professional", "technical", "anaesthesia"]
    units: Decimal
    coefficient: Coding
    rial: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """The rial amount of a service in one sector, and its arithmetic; `total` is the sum of the steps."""

    sector: str
    variant: Text
    """Under what circumstances: full-time or not, out-patient or in-patient, as the coefficients say."""
    steps: tuple[Step, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class RelativeValue:
    """What a service is worth in the book in force on a day.

    A code that stands in the book more than once gives all its variants in `units`, an issue `ambiguous-value`,
    and no amount. `amounts` are given when coefficients were asked for.
    """

    coding: Coding
    day: date
    edition: EditionRef
    units: tuple[Units, ...]
    issues: tuple[Issue, ...] = ()
    amounts: tuple[Amount, ...] = ()
    coefficients: EditionRef | None = None
