"""Ask a server of Maksa: one method a question, the answers those of the native API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from maksa.client.refusals import Answer, refusal_of, unreachable
from maksa.model.verdict import Triple

_TRIES = 2
"""Further tries to connect. A question that was sent is not sent again."""
_NO_PARAMETERS: dict[str, str] = {}


class Client:
    """A connection to one server, kept open; use it in a `with` block. One may be shared between threads.

    Every method gives the JSON object of docs/http-api.md: decimals are strings, `editions` says by which editions
    the answer was found. "No" is an answer; an exception means that the question could not be asked.
    Raises: the classes of maksa.errors: BadInput (BadParameter, TooLarge), NotFound, NotAllowed, OverQuota,
            EditionUnreadable; Unreachable when no server answers in time.
    """

    def __init__(self, url: str, *, timeout: float = 10.0) -> None:
        """Ask the server at an address such as http://127.0.0.1:8080; `timeout` is in seconds, for each question."""
        self._http = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v1/",
            timeout=timeout,
            transport=httpx.HTTPTransport(retries=_TRIES),
            headers={"accept": "application/json", "accept-language": "en"},
        )

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def terminologies(self) -> Answer:
        """List the terminologies, with the edition in force and its letters."""
        return self._get("terminologies", {})

    def lookup(self, terminology: str, code: str, *, on: date | None = None) -> Answer:
        """Give the concept of a code. Raises: NotFound."""
        return self._get(
            f"terminologies/{quote(terminology, safe='')}/concepts/{quote(code, safe='')}", {"on": on}
        )

    def search(
        self, text: str, *, terminology: str | None = None, limit: int = 20, on: date | None = None
    ) -> Answer:
        """Find concepts by words or code, in one list or in all."""
        return self._get("search", {"q": text, "terminology": terminology, "limit": limit, "on": on})

    def validate(
        self, terminology: str, code: str, value: str | None = None, *, on: date | None = None
    ) -> Answer:
        """Tell whether a coded field may be used on a day: the one verdict."""
        asked = {"terminology": terminology, "code": code, "value": value, "on": on}
        return self._get("validate", asked)

    def validate_all(self, triples: Sequence[Triple], *, on: date | None = None) -> Answer:
        """Judge many coded fields, in their order. Limits: those of the server (1,000 at once)."""
        day = None if on is None else on.isoformat()
        items = [
            {"Terminology_id": t.terminology, "Coded_string": t.code, "Value": t.value}
            | ({} if day is None else {"on": day})
            for t in triples
        ]
        return self._answered("POST", "validate", _NO_PARAMETERS, json={"items": items})

    def translate(
        self, terminology: str, code: str, *, target: str | None = None, on: date | None = None
    ) -> Answer:
        """Tell what a code becomes in other lists, by the maps in force on a day."""
        asked = {"terminology": terminology, "code": code, "target": target, "on": on}
        return self._get("translate", asked)

    def relative_value(
        self, terminology: str, code: str, *, coefficients: bool = False, on: date | None = None
    ) -> Answer:
        """Tell what a service is worth in the book in force on a day, in rial too when coefficients are wanted."""
        asked = {"terminology": terminology, "code": code, "coefficients": coefficients, "on": on}
        return self._get("relative-value", asked)

    def letters(
        self,
        *,
        terminology: str | None = None,
        since: date | None = None,
        stub: bool | None = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Answer:
        """List the letters of the ministry, newest first: those of a list, issued since a day, stubs or none."""
        asked = {"terminology": terminology, "since": since, "stub": stub, "limit": limit, "after": after}
        return self._get("letters", asked)

    def letter(self, number: str) -> Answer:
        """Give one letter with its chain and what became of its lists. Raises: NotFound."""
        return self._get(f"letters/{quote(number, safe='')}", {})

    def check(self, message: bytes, *, on: date | None = None) -> Answer:
        """Check one message of a prescription, in JSON or XML. Nothing of it is stored by the server."""
        kind = "application/xml" if message.lstrip()[:1] == b"<" else "application/json"
        return self._answered(
            "POST", "prescriptions/check", _given({"on": on}), content=message, headers={"content-type": kind}
        )

    def _get(self, path: str, asked: Mapping[str, object]) -> Answer:
        return self._answered("GET", path, _given(asked))

    def _answered(self, method: str, path: str, asked: dict[str, str], **sent: Any) -> Answer:
        try:
            answer = self._http.request(method, path, params=asked, **sent)
        except httpx.HTTPError as error:
            raise unreachable(str(self._http.base_url), error) from error
        if answer.is_error:
            raise refusal_of(answer)
        found: Answer = answer.json()
        return found


def _given(asked: Mapping[str, object]) -> dict[str, str]:
    """Give the parameters that have a value, as the API writes them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in asked.items()
        if value is not None
    }
