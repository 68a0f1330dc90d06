"""A question to a provider is bounded: no redirect, nothing large, packed, slow or odd is taken."""

from __future__ import annotations

import gzip
import socket
import time

import pytest

from maksa.errors import Unreachable
from maksa.web.single_sign_on import exchange as module
from maksa.web.single_sign_on.exchange import MAX_ANSWER, Exchange


@pytest.fixture
def exchange(fake):
    """Give the connections to the issuer."""
    made = Exchange(fake.address)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ((302, {"location": "/keys"}, b""), "status is 302"),
        ((500, {}, b"{}"), "status is 500"),
        ((204, {}, b""), "no JSON object"),
        ((200, {}, b""), "no JSON object"),
        ((200, {}, b"[]"), "no JSON object"),
        ((200, {}, b"<html>"), "no JSON object"),
        ((200, {}, b"\xff\xfe\xfd"), "no JSON object"),
        ((200, {}, b"[" * 100_000), "no JSON object"),
        ((200, {}, b"1" * 5_000), "no JSON object"),
        ((200, {}, b" " * (MAX_ANSWER + 1)), "too large"),
        ((200, {"content-encoding": "gzip"}, gzip.compress(b" " * 10**7)), "packed"),
    ],
)
def test_an_answer_that_is_of_no_use_is_refused(fake, exchange, page, why):
    """The sentence names the provider, what is wrong, and another way in."""
    fake.pages["/x"] = lambda: page

    with pytest.raises(Unreachable, match=why) as refusal:
        exchange.get(f"{fake.address}/x")
    assert fake.address in refusal.value.text.fa
    assert fake.asked == ["GET /x"]


def test_a_refusal_of_the_provider_is_an_answer(fake, exchange):
    """With or without members."""
    fake.pages["/x"] = lambda: (400, {}, b'{"error": "invalid_grant"}')
    fake.pages["/y"] = lambda: (401, {}, b"<html>")

    assert exchange.get(f"{fake.address}/x") == (400, {"error": "invalid_grant"})
    assert exchange.get(f"{fake.address}/y") == (401, {})


def test_nobody_there_is_said_in_one_sentence():
    """Without the address that was asked, which may hold a code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    exchange = Exchange("https://id.example")

    with pytest.raises(Unreachable, match=r"id\.example.*gave no answer \(ConnectError\)") as refusal:
        exchange.get(f"http://127.0.0.1:{port}/?code=hidden")
    assert "hidden" not in str(refusal.value)
    exchange.close()


@pytest.mark.parametrize(
    "address", ["https://id.example:port", "https://xn--.example", "https://a..b.", "x:"]
)
def test_what_cannot_be_asked_gives_no_answer(exchange, address):
    """An address may be none for the client alone."""
    with pytest.raises(Unreachable, match="gave no answer"):
        exchange.get(address)


def test_who_is_silent_or_slow_is_not_waited_for(fake, monkeypatch):
    """Before the answer begins, and while it comes."""
    monkeypatch.setattr(module, "SECONDS", 0.3)
    exchange = Exchange(fake.address)
    fake.pages["/x"] = lambda: (time.sleep(1), (200, {}, b"{}"))[1]
    began = time.monotonic()
    with pytest.raises(Unreachable, match="ReadTimeout"):
        exchange.get(f"{fake.address}/x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        _drip(server)
        with pytest.raises(Unreachable, match="too slowly"):
            exchange.get(f"http://127.0.0.1:{server.getsockname()[1]}/x")
    assert time.monotonic() - began < 3
    exchange.close()


def _drip(server):
    """Answer the next caller with a byte at a time."""
    import threading

    def answer():
        caller, _ = server.accept()
        with caller:
            caller.recv(4096)
            caller.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n")
            try:
                for _ in range(20):
                    caller.sendall(b" ")
                    time.sleep(0.1)
            except OSError:
                return

    threading.Thread(target=answer, daemon=True).start()
