"""Sealed texts: encrypted with the key of the home, so that who has the database or the browser alone reads nothing."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


class Seal:
    """Seal and open texts of one purpose; what was sealed for another purpose or with another key does not open."""

    def __init__(self, key: bytes, purpose: str) -> None:
        """Derive the key of a purpose from the home's, which every node has."""
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"maksa {purpose}".encode()).derive(key)
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def close(self, text: str) -> str:
        """Seal a text; the result is ASCII, some 100 characters and a third longer than the text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str, *, seconds: int | None = None) -> str | None:
        """Give the text; None when it was not sealed so, was changed, or is older than `seconds`."""
        try:
            return self._fernet.decrypt(sealed.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeError):
            return None
