"""Signing in: a password opens a session, a session's token stands for a person until it ends."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from maksa.errors import BadInput, NotAllowed
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.people import Person, held_person, write_password
from maksa.registry.parties.tables import person as people
from maksa.registry.parties.tables import person_session, session_provider
from maksa.text import Text

SESSION_HOURS = 12
"""How long a session lives at most: a long day of work."""
FREE_TRIES = 5
"""Wrong passwords before a login has to wait."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
_LONGEST_LOGIN = 64
_SHORTEST, _LONGEST = 12, 256
_FEWEST_CHARACTERS = 5
"""Different characters of a password at least."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun: its token in clear (shown once, stored as a hash), and until when it holds (UTC)."""

    person: Person
    token: str
    expires: datetime

    def __repr__(self) -> str:
        """Leave the token out: what is logged by mistake holds none."""
        return f"SignedIn({self.person!r}, expires={self.expires!r})"


def sign_in(registry: Registry, login: str, password: str) -> SignedIn:
    """Begin a session of a person.

    Raises: NotAllowed, the same whether the login is unknown, disabled or waiting, or the password wrong.
    Cost: one argon2 verification, some 30 ms of CPU, in each of these cases too: never in the event loop.
    """
    stored = _checked_password(registry, login, password)
    with registry.writing() as connection:
        held = connection.execute(select(people).where(people.c.login == login)).one()
        if held.disabled or held.password_hash != stored:  # Changed while this password was looked at.
            raise _refused()
        connection.execute(update(people).where(people.c.login == login).values(failures=0, waits_until=None))
        return begin_session(registry, connection, login)


def begin_session(
    registry: Registry, connection: Connection, login: str, *, provider: str | None = None
) -> SignedIn:
    """Begin a session of a registered person, whose right to it the caller has established.

    `provider` is the id of the OpenID provider that vouched for them; None: their password did.
    """
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    expires = now + timedelta(hours=SESSION_HOURS)
    connection.execute(delete(person_session).where(person_session.c.expires <= now))
    values = {"token_hash": hash_of_token(token), "login": login, "began": now, "expires": expires}
    connection.execute(insert(person_session).values(values))
    if provider is not None:
        vouched = {"token_hash": values["token_hash"], "provider_id": provider}
        connection.execute(insert(session_provider).values(vouched))
    write_entry(registry.acting_as(login), connection, "sign-in", login, provider=provider)
    return SignedIn(held_person(connection, login), token, expires)


def hash_of_token(token: str) -> str:
    """Give what the table of sessions holds in place of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def person_of_session(registry: Registry, token: str) -> Person:
    """Give the person, as registered now, for whom a token stands. Raises: NotAllowed (unknown, ended or over)."""
    with registry.reading() as connection:
        return _of_session(connection, token)


def sign_out(registry: Registry, token: str) -> None:
    """End the session of a token; an unknown one is ended already."""
    with registry.writing() as connection:
        held = select(person_session.c.login).where(person_session.c.token_hash == hash_of_token(token))
        login = connection.scalar(held)
        if login is not None:
            connection.execute(
                delete(person_session).where(person_session.c.token_hash == hash_of_token(token))
            )
            write_entry(registry.acting_as(login), connection, "sign-out", login)


def change_password(registry: Registry, token: str, old: str, new: str) -> None:
    """Let the person of a session choose another password; all sessions end, this one too.

    Raises: NotAllowed (the session, or the old password, which counts as a try to sign in), BadInput (the new
            password is not strong enough). Cost: as `sign_in`, twice.
    """
    login = person_of_session(registry, token).login
    hashed = PasswordHasher().hash(_strong(new, login))
    _checked_password(registry, login, old)
    with registry.writing() as connection:
        _of_session(connection, token)
        write_password(connection, login, hashed)
        write_entry(registry.acting_as(login), connection, "person-password", login)


def _checked_password(registry: Registry, login: str, password: str) -> str:
    """Give the stored hash of a password that is right. Raises: NotAllowed."""
    begun = _begin_try(registry, login)
    right = _verified(_hash_of_nobody() if begun is None else begun[0], password)
    if begun is not None and right:
        return begun[0]
    if begun is not None and begun[1] >= FREE_TRIES:
        with registry.writing() as connection:
            write_entry(registry, connection, "sign-in-wait", login, failures=begun[1])
    raise _refused()


def _begin_try(registry: Registry, login: str) -> tuple[str, int] | None:
    """Count a try as failed before the password is looked at, so that many at once are no more than one by one.

    Gives the hash to look at and the failures with this one; None when none is to be looked at: the login is
    unknown, disabled or has to wait.
    """
    if not 0 < len(login) <= _LONGEST_LOGIN or not login.isascii() or not login.isprintable():
        return None
    now = datetime.now(UTC)
    with registry.writing() as connection:
        row = connection.execute(select(people).where(people.c.login == login)).one_or_none()
        if row is None or row.disabled or (row.waits_until is not None and row.waits_until > now):
            return None
        failures = row.failures + 1
        until = now + _wait(failures) if failures >= FREE_TRIES else None
        counted = {"failures": failures, "waits_until": until}
        connection.execute(update(people).where(people.c.login == login).values(counted))
        return row.password_hash, failures


def _wait(failures: int) -> timedelta:
    doublings = min(failures - FREE_TRIES, 10)
    return min(timedelta(seconds=FIRST_WAIT.total_seconds() * 2**doublings), LONGEST_WAIT)


def _of_session(connection: Connection, token: str) -> Person:
    held = select(person_session).where(person_session.c.token_hash == hash_of_token(token))
    row = connection.execute(held).one_or_none()
    if row is None or row.expires <= datetime.now(UTC):
        raise NotAllowed(
            Text(fa="نشست شما به پایان رسیده است.", en="Your session has ended."),
            mend=Text(fa="دوباره وارد شوید.", en="Sign in again."),
        )
    return held_person(connection, row.login)


def _strong(password: str, login: str) -> bytes:
    written = unicodedata.normalize("NFKC", password)
    if (
        _SHORTEST <= len(written) <= _LONGEST
        and len(set(written)) >= _FEWEST_CHARACTERS
        and login not in written.casefold()
    ):
        return _written(password)
    raise BadInput(
        Text(fa="این گذرواژه به‌اندازهٔ کافی قوی نیست.", en="This password is not strong enough."),
        mend=Text(
            fa=f"{_SHORTEST} تا {_LONGEST} نویسه با دست‌کم {_FEWEST_CHARACTERS} نویسهٔ گوناگون و بی شناسهٔ خودتان بدهید.",
            en=f"Use {_SHORTEST} to {_LONGEST} characters, at least {_FEWEST_CHARACTERS} different ones, without your login.",
        ),
    )


def _verified(stored: str, password: str) -> bool:
    short = password[: _LONGEST + 1]
    try:
        PasswordHasher().verify(stored, _written(short))
    except VerificationError:
        return False
    return len(short) <= _LONGEST


def _written(password: str) -> bytes:
    """Give the bytes that are hashed: one spelling whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


@cache
def _hash_of_nobody() -> str:
    return PasswordHasher().hash(secrets.token_urlsafe(32))


def _refused() -> NotAllowed:
    return NotAllowed(
        Text(
            fa="شناسه یا گذرواژه درست نیست، یا پس از چند گذرواژهٔ نادرست باید صبر کنید.",
            en="The login or the password is wrong, or you must wait after several wrong passwords.",
        ),
        mend=Text(
            fa=f"پس از {FREE_TRIES} گذرواژهٔ نادرست یک دقیقه، و پس از هر نادرست دیگر دوچندان صبر کنید، حداکثر یک ساعت؛ یا از راهبر سامانه گذرواژهٔ تازه بخواهید.",
            en=f"After {FREE_TRIES} wrong passwords wait a minute, after each further one twice as long, an hour at most; or ask the administrator for a new password.",
        ),
    )
