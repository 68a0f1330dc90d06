"""The forms of OpenID Connect that both the registry and the protocol hold to: addresses, subjects."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_LONGEST_ADDRESS = 500
_SUBJECT = re.compile(r"[!-~](?:[ -~]{0,253}[!-~])?")


def is_private_address(address: str) -> bool:
    """Tell whether nobody on the way reads what is sent to an address: https, or http on this machine itself.

    Limits: 500 printable ASCII characters, with no user, password or fragment in them.
    """
    if len(address) > _LONGEST_ADDRESS or not (address.isascii() and address.isprintable()):
        return False
    if not set(address).isdisjoint(' @#\\<>"'):
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host or ""))
    )


def is_subject(value: str) -> bool:
    """Tell whether a text has the form of a provider's subject: 1 to 255 ASCII characters, no spaces at the ends.

    Source: OpenID Connect Core 1.0, section 2.
    """
    return _SUBJECT.fullmatch(value) is not None


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
