"""Sending to a webhook: a CloudEvent as JSON, signed with HMAC-SHA256 in the way of Standard Webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import httpcore

from maksa import __version__
from maksa.registry.delivery.connect import AddressRefused, CheckedBackend
from maksa.registry.delivery.settings import DeliverySettings

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
_GONE = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending: what is to be said of it (no address), whether it arrived, and whether it never will."""

    said: str
    arrived: bool = False
    gone: bool = False


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Give the signature of a message: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64.

    `secret` is `whsec_` and the key in base64.
    Source: Standard Webhooks, https://www.standardwebhooks.com/ .
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b"%b.%d.%b" % (message_id.encode(), timestamp, body)
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def signed_headers(
    secrets: Sequence[str], message_id: str, body: bytes, now: datetime
) -> list[tuple[str, str]]:
    """Give the headers that identify and sign a message; with several secrets it bears a signature of each."""
    timestamp = int(now.timestamp())
    signatures = " ".join(signature(secret, message_id, timestamp, body) for secret in secrets)
    return [
        ("Webhook-Id", message_id),
        ("Webhook-Timestamp", str(timestamp)),
        ("Webhook-Signature", signatures),
    ]


def send_webhook(
    url: str, headers: Sequence[tuple[str, str]], body: bytes, settings: DeliverySettings
) -> Outcome:
    """POST a message. It arrived when the answer is 2xx; a redirect is not followed, of the answer's body nothing is read.

    Cost: at most `settings.policy.send` seconds after the name is resolved.
    """
    backend = CheckedBackend(settings, time.monotonic() + settings.policy.send)
    sent = [
        ("Host", urlsplit(url).netloc),
        ("Content-Type", CONTENT_TYPE),
        ("Content-Length", str(len(body))),
        ("User-Agent", f"Maksa/{__version__}"),
        *headers,
    ]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend, max_connections=1) as pool,
            pool.stream("POST", url, headers=sent, content=body) as response,
        ):
            status = response.status
    except AddressRefused as refused:
        return Outcome(str(refused))
    except httpcore.TimeoutException:
        return Outcome(f"no answer within {settings.policy.send:g} seconds")
    except (httpcore.NetworkError, ssl.SSLError) as error:
        return Outcome(_reason(error))
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):
        return Outcome("what answered does not speak HTTP")
    return Outcome(f"HTTP {status}", arrived=200 <= status < 300, gone=status == _GONE)


def _reason(error: Exception) -> str:
    """Name the cause without an address: certificates and names of hosts are left out."""
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLError) or "SSL" in str(error):
        return "no secure connection (TLS): the certificate or the protocol was not accepted"
    strerror = getattr(cause, "strerror", None)
    return f"no connection: {strerror}" if strerror else "no connection"


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
