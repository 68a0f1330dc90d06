"""The pages of the discrepancy register: its table, and one record with both sides, suggestions, decision and owner."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.discrepancy import KINDS, OUTCOMES, STATES
from maksa.model.jalali import parse_day, today
from maksa.registry.discrepancies.register import Decided, Wanted
from maksa.registry.discrepancies.words import ACT_WORDS, KIND_WORDS, OUTCOME_WORDS, STATE_WORDS
from maksa.registry.parties.access import may
from maksa.web.desk import discrepancies as desk
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word, go_to

_PATH = "/desk/discrepancies"
_PARTY = filters.text("party", "The party.")
_LIST = filters.text("list", "The list.")
_KIND = filters.choice("kind", "The kind.", *KINDS)
_STATE = filters.choice("state", "The state.", *STATES)
_OWNER = filters.text("owner", "The owner.")
_KNOWN = (_PARTY, _LIST, _KIND, _STATE, _OWNER, filters.OVERDUE, filters.AFTER)
_DECISION = ("outcome", "why", "letter", "evidence", "again")
_ASSIGNMENT = ("owner", "deadline")


async def records(visit: Visit) -> Response:
    """Show the register: the records of one's own party, or of all to who may see them."""
    query = visit.query(_KNOWN)
    chosen = {one.name: query.get(one) for one in _KNOWN[:-1]}
    wanted = Wanted(
        party=query.get(_PARTY),
        list=query.get(_LIST),
        kind=query.get(_KIND),
        state=query.get(_STATE),
        owner=query.get(_OWNER),
        overdue_on=None if query.get(filters.OVERDUE) is None else today(),
    )
    after = query.get(filters.AFTER) or 0
    total, found = await visit.do(
        lambda acting: desk.find(acting, wanted, after=after, limit=filters.PAGE_SIZE + 1)
    )
    page, more = found[: filters.PAGE_SIZE], len(found) > filters.PAGE_SIZE
    return visit.page(
        "desk/discrepancies.html",
        {
            "total": total,
            "rows": page,
            "next": filters.page_after(_PATH, chosen, "after", page[-1].number) if more else None,
            "chosen": chosen,
            "narrowed": any(chosen.values()),
            "today": today(),
            "kinds": KIND_WORDS,
            "states": STATE_WORDS,
            "outcomes": OUTCOME_WORDS,
            "lists": visit.lists(),
        },
    )


async def record(visit: Visit) -> Response:
    """Show one record."""
    done = visit.query((filters.DONE,)).get(filters.DONE)
    return await _show(visit, visit.number("discrepancy"), done=done)


async def decide(visit: Visit) -> Response:
    """Decide a record and show it again."""
    number, sent = visit.number("discrepancy"), await visit.form(_DECISION)
    given = {name: sent.get(name, "").strip() or None for name in ("letter", "evidence")}
    decided = Decided(sent.get("outcome", ""), sent.get("why", ""), **given)
    again = sent.get("again") == "1"
    try:
        await visit.do(lambda acting: desk.decide(acting, number, decided, again=again))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, number, typed=sent, wrong=wrong)
    return go_to(f"{_PATH}/{number}?done=decided")


async def assign(visit: Visit) -> Response:
    """Give a record an owner or a deadline and show it again."""
    number, sent = visit.number("discrepancy"), await visit.form(_ASSIGNMENT)
    owner, deadline = (sent.get(name, "").strip() or None for name in _ASSIGNMENT)
    try:
        day = None if deadline is None else parse_day(deadline, parameter="deadline")
        await visit.do(lambda acting: desk.assign(acting, number, desk.Assigned(owner, day)))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, number, typed=sent, wrong=wrong)
    return go_to(f"{_PATH}/{number}?done=assigned")


async def _show(
    visit: Visit,
    number: int,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    found, steps = await visit.do(lambda acting: desk.one(acting, number))
    return visit.page(
        "desk/discrepancy.html",
        {
            "record": found,
            "steps": steps,
            "today": today(),
            "kinds": KIND_WORDS,
            "states": STATE_WORDS,
            "outcomes": {name: OUTCOME_WORDS[name] for name in OUTCOMES},
            "act_words": ACT_WORDS,
            "decides": may(visit.roles, "discrepancy-decide"),
            "typed": {name: (typed or {}).get(name, "") for name in (*_DECISION, *_ASSIGNMENT)},
            "done": done_word(done, ACT_WORDS),
        },
        wrong=wrong,
    )
