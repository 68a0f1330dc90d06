"""The quick way: the same bytes, figures and log lines as through the gate, and never past a bound or a token."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from inspect import iscoroutine

import pytest
from asgi import LOOPBACK, Asker
from asking import GATEWAY, KEY
from fakes import SANDBOX, VENDOR, FakeClients, FakeJournal
from serving import replies, send_raw, served

from maksa.errors import MaksaError
from maksa.terminology.service import LocalTerminology
from maksa.web.app import create_app
from maksa.web.guard.quick import MET, QUICK_WAY
from maksa.web.settings import WebSettings
from toy import place

CONCEPT = "/api/v1/terminologies/herbs/concepts/00125"
AT_ONCE = [
    CONCEPT,
    "/api/v1/terminologies/HERBS/concepts/125?on=1400/03/27",
    "/api/v1/terminologies/herbs/concepts/00125?edition=1",
    "/api/v1/validate?terminology=herbs&code=00125",
    "/api/v1/validate?terminology=nowhere&code=00125&value=%D9%86",
    "/api/v1/validate",
    "/api/v1/validate?terminology=herbs&code=00125&edition=1",
    "/api/v1/search?q=0012&terminology=herbs&limit=2",
]
"""Addresses of questions that wait for nothing: each answer comes by the quick way."""
LATER = [
    "/api/v1/search?q=%D9%86%D8%B9%D9%86%D8%A7%D8%B9",
    "/api/v1/search?q=0012&terminology=herbs&facets=true",
]
"""Addresses whose second answer comes by the quick way."""
STEADY = [*AT_ONCE, *LATER]
OTHER = [
    "/api/v1/terminologies/herbs/concepts/99999",
    "/api/v1/terminologies/nowhere/concepts/1",
    "/api/v1/terminologies/herbs/concepts/00125?on=1404/13/01",
    "/api/v1/terminologies/herbs/concepts/00125?unknown=1",
    "/api/v1/terminologies/herbs/concepts/%FF",
    "/api/v1/search?q=zzzzzzzzzz",
    "/api/v1/search?q=%20",
    "/api/v1/validate?terminology=herbs&terminology=herbs",
    "/api/v1/terminologies",
    "/healthz",
    "/nothing",
    "/",
    f"{GATEWAY}/ValidateCts?Terminology=herbs&Code=00125",
]
"""Addresses that the gate answers each time: refusals, searches without answer, and all that is not steady."""


def scope_of(target, *, method="GET", headers=(), peer=LOOPBACK):
    """Make the scope of a request as a server does."""
    path, _, query = target.encode().partition(b"?")
    return {
        "type": "http",
        "method": method,
        "path": path.decode(),
        "raw_path": path,
        "query_string": query,
        "headers": [(b"host", b"x"), *headers],
        "client": peer,
    }


def quick_way(app):
    """Start an application as a server does; give its quick way."""
    state = {}

    async def start():
        messages = asyncio.Queue()
        messages.put_nowait({"type": "lifespan.startup"})
        started = asyncio.Event()

        async def send(message):
            started.set()

        running = asyncio.ensure_future(app({"type": "lifespan", "state": state}, messages.get, send))
        await started.wait()
        running.cancel()

    asyncio.run(start())
    return state[QUICK_WAY]


def left(quick, target):
    """Tell whether the quick way leaves a question to the gate; what it promised is awaited, as the gate does."""
    scope = scope_of(target)
    answer = quick(scope)
    promise = scope.get("state", {}).get(MET)

    async def keep():
        with suppress(MaksaError):
            await promise

    if iscoroutine(promise):
        asyncio.run(keep())
    return answer is None


@pytest.fixture
def app(make_app):
    """The application with its default settings."""
    return make_app()


@pytest.mark.parametrize("target", LATER)
def test_a_question_that_may_wait_takes_the_quick_way_when_asked_again(app, target):
    """Once the gate has answered it, never before."""
    quick = quick_way(app)
    assert left(quick, target)

    answer = Asker(app).get(target)

    assert as_sent(quick(scope_of(target))) == as_sent(answer)


@pytest.mark.parametrize("target", AT_ONCE)
def test_a_question_that_waits_for_nothing_takes_the_quick_way_at_once(make_app, target):
    """Its answer is the gate's: the same headers in the same order, the same body."""
    answer = Asker(make_app()).get(target)

    quick = quick_way(make_app())

    for _ in range(2):
        assert as_sent(quick(scope_of(target))) == as_sent(answer)


def as_sent(answer):
    """Give headers and body of an answer of either way; the id is each request's own."""
    if isinstance(answer, tuple):
        head, body = answer
        headers = [tuple(line.decode().split(": ", 1)) for line in head.splitlines()]
    else:
        headers, body = list(answer.headers.items()), answer.body
    return [(name, "" if name == "x-request-id" else value) for name, value in headers], body


class Counted(LocalTerminology):
    """The questions, and how often a concept was looked up."""

    lookups = 0

    def lookup(self, *asked, **named):
        """Count a question and answer it."""
        self.lookups += 1
        return super().lookup(*asked, **named)


def test_what_the_quick_way_met_is_not_asked_again(shelf):
    """A code that is unknown is searched for once, and its refusal is the gate's."""
    service = Counted(shelf)
    app = create_app(service, FakeClients(), KEY, WebSettings(access_log=False))
    unknown = "/api/v1/terminologies/herbs/concepts/99999"
    refused = Asker(app).get(unknown)

    with served(app) as port:
        raw = f"GET {unknown} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        answer = replies(send_raw(port, raw, hang_up=False))[0]

    assert (answer.status, json.loads(answer.body)["detail"]) == (404, refused.json()["detail"])
    assert service.lookups == 2


@pytest.mark.parametrize("target", OTHER)
def test_all_else_is_left_to_the_gate(app, target):
    """However often it is asked."""
    for _ in range(2):
        Asker(app).get(target)

    assert left(quick_way(app), target)


@pytest.mark.parametrize("method", ["HEAD", "POST", "DELETE", "get"])
def test_only_get_is_quick(app, method):
    """Another method at the same address is another question."""
    Asker(app).get(CONCEPT)

    assert quick_way(app)(scope_of(CONCEPT, method=method)) is None


@pytest.mark.parametrize(
    "headers", [[(b"x", b"a" * 40_000)], [(b"x", b"a")] * 200, [(b"content-length", b"999999999")]]
)
def test_bounds_hold(app, headers):
    """Headers over their bound and bodies over theirs are refused by the gate."""
    Asker(app).get(CONCEPT)

    assert quick_way(app)(scope_of(CONCEPT, headers=headers)) is None


def test_tokens_are_asked_for(service):
    """Where reads are not public, a steady answer needs a token that stands."""
    clients = FakeClients(SANDBOX, VENDOR)
    app = create_app(service, clients, KEY, WebSettings(public_reads=False, access_log=False))
    quick, token = quick_way(app), bearer_of(app)
    Asker(app).get(CONCEPT, headers={"authorization": token})
    with_token = scope_of(CONCEPT, headers=[(b"authorization", token.encode())])

    assert quick(scope_of(CONCEPT)) is None
    assert quick(scope_of(CONCEPT, headers=[(b"authorization", b"bearer x")])) is None
    assert quick(with_token) is not None
    clients.revoke("vendor")
    assert quick(with_token) is None


def bearer_of(app):
    """Get a token as the vendor does; give the value of its header."""
    answer = Asker(app)(
        "POST",
        "/oauth/token",
        headers={
            "authorization": "Basic dmVuZG9yOnZlbmRvcg==",
            "content-type": "application/x-www-form-urlencoded",
        },
        body=b"grant_type=client_credentials",
    )
    return f"bearer {answer.json()['access_token']}"


def test_a_new_edition_is_seen(shelf_of_its_own, make_service):
    """What was kept of the old shelf is not given any more."""
    app = create_app(make_service(shelf_of_its_own), FakeClients(), KEY, WebSettings(access_log=False))
    quick = quick_way(app)
    assert b'"edition":"1"' in quick(scope_of(CONCEPT))[1]

    place(shelf_of_its_own, edition="2", sequence=2)

    assert b'"edition":"2"' in quick(scope_of(CONCEPT))[1]
    assert Asker(app).get(CONCEPT).json()["editions"][0]["edition"] == "2"


@pytest.fixture
def shelf_of_its_own(tmp_path):
    """A shelf that the test may add to."""
    from toy import build_shelf

    shelf = build_shelf(tmp_path / "home")
    place(shelf)
    return shelf


@pytest.fixture
def make_service():
    """Make the questions over a shelf."""
    return LocalTerminology


@pytest.mark.parametrize("accept", ["", "Accept-Language: fa\r\n"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_second_answer_is_the_first_byte_for_byte(service, method, accept):
    """Over the wire: whole answers, their log lines and their figures, for every address of the tables."""
    journal = FakeJournal()
    with served(create_app(service, FakeClients(SANDBOX), KEY, journal=journal)) as port:
        for target in [*STEADY, *OTHER]:
            raw = f"{method} {target} HTTP/1.1\r\nHost: x\r\nX-Request-Id: same\r\n{accept}Connection: close\r\n\r\n"
            journal.lines.clear()
            first, second = (send_raw(port, raw.encode(), hang_up=False) for _ in range(2))

            assert _undated(first) == _undated(second), target
            before, after = journal.lines
            assert {**before, "ms": 0} == {**after, "ms": 0}
        figures = replies(
            send_raw(port, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", hang_up=False)
        )[0].body.decode()

    route = "/api/v1/terminologies/{id}/concepts/{code+}"
    assert f'door="api",method="{method}",route="{route}",status="200"}} 6.0' in figures
    assert "maksa_requests_open 1.0" in figures


def _undated(answer):
    return b"\r\n".join(line for line in answer.split(b"\r\n") if not line.startswith(b"date: "))
