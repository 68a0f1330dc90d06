"""How notices may leave: the mail server, the hosts that are allowed inside the network, the patience with receivers."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from maksa.errors import BadParameter
from maksa.registry.delivery.addresses import is_mail
from maksa.text import Text

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_TLS = ("starttls", "tls", "no")
_PORTS = {"starttls": 587, "tls": 465, "no": 25}


@dataclass(frozen=True, slots=True)
class Policy:
    """Patience, in seconds unless it says otherwise.

    `workers` receivers are served at a time, each for `turn` at most before another round; a send may take `send`. After a
    failure the next try comes after `first_wait`, doubled with each further one up to `longest_wait`, less up to half by
    chance. After `days` of failures a subscription is paused. Nobody else delivers for `lease` after a deliverer died.
    """

    workers: int = 12
    turn: float = 20.0
    send: float = 10.0
    first_wait: float = 5.0
    longest_wait: float = 3600.0
    days: float = 5.0
    lease: float = 60.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server that takes our mails; `sender` is the address they come from."""

    host: str
    port: int
    sender: str
    tls: Literal["starttls", "tls", "no"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """What delivery is told. Without `mail` e-mails wait. `public_url` is where the links of mails lead.

    Webhooks to private, loopback and link-local addresses are refused, but for `hosts` (names) and `networks`.
    """

    mail: MailServer | None = None
    public_url: str | None = None
    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    policy: Policy = field(default_factory=Policy)


def delivery_settings_from(environment: Mapping[str, str]) -> DeliverySettings:
    """Read the settings of delivery from the environment.

    Names:  MAKSA_WEBHOOK_ALLOW (host names and networks, apart by commas), MAKSA_SMTP_HOST, MAKSA_SMTP_PORT, MAKSA_SMTP_USER,
            MAKSA_SMTP_PASSWORD_FILE, MAKSA_SMTP_FROM, MAKSA_SMTP_TLS (starttls, tls or no), MAKSA_PUBLIC_URL.
    Raises: BadParameter naming the variable; never with a password.
    """
    hosts, networks = _allowed(environment)
    return DeliverySettings(
        mail=_mail(environment),
        public_url=_given(environment, "MAKSA_PUBLIC_URL"),
        hosts=hosts,
        networks=networks,
    )


def _mail(environment: Mapping[str, str]) -> MailServer | None:
    host = _given(environment, "MAKSA_SMTP_HOST")
    if host is None:
        return None
    sender = _given(environment, "MAKSA_SMTP_FROM") or ""
    if not is_mail(sender):
        raise _bad("MAKSA_SMTP_FROM", sender, "an address such as maksa@example.ir")
    tls = _given(environment, "MAKSA_SMTP_TLS") or "starttls"
    user = _given(environment, "MAKSA_SMTP_USER")
    if tls not in _TLS or (
        tls == "no" and user is not None and host not in {"localhost", "127.0.0.1", "::1"}
    ):
        raise _bad("MAKSA_SMTP_TLS", tls, "starttls or tls; no only without a user, or on this machine")
    port = _given(environment, "MAKSA_SMTP_PORT") or str(_PORTS[tls])
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise _bad("MAKSA_SMTP_PORT", port, "a port, 1 to 65535")
    return MailServer(host, int(port), sender, tls, user, _password(environment))  # type: ignore[arg-type]


def _password(environment: Mapping[str, str]) -> str | None:
    name = _given(environment, "MAKSA_SMTP_PASSWORD_FILE")
    if name is None:
        return None
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise _bad("MAKSA_SMTP_PASSWORD_FILE", name, "a file that can be read") from None


def _allowed(environment: Mapping[str, str]) -> tuple[frozenset[str], tuple[Network, ...]]:
    words = [word.strip() for word in (environment.get("MAKSA_WEBHOOK_ALLOW") or "").split(",")]
    hosts: set[str] = set()
    networks: list[Network] = []
    for word in filter(None, words):
        try:
            networks.append(ipaddress.ip_network(word.strip("[]")))
        except ValueError:
            if "/" in word or not word.replace("-", "").replace(".", "").isalnum():
                raise _bad(
                    "MAKSA_WEBHOOK_ALLOW", word, "names of hosts and networks such as 10.20.0.0/16"
                ) from None
            hosts.add(word.casefold())
    return frozenset(hosts), tuple(networks)


def _given(environment: Mapping[str, str], name: str) -> str | None:
    return (environment.get(name) or "").strip() or None


def _bad(name: str, value: str, wanted: str) -> BadParameter:
    return BadParameter(
        name,
        Text(
            f"مقدار «{value[:60]}» برای متغیر {name} پذیرفته نیست.",
            f"The environment variable {name} cannot be '{value[:60]}'.",
        ),
        mend=Text(f"بدهید: {wanted}.", f"Give {wanted}."),
    )
