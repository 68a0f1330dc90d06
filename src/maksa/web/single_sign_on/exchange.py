"""One question to a provider: bounded in size and time, following no redirect, its answer a JSON object or a refusal."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from maksa.errors import Unreachable
from maksa.web.single_sign_on.refusals import unreachable

MAX_ANSWER = 256 * 1024
"""Bytes of an answer; discovery documents and key sets have some 10 KB."""
SECONDS = 5.0
"""How long a provider may take to connect, to begin its answer, and to end it."""


class Reply(NamedTuple):
    """What a provider answered: the status, and the members of its JSON object."""

    status: int
    members: Mapping[str, Any]


class Exchange:
    """The connections to one provider; may be used by several threads at once."""

    def __init__(self, issuer: str) -> None:
        """Connect when asked, not now."""
        self.issuer = issuer
        self._http = httpx.Client(
            timeout=SECONDS,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=16, max_keepalive_connections=0),
            # What is packed could be a thousand times as large unpacked.
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )

    def get(self, address: str, *, token: str | None = None) -> Reply:
        """Read a document of the provider, with an access token where one is given. Raises: Unreachable."""
        return self._ask(
            "GET", address, headers=None if token is None else {"authorization": f"Bearer {token}"}
        )

    def post(self, address: str, form: Mapping[str, str], auth: httpx.Auth | None) -> Reply:
        """Send a form. Raises: Unreachable."""
        return self._ask("POST", address, data=form, auth=auth)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(self, method: str, address: str, **sent: Any) -> Reply:
        try:
            with self._http.stream(method, address, **sent) as answer:
                body = self._body_of(answer)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            kind = type(error).__name__  # Its sentence may repeat an address with what stands in it.
            raise unreachable(self.issuer, f"پاسخی نداد ({kind})", f"it gave no answer ({kind})") from None
        return Reply(answer.status_code, self._members_of(answer, body))

    def _body_of(self, answer: httpx.Response) -> bytes:
        until = time.monotonic() + SECONDS
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise self._unfit("فشرده است", "it is packed")
        body = bytearray()
        for piece in answer.iter_raw():
            body += piece
            if len(body) > MAX_ANSWER:
                raise self._unfit("بسیار بزرگ است", "it is too large")
            if time.monotonic() > until:
                raise self._unfit("بسیار کند می‌آید", "it comes too slowly")
        return bytes(body)

    def _members_of(self, answer: httpx.Response, body: bytes) -> Mapping[str, Any]:
        status = answer.status_code
        if not (answer.is_success or answer.is_client_error):
            raise self._unfit(f"وضعیت آن {status} است", f"its status is {status}")
        try:
            members = json.loads(body)
        except (ValueError, RecursionError):
            members = None
        if isinstance(members, dict):
            return members
        if answer.is_client_error:
            return {}
        raise self._unfit("شیء JSON نیست", "it is no JSON object")

    def _unfit(self, fa: str, en: str) -> Unreachable:
        return unreachable(self.issuer, f"پاسخ آن به کار نمی‌آید، {fa}", f"its answer is of no use, {en}")
