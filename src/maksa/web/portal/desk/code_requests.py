"""The pages of requests for missing codes: the queue, and one request with its history and the acts upon it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.code_request import ACT_WORDS, LONGEST_TEXT, STATE_WORDS, State
from maksa.model.jalali import today
from maksa.registry.requests.code_requests import Sought
from maksa.registry.requests.next_acts import clock_of
from maksa.registry.requests.states import life
from maksa.text import Text
from maksa.web.code_requests import number_of
from maksa.web.desk import code_requests as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word, go_to
from maksa.web.refusal import bad_parameter

_PATH = "/desk/requests"
_STATE = filters.choice("state", "The state.", *get_args(State))
_LIST = filters.text("terminology", "The list.")
_WORDS = filters.text("q", "Words of the request.")
_PARTY = filters.text("party", "The party.")
_KNOWN = (_STATE, _LIST, _WORDS, _PARTY, filters.OVERDUE, filters.AFTER)
_FIELDS = ("act", "said", "code", "terminology")
_ORIGINS = {
    "search": "جست‌وجوی بی‌پاسخ",
    "validation": "اعتبارسنجی",
    "batch": "فایل",
    "api": "برنامه",
    "desk": "میز کار",
}
_SAYS = {"question": "پرسش", "answer": "پاسخ", "reason": "دلیل", "code": "کد"}


async def queue(visit: Visit) -> Response:
    """Show the requests: those of one's own party, or of all to who may see them."""
    query = visit.query(_KNOWN)
    chosen = {one.name: query.get(one) for one in _KNOWN[:-1]}
    sought = Sought(
        state=query.get(_STATE),
        terminology=query.get(_LIST),
        organisation=query.get(_PARTY),
        text=query.get(_WORDS),
        overdue=query.get(filters.OVERDUE) is not None,
    )
    after = query.get(filters.AFTER) or 0
    total, found = await visit.do(
        lambda acting: desk.find(acting, sought, after=after, limit=filters.PAGE_SIZE + 1)
    )
    page, day = found[: filters.PAGE_SIZE], today()
    more = len(found) > filters.PAGE_SIZE
    return visit.page(
        "desk/requests.html",
        {
            "total": total,
            "rows": [(one, clock_of(one, day)) for one in page],
            "next": filters.page_after(_PATH, chosen, "after", page[-1].number) if more else None,
            "chosen": chosen,
            "narrowed": any(chosen.values()),
            "words": STATE_WORDS,
            "lists": visit.lists(),
        },
    )


async def one(visit: Visit) -> Response:
    """Show one request: what is asked for, what may be there already, its clock, its history, and what may be done."""
    done = visit.query((filters.DONE,)).get(filters.DONE)
    return await _show(visit, _number(visit), done=done)


async def act(visit: Visit) -> Response:
    """Do an act to a request and show it again."""
    number, sent = _number(visit), await visit.form(_FIELDS)
    name = sent.get("act", "")
    if name not in life().acts:
        raise bad_parameter(
            "act", Text("این کار شناخته نیست.", "There is no such act."), known=tuple(life().acts)
        )
    given = {field: sent[field].strip() or None for field in _FIELDS[1:] if field in sent}
    doing = desk.Doing(name, **given)
    try:
        await visit.do(lambda acting: desk.act_on(acting, number, doing))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, number, typed=sent, wrong=wrong)
    return go_to(f"{_PATH}/{number}?done={name}")


async def _show(
    visit: Visit,
    number: int,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    def ask(acting: Acting) -> tuple[desk.Standing, object]:
        found = desk.standing(acting, number)
        return found, desk.candidates(acting, found.request)

    found, candidates = await visit.do(ask)
    return visit.page(
        "desk/request.html",
        {
            "found": found,
            "request": found.request,
            "candidates": candidates,
            "words": STATE_WORDS,
            "act_words": ACT_WORDS,
            "origins": _ORIGINS,
            "says": _SAYS,
            "longest": LONGEST_TEXT,
            "lists": visit.lists(),
            "typed": {name: (typed or {}).get(name, "") for name in _FIELDS},
            "done": done_word(done, ACT_WORDS),
        },
        wrong=wrong,
    )


def _number(visit: Visit) -> int:
    return number_of(str(visit.request.path_params["request"]))
