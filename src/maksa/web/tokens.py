"""Access and refresh tokens: signed, so that every worker and node accepts what another one gave.

A token carries the client's id, its own kind and its times; whether the client still stands is asked of the
ClientDirectory at every use.
"""

from __future__ import annotations

import time
from typing import Literal, NamedTuple

import jwt

from maksa.errors import NotAllowed
from maksa.text import Text
from maksa.web.settings import WebSettings

Kind = Literal["access", "refresh"]

_ALGORITHM = "HS256"
_KEY_BYTES = 32
_MAX_TOKEN = 2_000
"""Characters; ours have some 250."""
_REMEMBERED = 4_096
"""Tokens whose signature is not looked at again; beyond it, all are forgotten and begin anew."""

_INVALID = Text(fa="توکن معتبر نیست.", en="The token is not valid.")
_EXPIRED = Text(fa="مهلت توکن گذشته است.", en="The token has expired.")
_MEND = Text(fa="از /oauth/token توکن تازه بگیرید.", en="Get a new token from /oauth/token.")


class _Claims(NamedTuple):
    """What a token of ours says."""

    client_id: str
    kind: object
    expires: int


class Tokens:
    """Sign and read tokens with one secret key of at least 32 bytes (HS256)."""

    def __init__(self, key: bytes, settings: WebSettings) -> None:
        if len(key) < _KEY_BYTES:
            raise ValueError(f"The token key needs {_KEY_BYTES} bytes or more.")
        self._key = key
        self._seen: dict[str, _Claims] = {}
        self.seconds: dict[Kind, int] = {
            "access": settings.access_token_seconds,
            "refresh": settings.refresh_token_seconds,
        }

    def issue(self, client_id: str, kind: Kind) -> str:
        """Give a new token of a client."""
        now = int(time.time())
        claims = {"sub": client_id, "kind": kind, "iat": now, "exp": now + self.seconds[kind]}
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def client_of(self, token: str, kind: Kind) -> str:
        """Give the client id of a token of this kind. Raises: NotAllowed when it is not ours or is over."""
        claims = self._seen.get(token)
        if claims is None:
            claims = self._read(token)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[token] = claims
        if claims.expires <= time.time():
            raise NotAllowed(_EXPIRED, mend=_MEND)
        if claims.kind != kind:
            raise NotAllowed(_INVALID, mend=_MEND)
        return claims.client_id

    def _read(self, token: str) -> _Claims:
        if len(token) > _MAX_TOKEN:
            raise NotAllowed(_INVALID, mend=_MEND)
        try:
            claims = jwt.decode(
                token, self._key, algorithms=[_ALGORITHM], options={"require": ["sub", "exp", "iat"]}
            )
        except jwt.ExpiredSignatureError:
            raise NotAllowed(_EXPIRED, mend=_MEND) from None
        except (jwt.InvalidTokenError, ValueError):  # ValueError: what is no ASCII cannot be a token.
            raise NotAllowed(_INVALID, mend=_MEND) from None
        return _Claims(str(claims["sub"]), claims.get("kind"), int(claims["exp"]))
