"""Which codes of another list could a code be mapped to? Candidates with evidence; a person decides, never this."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from maksa.errors import BadParameter, NotFound, TooLarge
from maksa.model.concept import Concept
from maksa.model.jalali import today
from maksa.model.provider import ConceptFilter, Provider
from maksa.model.translation import MapMatch, Translation
from maksa.model.verdict import Coding
from maksa.terminology.bounds import MAX_PAGE, check_limit
from maksa.terminology.carriers import carrying
from maksa.terminology.likeness import Evidence, Likeness, Seen, loinc_numbers, see
from maksa.terminology.nearest import coding, offer
from maksa.terminology.resolve import Opened, Resolver
from maksa.terminology.suggest_sentences import by_hops, made_of, number, same_code
from maksa.terminology.translate import translate
from maksa.text import Text

MAX_SOURCES = 100_000
"""Codes of a source list; a longer one is not worked through."""
_WEIGHED = 40
"""Candidates of one code that are weighed; a search gives them best first."""
_FOUND = 20
"""Hits of one search."""
_THIRD = 5
"""Codes of other lists through which a second map is asked."""
_SAME_NUMBER, _TWO_HOPS, _MADE_OF, _SAME_CODE = 70, 60, 40, 15
_TEN_CHARACTERS = re.compile(r"([0-9]{6})-[0-9]{3}\Z")
"""A code of services that is made of another one (`807005-275` of 807005), where it is not of a LOINC number."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code that could be the target: its score, 0 to 100, and what speaks for it and against it, gravest first."""

    target: Coding
    score: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code of the source list that no map decides, and its candidates, best first; there may be none."""

    source: Coding
    candidates: tuple[Candidate, ...]


def suggest(
    resolver: Resolver, source: str, target: str, *, limit: int = 5, on: date | None = None
) -> Iterator[Suggested]:
    """Yield the active codes of a list that no map in force leads to another list, each with its candidates.

    A code with a usable target, or with a decided "no map", is passed over; a target that a row refuses or has no
    longer is no candidate of that code. Order: that of the codes.
    Raises: UnknownTerminology, UnknownEdition, BadParameter (the same list twice, a map); TooLarge (MAX_SOURCES).
    Cost:   some 2 to 10 ms a code; memory does not grow with the lists but for the words that were met.
    """
    check_limit(limit)
    day = today() if on is None else on
    ends = resolver.opened(source, on=day), resolver.opened(target, on=day)
    _check_ends(*ends, day)
    return _all(_Work(resolver, *ends, day), limit)


def _all(work: _Work, limit: int) -> Iterator[Suggested]:
    wanted = ConceptFilter(day=work.day, status="active")
    after: str | None = None
    while True:
        page = work.source.provider.page(wanted, after=after, limit=MAX_PAGE)
        for concept in page:
            rows = work.rows_of(concept)
            if not any(row.usable or row.target is None for row in rows):
                yield work.suggested(
                    concept, limit, {row.target.code for row in rows if row.target is not None}
                )
        if len(page) < MAX_PAGE:
            return
        after = page[-1].code


class _Work:
    """What is asked of two lists on one day."""

    def __init__(self, resolver: Resolver, source: Opened, target: Opened, day: date) -> None:
        self.source = source
        self.day = day
        self._target = target
        self._resolver = resolver
        self._likeness = Likeness(target.provider)

    def rows_of(self, concept: Concept) -> Sequence[MapMatch]:
        """Give what maps say already of a code in the target list."""
        answer = self._translated(self._id, concept.code, self._target_id)
        return () if answer is None else answer.matches

    def suggested(self, concept: Concept, limit: int, told: set[str]) -> Suggested:
        """Weigh the candidates of a code, but those of which a map has told already that they may not be used."""
        certain = self._certain(concept)
        seen = see(concept)
        weighed = [
            self._weighed(seen, found, certain.get(code, []))
            for code in self._codes(concept, seen, certain)
            if code not in told and (found := self._usable(code)) is not None
        ]
        kept = sorted(
            (one for one in weighed if one.score > 0), key=lambda one: (-one.score, one.target.code)
        )
        return Suggested(coding(self.source.provider, concept), tuple(kept[:limit]))

    @property
    def _id(self) -> str:
        return self.source.provider.terminology.id

    @property
    def _target_id(self) -> str:
        return self._target.provider.terminology.id

    def _usable(self, code: str) -> Concept | None:
        provider = self._target.provider
        return provider.concept(code) if offer(provider, code, self.day) is not None else None

    def _weighed(self, seen: Seen, found: Concept, certain: Sequence[Evidence]) -> Candidate:
        evidence = [*certain, *self._likeness.evidence(seen, see(found))]
        evidence.sort(key=lambda one: -abs(one.points))
        score = max(0, min(100, sum(one.points for one in evidence)))
        return Candidate(coding(self._target.provider, found), score, tuple(evidence))

    def _certain(self, concept: Concept) -> dict[str, list[Evidence]]:
        """Give what speaks for codes of the target whatever their titles are: number, code, other maps."""
        found: dict[str, list[Evidence]] = {}
        provider = self._target.provider
        for loinc in loinc_numbers(concept, self.source.provider.terminology):
            codes = dict.fromkeys(
                (*carrying(provider, loinc), *((loinc,) if provider.concept(loinc) else ()))
            )
            for code in codes:
                found.setdefault(code, []).append(Evidence("loinc", _SAME_NUMBER, number(loinc)))
        if provider.concept(concept.code) is not None:
            found.setdefault(concept.code, []).append(Evidence("code", _SAME_CODE, same_code(concept.code)))
        made = _TEN_CHARACTERS.match(concept.code)
        if made is not None and provider.concept(made[1]) is not None:
            found.setdefault(made[1], []).append(Evidence("code", _MADE_OF, made_of(concept.code, made[1])))
        for code, text in self._through_others(concept):
            found.setdefault(code, []).append(Evidence("maps", _TWO_HOPS, text))
        return found

    def _through_others(self, concept: Concept) -> Iterator[tuple[str, Text]]:
        """Yield the codes that two maps lead to, one after the other."""
        first = self._translated(self._id, concept.code, None)
        thirds = [] if first is None else [match for match in first.matches if match.usable][:_THIRD]
        told = set()
        for one in thirds:
            if one.target is None or one.target.terminology == self._target_id:
                continue
            second = self._translated(one.target.terminology, one.target.code, self._target_id)
            for match in () if second is None else second.matches:
                if match.usable and match.target is not None and match.target.code not in told:
                    told.add(match.target.code)
                    yield match.target.code, by_hops(one, match)

    def _translated(self, terminology: str, code: str, target: str | None) -> Translation | None:
        with suppress(NotFound):
            return translate(self._resolver, terminology, code, target=target, on=self.day)
        return None

    def _codes(self, concept: Concept, seen: Seen, certain: dict[str, list[Evidence]]) -> list[str]:
        """Give the codes to weigh: the certain ones, those of the same title, and those that a search finds."""
        provider: Provider = self._target.provider
        codes = dict.fromkeys(certain)
        for title in dict.fromkeys(concept.titles()):
            codes.update(dict.fromkeys(provider.titled(title, limit=_FOUND)))
        for query in seen.queries():
            hits = provider.search(query, limit=_FOUND, wanted=ConceptFilter(self.day, status="active"))
            codes.update(dict.fromkeys(hit.concept.code for hit in hits.hits))
            if len(codes) >= _WEIGHED:
                break
        return list(codes)[:_WEIGHED]


def _check_ends(source: Opened, target: Opened, day: date) -> None:
    for end in (source, target):
        described = end.provider.terminology
        if described.kind == "map":
            raise BadParameter(
                "list",
                Text(f"{described.id} نگاشت است، نه فهرست.", f"{described.id} is a map, no list."),
                mend=Text("نام یک فهرست را بدهید.", "Name a list."),
            )
    if source.provider.terminology.id == target.provider.terminology.id:
        raise BadParameter(
            "target",
            Text("مبدأ و مقصد یک فهرست است.", "Source and target are the same list."),
            mend=Text("دو فهرست بدهید.", "Name two lists."),
        )
    count = source.provider.total(ConceptFilter(day=day, status="active"))
    if count > MAX_SOURCES:
        raise TooLarge(
            Text(
                f"فهرست مبدأ {count} کد دارد و کران {MAX_SOURCES} است.",
                f"The source list has {count} codes, and the bound is {MAX_SOURCES}.",
            ),
            mend=Text("فهرست کوچک‌تر را مبدأ بگیرید.", "Take the smaller list for the source."),
        )
