"""Clients of the gateway: made with a secret that is shown once, kept as argon2 hashes, expired and revoked."""

from __future__ import annotations

import contextlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadInput, NotFound, WrongState
from maksa.model.clients import SCOPES, Client
from maksa.model.jalali import TEHRAN, format_jalali
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.parties import held_party
from maksa.registry.parties.tables import client_grant
from maksa.registry.tables import client as clients
from maksa.registry.tables import client_pid
from maksa.text import Text

SANDBOX = Client(
    client_id="sandbox",
    name="Sandbox (public, loopback only)",
    username="sandbox",
    pids=("000000000000000000000001",),
    sandbox=True,
)
"""The client that everybody may try on the machine itself; its secret and password are its id."""

_ID_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PID_FORM = re.compile(r"[0-9a-f]{24}")
_ID_MEND = Text(
    fa="حرف لاتین، رقم، نقطه، خط تیره و زیرخط به کار ببرید، مانند hospital-12.",
    en="Use Latin letters, digits, dots, dashes and underscores, such as hospital-12.",
)
_PID_MEND = Text(
    fa=f"24 رقم شانزده‌شانزدهی (0 تا 9 و a تا f) بدهید، مانند {SANDBOX.pids[0]}.",
    en=f"Give 24 hexadecimal digits (0-9, a-f), such as {SANDBOX.pids[0]}.",
)
_MAX_PIDS = 20
_MAX_NAME = 200
_MAX_QUOTA = 1_000_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client just made or rotated, with its secrets in clear: shown once, never stored."""

    client: Client
    secret: str
    password: str

    def __repr__(self) -> str:
        """Leave the secrets out: what is logged by mistake holds none."""
        return f"NewClient({self.client!r})"


def add_client(
    registry: Registry,
    client_id: str,
    *,
    name: str,
    username: str | None = None,
    pids: tuple[str, ...] = (),
    expires: datetime | None = None,
) -> NewClient:
    """Register a client system and make its secret and the password of its user.

    `username` is the client's id unless given; a pid is made if none is given (24 hex digits each).
    Raises: BadInput (form of id, name, username, pid; an expiry without zone or in the past),
            WrongState (the id is taken).
    """
    client = Client(
        client_id=_checked(_ID_FORM, "client id", client_id, _ID_MEND),
        name=_checked_name(name),
        username=_checked(_ID_FORM, "username", client_id if username is None else username, _ID_MEND),
        pids=_checked_pids(pids),
        expires=_checked_expiry(expires),
    )
    if client_id == SANDBOX.client_id:
        raise _taken(client_id)
    new = NewClient(client, secrets.token_urlsafe(32), secrets.token_urlsafe(18))
    _insert(registry, new)
    return new


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose a client is, what it may (names of SCOPES), and how often a minute and a day (None: no bound)."""

    party: str | None = None
    scopes: tuple[str, ...] = ("read",)
    per_minute: int | None = None
    per_day: int | None = None


def grant_client(registry: Registry, client_id: str, grant: Grant) -> Client:
    """Say whose a client is and what it may, in place of what was said before; doors follow within a second.

    Raises: NotFound (client, party), BadInput (an unknown scope or none, a quota not of 1 to 10^9, a scope beside
            `read` without a party).
    """
    scopes = _checked_scopes(grant)
    for quota in (grant.per_minute, grant.per_day):
        _check_quota(quota)
    values = {"party_id": grant.party, "scopes": " ".join(scopes)}
    quotas = {"per_minute": grant.per_minute, "per_day": grant.per_day}
    with registry.writing() as connection:
        _held(connection, client_id)
        if grant.party is not None:
            held_party(connection, grant.party)
        connection.execute(delete(client_grant).where(client_grant.c.client_id == client_id))
        connection.execute(insert(client_grant).values(client_id=client_id, **values, **quotas))
        details = {"party": grant.party, "scopes": list(scopes)}
        write_entry(registry, connection, "client-grant", client_id, **details, **quotas)
        return _held(connection, client_id)


def rotate_client(registry: Registry, client_id: str) -> NewClient:
    """Replace the secret and the password of a client; the old ones end at once.

    Raises: NotFound, WrongState (revoked, or the public sandbox).
    """
    secret, password = secrets.token_urlsafe(32), secrets.token_urlsafe(18)
    hashes = _hashes(secret, password)
    with registry.writing() as connection:
        client = _held(connection, client_id)
        if client.revoked or client.sandbox:
            raise WrongState(
                Text(
                    fa=f"رمز کارخواه «{client_id}» عوض نمی‌شود: باطل شده یا کارخواه آزمایشی همگانی است.",
                    en=f"The secret of client '{client_id}' cannot be replaced: it is revoked, or the public sandbox.",
                ),
                mend=Text(fa="کارخواه تازه‌ای بسازید.", en="Add a new client."),
            )
        connection.execute(update(clients).where(clients.c.client_id == client_id).values(**hashes))
        write_entry(registry, connection, "client-rotate", client_id)
    return NewClient(client, secret, password)


def revoke_client(registry: Registry, client_id: str) -> Client:
    """End a client for good; doors refuse it within a second. Raises: NotFound."""
    with registry.writing() as connection:
        _held(connection, client_id)
        connection.execute(update(clients).where(clients.c.client_id == client_id).values(revoked=True))
        write_entry(registry, connection, "client-revoke", client_id)
        return _held(connection, client_id)


def list_clients(registry: Registry) -> tuple[Client, ...]:
    """List all clients, revoked and expired ones too, in the order of their ids."""
    with registry.reading() as connection:
        pids: dict[str, list[str]] = {}
        for client_id, pid in connection.execute(select(client_pid).order_by(client_pid.c.pid)):
            pids.setdefault(client_id, []).append(pid)
        grants = {row.client_id: row for row in connection.execute(select(client_grant))}
        rows = connection.execute(select(clients).order_by(clients.c.client_id))
        return tuple(
            _with_grant(client_of(row, tuple(pids.get(row.client_id, ()))), grants.get(row.client_id))
            for row in rows
        )


def add_sandbox_client(registry: Registry) -> Client:
    """Register the public sandbox client, if it is not there; doors admit it on loopback only."""
    with registry.reading() as connection:
        held = connection.scalar(select(clients.c.client_id).where(clients.c.client_id == SANDBOX.client_id))
    if held is None:
        with contextlib.suppress(WrongState):  # Another process was faster, which is as good.
            _insert(registry, NewClient(SANDBOX, SANDBOX.client_id, SANDBOX.username))
    return SANDBOX


def last_day(expires: datetime) -> date:
    """Give the last day in Tehran on which a client that expires at an instant may ask."""
    return (expires.astimezone(TEHRAN) - timedelta(microseconds=1)).date()


def find_client(connection: Connection, client_id: str) -> tuple[Client, str, str] | None:
    """Give a client with the hashes of its secret and password, or None."""
    row = connection.execute(select(clients).where(clients.c.client_id == client_id)).one_or_none()
    if row is None:
        return None
    pids = connection.scalars(
        select(client_pid.c.pid).where(client_pid.c.client_id == client_id).order_by(client_pid.c.pid)
    )
    client = client_of(row, tuple(pids))
    grant = connection.execute(
        select(client_grant).where(client_grant.c.client_id == client_id)
    ).one_or_none()
    return _with_grant(client, grant), row.secret_hash, row.password_hash


def client_of(row: Row[tuple[object, ...]], pids: tuple[str, ...]) -> Client:
    """Make the record of a row of the client table."""
    return Client(row.client_id, row.name, row.username, pids, row.expires, row.revoked, row.sandbox)


def _with_grant(client: Client, row: Row[Any] | None) -> Client:
    if row is None:
        return client
    scopes = tuple(row.scopes.split())
    return replace(client, party=row.party_id, scopes=scopes, per_minute=row.per_minute, per_day=row.per_day)


def _held(connection: Connection, client_id: str) -> Client:
    found = find_client(connection, client_id)
    if found is None:
        known = tuple(connection.scalars(select(clients.c.client_id).order_by(clients.c.client_id).limit(20)))
        raise NotFound(
            Text(
                fa=f"کارخواهی با شناسهٔ «{client_id[:64]}» ثبت نشده است.",
                en=f"No client '{client_id[:64]}' is registered.",
            ),
            known=known,
        )
    return found[0]


def _insert(registry: Registry, new: NewClient) -> None:
    client = new.client
    hashes = _hashes(new.secret, new.password)
    try:
        with registry.writing() as connection:
            connection.execute(
                insert(clients).values(
                    client_id=client.client_id,
                    name=client.name,
                    username=client.username,
                    expires=client.expires,
                    revoked=client.revoked,
                    sandbox=client.sandbox,
                    **hashes,
                )
            )
            connection.execute(
                insert(client_pid), [{"client_id": client.client_id, "pid": pid} for pid in client.pids]
            )
            expires = None if client.expires is None else client.expires.isoformat()
            write_entry(
                registry, connection, "client-add", client.client_id, name=client.name, expires=expires
            )
    except IntegrityError:
        raise _taken(client.client_id) from None


def _hashes(secret: str, password: str) -> dict[str, str]:
    hasher = PasswordHasher()
    return {"secret_hash": hasher.hash(secret), "password_hash": hasher.hash(password)}


def _checked(form: re.Pattern[str], what: str, value: str, mend: Text) -> str:
    if form.fullmatch(value):
        return value
    shown = value[:40]
    raise BadInput(
        Text(
            fa=f"«{shown}» برای {what} پذیرفته نیست.",
            en=f"'{shown}' is not accepted as a {what}.",
        ),
        mend=mend,
    )


def _checked_scopes(grant: Grant) -> tuple[str, ...]:
    unknown = [scope[:40] for scope in grant.scopes if scope not in SCOPES]
    if unknown or not grant.scopes:
        raise BadInput(
            Text(
                fa=f"دامنهٔ کارخواه شناخته نیست یا داده نشده است: «{', '.join(unknown)}».",
                en=f"The scopes of a client are unknown or none: '{', '.join(unknown)}'.",
            ),
            known=SCOPES,
        )
    if grant.party is None and set(grant.scopes) != {"read"}:
        raise BadInput(
            Text(
                fa="کارخواهی که جز خواندن کاری می‌کند، باید از آنِ سازمانی باشد.",
                en="A client that does more than read belongs to a party.",
            ),
            mend=Text(fa="سازمان آن را بدهید.", en="Name its party."),
        )
    return tuple(scope for scope in SCOPES if scope in grant.scopes)


def _check_quota(quota: int | None) -> None:
    if quota is not None and not 0 < quota <= _MAX_QUOTA:
        raise BadInput(
            Text(
                fa=f"سهم {quota} پذیرفته نیست؛ 1 تا {_MAX_QUOTA} است.",
                en=f"The quota {quota} is not accepted: 1 to {_MAX_QUOTA}.",
            )
        )


def _checked_name(name: str) -> str:
    trimmed = name.strip()
    if trimmed and len(trimmed) <= _MAX_NAME and not _CONTROL.search(trimmed):
        return trimmed
    raise BadInput(
        Text(
            fa="نام کارخواه باید 1 تا 200 نویسه و بی نویسهٔ کنترلی باشد.",
            en="The name of a client has 1 to 200 characters and no control characters.",
        )
    )


def _checked_pids(pids: tuple[str, ...]) -> tuple[str, ...]:
    if len(pids) > _MAX_PIDS:
        raise BadInput(
            Text(
                fa=f"یک کارخواه حداکثر {_MAX_PIDS} شناسهٔ بسته (pid) دارد.",
                en=f"A client has at most {_MAX_PIDS} pids.",
            )
        )
    if not pids:
        return (secrets.token_hex(12),)
    return tuple(sorted({_checked(_PID_FORM, "pid", pid.lower(), _PID_MEND) for pid in pids}))


def _checked_expiry(expires: datetime | None) -> datetime | None:
    if expires is None:
        return None
    if expires.tzinfo is None:
        raise BadInput(
            Text(
                fa=f"زمان پایان «{expires.isoformat()}» منطقهٔ زمانی ندارد.",
                en=f"The expiry '{expires.isoformat()}' has no time zone.",
            )
        )
    if expires <= datetime.now(UTC):
        day = last_day(expires)
        raise BadInput(
            Text(
                fa=f"واپسین روز اعتبار، {format_jalali(day)}، گذشته است.",
                en=f"The last day of the client, {format_jalali(day)} ({day.isoformat()}), is past.",
            ),
            mend=Text(fa="روزی در آینده بدهید.", en="Give a day to come."),
        )
    return expires.astimezone(UTC)


def _taken(client_id: str) -> WrongState:
    return WrongState(
        Text(
            fa=f"شناسهٔ کارخواه «{client_id}» از پیش گرفته شده است.",
            en=f"The client id '{client_id}' is taken.",
        ),
        mend=Text(
            fa="شناسهٔ دیگری برگزینید، یا رمز همان کارخواه را عوض کنید.",
            en="Choose another id, or rotate the secret of that client.",
        ),
    )
