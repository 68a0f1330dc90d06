"""A batch of coded fields to validate: its JSON text in, records out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import msgspec

from maksa.text import Text
from maksa.web.api import wire
from maksa.web.body import parse_json
from maksa.web.refusal import Refusal, bad_request

MAX_ITEMS = 1_000
"""Coded fields in one batch."""

_DECODER = msgspec.json.Decoder(wire.Questions)
_NAMES = len(wire.Question.__struct_fields__)


def parse_batch(raw: bytes) -> Sequence[wire.Question]:
    """Parse a batch. Raises: Refusal 400 for no JSON or another shape, 413 for too many fields.

    Cost:   0.7 µs a field when the text is plain, else some 2 µs.
    """
    items = _parse_plain(raw)
    if items is None:
        items = _of_shape(parse_json(raw))
    if len(items) > MAX_ITEMS:
        raise _too_many(len(items))
    return items


def _parse_plain(raw: bytes) -> Sequence[wire.Question] | None:
    """Parse a text straight into records; None unless it is surely within the rules of `parse_json`.

    Every name has its colon, so a text with no more colons than the records have names holds no name twice.
    """
    if b"\\u0000" in raw:
        return None
    try:
        items = _DECODER.decode(raw).items
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    absent = sum(map(tuple.count, map(msgspec.structs.astuple, items), repeat(None)))
    names = 1 + _NAMES * len(items) - absent
    return items if names == raw.count(b":") else None


def _of_shape(body: Any) -> Sequence[wire.Question]:
    if isinstance(body, dict) and isinstance(body.get("items"), list) and len(body["items"]) > MAX_ITEMS:
        raise _too_many(len(body["items"]))
    try:
        return msgspec.convert(body, wire.Questions).items
    except msgspec.ValidationError as error:
        raise _bad_shape(str(error)) from None


def _bad_shape(reason: str) -> Refusal:
    return bad_request(
        Text(
            fa=f"بدنهٔ درخواست شکل درستی ندارد: {reason}.", en=f"The body has not the right shape: {reason}."
        ),
        mend=Text(
            fa='بدنه چنین است: {"items": [{"Terminology_id", "Coded_string", "Value", "on"}]}.',
            en='The body is {"items": [{"Terminology_id", "Coded_string", "Value", "on"}]}.',
        ),
    )


def _too_many(count: int) -> Refusal:
    return Refusal(
        413,
        "too-large",
        Text(
            fa=f"{count} مورد فرستاده شده است؛ در یک درخواست {MAX_ITEMS} مورد جا می‌گیرد.",
            en=f"There are {count} items; one request takes {MAX_ITEMS}.",
        ),
        mend=Text(fa="آن‌ها را در چند درخواست بفرستید.", en="Send them in several requests."),
        parameter="items",
    )
