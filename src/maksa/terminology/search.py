"""Find concepts by words or code, in one list or in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from maksa.model.jalali import today
from maksa.model.persian import fold
from maksa.model.provider import ConceptFilter, Facet, Hits, How
from maksa.model.service import SearchHit, SearchPage
from maksa.terminology.bounds import MAX_DEPTH, MAX_QUERY, check_limit, check_offset, given
from maksa.terminology.codes import STATUSES
from maksa.terminology.refusals import bad_choice, edition_without_list, long_text, no_text
from maksa.terminology.resolve import Opened, Resolver

_BEST_FIRST = {how: place for place, how in enumerate(get_args(How))}
_ENOUGH = 5
"""Hits of all lists from which repaired ones are not shown."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows a search: a status on the day, a value set of the list; and whether hits are counted by facets."""

    status: str | None = None
    value_set: str | None = None
    facets: bool = False

    def ask(self, opened: Opened, query: str, limit: int, offset: int) -> Hits:
        """Search one list."""
        wanted = ConceptFilter(opened.day, status=self.status, value_set=self.value_set)
        return opened.provider.search(query, limit=limit, offset=offset, wanted=wanted, facets=self.facets)


def search(
    resolver: Resolver,
    text: str,
    *,
    terminology: str | None = None,
    limit: int = 20,
    offset: int = 0,
    narrowed: Narrowed | None = None,
    on: date | None = None,
    edition: str | None = None,
) -> SearchPage:
    """Find concepts by words, in any order, each a beginning; or by code. Retired ones are found and marked.

    Order:  code, whole title, words, beginnings of words, designations, repaired, lacking a word; over all lists,
            in each of these classes by list.
            Lists held by form only, maps, and lists not in force on the day are passed over.
    Raises: BadParameter for an empty or over-long text; UnknownTerminology, UnknownEdition.
    """
    check_limit(limit)
    check_offset(offset, MAX_DEPTH)
    query = given(text)
    if query is None:
        raise no_text()
    if len(query) > MAX_QUERY:
        raise long_text(len(query), MAX_QUERY)
    narrowed = narrowed or Narrowed()
    if narrowed.status is not None and narrowed.status not in STATUSES:
        raise bad_choice("status", narrowed.status, STATUSES)
    lists = _lists(resolver, terminology, narrowed, on, edition)
    refs = tuple(one.entry.manifest.ref for one in lists)
    if not fold(query):
        return SearchPage(0, (), refs)
    if terminology is not None:
        found = narrowed.ask(lists[0], query, limit, offset)
        return SearchPage(found.total, tuple(_hits(lists[0], found)), refs, found.facets)
    total, hits, facets = _in_all(lists, query, narrowed, limit, offset)
    return SearchPage(total, tuple(hits), refs, facets)


def answers(page: SearchPage) -> bool:
    """Tell whether a search was answered: some hit has all its words, as typed or repaired."""
    return any(not hit.hit.left_out for hit in page.hits)


def _lists(
    resolver: Resolver, terminology: str | None, narrowed: Narrowed, on: date | None, edition: str | None
) -> list[Opened]:
    if terminology is None:
        if edition is not None:
            raise edition_without_list()
        if narrowed.value_set is not None:
            raise bad_choice("value_set", narrowed.value_set, ())
        return list(resolver.others("", today() if on is None else on))
    opened = resolver.opened(terminology, on=on, edition=edition)
    known = [defined.id for defined in opened.provider.terminology.value_sets]
    if narrowed.value_set is not None and narrowed.value_set not in known:
        raise bad_choice("value_set", narrowed.value_set, known)
    return [opened]


def _in_all(
    lists: Sequence[Opened], query: str, narrowed: Narrowed, limit: int, offset: int
) -> tuple[int, list[SearchHit], tuple[Facet, ...]]:
    counts: Counter[How] = Counter()
    best: list[SearchHit] = []
    asked: list[tuple[Opened, Hits]] = []
    for opened in lists:
        found = narrowed.ask(opened, query, limit + offset, 0)
        asked.append((opened, found))
        counts.update(dict(found.by_how))
        best += _hits(opened, found)
    kept = _worth_showing(counts)
    best = [hit for hit in best if hit.hit.how in kept]
    best.sort(key=lambda hit: _BEST_FIRST[hit.hit.how])
    facets = _facets_of_all(asked, kept) if narrowed.facets else ()
    return sum(counts[how] for how in kept), best[offset : offset + limit], facets


def _facets_of_all(asked: Sequence[tuple[Opened, Hits]], kept: set[How]) -> tuple[Facet, ...]:
    """Count the hits of each list, and the states in those lists; properties are each list's own."""
    lists: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for opened, found in asked:
        count = sum(number for how, number in found.by_how if how in kept)
        if count:
            lists[opened.entry.manifest.terminology] = count
            states.update({s: n for facet in found.facets if facet.name == "status" for s, n in facet.values})
    return (Facet("terminology", tuple(lists.most_common())), Facet("status", tuple(states.most_common())))


def _worth_showing(counts: Counter[How]) -> set[How]:
    """Give the kinds of hits to show: what one list only repaired or half found is noise beside another's hits."""
    direct = set(counts) - {"repaired", "partial"}
    if sum(counts[how] for how in direct) >= _ENOUGH:
        return direct
    return set(counts) - {"partial"} or set(counts)


def _hits(opened: Opened, found: Hits) -> list[SearchHit]:
    terminology = opened.entry.manifest.terminology
    return [SearchHit(terminology, hit, hit.concept.status_on(opened.day)) for hit in found.hits]
