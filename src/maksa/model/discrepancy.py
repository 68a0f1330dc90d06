"""A difference between a party's own list and the reference (مغایرت), as comparing finds it and the register keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from maksa.model.verdict import Coding
from maksa.text import Text

DifferenceKind = Literal[
    "code-differs",
    "retired",
    "not-yet-effective",
    "strength-differs",
    "value-differs",
    "one-to-many",
    "title-differs",
    "not-in-reference",
    "not-in-their-list",
]
"""How a list differs, the graver kinds first.

`not-in-their-list`: active in the reference and missing in theirs; `not-in-reference`: theirs alone; `code-differs`:
the same product (by its title or a map) has another code here; `one-to-many`: one code of theirs for several of ours,
or several of theirs for one of ours; `retired`: used by them though retired here.
"""
KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)

Outcome = Literal["accepted", "party-corrects", "reference-corrects", "no-discrepancy"]
"""What is decided of a difference: it may stand, the party mends its list, the reference is mended, or it is none."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

State = Literal["open", "decided", "closed"]
"""How a record of the register stands: closed once an upload of the party no longer has the difference."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: a code, its title, and what else differs, such as `500 mg` or `total = 3.8`."""

    code: str
    display: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code of the reference that may be meant: never taken by itself. `score` is 0 to 100; `evidence` says why."""

    coding: Coding
    score: int
    evidence: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of a party's list.

    `code` is the party's code; for `not-in-their-list` the reference's. `product` is the party's or the map's key of
    the product, '' where a list names none. `rows` are rows of the party's file (1 is the header), `ours` the codes
    of the reference on the other side, `suggestions` stand best first.
    """

    kind: DifferenceKind
    code: str
    rows: tuple[int, ...]
    theirs: Side | None
    ours: tuple[Side, ...]
    said: Text
    product: str = ""
    suggestions: tuple[Suggestion, ...] = ()
