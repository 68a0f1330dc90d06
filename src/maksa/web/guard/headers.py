"""The headers that every answer has, beside those of its own."""

from __future__ import annotations

from collections.abc import Iterable

Header = tuple[bytes, bytes]

_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SECURITY: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", _POLICY),
)
_NO_CACHE: Header = (b"cache-control", b"no-cache")


def complete(headers: list[Header]) -> list[Header]:
    """Add the headers of security, and a rule of caching where the answer has none; the request id comes last."""
    if any(name == b"cache-control" for name, _ in headers):
        return [*headers, *_SECURITY]
    return [*headers, *_SECURITY, _NO_CACHE]


def written(headers: Iterable[Header]) -> bytes:
    """Write headers as HTTP/1.1 sends them, each with the end of its line."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)
