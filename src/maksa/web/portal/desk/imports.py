"""The page that brings a list, sent as a file, into a draft, and shows the fate of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.edition import Letter
from maksa.model.jalali import parse_day
from maksa.registry.drafts.drafts import DraftOptions
from maksa.web.desk import imports as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk.drafts import path_of
from maksa.web.portal.desk.visit import Visit
from maksa.web.portal.forms import SentFile

_FIELDS = (
    *("profile", "terminology", "edition", "effective", "transition_until"),
    *("letter", "partial", "over_edits"),
)
_SHOWN = 100
Given = Mapping[str, str]


async def blank(visit: Visit) -> Response:
    """Show the form that sends a file."""
    visit.query()
    return await _show(visit)


async def bring_in(visit: Visit) -> Response:
    """Import a file into a draft, and show what became of each row."""
    sent, file = await visit.file_form(_FIELDS)
    given = {name: value.strip() for name, value in sent.items()}
    try:
        source = _source(given, file)
        done = await visit.do(lambda acting: desk.bring_in(acting, source))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, typed=given, wrong=wrong)
    lists = [(one, path_of((one.draft.terminology.id, one.draft.edition))) for one in done.lists]
    fields = {"done": done, "became": lists, "findings": done.findings[:_SHOWN]}
    return visit.page("desk/draft_imported.html", fields, status=201)


async def _show(visit: Visit, *, typed: Given | None = None, wrong: MaksaError | None = None) -> Response:
    def ask(acting: Acting) -> None:
        acting.require("draft-edit")

    await visit.do(ask)
    fields: dict[str, Any] = {
        "profiles": [(name, title.fa) for name, title in desk.profiles().items()],
        "most_rows": desk.MOST_ROWS,
        "typed": {name: (typed or {}).get(name, "") for name in _FIELDS},
    }
    return visit.page("desk/draft_import.html", fields, wrong=wrong)


def _source(given: Given, file: SentFile) -> desk.SentSource:
    letter = given.get("letter")
    options = DraftOptions(
        effective=_day(given, "effective"),
        partial=given.get("partial") == "1",
        letter=Letter(letter, None, "") if letter else None,
        transition_until=_day(given, "transition_until"),
    )
    return desk.SentSource(
        file=file.name or "list",
        content=file.content,
        profile=given.get("profile", ""),
        edition=given.get("edition", ""),
        options=options,
        terminology=given.get("terminology") or None,
        over_edits=given.get("over_edits") == "1",
    )


def _day(given: Given, name: str) -> date | None:
    return parse_day(given[name], parameter=name) if given.get(name) else None
