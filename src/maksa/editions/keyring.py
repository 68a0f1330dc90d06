"""Who signs, and whom we trust: Ed25519 keys in a folder, and records of JSON signed with them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from maksa.errors import WrongState
from maksa.text import Text

_SIGNING = "signing.pem"


class KeyRing:
    """The keys of a folder: `signing.pem` (one private key, mode 0600) and `trusted/<key id>.pem` (public ones).

    A key's id is the first 16 hex digits of the SHA-256 of its 32 raw public bytes.
    """

    def __init__(self, folder: Path) -> None:
        """Read the folder when asked, not now."""
        self._folder = folder

    def create(self) -> None:
        """Make a signing key and trust it, unless there is one; safe when several processes do it at once."""
        self._trusted.mkdir(parents=True, exist_ok=True, mode=0o700)
        signing = self._folder / _SIGNING
        if not signing.exists():
            pem = Ed25519PrivateKey.generate().private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            )
            fresh = self._folder / f".{secrets.token_hex(8)}"
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(pem)
            with contextlib.suppress(FileExistsError):  # Another process was first: its key is the key.
                os.link(fresh, signing)
            fresh.unlink()
        self.trust(self._signing_key().public_key())

    def trust(self, key: Ed25519PublicKey) -> str:
        """Keep a public key among the trusted ones and give its id."""
        key_id = _key_id(key)
        path = self._trusted / f"{key_id}.pem"
        if not path.exists():
            fresh = self._trusted / f".{secrets.token_hex(8)}"
            fresh.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
            fresh.replace(path)
        return key_id

    def sign(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Give the record with `key_id` and `signature` (hex), made over its RFC 8785 form without the signature.

        Raises: WrongState when this home has no signing key, as a mirror has none.
        """
        key = self._signing_key()
        unsigned = {**record, "key_id": _key_id(key.public_key())}
        unsigned.pop("signature", None)
        return {**unsigned, "signature": key.sign(rfc8785.dumps(unsigned)).hex()}

    def trusts(self, record: Mapping[str, Any]) -> bool:
        """Tell whether a record bears a good signature of a trusted key."""
        unsigned = {name: value for name, value in record.items() if name != "signature"}
        try:
            key = self._public_key(str(record["key_id"]))
            key.verify(bytes.fromhex(str(record["signature"])), rfc8785.dumps(unsigned))
        except (KeyError, OSError, ValueError, InvalidSignature, rfc8785.CanonicalizationError):
            return False
        return True

    @property
    def _trusted(self) -> Path:
        return self._folder / "trusted"

    def _signing_key(self) -> Ed25519PrivateKey:
        try:
            key = load_pem_private_key((self._folder / _SIGNING).read_bytes(), password=None)
        except FileNotFoundError:
            raise WrongState(
                Text(
                    fa="این خانه کلید امضا ندارد و منتشر نمی‌کند.",
                    en="This home has no signing key and does not publish.",
                ),
                mend=Text(
                    fa="در خانهٔ مرکز منتشر کنید، یا خانه را با «maksa import» یا «maksa demo» بسازید.",
                    en="Publish in the centre's home, or make a home with 'maksa import' or 'maksa demo'.",
                ),
            ) from None
        if not isinstance(key, Ed25519PrivateKey):
            raise WrongState(
                Text(fa="کلید امضا از نوع Ed25519 نیست.", en="The signing key is not an Ed25519 key.")
            )
        return key

    def _public_key(self, key_id: str) -> Ed25519PublicKey:
        if not (key_id.isalnum() and key_id.isascii()):
            raise KeyError(key_id)
        key = load_pem_public_key((self._trusted / f"{key_id}.pem").read_bytes())
        if not isinstance(key, Ed25519PublicKey) or _key_id(key) != key_id:
            raise KeyError(key_id)
        return key


def _key_id(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
