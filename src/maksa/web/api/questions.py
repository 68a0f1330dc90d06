"""The questions of the native API: read parameters, ask the service, write the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from datetime import date

import msgspec
from starlette.requests import Request

from maksa.errors import BadParameter
from maksa.model.adoption import UseKind, UseWay
from maksa.model.clients import Client
from maksa.model.edition import EditionRef
from maksa.model.jalali import parse_day
from maksa.model.service import SearchPage
from maksa.model.verdict import Triple, Verdict
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.api import parameters as of
from maksa.web.api.batch import parse_batch
from maksa.web.body import read_body
from maksa.web.parts import Parts
from maksa.web.query import MAX_TEXT, MAX_VALUE, Query
from maksa.web.refusal import Refusal, bad_parameter, missing_parameter
from maksa.web.uses import used, used_by_verdicts

ITEMS_AT_ONCE = 200
"""Coded fields that are validated in the event loop; more go to the pool."""


class Asked(msgspec.Struct, frozen=True):
    """A request of which the query has been read; `client` is who sent a token that was asked for or needed.

    `uses` is what the question turns out to use, for counting.
    """

    parts: Parts
    request: Request
    query: Query
    client: Client | None = None
    uses: dict[tuple[str, str, UseKind, UseWay], int] = msgspec.field(default_factory=dict)

    @property
    def terminology(self) -> str:
        """Give the list named in the path."""
        return str(self.request.path_params["id"])

    @property
    def way(self) -> UseWay:
        """Tell in what way the query names an edition."""
        if self.query.get(of.EDITION) is not None:
            return "edition"
        return "now" if self.query.get(of.ON) is None else "day"

    def editions(self, refs: Iterable[EditionRef | None]) -> tuple[wire.Edition, ...]:
        """Write the editions behind the answer."""
        return build.editions(refs, self.parts.marks.is_sample)


async def terminologies(asked: Asked) -> wire.TerminologiesAnswer:
    """List the terminologies, or those changed since a day."""
    listed = asked.parts.service.catalogue(on=asked.query.get(of.ON), since=asked.query.get(of.SINCE))
    refs = (one.entry.manifest.ref if one.entry else None for one in listed)
    return wire.TerminologiesAnswer(
        len(listed), tuple(build.terminology(one) for one in listed), asked.editions(refs)
    )


async def terminology(asked: Asked) -> wire.TerminologyAnswer:
    """Describe one terminology: form of its codes, properties, value sets, edition in force, letters."""
    listed = asked.parts.service.terminology(asked.terminology, on=asked.query.get(of.ON))
    return wire.TerminologyAnswer(
        terminology=build.terminology(listed),
        properties=build.property_definitions(listed.terminology),
        value_sets=build.value_sets(listed.terminology),
        editions=asked.editions([listed.entry.manifest.ref if listed.entry else None]),
    )


async def editions(asked: Asked) -> wire.EditionsAnswer:
    """List the editions of a terminology, newest first, with their letters."""
    entries = asked.parts.service.editions(asked.terminology)
    return wire.EditionsAnswer(
        total=len(entries),
        items=tuple(build.edition(entry) for entry in entries),
        editions=asked.editions(entry.manifest.ref for entry in entries),
    )


async def concepts(asked: Asked) -> wire.ConceptsAnswer:
    """Give a page of a terminology in the order of its codes."""
    query = asked.query
    limit, after, status = query.get(of.LIMIT), query.get(of.AFTER), query.get(of.STATUS)
    since, value_set = query.get(of.SINCE), query.get(of.VALUE_SET)
    on, edition = query.get(of.ON), query.get(of.EDITION)

    def ask() -> wire.ConceptsAnswer:
        page = asked.parts.service.codes(
            asked.terminology,
            limit=limit or 100,
            after=after or None,
            status=status,
            since=since,
            value_set=value_set,
            on=on,
            edition=edition,
        )
        asked.uses.update(used("list", asked.way, [page.edition]))
        return wire.ConceptsAnswer(
            total=page.total,
            items=tuple(build.concept(page.edition.terminology, c.concept, c.status) for c in page.concepts),
            next_after=page.next_after,
            editions=asked.editions([page.edition]),
        )

    return await asked.parts.ask(ask, costly=True)


def concept(asked: Asked) -> wire.ConceptAnswer:
    """Give one concept with everything known of it, and the letters behind its edition."""
    code = str(asked.request.path_params["code"])
    if len(code) > MAX_TEXT:
        raise _too_long("code", MAX_TEXT)
    found = asked.parts.service.lookup(
        asked.terminology, code, on=asked.query.get(of.ON), edition=asked.query.get(of.EDITION)
    )
    asked.uses.update(used("lookup", asked.way, [found.edition]))
    return wire.ConceptAnswer(
        concept=build.concept(found.edition.terminology, found.concept, found.status),
        announcement=build.announcement(found.letters),
        editions=asked.editions([found.edition]),
    )


def search(asked: Asked) -> wire.SearchAnswer | Awaitable[wire.SearchAnswer]:
    """Find concepts by words or code, in one terminology or in all of them."""
    query = asked.query
    text, terminology = query.need(of.TEXT), query.get(of.TERMINOLOGY)
    limit, offset = query.get(of.LIMIT_OF_HITS), query.get(of.OFFSET)
    on, edition = query.get(of.ON), query.get(of.EDITION)
    status, value_set, facets = query.get(of.STATUS), query.get(of.VALUE_SET), query.get(of.FACETS)

    def ask() -> SearchPage:
        try:
            return asked.parts.service.search(
                text,
                terminology=terminology,
                limit=limit or 20,
                offset=offset or 0,
                status=status,
                value_set=value_set,
                facets=facets == "true",
                on=on,
                edition=edition,
            )
        except BadParameter as error:
            if error.parameter != "text":
                raise
            raise BadParameter(of.TEXT.name, error.text, mend=error.mend, known=error.known) from None

    if terminology is None or facets == "true":
        return _promised(asked, asked.parts.ask(ask, costly=True))
    return _found(asked, ask())


async def _promised(asked: Asked, page: Awaitable[SearchPage]) -> wire.SearchAnswer:
    return _found(asked, await page)


def _found(asked: Asked, page: SearchPage) -> wire.SearchAnswer:
    if asked.query.get(of.TERMINOLOGY) is not None:  # To search in all lists is to use none of them.
        asked.uses.update(used("search", asked.way, page.editions))
    return wire.SearchAnswer(
        page.total,
        tuple([build.hit(found) for found in page.hits]),
        build.facets(page.facets),
        asked.editions(page.editions),
    )


def validate(asked: Asked) -> wire.ValidateAnswer:
    """Tell whether one coded field may be used."""
    query = asked.query
    triple = Triple(query.get(of.TERMINOLOGY), query.get(of.CODE), query.get(of.VALUE))
    on, edition, value_set = query.get(of.ON), query.get(of.EDITION), query.get(of.VALUE_SET)
    if edition is None and value_set is None:
        verdicts = asked.parts.service.validate_all([triple], on=on)
    else:
        verdicts = [asked.parts.service.validate(triple, on=on, edition=edition, value_set=value_set)]
    asked.uses.update(used_by_verdicts((asked.way, verdict) for verdict in verdicts))
    return _verdicts(asked, verdicts)


async def validate_batch(asked: Asked) -> wire.ValidateAnswer:
    """Tell of up to 1,000 coded fields whether they may be used."""
    questions = await read_body(asked.parts, asked.request, parse_batch)
    if questions is None:
        raise missing_parameter(
            "items", example='{"items": [{"Terminology_id": "RVU3", "Coded_string": "700100"}]}'
        )

    def ask() -> wire.ValidateAnswer:
        verdicts = _answers(asked, questions)
        if (
            "authorization" in asked.request.headers
        ):  # Uses are counted by clients; this answer is nobody else's.
            asked.uses.update(used_by_verdicts(zip(map(_way, questions), verdicts, strict=True)))
        return _verdicts(asked, verdicts)

    return await asked.parts.ask(ask, costly=len(questions) > ITEMS_AT_ONCE)


def _way(question: wire.Question) -> UseWay:
    if question.edition is not None:
        return "edition"
    return "day" if question.on else "now"


def _answers(asked: Asked, questions: Sequence[wire.Question]) -> Sequence[Verdict]:
    """Judge questions in their order: together when they ask in the same way, as most batches do, else one by one."""
    service = asked.parts.service
    triples = [_triple(place, question) for place, question in enumerate(questions)]
    days = {question.on or None for question in questions}
    if len(days) == 1 and not any(question.edition or question.value_set for question in questions):
        return service.validate_all(triples, on=_day(0, days.pop()))
    return [
        service.validate(
            triple, on=_day(place, question.on), edition=question.edition, value_set=question.value_set
        )
        for place, (triple, question) in enumerate(zip(triples, questions, strict=True))
    ]


def _triple(place: int, question: wire.Question) -> Triple:
    terminology, code, value = question.terminology, question.code, question.value
    if len(terminology or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Terminology_id", MAX_VALUE)
    if len(code or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Coded_string", MAX_VALUE)
    if len(value or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Value", MAX_VALUE)
    return Triple(terminology, code, value)


def _day(place: int, on: str | None) -> date | None:
    return parse_day(on, parameter=f"items[{place}].on") if on else None


def _verdicts(asked: Asked, verdicts: Sequence[Verdict]) -> wire.ValidateAnswer:
    results = tuple([build.verdict(one) for one in verdicts])
    return wire.ValidateAnswer(results, asked.editions([one.edition for one in verdicts]))


async def diff(asked: Asked) -> wire.DiffAnswer:
    """Tell what changed between two editions of a terminology."""
    query = asked.query
    before, after = query.need(of.FROM), query.need(of.TO)
    limit, place = query.get(of.LIMIT_OF_CHANGES) or 1_000, query.get(of.AFTER) or ""

    def ask() -> wire.DiffAnswer:
        found = asked.parts.service.diff(asked.terminology, before, after)
        rest = [change for change in found.changes if change.code > place]
        page = rest[:limit]
        return wire.DiffAnswer(
            terminology=found.after.terminology,
            before=found.before.edition,
            after=found.after.edition,
            total=len(found.changes),
            counts=dict(Counter(change.kind for change in found.changes)),
            changes=tuple(build.change(change) for change in page),
            next_after=page[-1].code if len(rest) > limit else None,
            editions=asked.editions([found.before, found.after]),
        )

    return await asked.parts.ask(ask, costly=True)


def _too_long(parameter: str, limit: int) -> Refusal:
    return bad_parameter(
        parameter,
        Text(
            fa=f"مقدار {parameter} از {limit} نویسه بلندتر است.",
            en=f"{parameter} is longer than {limit} characters.",
        ),
    )
