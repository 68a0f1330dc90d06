"""Read what a rial coefficient is for: component, sector, mark #, group of codes, and circumstances.

The sheet of a year says all of it in words («جزء فنی با # (کدهای 8 تا 9)»). Every word must be understood, else the
coefficient is not applied: a qualifier that is passed over would give a wrong price.
Source: the coefficients of 1404 as published; codes 97xxxx (visits) count as group 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from maksa.model.concept import Concept, PropertyValue
from maksa.model.persian import fold, squeeze
from maksa.model.provider import ConceptFilter
from maksa.model.translation import Component
from maksa.model.verdict import Coding
from maksa.terminology.map_sentences import too_many_coefficients
from maksa.terminology.nearest import coding
from maksa.terminology.resolve import Opened

LIST = "rvu-coefficient"
MOST = 200
"""Coefficients of one sheet; that of 1404 has 33."""

_HASH = "نشان هشتگ"
_VISITS = "97"
_GROUP_OF_VISITS = 7
_COMPONENTS: dict[str, Component] = {
    "حرفه ای": "professional",
    "فنی": "technical",
    "بیهوشی": "anaesthesia",
}
_DENTISTRY = "دندانپزشکی"
_WORDS = re.compile(
    rf"(?P<component>{'|'.join(_COMPONENTS)})"
    rf"|(?P<unmarked>بدون (?:{_HASH}|نشان))|(?P<marked>(?:با|دارای) (?:نشان )?{_HASH})"
    r"|(?P<visit>ویزیت سرپایی)|(?P<outpatient>سرپایی)|(?P<inpatient>بستری)"
    r"|(?P<part_time>غیر ?تمام ?وقت)|(?P<full_time>تمام ?وقت)"
    r"|کد ?(?:های|ها)? ?(?P<first>[1-9])(?: تا (?P<last>[1-9]))?"
    r"|(?P<filler>جز|همه|کد ?(?:های|ها)|و)(?= |$)"
)

Setting = Literal["outpatient", "inpatient"]
Tenure = Literal["full-time", "part-time"]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a price depends on beside the code: None where it does not."""

    setting: Setting | None = None
    tenure: Tenure | None = None

    def together(self, other: Circumstance) -> Circumstance | None:
        """Give the circumstance in which both hold; None when they exclude each other."""
        if {self.setting, other.setting} == {"outpatient", "inpatient"}:
            return None
        if {self.tenure, other.tenure} == {"full-time", "part-time"}:
            return None
        return Circumstance(self.setting or other.setting, self.tenure or other.tenure)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """The rial of a unit of one component in one sector; `marked` None and no `groups`: for all codes."""

    coding: Coding
    sector: str
    component: Component
    title: str
    rial: Decimal
    circumstance: Circumstance
    marked: bool | None
    visits: bool
    groups: frozenset[int]

    def applies(self, code: str, marks: tuple[str, ...]) -> bool:
        """Tell whether it is for a code of the book with these marks."""
        visit = code.startswith(_VISITS)
        group = _GROUP_OF_VISITS if visit else int(code[:1]) if code[:1].isdigit() else 0
        if self.groups and group not in self.groups:
            return False
        if self.visits and visit:
            return True
        if self.marked is None:
            return not self.visits
        return self.marked is ("#" in marks)


def coefficients(opened: Opened) -> tuple[list[Coefficient], tuple[Coding, ...]]:
    """Give the coefficients of an edition in the order of its sheet, and those that are not understood.

    Those of dentistry belong to another book and are in neither.
    Raises: TooLarge for more than `MOST`. Cost: one page of the list.
    """
    wanted = ConceptFilter(opened.day, status="active")
    concepts = opened.provider.page(wanted, after=None, limit=MOST + 1)
    if len(concepts) > MOST:
        raise too_many_coefficients(LIST, MOST)
    read: list[Coefficient] = []
    unread: dict[Coding, None] = {}
    for concept in sorted(concepts, key=lambda one: (one.row or 0, one.code)):
        for values in _rows(concept):
            found = _read(coding(opened.provider, concept), values)
            if found is not None:
                read.append(found)
            elif _DENTISTRY not in squeeze(fold(concept.display)):
                unread[coding(opened.provider, concept)] = None
    return read, tuple(unread)


def _rows(concept: Concept) -> Iterator[dict[str, PropertyValue]]:
    """Yield the values of a coefficient, and those of further rows with the same sector and component."""
    for properties in (concept.properties, *(variant.properties for variant in concept.variants)):
        yield {one.code: one.value for one in properties}


def _read(coding: Coding, values: dict[str, PropertyValue]) -> Coefficient | None:
    sector, title, rial = (values.get(name) for name in ("sector", "component", "rial"))
    if not (isinstance(sector, str) and isinstance(title, str) and isinstance(rial, Decimal)):
        return None
    if _DENTISTRY in squeeze(fold(sector)):
        return None
    words = _understood(title)
    if words is None or len(words["component"]) != 1:
        return None
    first = int((words["first"] or {"0"}).pop())
    last = int((words["last"] or {str(first)}).pop())
    return Coefficient(
        coding=coding,
        sector=sector,
        component=_COMPONENTS[words["component"].pop()],
        title=title,
        rial=rial,
        circumstance=Circumstance(_setting(words), _tenure(words)),
        marked=_marked(words),
        visits=bool(words["visit"]),
        groups=frozenset(range(first, last + 1)) if first else frozenset(),
    )


def _understood(title: str) -> dict[str, set[str]] | None:
    """Give the words of a title by what they say; None when one of them is not known."""
    rest = fold(title.replace("#", f" {_HASH} "))
    said: dict[str, set[str]] = {name: set() for name in _WORDS.groupindex}
    while rest:
        found = _WORDS.match(rest)
        if found is None:
            return None
        for name, word in found.groupdict().items():
            if word is not None:
                said[name].add(word)
        rest = rest[found.end() :].lstrip()
    contradictory = said["marked"] and said["unmarked"]
    return None if contradictory or len(said["first"]) > 1 or len(said["last"]) > 1 else said


def _marked(words: dict[str, set[str]]) -> bool | None:
    if words["marked"]:
        return True
    return False if words["unmarked"] else None


def _setting(words: dict[str, set[str]]) -> Setting | None:
    if bool(words["outpatient"]) == bool(words["inpatient"]):
        return None
    return "outpatient" if words["outpatient"] else "inpatient"


def _tenure(words: dict[str, set[str]]) -> Tenure | None:
    if bool(words["full_time"]) == bool(words["part_time"]):
        return None
    return "full-time" if words["full_time"] else "part-time"
