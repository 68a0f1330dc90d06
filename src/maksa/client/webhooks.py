"""Receiving notices: whether a message to a webhook came from the centre, and what it tells."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from maksa.errors import BadInput, NotAllowed
from maksa.text import Text

TOLERANCE_SECONDS = 300
"""How far the clock of the sender may be away from ours."""


def verified_event(
    secrets: str | Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime | None = None
) -> dict[str, Any]:
    """Give the CloudEvent of a message that bears the signature of one of the secrets (`whsec_…`).

    `headers` are those of the request, in any letter case; `body` its bytes as they came. The same `id` means the same
    notice: what was worked on already is answered with 2xx and left.
    Raises: NotAllowed (no header, another signature, over five minutes old or ahead), BadInput (a secret out of form).
    """
    named = {name.casefold(): value for name, value in headers.items()}
    message_id, timestamp = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
    signatures = [
        word.partition(",")[2] for word in named.get("webhook-signature", "").split() if word[:3] == "v1,"
    ]
    if not (
        message_id and signatures and timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13
    ):
        raise _refused("امضا ندارد", "it is not signed")
    sent, today = int(timestamp), (now or datetime.now(UTC)).timestamp()
    if abs(today - sent) > TOLERANCE_SECONDS:
        raise _refused("زمان آن بیش از پنج دقیقه دور است", "its time is more than five minutes away")
    signed = b"%b.%d.%b" % (message_id.encode("utf-8", "replace"), sent, body)
    expected = [_digest(secret, signed) for secret in ([secrets] if isinstance(secrets, str) else secrets)]
    if not any(
        hmac.compare_digest(one.encode(), given.encode("utf-8", "replace"))
        for one in expected
        for given in signatures
    ):
        raise _refused("امضای آن از راز این وب‌هوک نیست", "its signature is not of this webhook's secret")
    event: dict[str, Any] = json.loads(body)
    return event


def _digest(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise BadInput(
            Text("راز وب‌هوک خوانده نمی‌شود.", "The secret of the webhook cannot be read."),
            mend=Text("آن را همان‌گونه که نشان داده شد بدهید: whsec_….", "Give it as it was shown: whsec_…."),
        ) from None
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _refused(fa: str, en: str) -> NotAllowed:
    return NotAllowed(Text(f"این پیام پذیرفته نیست: {fa}.", f"The message is refused: {en}."))
