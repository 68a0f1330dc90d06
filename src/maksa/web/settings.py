"""Settings of the web doors: one frozen record, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maksa.errors import BadParameter
from maksa.text import Text

_YES = frozenset({"1", "yes", "true", "on"})
_NO = frozenset({"0", "no", "false", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What the doors may be told. Sizes are bytes, times are seconds.

    `demo` shows the sandbox client on the portal. `sandbox_loopback_only` keeps sandbox clients to callers on
    the same machine. `public_reads` False asks the gateway's token for the native API too. `public_url` is the
    address that the portal prints in its examples, when it differs from the one asked. `max_body` bounds a
    request's body; one that is over it is read no further than `linger_body` and `linger_seconds`, unkept, so
    that the caller gets to see the answer. `question_*`, `login_*`, `desk_*` and `provider_*` bound the pools: threads, waiting calls,
    and the time until an answer is given up. `memo_bytes` bounds the answers kept to be given again; 0 keeps none.
    """

    demo: bool = False
    public_reads: bool = True
    sandbox_loopback_only: bool = True
    access_log: bool = True
    public_url: str | None = None
    max_body: int = 8 * 1024 * 1024
    max_url: int = 8 * 1024
    max_headers: int = 32 * 1024
    body_seconds: float = 30.0
    linger_body: int = 64 * 1024 * 1024
    linger_seconds: float = 5.0
    question_threads: int = 4
    question_queue: int = 64
    question_seconds: float = 20.0
    login_threads: int = 2
    login_queue: int = 64
    login_seconds: float = 10.0
    desk_threads: int = 4
    desk_queue: int = 64
    desk_seconds: float = 60.0
    provider_threads: int = 4
    provider_queue: int = 32
    provider_seconds: float = 30.0
    memo_bytes: int = 16 * 1024 * 1024
    access_token_seconds: int = 3600
    refresh_token_seconds: int = 86_400


def settings_from(environment: Mapping[str, str]) -> WebSettings:
    """Read the settings of a server from its environment.

    Names:  MAKSA_DEMO, MAKSA_PUBLIC_READS, MAKSA_ACCESS_LOG (yes or no), MAKSA_PUBLIC_URL, MAKSA_MAX_BODY.
    Raises: BadParameter naming the variable and its value.
    """
    defaults = WebSettings()
    return WebSettings(
        demo=_flag(environment, "MAKSA_DEMO", default=defaults.demo),
        public_reads=_flag(environment, "MAKSA_PUBLIC_READS", default=defaults.public_reads),
        access_log=_flag(environment, "MAKSA_ACCESS_LOG", default=defaults.access_log),
        public_url=environment.get("MAKSA_PUBLIC_URL") or None,
        max_body=_size(environment, "MAKSA_MAX_BODY", default=defaults.max_body),
    )


def _flag(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environment.get(name, "").strip().casefold()
    if not value:
        return default
    if value not in _YES | _NO:
        raise _bad_setting(name, value, "yes", "no")
    return value in _YES


def _size(environment: Mapping[str, str], name: str, *, default: int) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not 1024 <= int(value[:12]) <= 1024**3:
        raise _bad_setting(name, value, "1024 … 1073741824")
    return int(value)


def _bad_setting(name: str, value: str, *known: str) -> BadParameter:
    return BadParameter(
        name,
        Text(
            fa=f"مقدار «{value[:40]}» برای متغیر {name} پذیرفته نیست.",
            en=f"The environment variable {name} cannot be '{value[:40]}'.",
        ),
        mend=Text(fa=f"یکی از این‌ها را بدهید: {'، '.join(known)}.", en=f"Give {' or '.join(known)}."),
        known=known,
    )
