"""The gate: bounds, headers, the log, the figures, and the last resort behind every route."""

from __future__ import annotations

import asyncio
import json

import pytest
from asgi import Asker
from asking import BASIC, FORM, GATEWAY, KEY
from fakes import PID, BrokenService, FakeJournal
from forms import assert_form

from maksa.web import api, gateway, portal
from maksa.web.api.desk.routes import DESK as DESK_OPERATIONS
from maksa.web.app import create_app
from maksa.web.guard.journal import JsonLines
from maksa.web.portal.desk.routes import PAGES as DESK_PAGES
from maksa.web.settings import WebSettings

DOORS = {"api": api.door(), "gateway": gateway.door(), "portal": portal.door()}
ROUTES = [
    pytest.param(name, route.method, route.path, id=f"{route.method} {route.path}")
    for name, door in DOORS.items()
    for route in door.routes
]
UNASKED = {"/healthz", "/metrics", "/api/v1/openapi.json", "/static/portal.css", "/oauth/token", "/requests"}
"""Routes that ask nothing of the service."""
MESSAGE = (
    b'{"Composition": {"MedicationPrescriptions": {"Orders": [{"ProductCode": {"Coded_string": "1"}}]}}}'
)
FORMS = {
    "/requests": b"terminology=x&text=a",
    "/requests/status": b"number=1&token=x",
    "/requests/answer": b"number=1&token=x&said=a",
    "/requests/appeal": b"number=1&token=x&said=a",
}
DESK = {one.path for one, _ in DESK_OPERATIONS} | {path for _, path, _ in DESK_PAGES}
"""Routes that ask the registry: tests/web/desk breaks that."""
BUTTONS = {
    ("GET", "/api/v1/subscriptions/{subscription}/confirm"),
    ("GET", "/api/v1/subscriptions/{subscription}/unsubscribe"),
}
"""Pages with one button: who reads a mail for viruses opens them, and nothing happens."""
ASKING = [
    one
    for one in ROUTES
    if (one.values[2] not in UNASKED | DESK or one.values[1:] == ("POST", "/requests"))
    and one.values[1:] not in BUTTONS
]


@pytest.fixture
def broken(clients, journal):
    """An application whose service fails at every question."""
    return Asker(
        create_app(
            BrokenService(),
            clients,
            KEY,
            WebSettings(),
            requests=BrokenService(),
            notices=BrokenService(),
            journal=journal,
        )
    )


@pytest.mark.parametrize(("door", "method", "path"), ASKING)
def test_a_fault_is_answered_in_the_doors_form(broken, journal, token, door, method, path):
    """Whatever breaks behind a route, the caller gets the door's form with an id, and the log the place."""
    target = (
        path.replace("{id}", "x")
        .replace("{list}", "x")
        .replace("{code+}", "1")
        .replace("{edition}", "1")
        .replace("{request}", "1")
        .replace("{subscription}", "1")
    )
    of_code = "?terminology=x&code=1"
    query = {
        "/api/v1/search": "?q=a",
        "/api/v1/terminologies/{id}/diff": "?from=1&to=2",
        "/api/v1/translate": of_code,
        "/api/v1/relative-value": of_code,
        "/api/v1/subscriptions/{subscription}/confirm": "?code=x",
        "/api/v1/subscriptions/{subscription}/unsubscribe": "?code=x",
    }.get(path, "")
    body = {
        "/api/v1/validate": b'{"items": [{}]}',
        "/api/v1/prescriptions/check": MESSAGE,
        "/api/v1/code-requests": b'{"terminology": "x", "text": "a"}',
        "/api/v1/code-requests/{request}/answer": b'{"said": "a"}',
        "/api/v1/code-requests/{request}/appeal": b'{"said": "a"}',
        **FORMS,
    }.get(path, b'{"Terminology": "x"}')
    if method == "GET":
        query, body = "?Terminology=x" if door == "gateway" else query, b""
    headers = {"authorization": f"bearer {token}", "pid": PID, "content-type": "application/json"}
    headers["x-maksa-request-token"] = "x"
    if path.endswith(("/answer", "/appeal")):  # These are for the asker; a client would need a scope.
        del headers["authorization"]
    if path in FORMS:
        headers["content-type"] = "application/x-www-form-urlencoded"

    answer = broken(method, target + query, headers=headers, body=body)

    assert answer.status == 500, answer.text
    assert_form(door, answer)
    fault = next(line for line in journal.lines if line["event"] == "fault")
    assert fault["id"] == answer.headers["x-request-id"]
    assert fault["id"] in answer.text
    assert fault["where"]


def test_a_fault_gives_nothing_away(broken, journal):
    """Neither the answer nor the log holds the message of an exception: it may hold what was sent."""
    answer = broken.get("/api/v1/search?q=0012345678")

    assert "0012345678" not in answer.text + json.dumps(journal.lines)
    assert journal.lines[0]["error"] == "KeyError"


@pytest.mark.parametrize(("door", "method", "path"), ROUTES)
def test_an_oversized_body_is_refused_on_every_route(ask, door, method, path):
    """Content-Length over the bound is 413 in the door's form before anything is read."""
    target = path.replace("{id}", "herbs").replace("{list}", "herbs").replace("{code+}", "1")

    answer = ask(method, target, headers={"content-length": str(10**9)})

    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert_form("token" if path == "/oauth/token" else door, answer)


@pytest.mark.parametrize(
    ("door", "target", "headers"),
    [
        ("api", "/api/v1/validate", {"content-type": "application/json"}),
        ("token", "/oauth/token", {"content-type": FORM, "authorization": BASIC}),
        ("gateway", f"{GATEWAY}/ValidateCts", {"content-type": "application/json", "pid": PID}),
    ],
)
@pytest.mark.parametrize("length", [{}, {"content-length": "10"}])
def test_a_body_that_grows_over_its_bound_is_refused(ask, token, door, target, headers, length):
    """A chunked body, or one that lies about its length, is 413 as soon as it is over the bound."""
    pieces = [b" " * 1024 * 1024] * 20

    answer = ask(
        "POST", target, headers={"authorization": f"bearer {token}", **headers, **length}, body=pieces
    )

    assert answer.status == 413
    assert_form(door, answer)


def test_what_is_over_the_bound_passes_unkept_for_a_while_only(make_app):
    """A body without end is cut off."""
    ask = Asker(make_app(max_body=1000, linger_body=50_000))
    read = []

    def endless():
        while len(read) < 1000:
            read.append(1)
            yield b" " * 1000

    app_body = _Counting(endless())
    answer = asyncio.run(_ask_with(ask.app, app_body))

    assert answer == 413
    assert app_body.given < 60


class _Counting:
    """A receive that counts the pieces it gave."""

    def __init__(self, pieces) -> None:
        self._pieces = pieces
        self.given = 0

    async def __call__(self):
        self.given += 1
        return {"type": "http.request", "body": next(self._pieces), "more_body": True}


async def _ask_with(app, receive):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/validate",
        "raw_path": b"/api/v1/validate",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    return sent[0]["status"]


def test_a_body_that_never_comes_is_given_up(make_app):
    """After its time a body is 408 in the door's form."""
    ask = Asker(make_app(body_seconds=0.01))

    async def never():
        await asyncio.sleep(9)

    assert asyncio.run(_ask_with(ask.app, never)) == 408


def test_a_caller_who_hangs_up_is_noted_and_not_answered(ask, journal):
    """There is nobody to answer, and no fault of ours."""
    headers = {"content-type": "application/json"}

    answer = asyncio.run(ask.ask("POST", "/api/v1/validate", headers=headers, body=b"{", gone=True))

    assert answer is None
    assert [(line["event"], line["status"]) for line in journal.lines] == [("request", 499)]


@pytest.mark.parametrize(
    "target", ["/", "/nothing", "/api/v1/terminologies", "/api/v1/nothing", f"{GATEWAY}/x"]
)
def test_every_answer_has_its_headers(ask, target):
    """Security headers, a request id and a caching rule stand on every answer, errors too."""
    headers = ask.get(target).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] in {"no-cache", "no-store"}
    assert headers["x-request-id"]


def test_a_request_id_is_kept_when_it_is_one(ask):
    """An id of the caller is passed on; what is none is replaced."""
    assert ask.get("/healthz", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert ask.get("/healthz", headers={"x-request-id": "a b\t"}).headers["x-request-id"] != "a b\t"


def test_the_log_names_routes_and_no_values(ask, journal, token):
    """A line a request: door, route as a template, status, size, time; no values, codes, tokens or bodies."""
    journal.lines.clear()
    ask.get("/api/v1/validate?code=0012345678&value=secret")
    ask.get("/c/herbs/0012345678")
    ask("POST", f"{GATEWAY}/ValidateCts", headers={"authorization": f"bearer {token}"}, body=b"0012345678")

    assert [(line["door"], line["route"], line["status"]) for line in journal.lines] == [
        ("api", "/api/v1/validate", 200),
        ("portal", "/c/{list}/{code+}", 404),
        ("gateway", f"{GATEWAY}/ValidateCts", 400),
    ]
    assert all(line["bytes"] > 0 and line["ms"] >= 0 for line in journal.lines)
    written = json.dumps(journal.lines)
    assert not [value for value in ("0012345678", "secret", token) if value in written]


def test_the_log_is_written_as_json_lines(capsys):
    """The journal of a server writes one JSON object a line to standard error."""
    JsonLines().info("request", status=200, route="/")

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["status"], line["level"]) == ("request", 200, "info")
    assert "timestamp" in line


def test_metrics_count_by_template(ask):
    """Routes are labels as templates, unknown paths and methods as one label each."""
    ask.get("/api/v1/terminologies/herbs")
    ask.get("/nothing/1")
    ask("BREW", "/nothing/2")

    figures = ask.get("/metrics").text

    assert 'door="api",method="GET",route="/api/v1/terminologies/{id}",status="200"} 1.0' in figures
    assert 'door="portal",method="GET",route="unknown",status="404"} 1.0' in figures
    assert 'door="portal",method="other",route="unknown",status="404"} 1.0' in figures
    assert "maksa_requests_open 1.0" in figures


def test_metrics_count_faults(broken):
    """A fault of ours is counted."""
    broken.get("/api/v1/terminologies")

    assert "maksa_faults_total 1.0" in broken.get("/metrics").text


def test_two_applications_count_apart(make_app):
    """Each application has its own registry."""
    one, other = Asker(make_app()), Asker(make_app())
    one.get("/healthz")

    assert 'route="/healthz"' not in other.get("/metrics").text


def test_the_server_may_start_and_stop_the_application(ask):
    """The lifespan protocol is answered; a websocket is closed."""

    async def run(scope, messages):
        sent = []

        async def receive():
            return {"type": messages.pop(0)}

        async def send(message):
            sent.append(message["type"])

        await ask.app(scope, receive, send)
        return sent

    started = asyncio.run(run({"type": "lifespan"}, ["lifespan.startup", "lifespan.shutdown"]))

    assert started == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert asyncio.run(run({"type": "websocket"}, [])) == ["websocket.close"]


def test_a_form_that_breaks_still_ends_in_an_answer(service, clients, monkeypatch):
    """When even the form of a refusal fails, one plain sentence is left."""
    app = create_app(service, clients, KEY, journal=FakeJournal())
    monkeypatch.setattr("maksa.web.api.outcome.TITLES", {})

    answer = Asker(app).get("/api/v1/nothing")

    assert (answer.status, answer.headers["content-type"]) == (500, "text/plain; charset=utf-8")


def test_an_application_may_go_without_a_log(service, clients):
    """With access_log off nothing is written."""
    ask = Asker(create_app(service, clients, KEY, WebSettings(access_log=False)))

    assert ask.get("/healthz").status == 200
