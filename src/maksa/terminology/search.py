"""Find concepts by words or code, in one list or in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maksa.model.jalali import today
from maksa.model.persian import fold
from maksa.model.service import SearchHit, SearchPage
from maksa.terminology.bounds import MAX_DEPTH, MAX_QUERY, check_limit, check_offset, given
from maksa.terminology.refusals import edition_without_list, long_text, no_text
from maksa.terminology.resolve import Opened, Resolver

_BEST_FIRST = {"code": 0, "title": 1, "words": 2, "prefix": 3}


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

    Order:  code, whole title, words, beginnings of words; over all lists, in each of these classes by list.
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
    total = 0
    best: list[SearchHit] = []
    for opened in lists:
        found, hits = _in_one(opened, query, limit + offset, 0)
        total += found
        best += hits
    best.sort(key=lambda hit: _BEST_FIRST.get(hit.hit.how, len(_BEST_FIRST)))
    return total, best[offset : offset + limit]


def _in_one(opened: Opened, query: str, limit: int, offset: int) -> tuple[int, list[SearchHit]]:
    found = opened.provider.search(query, limit=limit, offset=offset)
    terminology = opened.entry.manifest.terminology
    hits = [SearchHit(terminology, hit, hit.concept.status_on(opened.day)) for hit in found.hits]
    return found.total, hits
