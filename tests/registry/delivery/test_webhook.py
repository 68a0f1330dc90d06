"""Webhooks: signed in the way of Standard Webhooks, sent to public addresses only, within their time."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from datetime import UTC, datetime

import pytest
from receivers import QUICK, loopback

from maksa.client.webhooks import verified_event
from maksa.errors import BadInput, BadParameter, NotAllowed
from maksa.registry.delivery.connect import is_allowed
from maksa.registry.delivery.settings import DeliverySettings, delivery_settings_from
from maksa.registry.delivery.webhook import send_webhook, signature, signed_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BODY = b'{"id": "n1"}'


def test_the_signature_is_that_of_the_published_example():
    """Standard Webhooks gives a secret, an id, a time, a body and their signature."""
    made = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_is_verified_by_any_of_its_secrets():
    """In any letter case of the headers; the event is given."""
    headers = dict(signed_headers([SECRET, "whsec_b2xk"], "n1", BODY, NOW))
    for secret in (SECRET, "whsec_b2xk", ["whsec_bmV3", SECRET]):
        assert verified_event(secret, headers, BODY, now=NOW) == {"id": "n1"}
    assert verified_event(SECRET, {name.upper(): value for name, value in headers.items()}, BODY, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"Webhook-Id": "n2"},
        {"Webhook-Timestamp": "1795478401"},
        {"Webhook-Signature": "v1,AAAA"},
        {"Webhook-Signature": "v1a,AAAA"},
        {"Webhook-Signature": "v1,\u06f1"},
        {"Webhook-Signature": ""},
        {"Webhook-Timestamp": "x"},
        {"Webhook-Id": ""},
    ],
)
def test_a_changed_message_is_refused(change):
    """Id, time and body are signed."""
    headers = dict(signed_headers([SECRET], "n1", BODY, NOW))
    with pytest.raises(NotAllowed):
        verified_event(SECRET, {**headers, **change}, BODY, now=NOW)
    with pytest.raises(NotAllowed):
        verified_event(SECRET, headers, BODY + b" ", now=NOW)
    with pytest.raises(NotAllowed, match="five minutes"):
        verified_event(SECRET, headers, BODY)
    with pytest.raises(BadInput):
        verified_event("whsec_!", headers, BODY, now=NOW)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1", "64:ff9b::a01:203", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_private_and_reserved_addresses_are_refused(address):
    """Those inside an address of version 6 too; unless the centre allows their network."""
    one = ipaddress.ip_address(address)
    assert not is_allowed(one, DeliverySettings())
    assert is_allowed(
        one, delivery_settings_from({"MAKSA_WEBHOOK_ALLOW": f" {address}/{one.max_prefixlen} , x.ir"})
    )


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2.144.0.1", "2606:4700::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_allowed(address):
    """Of both versions."""
    assert is_allowed(ipaddress.ip_address(address), DeliverySettings())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_this_machine_is_connected_to(receiver, host):
    """The address that a name leads to is checked, not the name."""
    url = f"http://{host}:{receiver.url.split(':')[2]}"
    outcome = send_webhook(url, [], BODY, DeliverySettings(policy=QUICK))

    assert not outcome.arrived
    assert "private or reserved" in outcome.said
    assert receiver.arrived == []


def test_a_host_is_allowed_by_its_name(receiver):
    """In any letter case; others of the same address are not."""
    settings = delivery_settings_from({"MAKSA_WEBHOOK_ALLOW": "LocalHost"})
    assert send_webhook(receiver.url.replace("127.0.0.1", "LOCALHOST"), [], BODY, settings).arrived
    assert not send_webhook(receiver.url, [], BODY, settings).arrived


@pytest.mark.parametrize("allowed", ["a b", "http://x.ir", "10.0.0.0/99", "*"])
def test_a_setting_that_cannot_be_read_is_named(allowed):
    """It never allows by mistake."""
    with pytest.raises(BadParameter, match="MAKSA_WEBHOOK_ALLOW"):
        delivery_settings_from({"MAKSA_WEBHOOK_ALLOW": allowed})


def answering(*pieces, every=0.0):
    """Start a server that answers one connection with pieces of bytes, one after the other; give its URL."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _ = listener.accept()
        with connection, listener:
            connection.recv(65536)
            for piece in pieces:
                try:
                    connection.sendall(piece)
                except OSError:
                    return
                time.sleep(every)

    threading.Thread(target=answer, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_a_receiver_that_drips_is_given_up_in_time():
    """Each byte is in time, and all of them are not."""
    began = time.monotonic()
    outcome = send_webhook(answering(*[b"H"] * 100, every=0.1), [], BODY, loopback(send=0.5))

    assert "no answer within 0.5 seconds" in outcome.said
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"SMTP ready\r\n\r\n", "does not speak HTTP"),
        (b"", "does not speak HTTP"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n" + b"x" * 100_000, "HTTP 200"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 300_000, "does not speak HTTP"),
    ],
)
def test_whatever_answers_ends_in_a_sentence(answer, said):
    """Of a body nothing is read, whatever its size; headers have a bound."""
    outcome = send_webhook(answering(answer), [], BODY, loopback())

    assert said in outcome.said
    assert outcome.arrived == (said in {"HTTP 204", "HTTP 200"})


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/x?PATH-SECRET", "https://no-such-host.invalid/PATH-SECRET"]
)
def test_who_cannot_be_reached_is_told_without_the_address(url):
    """The reason alone."""
    outcome = send_webhook(url, [], BODY, loopback())

    assert outcome.said.startswith("no connection")
    assert "PATH-SECRET" not in outcome.said


def test_a_certificate_that_is_not_trusted_is_refused(receiver):
    """What does not speak TLS neither."""
    outcome = send_webhook(receiver.url.replace("http:", "https:"), [], BODY, loopback())

    assert "TLS" in outcome.said
