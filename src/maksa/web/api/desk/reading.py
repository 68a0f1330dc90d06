"""Read the body of an act: a JSON object of known fields, each of its type and within its bounds."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from maksa.text import Text
from maksa.web.api.questions import Asked
from maksa.web.body import read_json
from maksa.web.refusal import Refusal, bad_parameter, shown, too_large

Fields = TypeVar("Fields", bound=msgspec.Struct)

MAX_BODY = 1024 * 1024
"""Bytes of a body, unless an endpoint says otherwise."""
_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`\Z")


async def read_fields(asked: Asked, kind: type[Fields], *, most: int = MAX_BODY) -> Fields:
    """Read the body as a struct of a kind. Raises: Refusal 400 naming the field and what is wrong, 413, 415."""
    if len(await asked.request.body()) > most:
        raise too_large(most)
    sent = await read_json(asked.parts, asked.request)
    try:
        return msgspec.convert({} if sent is None else sent, kind, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), kind) from None


def _wrong(said: str, kind: type[msgspec.Struct]) -> Refusal:
    found = _PATH.search(said)
    path = (found["path"] if found else "") or "body"
    reason = shown_reason(said[: found.start()] if found else said)
    known = kind.__struct_fields__
    return bad_parameter(
        shown(path),
        Text(f"«{shown(path)}» پذیرفته نیست: {reason}.", f"'{shown(path)}' cannot be read: {reason}."),
        mend=Text(f"فیلدها: {'، '.join(known)}.", f"The fields are {', '.join(known)}."),
        known=known,
    )


def shown_reason(said: str) -> str:
    """Give a decoder's reason as a sentence may repeat it."""
    return "".join(c for c in said if c.isprintable())[:200]
