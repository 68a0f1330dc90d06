"""Find concepts by words or code, in one list or in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import get_args

from maksa.model.jalali import today
from maksa.model.persian import fold
from maksa.model.provider import Hits, How
from maksa.model.service import SearchHit, SearchPage
from maksa.terminology.bounds import MAX_DEPTH, MAX_QUERY, check_limit, check_offset, given
from maksa.terminology.refusals import edition_without_list, long_text, no_text
from maksa.terminology.resolve import Opened, Resolver

_BEST_FIRST = {how: place for place, how in enumerate(get_args(How))}
_ENOUGH = 5
"""Hits of all lists from which repaired ones are not shown."""


def search(
    resolver: Resolver,
    text: str,
    *,
    terminology: str | None = None,
    limit: int = 20,
    offset: int = 0,
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
    if terminology is None:
        if edition is not None:
            raise edition_without_list()
        opened = list(resolver.others("", today() if on is None else on))
    else:
        opened = [resolver.opened(terminology, on=on, edition=edition)]
    if not fold(query):
        return SearchPage(0, (), tuple(one.entry.manifest.ref for one in opened))
    if terminology is not None:
        total, hits = _in_one(opened[0], query, limit, offset)
    else:
        total, hits = _in_all(opened, query, limit, offset)
    return SearchPage(total, tuple(hits), tuple(one.entry.manifest.ref for one in opened))


def _in_all(lists: Sequence[Opened], query: str, limit: int, offset: int) -> tuple[int, list[SearchHit]]:
    counts: Counter[How] = Counter()
    best: list[SearchHit] = []
    for opened in lists:
        found = opened.provider.search(query, limit=limit + offset)
        counts.update(dict(found.by_how))
        best += _hits(opened, found)
    kept = _worth_showing(counts)
    best = [hit for hit in best if hit.hit.how in kept]
    best.sort(key=lambda hit: _BEST_FIRST[hit.hit.how])
    return sum(counts[how] for how in kept), best[offset : offset + limit]


def _worth_showing(counts: Counter[How]) -> set[How]:
    """Give the kinds of hits to show: what one list only repaired or half found is noise beside another's hits."""
    direct = set(counts) - {"repaired", "partial"}
    if sum(counts[how] for how in direct) >= _ENOUGH:
        return direct
    return set(counts) - {"partial"} or set(counts)


def _in_one(opened: Opened, query: str, limit: int, offset: int) -> tuple[int, list[SearchHit]]:
    found = opened.provider.search(query, limit=limit, offset=offset)
    return found.total, _hits(opened, found)


def _hits(opened: Opened, found: Hits) -> list[SearchHit]:
    terminology = opened.entry.manifest.terminology
    return [SearchHit(terminology, hit, hit.concept.status_on(opened.day)) for hit in found.hits]
