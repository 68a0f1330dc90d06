"""The real server: bodies in chunks, bodies that lie, clients that send garbage. It answers, and goes on."""

from __future__ import annotations

import http.client
import json
import time

import pytest
from serving import send_raw, served

MEGABYTE = 1024 * 1024
VALIDATE = "/api/v1/validate"


@pytest.fixture(scope="module")
def port(service):
    """The port of a server that runs in a thread, as `maksa serve` runs it."""
    from asking import KEY
    from fakes import SANDBOX, FakeClients, FakeJournal

    from maksa.web.app import create_app

    with served(create_app(service, FakeClients(SANDBOX), KEY, journal=FakeJournal())) as port:
        yield port


@pytest.fixture
def connection(port):
    """A connection to the server, closed after the test."""
    opened = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _alive(port):
    """After each test the server answers."""
    yield
    after = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    after.request("GET", "/healthz")
    assert after.getresponse().status == 200
    after.close()


def test_a_small_body_in_chunks_is_read(connection):
    """Chunks are put together."""
    pieces = (
        json.dumps({"items": [{"Terminology_id": "herbs", "Coded_string": "00125"}]})[n : n + 5].encode()
        for n in range(0, 70, 5)
    )

    connection.request(
        "POST", VALIDATE, body=pieces, headers={"content-type": "application/json"}, encode_chunked=True
    )

    answer = connection.getresponse()
    assert answer.status == 200
    assert json.loads(answer.read())["results"][0]["valid"]


def test_an_oversized_body_in_chunks_gets_its_answer(connection):
    """A caller that sends 20 MB before it listens sees 413 and not a broken pipe."""
    pieces = (b" " * MEGABYTE for _ in range(20))

    connection.request(
        "POST", VALIDATE, body=pieces, headers={"content-type": "application/json"}, encode_chunked=True
    )

    answer = connection.getresponse()
    assert (answer.status, answer.getheader("content-type")) == (413, "application/problem+json")
    assert json.loads(answer.read())["status"] == 413


def test_a_body_of_fifty_megabytes_gets_its_answer(connection):
    """The same with a Content-Length, for a caller that does not wait."""
    connection.request("POST", "/oauth/token", body=b"a" * (50 * MEGABYTE))

    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["error"] == "invalid_request"


def test_a_caller_who_waits_for_a_word_is_refused_before_it_sends(port):
    """With Expect: 100-continue nothing of the body needs to travel."""
    head = (
        b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"
    )
    began = time.monotonic()

    answer = send_raw(port, head)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - began < 2


def test_a_body_longer_than_it_says_does_not_reach_the_next_request(port):
    """What is beyond Content-Length is no request, and is refused as none."""
    raw = b"POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}garbage\r\n\r\n"

    answer = send_raw(port, raw)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"HTTP/1.1 200" not in answer


def test_a_body_shorter_than_it_says_is_no_request(port):
    """A caller that hangs up in the middle gets no answer and does no harm."""
    raw = b"POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"

    assert not send_raw(port, raw).startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v1/search?q=\xd8\xa7 HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
def test_garbage_is_refused_or_dropped(port, raw):
    """What is no HTTP never becomes a success or a fault."""
    answer = send_raw(port, raw)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


def test_a_file_is_streamed_in_ranges(connection, shelf):
    """Two halves make the whole."""
    whole = shelf.file("herbs", "2").read_bytes()
    halves = []
    for wanted in ("bytes=0-4095", "bytes=4096-"):
        connection.request("GET", "/api/v1/terminologies/herbs/editions/2/file", headers={"range": wanted})
        answer = connection.getresponse()
        assert answer.status == 206
        halves.append(answer.read())

    assert b"".join(halves) == whole


def test_the_sandbox_reaches_the_gateway_over_the_wire(connection):
    """Token, pid and a service, as curl asks them."""
    form = {
        "authorization": "Basic c2FuZGJveDpzYW5kYm94",
        "content-type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/oauth/token", body="grant_type=client_credentials", headers=form)
    token = json.loads(connection.getresponse().read())["access_token"]
    headers = {"authorization": f"bearer {token}", "pid": "000000000000000000000001"}

    connection.request("GET", "/api/client/apim/v1/maksaservice/gwmaksa/CtsTerminologies", headers=headers)

    assert json.loads(connection.getresponse().read())["result"]["data"]["total"] == 11
