"""What a request may ask for though it is there already: in the list, in drafts of it, in other open requests."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import Connection, func, insert, select

from maksa.errors import BadParameter, NotFound
from maksa.model.code_request import Candidate, Wanted
from maksa.model.service import TerminologyService
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, draft_concepts, list_drafts
from maksa.registry.requests.tables import code_request, code_request_word
from maksa.registry.requests.title_likeness import Likeness, Titled, alike, see, word_keys
from maksa.text import Text

OPEN = ("new", "accepted", "in-work", "question", "appeal")
"""The states of requests that are not decided."""
_SHOWN = 10
"""Candidates that are given."""
_WORTH = 50
"""Points from which a candidate is worth a look."""
_FOUND = 20
"""Hits of one search that are compared."""
_MET = 50
"""Drafts' titles or requests, those with most words in common, that are compared."""
_LARGEST_DRAFT = 200_000
"""Concepts of a draft that is compared; `not_compared` names larger ones."""
_DRAFTS_HELD = 4
"""Drafts whose words are held in memory; the oldest goes first."""
_WORDS_OF_ONE = 32
"""Words of one query that are searched for alone."""


class Duplicates:
    """Compares requests with what there is. One for a process: it remembers the words of drafts."""

    def __init__(self, registry: Registry, service: TerminologyService) -> None:
        """Ask the lists through a service, and the drafts and requests in a registry."""
        self._registry = registry
        self._service = service
        self._drafts: dict[int, _DraftTitles] = {}

    def similar(self, wanted: Wanted, *, but: int | None = None) -> tuple[Candidate, ...]:
        """Give what may be what is wanted, the likeliest first; `but` is the request itself.

        Cost: a few searches, and a read of each draft of the list that was not read before (10 µs a title).
        """
        seen = tuple(map(see, wanted.titles()))
        in_list = list(self._in_list(wanted, seen))
        published = {one.key for one in in_list}
        drafts = self._drafts_of(wanted.terminology)
        with self._registry.reading() as connection:
            found_in = self._in_drafts(connection, drafts, wanted, seen)
            in_drafts = [one for one in found_in if one.key not in published]
            in_requests = list(_in_requests(connection, wanted, seen, but))
        found = [one for one in (*in_list, *in_drafts, *in_requests) if one.points >= _WORTH]
        found.sort(key=lambda one: -one.points)
        return tuple(found[:_SHOWN])

    def _in_list(self, wanted: Wanted, seen: Sequence[Titled]) -> Iterator[Candidate]:
        met: dict[str, Candidate] = {}
        for query in _queries(seen):
            with suppress(NotFound, BadParameter):  # A list that is known by its form only has no titles.
                page = self._service.search(query, terminology=wanted.terminology, limit=_FOUND)
                for hit in page.hits:
                    concept = hit.hit.concept
                    if concept.code not in met:
                        title, likeness = _best(seen, concept.titles())
                        said = (Text("منسوخ است", "it is retired"),) if hit.status == "retired" else ()
                        reasons = (*likeness.reasons, *said)
                        met[concept.code] = Candidate(
                            "list", hit.terminology, concept.code, title, likeness.points, reasons
                        )
        yield from met.values()

    def _in_drafts(
        self, connection: Connection, drafts: Sequence[Draft], wanted: Wanted, seen: Sequence[Titled]
    ) -> Iterator[Candidate]:
        for draft in drafts:
            if draft.count > _LARGEST_DRAFT:
                continue
            for code, titles in self._titles(connection, draft).near(seen):
                title, likeness = _best(seen, titles)
                said = Text(f"در پیش‌نویس {draft.edition}", f"in the draft {draft.edition}")
                yield Candidate(
                    "draft", wanted.terminology, code, title, likeness.points, (*likeness.reasons, said)
                )

    def not_compared(self, terminology: str) -> tuple[str, ...]:
        """Name the drafts of a list that are too large to be compared."""
        return tuple(one.edition for one in self._drafts_of(terminology) if one.count > _LARGEST_DRAFT)

    def _drafts_of(self, terminology: str) -> list[Draft]:
        return [draft for draft in list_drafts(self._registry) if draft.terminology.id == terminology]

    def _titles(self, connection: Connection, draft: Draft) -> _DraftTitles:
        # A draft that is saved again gets another number, so what was read of a number stays true.
        held = self._drafts.get(draft.number)
        if held is None:
            held = _DraftTitles(connection, draft)
            while len(self._drafts) >= _DRAFTS_HELD:
                self._drafts.pop(next(iter(self._drafts)), None)
            self._drafts[draft.number] = held
        return held


class _DraftTitles:
    """The titles of a draft, and in which of them a word stands."""

    def __init__(self, connection: Connection, draft: Draft) -> None:
        self._concepts = [(one.code, one.titles()) for one in draft_concepts(connection, draft)]
        self._places: dict[str, array[int]] = {}
        for place, (_, titles) in enumerate(self._concepts):
            for key in {key for title in titles for key in word_keys(see(title))}:
                self._places.setdefault(key, array("L")).append(place)

    def near(self, seen: Sequence[Titled]) -> list[tuple[str, tuple[str, ...]]]:
        """Give the concepts that share most words."""
        met = Counter[int]()
        for key in sorted({key for one in seen for key in word_keys(one)}):  # So that ties fall the same way.
            met.update(self._places.get(key, ()))
        return [self._concepts[place] for place, _ in met.most_common(_MET)]


def remember_words(connection: Connection, number: int, wanted: Wanted) -> None:
    """Keep the keys by which a request is found by later ones."""
    keys = sorted({key for title in wanted.titles() for key in word_keys(see(title))})
    rows = [{"terminology": wanted.terminology, "word": key, "request": number} for key in keys if key]
    if rows:
        connection.execute(insert(code_request_word), rows)


def _in_requests(
    connection: Connection, wanted: Wanted, seen: Sequence[Titled], but: int | None
) -> Iterator[Candidate]:
    word, request = code_request_word.c, code_request.c
    keys = sorted({key for one in seen for key in word_keys(one)})
    met = (
        select(request.number, request.text, request.title_fa, request.title_en)
        .join(code_request_word, word.request == request.number)
        .where(word.terminology == wanted.terminology, word.word.in_(keys), request.state.in_(OPEN))
        .group_by(request.number, request.text, request.title_fa, request.title_en)
        .order_by(func.count().desc(), request.number)
        .limit(_MET)
    )
    if but is not None:
        met = met.where(request.number != but)
    for number, *titles in connection.execute(met):
        title, likeness = _best(seen, tuple(title for title in titles if title))
        yield Candidate("request", wanted.terminology, str(number), title, likeness.points, likeness.reasons)


def _queries(seen: Sequence[Titled]) -> list[str]:
    """Give what to search for: each title, its words without strengths and forms, and its longest word alone."""
    queries: dict[str, None] = {}
    for one in seen:
        queries[one.title] = None
        words = sorted((*one.words, *one.numbers), key=lambda word: (-len(word), word))[:_WORDS_OF_ONE]
        if words:
            queries[" ".join((*one.words, *sorted(one.numbers))[:_WORDS_OF_ONE])] = None
            queries[words[0]] = None
    return list(queries)


def _best(seen: Sequence[Titled], titles: Sequence[str]) -> tuple[str, Likeness]:
    """Give the title that is likest to any of those seen, and how like it is."""
    compared = [(title, alike(one, see(title))) for title in dict.fromkeys(titles) for one in seen]
    return max(compared, key=lambda pair: pair[1].points)
