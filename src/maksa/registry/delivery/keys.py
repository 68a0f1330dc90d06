"""What the home's key gives to delivery: the seal of webhooks' secrets, and codes that prove who reads an address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Literal

from maksa.registry.parties.sealing import Seal

_SECRET_BYTES = 32
_CODE_BYTES = 15
Deed = Literal["confirm", "end"]


class DeliveryKeys:
    """Keys of one home, derived from the key of its tokens: the same on every node, and nowhere in the database."""

    def __init__(self, token_key: bytes) -> None:
        """Derive them."""
        self._seal = Seal(token_key, "webhook secrets")
        self._codes = hmac.digest(token_key, b"maksa subscription codes", hashlib.sha256)

    def sealed(self, secret: str) -> str:
        """Seal a secret for the database."""
        return self._seal.close(secret)

    def opened(self, sealed: str) -> str | None:
        """Give a secret in clear; None when another key sealed it."""
        return self._seal.open(sealed)

    def code(self, deed: Deed, number: int, created: datetime) -> str:
        """Give the code that lets who reads the mail of a subscription confirm or end it: 24 letters and digits."""
        about = f"{deed} {number} {created.isoformat()}".encode()
        digest = hmac.digest(self._codes, about, hashlib.sha256)[:_CODE_BYTES]
        return base64.b32encode(digest).decode().lower()

    def is_code(self, given: str, deed: Deed, number: int, created: datetime) -> bool:
        """Tell whether a code was made for this."""
        typed = given.strip().lower().encode("utf-8", "replace")
        return hmac.compare_digest(typed, self.code(deed, number, created).encode())


def new_secret() -> str:
    """Make a secret in the form of Standard Webhooks: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
