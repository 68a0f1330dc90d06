"""Signing in with an OpenID provider: who it vouched for gets a session, if the administrator has linked them.

It makes no people and no roles. The protocol itself is web/single_sign_on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from maksa.errors import NotAllowed
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.links import check_party, folded_email
from maksa.registry.parties.people import Person, held_person
from maksa.registry.parties.providers import Provider, held_provider
from maksa.registry.parties.sign_in import SignedIn, begin_session, hash_of_token
from maksa.registry.parties.tables import answer_used, person_link, session_provider
from maksa.text import Text

_REMEMBERED = timedelta(days=1)
"""How long an answer is known as used: longer than any of a provider is accepted."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouched for: its subject, the e-mail address if the provider has verified it, and our nonce."""

    subject: str
    email: str | None
    nonce: str


def sign_in_with(registry: Registry, provider_id: str, vouched: Vouched) -> SignedIn:
    """Begin a session of the person for whom a provider vouched, once for each answer of it.

    Who is not linked yet, and is expected by e-mail address, is linked to the subject from now on.
    Raises: NotFound (provider), NotAllowed (nobody is linked to the subject, the person is disabled, or the answer was
            used), Refused (people of this party do not sign in so).
    """
    with registry.writing() as connection:
        _use_once(connection, vouched.nonce)
        provider = held_provider(connection, provider_id)
        person = _linked(connection, provider, vouched) or _expected(registry, connection, provider, vouched)
        if person is None:
            raise _unknown(provider)
        if person.disabled:
            raise _disabled()
        check_party(provider, person, by_email=False)
        return begin_session(registry, connection, person.login, provider=provider_id)


def provider_of_session(registry: Registry, token: str) -> str | None:
    """Give the id of the provider that began the session of a token; None when a password did, or it has ended."""
    is_it = session_provider.c.token_hash == hash_of_token(token)
    with registry.reading() as connection:
        found: str | None = connection.scalar(select(session_provider.c.provider_id).where(is_it))
        return found


def _use_once(connection: Connection, nonce: str) -> None:
    now = datetime.now(UTC)
    hashed = hashlib.sha256(nonce.encode()).hexdigest()
    connection.execute(delete(answer_used).where(answer_used.c.expires <= now))
    if connection.scalar(select(answer_used.c.nonce_hash).where(answer_used.c.nonce_hash == hashed)):
        raise NotAllowed(
            Text(
                fa="با این پاسخ ارائه‌دهنده یک بار وارد شده‌اند.",
                en="This answer of the provider was used to sign in already.",
            ),
            mend=Text(fa="ورود را از نو آغاز کنید.", en="Begin to sign in anew."),
        )
    connection.execute(insert(answer_used).values(nonce_hash=hashed, expires=now + _REMEMBERED))


def _linked(connection: Connection, provider: Provider, vouched: Vouched) -> Person | None:
    is_this = person_link.c.subject == vouched.subject
    return _person(connection, provider, is_this)


def _expected(
    registry: Registry, connection: Connection, provider: Provider, vouched: Vouched
) -> Person | None:
    """Link who is expected by the e-mail address, if the administrator allows that for their party still."""
    email = None if vouched.email is None else folded_email(vouched.email)
    if email is None:
        return None
    person = _person(connection, provider, person_link.c.email == email)
    if person is None or person.disabled:
        return person
    check_party(provider, person, by_email=True)
    is_it = (person_link.c.provider_id == provider.provider_id) & (person_link.c.login == person.login)
    linked = {"subject": vouched.subject, "email": None}
    connection.execute(update(person_link).where(is_it).values(linked))
    details = {"provider": provider.provider_id, "linked": vouched.subject, "by": "first sign-in"}
    write_entry(registry.acting_as(person.login), connection, "person-link", person.login, **details)
    return person


def _person(connection: Connection, provider: Provider, is_this: ColumnElement[bool]) -> Person | None:
    of_it = select(person_link.c.login).where(person_link.c.provider_id == provider.provider_id, is_this)
    login = connection.scalar(of_it)
    return None if login is None else held_person(connection, login)


def _unknown(provider: Provider) -> NotAllowed:
    return NotAllowed(
        Text(
            fa=f"«{provider.title.fa}» شما را شناخت، ولی این حساب به هیچ‌یک از افراد این میز کار پیوند ندارد.",
            en=f"{provider.title.en} knows you, but this account is linked to nobody of this desk.",
        ),
        mend=Text(
            fa="از راهبر سامانهٔ مرکز بخواهید شما را پیوند دهد («maksa people link»)، یا با گذرواژه وارد شوید.",
            en="Ask the administrator of the centre to link you ('maksa people link'), or sign in with your password.",
        ),
    )


def _disabled() -> NotAllowed:
    return NotAllowed(
        Text(fa="دسترسی شما به این میز کار پایان یافته است.", en="Your access to this desk has ended."),
        mend=Text(
            fa="از راهبر سامانهٔ مرکز بپرسید.",
            en="Ask the administrator of the centre.",
        ),
    )
