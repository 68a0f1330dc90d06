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

Component = Literal["professional", "technical", "anaesthesia"]
"""A part of the relative value of a service that is paid with a coefficient of its own."""


@dataclass(frozen=True, slots=True)
class MapMatch:
    """One row of a map for the code asked.

    `target` None is a decided "no map". `relationship` is FHIR R5's (`equivalent`,
    `source-is-narrower-than-target`, `source-is-broader-than-target`, `related-to`, `not-related-to`), or `retired`
    for a row that the newest list of the map no longer has. `issues` tell of a target that may not be used on the
    day asked: retired (with its replacement), not yet effective, unknown. `via` is the code by which the map was
    asked when it is not the one in the question: the LOINC number of a service, or a service with that number.
    `target_edition` is the edition of the target's list in which it was tested; None when none was.
    """

    map: EditionRef
    target: Coding | None
    relationship: str
    cardinality: Cardinality
    condition: str | None = None
    comment: str | None = None
    decision: Decision | None = None
    issues: tuple[Issue, ...] = ()
    via: Coding | None = None
    target_edition: EditionRef | None = None

    @property
    def usable(self) -> bool:
        """Tell whether the target may be used for the source on the day asked."""
        leads = self.target is not None and self.relationship not in {"retired", "not-related-to"}
        return leads and not any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Translation:
    """What a code becomes in other lists on a day, best first: usable ones before retired ones.

    `maps` are the maps that were asked; `matches` is empty when none of them has the code, and then `reason` says
    why: no map is held, none has this source (or leads to this target), or those that were asked lack the code.
    """

    source: Coding
    day: date
    matches: tuple[MapMatch, ...]
    maps: tuple[EditionRef, ...]
    edition: EditionRef | None
    """The edition of the source's list in force on the day; None for a list of which no edition is held."""
    reason: Text | None = None


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

    component: Component
    units: Decimal
    coefficient: Coding
    rial: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """The rial amount of a service in one sector, and its arithmetic; `total` is the sum of the steps.

    `without` names the components that the book has for the service (in numbers or in words) and that stand in no
    step: the sector has no coefficient for them, or the book gives no number. The total is then not the whole.
    """

    sector: str
    variant: Text
    """Under what circumstances: full-time or not, out-patient or in-patient, as the coefficients say."""
    steps: tuple[Step, ...]
    total: Decimal
    without: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class RelativeValue:
    """What a service is worth in the book in force on a day.

    A code that stands in the book more than once gives all its variants in `units`, an issue `ambiguous-value`,
    and no amount; a code that may not be used on the day gives its units, the issue, and no amount. `amounts` are
    given when coefficients were asked for; `not_applied` are coefficients whose text is not understood or that
    have no amount: none of them was used.
    """

    coding: Coding
    day: date
    edition: EditionRef
    units: tuple[Units, ...]
    issues: tuple[Issue, ...] = ()
    amounts: tuple[Amount, ...] = ()
    coefficients: EditionRef | None = None
    not_applied: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class RelativeValues:
    """What a code is worth: its own value in the book, or one value for each code of the book that maps lead to.

    `way` is the translation that led to the book, None for a code of the book itself. `values` is empty when no
    map leads to a code that may be used; the way says why.
    """

    source: Coding
    day: date
    values: tuple[RelativeValue, ...]
    way: Translation | None = None
