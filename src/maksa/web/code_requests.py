"""Requests for a missing code, as both doors take and show them: bounded a day, followed by a token."""

from __future__ import annotations

from starlette.requests import Request

from maksa.errors import NotFound, Refused
from maksa.model.code_request import AskersAct, CodeRequest, Filed, RequestDesk, Wanted
from maksa.model.persian import ascii_digits
from maksa.text import Text
from maksa.web.parts import Parts


def desk_of(parts: Parts) -> RequestDesk:
    """Give the desk. Raises: Refused on a server that takes no requests."""
    if parts.requests is None:
        raise Refused(
            Text("این کارگزار درخواست کد نمی‌گیرد.", "This server takes no requests for codes."),
            mend=Text("درخواست را به کارگزار مرکز بفرستید.", "Send the request to the server of the centre."),
        )
    return parts.requests


async def file_wanted(parts: Parts, request: Request, wanted: Wanted) -> Filed:
    """File a request that came from the caller's address. Raises: as RequestDesk.file."""
    desk = desk_of(parts)
    address = request.client.host if request.client else ""
    return await parts.ask(lambda: desk.file(wanted, address=address), costly=True)


async def follow(parts: Parts, number: str, token: str) -> CodeRequest:
    """Give the request of a number and its token, both as sent. Raises: NotFound when they belong to none."""
    desk, read = desk_of(parts), number_of(number)
    return await parts.ask(lambda: desk.own(read, token.strip()), costly=True)


async def act_as_asker(parts: Parts, number: str, token: str, act: AskersAct, said: str) -> CodeRequest:
    """Answer or appeal, by who shows the token of a request. Raises: as `follow`; WrongState, BadParameter."""
    desk, read = desk_of(parts), number_of(number)
    return await parts.ask(lambda: desk.act(read, token.strip(), act, said), costly=True)


def number_of(sent: str) -> int:
    """Read the number of a request as it was sent. Raises: NotFound when it is none."""
    digits = ascii_digits(sent.strip())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise NotFound(
            Text("شمارهٔ درخواست عدد نیست.", "The number of a request is a whole number."),
            mend=Text(
                "شماره‌ای را بدهید که هنگام ثبت نشان داده شد.", "Give the number that was shown at filing."
            ),
        )
    return int(digits)
