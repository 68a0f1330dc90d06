"""A question that could not be asked, in no door's form yet; each door's outcome.py gives it one.

Only here do the errors of the product meet the numbers of HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    WrongState,
)
from maksa.text import Text

MAX_SHOWN = 60
"""Characters of a caller's value that a sentence repeats."""


class Refusal(Exception):
    """An answer that is an error: HTTP status, a stable kind, one sentence in two languages, and the mend.

    `known` names what would have been accepted, `parameter` the parameter at fault; `headers` belong to the
    answer whatever its form.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        text: Text,
        *,
        mend: Text | None = None,
        known: Sequence[str] = (),
        parameter: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the doors need to answer."""
        super().__init__(text.en)
        self.status = status
        self.kind = kind
        self.text = text
        self.mend = mend
        self.known = tuple(known)
        self.parameter = parameter
        self.headers = dict(headers or {})

    def sentence(self, language: str) -> str:
        """Give sentence and mend in one line, in Persian for `fa`, else in English."""
        text = self.text.in_language(language)
        return text if self.mend is None else f"{text} {self.mend.in_language(language)}"


_KINDS: Mapping[type[MaksaError], tuple[int, str]] = {
    UnknownTerminology: (404, "unknown-terminology"),
    UnknownEdition: (404, "unknown-edition"),
    UnknownCode: (404, "unknown-code"),
    NotFound: (404, "not-found"),
    BadParameter: (400, "bad-parameter"),
    TooLarge: (413, "too-large"),
    BadInput: (400, "bad-input"),
    NotAllowed: (401, "not-allowed"),
    OverQuota: (429, "over-quota"),
    WrongState: (409, "wrong-state"),
    Refused: (403, "refused"),
    EditionUnreadable: (503, "edition-unreadable"),
    Unreachable: (503, "unreachable"),
}


def refusal_of(error: MaksaError) -> Refusal:
    """Make a refusal of an error of the product, by the nearest class that has a status."""
    status, kind = next((_KINDS[cls] for cls in type(error).__mro__ if cls in _KINDS), (500, "internal"))
    return Refusal(
        status,
        kind,
        error.text,
        mend=error.mend,
        known=error.known,
        parameter=getattr(error, "parameter", None),
        headers={"retry-after": str(error.seconds)} if isinstance(error, OverQuota) else None,
    )


def shown(value: str) -> str:
    """Give a caller's value as a sentence may repeat it: short, and without control characters."""
    return "".join(c if c.isprintable() or c == "\u200c" else "�" for c in value[:MAX_SHOWN])


def bad_request(text: Text, *, mend: Text | None = None, headers: Mapping[str, str] | None = None) -> Refusal:
    """Make the refusal of a request that cannot be read (400)."""
    return Refusal(400, "bad-request", text, mend=mend, headers=headers)


def bad_parameter(
    parameter: str, text: Text, *, mend: Text | None = None, known: Sequence[str] = ()
) -> Refusal:
    """Make the refusal of one parameter (400)."""
    return Refusal(400, "bad-parameter", text, mend=mend, known=known, parameter=parameter)


def missing_parameter(parameter: str, *, example: str) -> Refusal:
    """Make the refusal of a question without something it needs (400)."""
    return bad_parameter(
        parameter,
        Text(fa=f"پارامتر {parameter} داده نشده است.", en=f"The parameter {parameter} is missing."),
        mend=Text(fa=f"آن را بدهید، مانند {example}.", en=f"Give it, for example {example}."),
    )


def unknown_path() -> Refusal:
    """Make the refusal of a path that leads nowhere (404)."""
    return Refusal(
        404,
        "unknown-path",
        Text(fa="در این نشانی چیزی نیست.", en="There is nothing at this address."),
        mend=Text(
            fa="نشانی درها در صفحهٔ نخست آمده است: /", en="The addresses of the doors stand on the page /."
        ),
    )


def method_not_allowed(method: str, allowed: Sequence[str]) -> Refusal:
    """Make the refusal of a method that a path does not take (405), naming those it does."""
    names = ", ".join(allowed)
    return Refusal(
        405,
        "method-not-allowed",
        Text(
            fa=f"این نشانی روش {shown(method)} را نمی‌پذیرد.",
            en=f"This address does not take the method {shown(method)}.",
        ),
        mend=Text(fa=f"با {names} بپرسید.", en=f"Ask with {names}."),
        known=allowed,
        headers={"allow": names},
    )


def too_large(limit: int) -> Refusal:
    """Make the refusal of a body over its bound (413)."""
    return Refusal(
        413,
        "too-large",
        Text(
            fa=f"بدنهٔ درخواست از {limit} بایت بزرگ‌تر است.",
            en=f"The body of the request is larger than {limit} bytes.",
        ),
        mend=Text(fa="آن را در چند درخواست بفرستید.", en="Send it in several requests."),
        headers={"connection": "close"},
    )


def too_busy() -> Refusal:
    """Make the refusal of a question for which no place is free (429)."""
    return Refusal(
        429,
        "too-busy",
        Text(
            fa="اکنون پرسش‌های سنگین زیادی در صف است.",
            en="Too many costly questions are waiting at this moment.",
        ),
        mend=Text(fa="اندکی بعد دوباره بپرسید.", en="Ask again in a moment."),
        headers={"retry-after": "1"},
    )


def too_slow(seconds: float) -> Refusal:
    """Make the refusal of a question that took too long (503)."""
    return Refusal(
        503,
        "deadline",
        Text(
            fa=f"پاسخ در مهلت {seconds:g} ثانیه آماده نشد.",
            en=f"The answer was not ready within {seconds:g} seconds.",
        ),
        mend=Text(fa="پرسش را کوچک‌تر کنید یا بعد بپرسید.", en="Ask for less, or ask later."),
        headers={"retry-after": "2"},
    )


def internal(request_id: str) -> Refusal:
    """Make the answer to a fault of ours (500); the log has the rest under the same id."""
    return Refusal(
        500,
        "internal",
        Text(
            fa=f"خطایی در سامانه رخ داد؛ شناسهٔ آن {request_id} است.",
            en=f"Something failed on our side; its id is {request_id}.",
        ),
        mend=Text(fa="این شناسه را به راهبر سامانه بدهید.", en="Give this id to the operator of the server."),
    )
