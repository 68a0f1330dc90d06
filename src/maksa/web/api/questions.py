"""The questions of the native API: read parameters, ask the service, write the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from starlette.requests import Request

from maksa.errors import BadParameter
from maksa.model.edition import EditionRef
from maksa.model.jalali import parse_day
from maksa.model.service import SearchPage
from maksa.model.verdict import Triple, Verdict
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.api import parameters as of
from maksa.web.body import read_json
from maksa.web.parts import Parts
from maksa.web.query import MAX_TEXT, MAX_VALUE, Query
from maksa.web.refusal import Refusal, bad_parameter, bad_request, missing_parameter

MAX_ITEMS = 1_000
"""Coded fields in one batch."""
ITEMS_AT_ONCE = 200
"""Coded fields that are validated in the event loop; more go to the pool."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of which the query has been read."""

    parts: Parts
    request: Request
    query: Query

    @property
    def terminology(self) -> str:
        """Give the list named in the path."""
        return str(self.request.path_params["id"])

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
        return wire.ConceptsAnswer(
            total=page.total,
            items=tuple(build.concept(page.edition.terminology, c.concept, c.status) for c in page.concepts),
            next_after=page.next_after,
            editions=asked.editions([page.edition]),
        )

    return await asked.parts.ask(ask, costly=True)


async def concept(asked: Asked) -> wire.ConceptAnswer:
    """Give one concept with everything known of it, and the letters behind its edition."""
    code = str(asked.request.path_params["code"])
    if len(code) > MAX_TEXT:
        raise _too_long("code", MAX_TEXT)
    found = asked.parts.service.lookup(
        asked.terminology, code, on=asked.query.get(of.ON), edition=asked.query.get(of.EDITION)
    )
    return wire.ConceptAnswer(
        concept=build.concept(found.edition.terminology, found.concept, found.status),
        announcement=build.announcement(found.letters),
        editions=asked.editions([found.edition]),
    )


async def search(asked: Asked) -> wire.SearchAnswer:
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

    page = await asked.parts.ask(ask, costly=terminology is None or facets == "true")
    return wire.SearchAnswer(
        page.total,
        tuple(build.hit(found) for found in page.hits),
        build.facets(page.facets),
        asked.editions(page.editions),
    )


async def validate(asked: Asked) -> wire.ValidateAnswer:
    """Tell whether one coded field may be used."""
    query = asked.query
    triple = Triple(query.get(of.TERMINOLOGY), query.get(of.CODE), query.get(of.VALUE))
    verdict = asked.parts.service.validate(
        triple,
        on=query.get(of.ON),
        edition=query.get(of.EDITION),
        value_set=query.get(of.VALUE_SET),
    )
    return _verdicts(asked, [verdict])


async def validate_batch(asked: Asked) -> wire.ValidateAnswer:
    """Tell of up to 1,000 coded fields whether they may be used."""
    body = await read_json(asked.parts, asked.request)
    if body is None:
        raise missing_parameter(
            "items", example='{"items": [{"Terminology_id": "RVU3", "Coded_string": "700100"}]}'
        )
    if isinstance(body, dict) and isinstance(body.get("items"), list) and len(body["items"]) > MAX_ITEMS:
        raise _too_many(len(body["items"]))
    try:
        questions = msgspec.convert(body, wire.Questions).items
    except msgspec.ValidationError as error:
        raise _bad_shape(str(error)) from None
    return await asked.parts.ask(
        lambda: _verdicts(asked, _answers(asked, questions)), costly=len(questions) > ITEMS_AT_ONCE
    )


def _answers(asked: Asked, questions: Sequence[wire.Question]) -> Sequence[Verdict]:
    """Judge questions in their order: together when they ask in the same way, as most batches do, else one by one."""
    service = asked.parts.service
    triples = [_triple(place, question) for place, question in enumerate(questions)]
    ways = {(question.on or None, question.edition, question.value_set) for question in questions}
    if len(ways) == 1 and (way := next(iter(ways)))[1:] == (None, None):
        return service.validate_all(triples, on=_day(0, way[0]))
    return [
        service.validate(
            triple, on=_day(place, question.on), edition=question.edition, value_set=question.value_set
        )
        for place, (triple, question) in enumerate(zip(triples, questions, strict=True))
    ]


def _triple(place: int, question: wire.Question) -> Triple:
    if len(question.terminology or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Terminology_id", MAX_VALUE)
    if len(question.code or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Coded_string", MAX_VALUE)
    if len(question.value or "") > MAX_VALUE:
        raise _too_long(f"items[{place}].Value", MAX_VALUE)
    return Triple(question.terminology, question.code, question.value)


def _day(place: int, on: str | None) -> date | None:
    return parse_day(on, parameter=f"items[{place}].on") if on else None


def _verdicts(asked: Asked, verdicts: Sequence[Verdict]) -> wire.ValidateAnswer:
    return wire.ValidateAnswer(
        tuple(build.verdict(one) for one in verdicts), asked.editions(one.edition for one in verdicts)
    )


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


def _bad_shape(reason: str) -> Refusal:
    return bad_request(
        Text(
            fa=f"بدنهٔ درخواست شکل درستی ندارد: {reason}.", en=f"The body has not the right shape: {reason}."
        ),
        mend=Text(
            fa='بدنه چنین است: {"items": [{"Terminology_id", "Coded_string", "Value", "on"}]}.',
            en='The body is {"items": [{"Terminology_id", "Coded_string", "Value", "on"}]}.',
        ),
    )


def _too_many(count: int) -> Refusal:
    return Refusal(
        413,
        "too-large",
        Text(
            fa=f"{count} مورد فرستاده شده است؛ در یک درخواست {MAX_ITEMS} مورد جا می‌گیرد.",
            en=f"There are {count} items; one request takes {MAX_ITEMS}.",
        ),
        mend=Text(fa="آن‌ها را در چند درخواست بفرستید.", en="Send them in several requests."),
        parameter="items",
    )


def _too_long(parameter: str, limit: int) -> Refusal:
    return bad_parameter(
        parameter,
        Text(
            fa=f"مقدار {parameter} از {limit} نویسه بلندتر است.",
            en=f"{parameter} is longer than {limit} characters.",
        ),
    )
