"""The page of the adoption board: who must use what, who declared it, who still uses an old list; and letters of reminder."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from maksa.errors import NotFound
from maksa.registry.adoption.board import Asked
from maksa.registry.adoption.records import DECLARED
from maksa.registry.adoption.reminder_text import page_of
from maksa.registry.adoption.standing import STATES
from maksa.registry.parties.access import may
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS
from maksa.text import Text
from maksa.web.desk import adoption as desk
from maksa.web.desk import keeping
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word
from maksa.web.query import Query

PATH = "/desk/adoption"
_PARTY = filters.text("party", "Of this party only.")
_KIND = filters.choice("kind", "Parties of this kind only.", *PARTY_KINDS)
_SYSTEM_KIND = filters.choice("system_kind", "Systems of this kind only.", *SYSTEM_KINDS)
_LIST = filters.text("terminology", "Of this list only.")
_STATE = filters.choice("state", "In this state only.", *STATES)
_LETTER = filters.text("letter", "Obliged by the letter of this number only.")
_ON = filters.day("on", "The day asked of.")
_ASKED = (_PARTY, _KIND, _SYSTEM_KIND, _LIST, _STATE, _LETTER)
_WEEKS = 12
_DONE = {
    "declared": Text("اعلام ثبت شد", "declared"),
    "obliged": Text("الزام ثبت شد", "obliged"),
    "lifted": Text("الزام برداشته شد", "lifted"),
    "certified": Text("گواهی ثبت شد", "certified"),
    "reminded": Text("نامه‌های یادآوری ساخته شد", "reminded"),
}


async def board(visit: Visit) -> Response:
    """Show the board of a day with its filters, who still uses an old list, and the trend."""
    query = visit.query((*_ASKED, _ON, filters.AFTER, filters.DONE))
    asked = Asked(**{parameter.name: query.get(parameter) for parameter in _ASKED})
    on, after = query.get(_ON), query.get(filters.AFTER) or 0

    def ask(acting: Acting) -> dict[str, Any]:
        return {
            "board": desk.board(acting, asked, on),
            "old_lists": desk.old_lists(acting, on),
            "weeks": desk.trend(acting, on=on, weeks=_WEEKS)[::-1] if acting.sees_all else (),
            "parties": keeping.list_parties(acting),
        }

    fields = await visit.do(ask)
    rows, chosen = fields["board"].rows, _chosen(query)
    last = after + filters.PAGE_SIZE
    shown = {
        "rows": rows[after:last],
        "next": filters.page_after(PATH, chosen, "after", last) if last < len(rows) else None,
        "chosen": chosen,
        "counts": [
            (name, count, filters.page_after(PATH, {**chosen, "state": None}, "state", name))
            for name, count in fields["board"].states.items()
        ],
        "narrowed": any(chosen.values()),
        "lists": visit.lists(),
        "declares": may(visit.roles, "adoption-declare") or may(visit.roles, desk.KEEP),
        "keeps": may(visit.roles, desk.KEEP),
        "sees_all": may(visit.roles, "registry-read"),
        "done": done_word(query.get(filters.DONE), _DONE),
    }
    return visit.page("desk/adoption.html", {**fields, **shown, **words()})


async def reminder(visit: Visit) -> Response:
    """Show a letter of reminder as it is to be printed."""
    query = visit.query((_PARTY, _LETTER))
    party, letter = query.get(_PARTY) or "", query.get(_LETTER) or ""
    found = await visit.do(lambda acting: desk.list_reminders(acting, party or None))
    held = [(one, told) for one, told in found if (one.party, one.letter) == (party, letter)]
    if not held:
        raise NotFound(
            Text(
                f"نامهٔ یادآوری {letter[:40]} به «{party[:64]}» نیست.",
                f"There is no letter of reminder {letter[:40]} to '{party[:64]}'.",
            )
        )
    one, told = held[0]
    return visit.page("desk/adoption_reminder.html", {"letter": page_of(one), "reminder": one, "told": told})


def words() -> dict[str, Any]:
    """Give the words that pages of the board need."""
    return {
        "states": STATES,
        "declared_words": DECLARED,
        "kinds": PARTY_KINDS,
        "system_kinds": SYSTEM_KINDS,
    }


def _chosen(query: Query) -> dict[str, Any]:
    return {parameter.name: query.get(parameter) for parameter in (*_ASKED, _ON)}
