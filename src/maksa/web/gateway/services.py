"""The four services: fields in, answer out.

The letter's rows for Terminology and SearchTerminology are crossed against their names, so both answer by the
request's shape: a text is searched, a code alone is looked up, FromDate asks what changed, and nothing of these
asks for the list page by page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maksa.errors import UnknownCode
from maksa.model.adoption import UseWay
from maksa.model.edition import EditionRef
from maksa.model.verdict import Triple, Verdict
from maksa.text import Text
from maksa.web.access import asking
from maksa.web.gateway.fields import ALIASES, DEFAULT_PAGE_SIZE, MAX_PAGE, MAX_PAGE_SIZE, Fields
from maksa.web.gateway.outcome import Answer
from maksa.web.gateway.wire import concept_row, terminology_row, verdict_row
from maksa.web.parts import Parts
from maksa.web.query import MAX_VALUE
from maksa.web.refusal import Refusal, bad_parameter, missing_parameter
from maksa.web.uses import count, used, used_by_verdicts

MAX_ITEMS = 1_000
"""Triples in one request."""
ITEMS_AT_ONCE = 200
"""Triples that are validated in the event loop; more go to the pool."""
_ROWS_AT_ONCE = 50
"""Rows of a search in one list that are built in the event loop."""


async def cts_terminologies(parts: Parts, fields: Fields) -> Answer:
    """List the terminologies; with FromDate, those changed on that day or later."""
    listed = parts.service.catalogue(on=fields.day("on"), since=fields.day("from"))
    page, size = _page(fields)
    shown = listed[(page - 1) * size : page * size]
    return Answer(
        payload=[terminology_row(one) for one in shown],
        editions=tuple(one.entry.manifest.ref for one in shown if one.entry),
        unused=fields.unused(("on", "from", "page", "size")),
        total=len(listed),
        page=page,
        size=size,
    )


async def codes(parts: Parts, fields: Fields) -> Answer:
    """Answer Terminology and SearchTerminology by the shape of the request."""
    asked = [name for name in ("text", "code", "from") if fields.raw(name) is not None]
    if len(asked) > 1:
        raise _one_of(fields, asked)
    if asked == ["text"]:
        return await _search(parts, fields)
    terminology = fields.text("terminology")
    if terminology is None:
        raise missing_parameter(ALIASES["terminology"][0], example="RVU3")
    if asked == ["code"]:
        return _one_code(parts, fields, terminology)
    return await _list(parts, fields, terminology)


async def validate_cts(parts: Parts, fields: Fields) -> Answer:
    """Validate one triple, or up to 1,000 of them in Items."""
    items = fields.raw("items")
    detail = fields.flag("detail", default=True)
    if items is None:
        verdict = _verdict(parts, fields, fields)
        count(parts, asking(), used_by_verdicts([(_way(fields), verdict)]))
        payload: Any = verdict_row(verdict) if detail else verdict.valid
        unused = fields.unused(("terminology", "code", "value", "on", "detail"))
        return Answer(payload, _editions([verdict]), unused=unused)
    triples = _items(fields, items)
    verdicts = await parts.ask(
        lambda: [_verdict(parts, triple, fields) for triple in triples], costly=len(triples) > ITEMS_AT_ONCE
    )
    day_for_all = _way(fields)
    ways = (_way(triple) if day_for_all == "now" else day_for_all for triple in triples)
    count(parts, asking(), used_by_verdicts(zip(ways, verdicts, strict=True)))
    return Answer(
        payload=[verdict_row(one) if detail else one.valid for one in verdicts],
        editions=_editions(verdicts),
        unused=[*fields.unused(("items", "on", "detail")), *_unused_in(triples)],
    )


def _verdict(parts: Parts, fields: Fields, request: Fields) -> Verdict:
    terminology, code, value = (
        fields.text(part, limit=MAX_VALUE) for part in ("terminology", "code", "value")
    )
    triple = Triple(terminology, code, value)
    return parts.service.validate(triple, on=fields.day("on") or request.day("on"))


def _items(fields: Fields, items: Any) -> list[Fields]:
    name = fields.name("items")
    beside = [fields.name(one) for one in ("terminology", "code", "value") if fields.raw(one) is not None]
    if beside:
        raise bad_parameter(
            beside[0],
            Text(fa=f"{beside[0]} کنار {name} آمده است.", en=f"{beside[0]} stands beside {name}."),
            mend=Text(fa="یا یک کد بفرستید یا فهرست.", en="Send one code or a list of them."),
        )
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_parameter(
            name,
            Text(fa=f"{name} باید آرایه‌ای از اشیا باشد.", en=f"{name} must be an array of objects."),
        )
    if len(items) > MAX_ITEMS:
        raise Refusal(
            413,
            "too-large",
            Text(
                fa=f"{len(items)} مورد در {name} است؛ در یک درخواست {MAX_ITEMS} مورد جا می‌گیرد.",
                en=f"There are {len(items)} items in {name}; one request takes {MAX_ITEMS}.",
            ),
            mend=Text(fa="آن‌ها را در چند درخواست بفرستید.", en="Send them in several requests."),
        )
    return [Fields(item.items(), where=f"{name}[{place}].") for place, item in enumerate(items)]


def _unused_in(triples: Sequence[Fields]) -> list[str]:
    return list(
        dict.fromkeys(
            name for triple in triples for name in triple.unused(("terminology", "code", "value", "on"))
        )
    )


def _editions(verdicts: Sequence[Verdict]) -> tuple[EditionRef, ...]:
    return tuple(dict.fromkeys(one.edition for one in verdicts if one.edition))


async def _search(parts: Parts, fields: Fields) -> Answer:
    text, terminology = fields.text("text") or "", fields.text("terminology")
    page, size = _page(fields)
    on = fields.day("on")
    found = await parts.ask(
        lambda: parts.service.search(
            text, terminology=terminology, limit=size, offset=(page - 1) * size, on=on
        ),
        costly=terminology is None or size > _ROWS_AT_ONCE,
    )
    if terminology is not None:  # To search in all lists is to use none of them.
        count(parts, asking(), used("search", _way(fields), found.editions))
    return Answer(
        payload=[concept_row(one.terminology, one.hit.concept, one.status) for one in found.hits],
        editions=found.editions,
        lists=frozenset(one.terminology for one in found.hits),
        unused=fields.unused(("terminology", "text", "on", "page", "size")),
        total=found.total,
        page=page,
        size=size,
    )


def _one_code(parts: Parts, fields: Fields, terminology: str) -> Answer:
    page, size = _page(fields)
    unused = fields.unused(("terminology", "code", "on", "page", "size"))
    try:
        found = parts.service.lookup(terminology, fields.text("code") or "", on=fields.day("on"))
    except UnknownCode:
        asked = parts.service.codes(terminology, limit=1, on=fields.day("on")).edition
        count(parts, asking(), used("lookup", _way(fields), [asked]))
        return Answer([], (asked,), unused=unused, total=0, page=page, size=size)
    count(parts, asking(), used("lookup", _way(fields), [found.edition]))
    rows = [concept_row(found.edition.terminology, found.concept, found.status)]
    return Answer(rows if page == 1 else [], (found.edition,), unused=unused, total=1, page=page, size=size)


async def _list(parts: Parts, fields: Fields, terminology: str) -> Answer:
    page, size = _page(fields)
    on, since = fields.day("on"), fields.day("from")

    def ask() -> Answer:
        found = parts.service.codes(terminology, limit=size, offset=(page - 1) * size, since=since, on=on)
        return Answer(
            payload=[
                concept_row(found.edition.terminology, one.concept, one.status) for one in found.concepts
            ],
            editions=(found.edition,),
            unused=fields.unused(("terminology", "from", "on", "page", "size")),
            total=found.total,
            page=page,
            size=size,
        )

    answer = await parts.ask(ask, costly=True)
    count(parts, asking(), used("list", _way(fields), answer.editions))
    return answer


def _way(fields: Fields) -> UseWay:
    return "now" if fields.day("on") is None else "day"


def _page(fields: Fields) -> tuple[int, int]:
    page = fields.number("page", default=1, high=MAX_PAGE)
    return page, fields.number("size", default=DEFAULT_PAGE_SIZE, high=MAX_PAGE_SIZE)


def _one_of(fields: Fields, asked: list[str]) -> Refusal:
    names = [fields.name(one) for one in asked]
    return bad_parameter(
        names[0],
        Text(
            fa=f"{' و '.join(names)} با هم آمده است و هرکدام پرسش دیگری است.",
            en=f"{' and '.join(names)} stand together, and each asks another question.",
        ),
        mend=Text(
            fa="یکی را بفرستید و دیگری را خالی بگذارید.", en="Send one of them and leave the other empty."
        ),
    )
