"""Judge many coded fields at once: what is plainly right is seen in one look, all else is judged one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from maksa.errors import UnknownEdition, UnknownTerminology
from maksa.model.edition import EditionRef
from maksa.model.jalali import today
from maksa.model.verdict import Triple, Verdict
from maksa.terminology.bounds import MAX_ID, blank
from maksa.terminology.resolve import Resolver
from maksa.terminology.validate import validate


def validate_all(
    resolver: Resolver, triples: Sequence[Triple], *, on: date | None = None
) -> tuple[Verdict, ...]:
    """Judge triples on a day, in their order; every verdict is the one that `validate` gives.

    A field is plainly right when its id is canonical, its code active and its value exactly the display.
    Raises: EditionUnreadable.
    Cost:   some 2 µs for a field that is plainly right and was asked of lately, 4 µs for another one, else that of
            `validate`.
    """
    day = today() if on is None else on
    codes: dict[str, list[str]] = {}
    for triple in triples:
        if triple.terminology and triple.code and triple.value and len(triple.code) <= MAX_ID:
            codes.setdefault(triple.terminology, []).append(triple.code)
    lists = {sent: _active(resolver, sent, wanted, day) for sent, wanted in codes.items()}
    verdicts = []
    for triple in triples:
        active = lists.get(triple.terminology or "")
        display = None if active is None else active.displays.get(triple.code or "")
        if active is not None and display is not None and display == triple.value:
            verdicts.append(Verdict(triple.terminology, triple.code, display, active.ref))
        else:
            verdicts.append(validate(resolver, triple, on=day))
    return tuple(verdicts)


class _Active(NamedTuple):
    """The edition of a list that is in force, and the displays of the active codes that are asked about, blank ones left out."""

    ref: EditionRef
    displays: Mapping[str, str]


def _active(resolver: Resolver, sent: str, codes: Sequence[str], day: date) -> _Active | None:
    """Look the codes up; None for an id that is not canonical, or a list that is not held on the day."""
    with suppress(UnknownTerminology, UnknownEdition):
        if resolver.canonical(sent) == sent:
            opened = resolver.opened(sent, on=day)
            found = opened.provider.displays(codes, day)
            displays = {
                code: display for code, display in found.items() if not (blank(code) or blank(display))
            }
            return _Active(opened.entry.manifest.ref, displays)
    return None
