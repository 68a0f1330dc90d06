"""The clients of the registry as doors ask for them: whether this is really it, and whether it still may."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from maksa.errors import NotAllowed
from maksa.model.clients import Client
from maksa.registry.database import Registry
from maksa.registry.parties.clients import find_client
from maksa.registry.parties.quotas import QuotaCounter
from maksa.text import Text

_FRESH_SECONDS = 1.0
_MAX_SECRET = 256


class Directory:
    """The clients of a registry as doors know them (meets model.clients.ClientDirectory)."""

    def __init__(self, registry: Registry) -> None:
        """Look clients up in a registry."""
        self._registry = registry
        self._seen: dict[str, tuple[float, Client]] = {}
        self._quotas = QuotaCounter()

    def authenticate(self, client_id: str, secret: str) -> Client:
        """Give the client of an id and its secret. Raises: NotAllowed (unknown, wrong, expired or revoked).

        Cost: one argon2 verification, whether the client exists or not.
        """
        found = self._find(client_id)
        if not _verified(found[1] if found else _hash_of_nobody(), secret) or found is None:
            raise NotAllowed(
                Text(
                    fa="شناسه یا رمز کارخواه درست نیست.",
                    en="The client id or its secret is wrong.",
                ),
                mend=Text(
                    fa="شناسه و رمزی را بفرستید که هنگام ساختن کارخواه نشان داده شد.",
                    en="Send the id and the secret that were shown when the client was made.",
                ),
            )
        return _standing(found[0])

    def authenticate_user(self, client: Client, username: str, password: str) -> None:
        """Check the user of a client. Raises: NotAllowed. Cost: as `authenticate`."""
        found = self._find(client.client_id)
        known = found is not None and secrets.compare_digest(found[0].username.encode(), username.encode())
        verified = _verified(found[2] if found and known else _hash_of_nobody(), password)
        if not known or not verified:
            raise NotAllowed(
                Text(
                    fa="نام کاربری یا گذرواژه درست نیست.",
                    en="The username or the password is wrong.",
                )
            )

    def current(self, client_id: str) -> Client:
        """Give a client as it stood at most a second ago, and count a question of it (by process: QuotaCounter).

        Raises: NotAllowed if expired, revoked or unknown, OverQuota.
        """
        now = time.monotonic()
        seen = self._seen.get(client_id)
        if seen is None or now - seen[0] >= _FRESH_SECONDS:
            found = self._find(client_id)
            if found is None:
                self._seen.pop(client_id, None)
                raise NotAllowed(
                    Text(
                        fa=f"کارخواه «{client_id[:64]}» دیگر ثبت نیست.",
                        en=f"The client '{client_id[:64]}' is not registered any more.",
                    )
                )
            seen = (now, found[0])
            self._seen[client_id] = seen
        client = _standing(seen[1])
        self._quotas.count(client)
        return client

    def _find(self, client_id: str) -> tuple[Client, str, str] | None:
        if "\0" in client_id:  # No id has one, and PostgreSQL refuses the question.
            return None
        with self._registry.reading() as connection:
            return find_client(connection, client_id)


def _standing(client: Client) -> Client:
    if client.revoked:
        raise NotAllowed(
            Text(
                fa=f"کارخواه «{client.client_id}» باطل شده است.",
                en=f"The client '{client.client_id}' is revoked.",
            ),
            mend=Text(fa="از مرکز کارخواه تازه بخواهید.", en="Ask the centre for a new client."),
        )
    if client.expires is not None and client.expires <= datetime.now(UTC):
        raise NotAllowed(
            Text(
                fa=f"اعتبار کارخواه «{client.client_id}» به پایان رسیده است.",
                en=f"The client '{client.client_id}' has expired.",
            ),
            mend=Text(fa="از مرکز کارخواه تازه بخواهید.", en="Ask the centre for a new client."),
        )
    return client


def _verified(stored: str, given: str) -> bool:
    try:
        PasswordHasher().verify(stored, given[:_MAX_SECRET])
    except VerificationError:
        return False
    return len(given) <= _MAX_SECRET


@cache
def _hash_of_nobody() -> str:
    """Give a hash that no one knows the secret of: an unknown id costs as much as a known one."""
    return PasswordHasher().hash(secrets.token_urlsafe(32))
