"""The table of the desk's routes. Each endpoint stands in a module of this package, loaded when first asked."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import wire
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.openapi import Operation

ACTING = (403, 404, 409, 429, 503)
"""What may stand in the way of who acts at the desk, beside a wrong question and a missing token."""
WRITING = (*ACTING, 408, 413, 415)
"""The same for what has a body."""

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

DESK: tuple[tuple[Operation, Endpoint], ...] = (*SESSIONS,)
