"""The JSON of maps and relative values. Decimals (units, rials) are JSON strings."""

from __future__ import annotations

from datetime import date
from typing import Literal

from maksa.web.api.wire import CodingOut, Day, Edition, IssueOut, Record, Title

ComponentOut = Literal["professional", "technical", "anaesthesia"]


class DecisionOut(Record, frozen=True):
    """Who decided a row of a map, when, why, and by which letter."""

    by: str
    on: date
    why: str
    letter: str | None


class MatchOut(Record, frozen=True):
    """One row of a map. `target` null: it was decided that there is none. `usable`: nothing stands against it.

    `relationship` is FHIR's, or `retired` for a row that the newest list of the map no longer has. `via` is the code
    by which the map was asked when it is not the one in the question (a LOINC number, or a service that carries it).
    """

    map: str
    map_edition: str
    target: CodingOut | None
    usable: bool
    relationship: str
    cardinality: Literal["1:1", "1:n", "n:1", "n:n", "1:0"]
    condition: str | None
    comment: str | None
    decision: DecisionOut | None
    via: CodingOut | None
    issues: tuple[IssueOut, ...]


class TranslationOut(Record, frozen=True):
    """What a code becomes in other lists, best first; `reason` says why there is no match, else null."""

    source: CodingOut
    day: Day
    matches: tuple[MatchOut, ...]
    maps: tuple[str, ...]
    reason: Title | None


class TranslateAnswer(Record, frozen=True):
    """A translation; `total` counts its matches."""

    total: int
    translation: TranslationOut
    editions: tuple[Edition, ...]


class InWordsOut(Record, frozen=True):
    """What the book says in words where a number is expected, by the property: shown, never computed."""

    property: str
    text: str


class UnitsOut(Record, frozen=True):
    """One row of the book: relative-value units as strings of decimals, null where the book has none."""

    display: str
    total: str | None
    professional: str | None
    technical: str | None
    anaesthesia: str | None
    marks: tuple[str, ...]
    notes: tuple[str, ...]
    in_words: tuple[InWordsOut, ...]


class StepOut(Record, frozen=True):
    """`units` times `rial` is `amount`; `coefficient` is where the rial of a unit comes from."""

    component: ComponentOut
    units: str
    coefficient: CodingOut
    rial: str
    amount: str


class AmountOut(Record, frozen=True):
    """The rials of a service in one sector and one case (`variant`); `total` is the sum of the steps.

    `without` names components of the service that stand in no step: the total is then not the whole.
    """

    sector: str
    variant: Title
    steps: tuple[StepOut, ...]
    total: str
    without: tuple[ComponentOut, ...]


class ValueOut(Record, frozen=True):
    """What one code of the book is worth. Several `units`: the book has the code in several rows that differ."""

    coding: CodingOut
    edition: str
    units: tuple[UnitsOut, ...]
    issues: tuple[IssueOut, ...]
    amounts: tuple[AmountOut, ...]
    coefficients: str | None
    not_applied: tuple[CodingOut, ...]


class RelativeValueAnswer(Record, frozen=True):
    """The values of a code: its own in the book, or one for each code of the book that maps lead to (`way`)."""

    source: CodingOut
    day: Day
    values: tuple[ValueOut, ...]
    way: TranslationOut | None
    editions: tuple[Edition, ...]
