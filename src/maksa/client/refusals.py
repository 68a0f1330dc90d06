"""What a server refused, as the exceptions that a local question raises."""

from __future__ import annotations

from typing import Any

import httpx

from maksa.errors import (
    BadInput,
    BadParameter,
    EditionUnreadable,
    MaksaError,
    NotAllowed,
    NotFound,
    OverQuota,
    Refused,
    TooLarge,
    UnknownCode,
    UnknownEdition,
    UnknownTerminology,
    Unreachable,
)
from maksa.text import Text

Answer = dict[str, Any]
"""A JSON object of the native API."""

_KINDS: dict[str, type[MaksaError]] = {
    "unknown-terminology": UnknownTerminology,
    "unknown-edition": UnknownEdition,
    "unknown-code": UnknownCode,
    "edition-unreadable": EditionUnreadable,
}
_STATUSES: dict[int, type[MaksaError]] = {
    400: BadInput,
    401: NotAllowed,
    403: Refused,
    404: NotFound,
    413: TooLarge,
    415: BadInput,
}
_WAIT_SECONDS = 60
"""How long to wait where a server says only that it was asked too often."""


def refusal_of(answer: httpx.Response) -> MaksaError:
    """Give the exception that an answer with an error status stands for, with its sentences and the mend."""
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    text = _text(problem, "detail") or _nothing_said(answer.status_code)
    mend, known = _text(problem, "mend"), tuple(map(str, problem.get("known") or ()))
    kind = str(problem.get("type", "")).rpartition(":")[2]
    if kind == "bad-parameter":
        return BadParameter(str(problem.get("parameter", "")), text, mend=mend, known=known)
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wait = answer.headers.get("retry-after", "")
        return OverQuota(text, seconds=int(wait) if wait.isdecimal() else _WAIT_SECONDS, mend=mend)
    found = _KINDS.get(kind) or _STATUSES.get(answer.status_code) or Unreachable
    return found(text, mend=mend, known=known)


def unreachable(url: str, error: httpx.HTTPError) -> Unreachable:
    """Say that no answer came."""
    return Unreachable(
        Text(
            fa=f"کارساز {url} پاسخ نداد ({type(error).__name__}).",
            en=f"The server {url} did not answer ({type(error).__name__}).",
        ),
        mend=Text(
            fa="نشانی و شبکه را بررسی کنید، سپس دوباره بپرسید.",
            en="Check the address and the network, then ask again.",
        ),
    )


def _nothing_said(status: int) -> Text:
    return Text(fa=f"کارساز با وضعیت {status} پاسخ داد.", en=f"The server answered with status {status}.")


def _text(problem: Answer, name: str) -> Text | None:
    english, persian = problem.get(name), problem.get(f"{name}_fa")
    said = english if isinstance(english, str) else None
    return None if said is None else Text(fa=persian if isinstance(persian, str) else said, en=said)
