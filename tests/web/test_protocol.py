"""HTTP as `maksa serve` speaks it: letters as they are in an address, garbage refused in a form, pipelines, pieces."""

from __future__ import annotations

import json
import socket
import time

import pytest
from asking import KEY
from fakes import SANDBOX, FakeClients, FakeJournal
from serving import replies, send_raw, served

from maksa.web.app import create_app

HOST = b" HTTP/1.1\r\nHost: x\r\n\r\n"
RAW = "GET /api/v1/search?terminology=herbs&q=نعناع".encode() + HOST
ESCAPED = b"GET /api/v1/search?terminology=herbs&q=%D9%86%D8%B9%D9%86%D8%A7%D8%B9" + HOST
LAST = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
HEALTH = b"GET /healthz" + HOST
LOOKUP = b"GET /api/v1/terminologies/herbs/concepts/00125" + HOST
INSIDE = "GET /api/v1/search?q=گیاه HTTP/1.1\r\nHost: x\r\n\r\n"
"""What looks like a request line and stands inside a body."""


def post(body, *, headers=b""):
    """Write a POST of JSON with its length."""
    head = b"POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def item(value):
    """Write a batch of one field as UTF-8."""
    batch = {"items": [{"Terminology_id": "herbs", "Coded_string": "00126", "Value": value}]}
    return json.dumps(batch, ensure_ascii=False).encode()


def chunked(body, size):
    """Write a POST of JSON in chunks."""
    head = b"POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return head + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.fixture(scope="module")
def port(service):
    """The port of a real server."""
    with served(create_app(service, FakeClients(SANDBOX), KEY, journal=FakeJournal())) as port:
        yield port


def test_letters_in_an_address_are_read_as_they_are(port):
    """`curl '…?q=نعناع'` sends raw UTF-8, and finds what the escaped address finds."""
    raw, escaped, _ = replies(send_raw(port, RAW + ESCAPED + LAST, hang_up=False))

    assert raw.status == 200
    assert json.loads(raw.body)["total"] >= 1
    assert raw.body == escaped.body


@pytest.mark.parametrize("pieces", [2, 3, 7, 40, len(RAW)])
def test_letters_may_come_in_pieces(port, pieces):
    """Whatever the network cuts, also in the middle of a letter."""
    answer, _ = replies(send_raw(port, RAW + LAST, pieces=pieces, hang_up=False))

    assert answer.status == 200
    assert json.loads(answer.body)["items"]


@pytest.mark.parametrize("pieces", [1, 2, 5, 60])
def test_a_pipeline_is_answered_in_order(port, pieces):
    """Requests that come together are answered one after another, with letters or not, with bodies or not."""
    asked = [RAW, HEALTH, post(item("نعناع")), RAW, LOOKUP, b"\r\n" + RAW, post(b"{}"), LOOKUP, LAST]

    answers = replies(send_raw(port, b"".join(asked), pieces=pieces, hang_up=False))

    assert [answer.status for answer in answers] == [200, 200, 200, 200, 200, 200, 400, 200, 200]
    kinds = [next(iter(json.loads(answer.body))) for answer in answers]
    assert kinds == ["total", "status", "results", "total", "concept", "total", "type", "concept", "status"]


def test_a_long_pipeline_of_quick_answers_is_answered(port):
    """A thousand requests in one write, behind one that waits, neither recurse nor change their order."""
    raw = post(item("نعناع")) + LOOKUP * 1_000 + LAST

    answers = replies(send_raw(port, raw, hang_up=False))

    assert len(answers) == 1_002
    assert answers[0].body.startswith(b'{"results"')
    assert len({answer.body for answer in answers[1:-1]}) == 1


@pytest.mark.parametrize("pieces", [1, 3, 50])
@pytest.mark.parametrize("size", [None, 4, 1_000])
def test_a_body_that_looks_like_a_request_stays_a_body(port, size, pieces):
    """Nothing inside a body is touched, however it is sent, and the next request is read."""
    body = item(INSIDE)
    raw = post(body) if size is None else chunked(body, size)

    verdict, after = replies(send_raw(port, raw + LAST, pieces=pieces, hang_up=False))

    message = json.loads(verdict.body)["results"][0]["issues"][0]["message"]
    assert "%DA" not in message
    assert json.loads(after.body)["status"] == "ok"


def test_who_asks_nothing_for_a_while_is_hung_up_on(service):
    """Counted from the last answer, however many there were before it."""
    with (
        served(
            create_app(service, FakeClients(SANDBOX), KEY, journal=FakeJournal()), timeout_keep_alive=0.4
        ) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as opened,
    ):
        for _ in range(3):
            opened.sendall(LOOKUP)
            assert opened.recv(65536).startswith(b"HTTP/1.1 200")
            time.sleep(0.25)  # Together longer than the while.
        asked = time.monotonic()
        assert opened.recv(65536) == b""

    assert time.monotonic() - asked < 5


def test_letters_in_a_header_are_left_alone(port):
    """Only the first line is an address."""
    raw = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: ش\r\nConnection: close\r\n\r\n".encode()

    (answer,) = replies(send_raw(port, raw, hang_up=False))

    assert answer.status == 200
    assert "%" not in answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /api/v1/search?q=two words HTTP/1.1\r\nHost: x\r\n\r\n",
        "سلام\r\n\r\n".encode(),
        b"GET / HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_in_a_form(port, raw):
    """Problem+json with its headers, and the connection is closed."""
    (answer,) = replies(send_raw(port, raw))

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = json.loads(answer.body)
    assert (problem["status"], problem["request_id"]) == (400, answer.headers["x-request-id"])


def test_a_bad_escape_is_refused_by_the_door(port):
    """Bytes that are no UTF-8 reach the door, which says so."""
    answer, _ = replies(send_raw(port, b"GET /api/v1/search?q=\xff" + HOST + LAST, hang_up=False))

    assert answer.status == 400
    assert "UTF-8" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize("version", [b"HTTP/1.0", b"HTTP/1.1\r\nConnection: close"])
def test_a_quick_answer_closes_when_it_is_asked_to(port, version):
    """Both ways say that the connection ends, and end it."""
    raw = LOOKUP.replace(b"HTTP/1.1", version)

    (gate,), (quick,) = (replies(send_raw(port, raw, hang_up=False)) for _ in range(2))

    assert quick.headers["connection"] == gate.headers["connection"] == "close"
    assert quick.body == gate.body
