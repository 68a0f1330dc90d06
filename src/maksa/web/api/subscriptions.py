"""What the links in our mails lead to: a page with one button, that confirms an address or ends a subscription.

The page alone changes nothing, since scanners of mails follow links. The button posts to the same address, and so do mail
programs that end a subscription by one click (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from typing import Literal

from starlette.responses import Response

from maksa.errors import MaksaError, NotFound
from maksa.model.persian import ascii_digits
from maksa.text import Text
from maksa.web.api.build import PREFIX
from maksa.web.api.feeds import notices_of
from maksa.web.api.openapi import Operation
from maksa.web.api.questions import Asked
from maksa.web.language import language_of
from maksa.web.query import MAX_TEXT, Parameter, read_text

CODE: Parameter[str] = Parameter(
    "code",
    read_text,
    "The code that stands in the mail.",
    {"type": "string", "maxLength": MAX_TEXT},
    required=True,
)
_PAGE = "text/html"
_SUBSCRIPTION = f"{PREFIX}/subscriptions/{{subscription}}"
_BUTTONS = {
    "confirm": Text("تأیید نشانی", "Confirm the address"),
    "unsubscribe": Text("پایان اشتراک", "End the subscription"),
}
Deed = Literal["confirm", "unsubscribe"]
Ask = Callable[[Asked], Awaitable[Response]]


async def confirm_page(asked: Asked) -> Response:
    """Show the button that confirms the address of a subscription."""
    return _question(asked, "confirm")


async def confirm_subscription(asked: Asked) -> Response:
    """Confirm the address of a subscription by the code that was mailed to it."""
    return await _done(asked, "confirm")


async def unsubscribe_page(asked: Asked) -> Response:
    """Show the button that ends a subscription."""
    return _question(asked, "unsubscribe")


async def unsubscribe(asked: Asked) -> Response:
    """End a subscription by the code that stands in its mails."""
    return await _done(asked, "unsubscribe")


def _operation(method: str, deed: Deed, errors: tuple[int, ...]) -> Operation:
    return Operation(
        method, f"{_SUBSCRIPTION}/{deed}", (CODE,), None, errors=errors, produces={200: _PAGE}, open=True
    )


OPERATIONS: tuple[tuple[Operation, Ask], ...] = (
    (_operation("GET", "confirm", ()), confirm_page),
    (_operation("POST", "confirm", (403, 404, 409, 429, 503)), confirm_subscription),
    (_operation("GET", "unsubscribe", ()), unsubscribe_page),
    (_operation("POST", "unsubscribe", (403, 404, 429, 503)), unsubscribe),
)


def _question(asked: Asked, deed: Deed) -> Response:
    asked.query.need(CODE)
    language = language_of(asked.request, default="fa")
    button = escape(_BUTTONS[deed].in_language(language))
    # Without an address of its own the form goes to that of the page, code and all.
    return _page(f'<form method="post"><button>{button}</button></form>', language)


async def _done(asked: Asked, deed: Deed) -> Response:
    desk, code = notices_of(asked), asked.query.need(CODE)
    digits = ascii_digits(str(asked.request.path_params["subscription"]))
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    do = desk.confirm if deed == "confirm" else desk.end
    language = language_of(asked.request, default="fa")
    try:
        said, status = await asked.parts.ask(lambda: do(number, code), costly=True), 200
    except MaksaError as refusal:  # Who pressed a button reads a page, not JSON.
        said, status = refusal.text, 404 if isinstance(refusal, NotFound) else 409
    return _page(f"<p>{escape(said.in_language(language))}</p>", language, status)


def _page(content: str, language: str, status: int = 200) -> Response:
    direction = "rtl" if language == "fa" else "ltr"
    page = (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Maksa</title>\n'
        f'<link rel="stylesheet" href="/static/portal.css">\n<main>{content}</main>\n</html>\n'
    )
    headers = {"cache-control": "no-store", "vary": "accept-language", "content-language": language}
    return Response(page, status, headers, _PAGE)
