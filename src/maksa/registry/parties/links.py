"""Who a person is at an OpenID provider: links that the administrator makes, and that no sign-in makes of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from maksa.errors import BadInput, Refused, WrongState
from maksa.model.openid import is_subject
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.parties import shown_value
from maksa.registry.parties.people import Person, held_person
from maksa.registry.parties.providers import Provider, end_sessions, held_provider
from maksa.registry.parties.tables import person_link
from maksa.text import Text

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,189}")


@dataclass(frozen=True, slots=True)
class Link:
    """Who a person is at a provider: its `subject`, or the `email` that links them at their first sign-in."""

    login: str
    provider_id: str
    subject: str | None = None
    email: str | None = None


def link_person(registry: Registry, link: Link) -> Link:
    """Link a person to a subject of a provider, or to the e-mail address that will name it, in place of a link held.

    A subject or an address stands for one person; the sessions that the provider began for this one end.
    Raises: BadInput (not exactly one of subject and address, or their form), NotFound (person, provider), Refused (the
            provider does not sign in people of this party, or links none by e-mail), WrongState (it stands for another).
    """
    wanted = _checked(link)
    with registry.writing() as connection:
        person = held_person(connection, wanted.login)
        provider = held_provider(connection, wanted.provider_id)
        check_party(provider, person, by_email=wanted.email is not None)
        _check_free(connection, wanted)
        _end(connection, wanted.login, wanted.provider_id)
        write_link(connection, wanted)
        # The journal names the subject, which says who may sign in, and not the address, which is personal.
        by = "administrator" if wanted.email is None else "email"
        details = {"provider": wanted.provider_id, "linked": wanted.subject, "by": by}
        write_entry(registry, connection, "person-link", wanted.login, **details)
    return wanted


def unlink_person(registry: Registry, login: str, provider_id: str) -> None:
    """End a person's link to a provider, and the sessions that it began for them. Raises: NotFound, WrongState (no link)."""
    with registry.writing() as connection:
        held_person(connection, login)
        held_provider(connection, provider_id)
        if not _end(connection, login, provider_id):
            raise WrongState(
                Text(
                    fa=f"«{login}» پیوندی با «{provider_id}» ندارد.",
                    en=f"'{login}' has no link to '{provider_id}'.",
                ),
                mend=Text(fa="فهرست «maksa people links» را ببینید.", en="See 'maksa people links'."),
            )
        write_entry(registry, connection, "person-unlink", login, provider=provider_id)


def list_links(registry: Registry) -> tuple[Link, ...]:
    """Give all links, in the order of logins and providers."""
    ordered = select(person_link).order_by(person_link.c.login, person_link.c.provider_id)
    with registry.reading() as connection:
        rows = connection.execute(ordered)
        return tuple(Link(row.login, row.provider_id, row.subject, row.email) for row in rows)


def check_party(provider: Provider, person: Person, *, by_email: bool) -> None:
    """Let a provider sign in a person of this party, or link them by an e-mail address. Raises: Refused."""
    allowed = provider.email_parties if by_email else provider.parties
    if person.party_id in allowed:
        return
    if by_email:
        text = Text(
            fa=f"«{provider.provider_id}» افراد «{person.party_id}» را با رایانامه پیوند نمی‌دهد.",
            en=f"'{provider.provider_id}' does not link people of '{person.party_id}' by e-mail.",
        )
    else:
        text = Text(
            fa=f"افراد «{person.party_id}» با «{provider.provider_id}» وارد نمی‌شوند.",
            en=f"People of '{person.party_id}' do not sign in with '{provider.provider_id}'.",
        )
    mend = Text(
        fa="راهبر سامانه می‌تواند آن را با «maksa people providers add» روا کند.",
        en="The administrator can allow it with 'maksa people providers add'.",
    )
    raise Refused(text, mend=mend, known=allowed)


def write_link(connection: Connection, link: Link) -> None:
    """Keep a link that was checked, of a person who has none to this provider."""
    values = {"subject": link.subject, "email": link.email, "added": datetime.now(UTC)}
    ids = {"provider_id": link.provider_id, "login": link.login}
    connection.execute(insert(person_link).values(**ids, **values))


def folded_email(value: str) -> str | None:
    """Give an e-mail address as it is compared; None when it is none."""
    return value.casefold() if _EMAIL.fullmatch(value) and len(value.casefold()) <= 254 else None


def _checked(link: Link) -> Link:
    email = None if link.email is None else folded_email(link.email)
    if link.subject is not None and link.email is None and is_subject(link.subject):
        return link
    if link.subject is None and email is not None:
        return Link(link.login, link.provider_id, email=email)
    shown = shown_value(link.subject or link.email or "")
    raise BadInput(
        Text(fa=f"با «{shown}» پیوندی ساخته نمی‌شود.", en=f"'{shown}' makes no link."),
        mend=Text(
            fa="یا شناسهٔ فرد نزد ارائه‌دهنده (sub، تا 255 نویسهٔ ASCII) یا نشانی رایانامه را بدهید.",
            en="Give either the person's subject at the provider (sub, up to 255 ASCII characters) or an e-mail address.",
        ),
    )


def _check_free(connection: Connection, link: Link) -> None:
    is_this = (
        person_link.c.email == link.email if link.subject is None else person_link.c.subject == link.subject
    )
    held = select(person_link.c.login).where(person_link.c.provider_id == link.provider_id, is_this)
    holder = connection.scalar(held)
    if holder is not None and holder != link.login:
        raise WrongState(
            Text(
                fa=f"این پیوند نزد «{link.provider_id}» از آنِ «{holder}» است.",
                en=f"This link at '{link.provider_id}' is that of '{holder}'.",
            ),
            mend=Text(
                fa="نخست آن را با «maksa people link … --undo» بردارید.",
                en="End it first with 'maksa people link … --undo'.",
            ),
        )


def _end(connection: Connection, login: str, provider_id: str) -> bool:
    is_it = (person_link.c.provider_id == provider_id) & (person_link.c.login == login)
    ended = connection.execute(delete(person_link).where(is_it)).rowcount > 0
    end_sessions(connection, provider_id, login)
    return ended
