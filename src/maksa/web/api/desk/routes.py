"""The table of the desk's routes. Each endpoint stands in a module of this package, loaded when first asked."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import wire
from maksa.web.api.desk.adoption_routes import ADOPTION
from maksa.web.api.desk.code_requests_routes import CODE_REQUESTS
from maksa.web.api.desk.discrepancies_routes import DISCREPANCIES
from maksa.web.api.desk.drafts_routes import DRAFTS
from maksa.web.api.desk.journal_routes import JOURNAL
from maksa.web.api.desk.keeping_routes import KEEPING
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.recording_routes import RECORDING
from maksa.web.api.desk.statuses import ACTING, WRITING
from maksa.web.api.desk.subscriptions_routes import SUBSCRIPTIONS
from maksa.web.api.openapi import Operation

SESSIONS: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "POST",
            f"{PREFIX}/sessions",
            (),
            wire.SessionAnswer,
            body=wire.SignIn,
            status=201,
            errors=(401, *WRITING),
            open=True,
        ),
        later("sessions.sign_in", "Sign in: a session's token for a login and its password."),
    ),
    (
        Operation("GET", f"{PREFIX}/sessions/current", (), wire.SessionAnswer, errors=ACTING, signed=True),
        later("sessions.current", "Tell who is signed in, and what they may do."),
    ),
    (
        Operation("DELETE", f"{PREFIX}/sessions/current", (), wire.Done, errors=ACTING, signed=True),
        later("sessions.sign_out", "Sign out: the session ends at once."),
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/sessions/password",
            (),
            wire.Done,
            body=wire.NewPassword,
            errors=WRITING,
            signed=True,
        ),
        later("sessions.change_password", "Choose another password; all sessions of the person end."),
    ),
)

DESK: tuple[tuple[Operation, Endpoint], ...] = (
    *SESSIONS,
    *CODE_REQUESTS,
    *DISCREPANCIES,
    *KEEPING,
    *DRAFTS,
    *JOURNAL,
    *ADOPTION,
    *SUBSCRIPTIONS,
    *RECORDING,
)
