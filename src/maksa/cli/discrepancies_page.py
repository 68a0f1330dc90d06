"""The discrepancy register as one HTML page to read and to print: Persian from right to left, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from maksa.cli.discrepancies_words import side_text
from maksa.model.discrepancy import KINDS, STATES
from maksa.registry.discrepancies.records import Discrepancy
from maksa.registry.discrepancies.words import KIND_WORDS, OUTCOME_WORDS, STATE_WORDS
from maksa.web.portal.render import isolated, persian_day, persian_number

SHOWN_OF_A_KIND = 500
"""Records of one kind that stand in the page; the rest is counted: a browser shows no more with ease."""


class Scope(NamedTuple):
    """What the page is about; None is all."""

    party: str | None
    list: str | None
    kind: str | None
    state: str | None


def write_page(
    records: Iterable[Discrepancy], counts: Mapping[tuple[str, str], int], scope: Scope, today: date
) -> Iterator[str]:
    """Write the page piece by piece, from records that come by kind and their counts by kind and state."""
    environment = Environment(
        loader=PackageLoader("maksa.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=persian_number, day=persian_day, isolated=isolated, side=side_text)
    of_kind = {kind: sum(counts.get((kind, state), 0) for state in STATES) for kind in KINDS}
    of_state = {state: sum(counts.get((kind, state), 0) for kind in KINDS) for state in STATES}
    yield from environment.get_template("discrepancies.html").generate(
        groups=groupby(records, key=lambda record: record.difference.kind),
        limit=SHOWN_OF_A_KIND,
        scope=scope,
        today=today,
        of_kind=of_kind,
        of_state=of_state,
        counts=counts,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        outcomes=OUTCOME_WORDS,
    )
