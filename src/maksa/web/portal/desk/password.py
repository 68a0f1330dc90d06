"""The page on which somebody chooses another password."""

from __future__ import annotations

from starlette.responses import Response

from maksa.errors import MaksaError
from maksa.registry.parties import sign_in as sessions
from maksa.web.desk.acting import home_of
from maksa.web.desk.cookies import drop_session
from maksa.web.portal.desk.visit import SIGN_IN, Visit, go_to


async def blank(visit: Visit) -> Response:
    """Show the form."""
    visit.query()
    return await _form(visit)


async def change(visit: Visit) -> Response:
    """Change the password; all sessions end, and the page for signing in follows."""
    sent = await visit.form(("old", "new"))
    registry, token = home_of(visit.parts).registry, visit.token
    old, new = sent.get("old", ""), sent.get("new", "")
    try:
        await visit.parts.logins.run(lambda: sessions.change_password(registry, token, old, new))
    except MaksaError as wrong:
        return await _form(visit, wrong=wrong)
    answer = go_to(SIGN_IN)
    drop_session(visit.parts, visit.request, answer)
    return answer


async def _form(visit: Visit, *, wrong: MaksaError | None = None) -> Response:
    await visit.do(lambda _: None)
    return visit.page("desk/password.html", {}, wrong=wrong)
