"""The pages of what parties send: a list to be compared, how far each is, and how a party's differences went."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.discrepancy import KINDS, STATES
from maksa.model.jalali import format_jalali, parse_day, today
from maksa.registry.discrepancies.received import RECEIVED_WORDS, Sent
from maksa.registry.discrepancies.register import Wanted
from maksa.registry.discrepancies.words import KIND_WORDS, STATE_WORDS
from maksa.registry.parties.access import may
from maksa.web.desk import discrepancies as desk
from maksa.web.desk import keeping
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, go_to
from maksa.web.portal.forms import SentFile

_UPLOADS = "/desk/discrepancies/uploads"
_FIELDS = ("party", "list", "on", "channel", "partial")
_SENT = filters.number("sent", "The list that was just sent.")


async def received(visit: Visit) -> Response:
    """Show the lists that were received, and the form that sends one."""
    return await _show(visit, sent=visit.query((_SENT,)).get(_SENT))


async def send(visit: Visit) -> Response:
    """Receive a list for the comparison."""
    fields, file = await visit.file_form(_FIELDS)
    try:
        wanted = _sent(fields, file)
        kept = await visit.do(lambda acting: desk.receive(acting, wanted))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, typed=fields, wrong=wrong)
    return go_to(f"{_UPLOADS}?sent={kept.number}")


async def party(visit: Visit) -> Response:
    """Show how the differences of a party stand, and how they went from upload to upload."""
    visit.query()
    party_id = str(visit.request.path_params["party"])

    def ask(acting: Acting) -> dict[str, object]:
        uploads = desk.uploads(acting, party_id)
        return {
            "uploads": uploads[::-1],
            "counts": desk.count(acting, Wanted(party=party_id)),
            "most": max((sum(one.kinds.values()) for one in uploads), default=0),
        }

    fields = await visit.do(ask)
    words = {"kinds": KIND_WORDS, "states": STATE_WORDS, "known_kinds": KINDS, "known_states": STATES}
    return visit.page("desk/discrepancy_party.html", {**fields, **words, "party": party_id})


async def _show(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    sent: int | None = None,
) -> Response:
    def ask(acting: Acting) -> dict[str, object]:
        return {"rows": desk.received_lists(acting), "parties": keeping.list_parties(acting)}

    fields = await visit.do(ask)
    return visit.page(
        "desk/received.html",
        {
            **fields,
            "reports": may(visit.roles, "discrepancy-report"),
            "lists": visit.lists(),
            "words": RECEIVED_WORDS,
            "typed": {name: (typed or {}).get(name, "") for name in _FIELDS},
            "today_text": format_jalali(today()),
            "sent": sent,
        },
        wrong=wrong,
    )


def _sent(fields: Mapping[str, str], file: SentFile) -> Sent:
    party_id, on = fields.get("party", "").strip(), fields.get("on", "").strip()
    return Sent(
        party=party_id,
        list=fields.get("list", ""),
        day=parse_day(on, parameter="on") if on else today(),
        file=file.name or "list",
        content=file.content,
        reporter=party_id,
        channel=fields.get("channel", "").strip() or "direct",
        partial=fields.get("partial") == "1",
    )
