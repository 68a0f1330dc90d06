"""The application: the parts assembled, the three doors in their order, and the gate before them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp

from maksa.home import Home
from maksa.model.clients import ClientDirectory
from maksa.model.code_request import RequestDesk
from maksa.model.notices import NoticeDesk
from maksa.model.service import TerminologyService
from maksa.web import api, gateway, portal
from maksa.web.guard.gate import Gate
from maksa.web.guard.journal import Journal, JsonLines
from maksa.web.guard.notes import Notes
from maksa.web.parts import assemble
from maksa.web.settings import WebSettings


def create_app(
    service: TerminologyService,
    clients: ClientDirectory,
    token_key: bytes,
    settings: WebSettings | None = None,
    *,
    requests: RequestDesk | None = None,
    home: Home | None = None,
    notices: NoticeDesk | None = None,
    journal: Journal | None = None,
    ending: Callable[[], None] | None = None,
) -> ASGIApp:
    """Make the ASGI application of all doors over one service.

    `token_key` signs tokens (32 bytes or more, the same on every node). `requests` takes missing-code requests;
    None takes none. `home` is where the desk works; without one there is no desk. `notices` announces; None is the home's. `journal` takes the access log; by
    default JSON lines on standard error, or none when `settings.access_log` is False. `ending` is called when
    the server stops. Questions are asked from several threads.
    """
    settings = settings or WebSettings()
    if journal is None and settings.access_log:
        journal = JsonLines()
    parts = assemble(service, clients, token_key, settings, requests=requests, home=home, notices=notices)
    doors = (gateway.door(), api.door(), portal.door())
    return Gate(parts, doors, Notes(parts.metrics, journal), ending=ending)
