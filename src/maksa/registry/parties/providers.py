"""The OpenID providers by which people may sign in, as the centre configures them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from maksa.errors import BadInput, NotFound, WrongState
from maksa.model.openid import is_private_address
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.parties import checked_id, checked_name, held_party, shown_value
from maksa.registry.parties.sealing import Seal
from maksa.registry.parties.tables import person_session as sessions
from maksa.registry.parties.tables import provider_party, session_provider
from maksa.registry.parties.tables import sign_in_provider as providers
from maksa.text import Text

_LONGEST_LINE = 500
_PURPOSE = "secrets of sign-in providers"


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider; `parties` are those whose people it signs in, never with its secret.

    `email_parties`, of `parties`, are those whose people a verified e-mail address may link at their first sign-in.
    """

    provider_id: str
    title: Text
    issuer: str
    client_id: str
    parties: tuple[str, ...]
    email_parties: tuple[str, ...] = ()


def add_provider(registry: Registry, provider: Provider, secret: str, key: bytes) -> Provider:
    """Register a provider; one that is registered with the same issuer gets the title, client, secret and parties given.

    `key` is the home's, with which the secret is sealed.
    Raises: BadInput (form of a member or the secret, no party, an e-mail party that is no party), NotFound (party),
            WrongState (the id is taken by another issuer, or the issuer by another id).
    """
    wanted = _checked(provider)
    values = {
        "title_fa": wanted.title.fa,
        "title_en": wanted.title.en,
        "client_id": wanted.client_id,
        "sealed_secret": Seal(key, _PURPOSE).close(_line(secret, "رمز کارخواه", "secret")),
    }
    with registry.writing() as connection:
        _write(connection, wanted, values)
        details = {"issuer": wanted.issuer, "client": wanted.client_id, "parties": list(wanted.parties)}
        emails = list(wanted.email_parties)
        write_entry(registry, connection, "provider-add", wanted.provider_id, **details, email_parties=emails)
        return held_provider(connection, wanted.provider_id)


def list_providers(registry: Registry) -> tuple[Provider, ...]:
    """Give all providers, in the order of their ids."""
    with registry.reading() as connection:
        rows = connection.execute(select(providers).order_by(providers.c.provider_id)).all()
        return tuple(_provider_of(connection, row) for row in rows)


def remove_provider(registry: Registry, provider_id: str) -> None:
    """End a provider with all links to it; the sessions that it began end at once. Raises: NotFound."""
    with registry.writing() as connection:
        held_provider(connection, provider_id)
        end_sessions(connection, provider_id)
        connection.execute(delete(providers).where(providers.c.provider_id == provider_id))
        write_entry(registry, connection, "provider-remove", provider_id)


def provider_with_secret(registry: Registry, provider_id: str, key: bytes) -> tuple[Provider, str]:
    """Give a provider and the secret of our client there, in clear.

    Raises: NotFound, WrongState (the secret was sealed with the key of another home).
    """
    with registry.reading() as connection:
        provider = held_provider(connection, provider_id)
        of_it = select(providers.c.sealed_secret).where(providers.c.provider_id == provider_id)
        secret = Seal(key, _PURPOSE).open(connection.scalars(of_it).one())
    if secret is None:
        raise WrongState(
            Text(
                fa=f"رمز کارخواه ما نزد «{provider_id}» با کلید این خانه باز نمی‌شود.",
                en=f"The secret of our client at '{provider_id}' does not open with the key of this home.",
            ),
            mend=Text(
                fa="راهبر سامانه آن را با «maksa people providers add» دوباره ثبت کند.",
                en="Let the administrator give it again with 'maksa people providers add'.",
            ),
        )
    return provider, secret


def held_provider(connection: Connection, provider_id: str) -> Provider:
    """Give a registered provider. Raises: NotFound, which names those that are."""
    row = None
    if "\0" not in provider_id:  # No id has one, and PostgreSQL refuses the question.
        row = connection.execute(
            select(providers).where(providers.c.provider_id == provider_id)
        ).one_or_none()
    if row is None:
        known = tuple(connection.scalars(select(providers.c.provider_id).order_by(providers.c.provider_id)))
        shown = shown_value(provider_id)
        raise NotFound(
            Text(
                fa=f"ارائه‌دهنده‌ای برای ورود با شناسهٔ «{shown}» ثبت نیست.",
                en=f"No sign-in provider '{shown}' is registered.",
            ),
            mend=Text(
                fa="راهبر سامانه آن را با «maksa people providers add» ثبت می‌کند؛ تا آن زمان با گذرواژه وارد شوید.",
                en="The administrator registers it with 'maksa people providers add'; until then, sign in with your password.",
            ),
            known=known,
        )
    return _provider_of(connection, row)


def end_sessions(connection: Connection, provider_id: str, login: str | None = None) -> None:
    """End the sessions that a provider began, or those of one person among them."""
    begun = select(session_provider.c.token_hash).where(session_provider.c.provider_id == provider_id)
    ending = delete(sessions).where(sessions.c.token_hash.in_(begun))
    connection.execute(ending if login is None else ending.where(sessions.c.login == login))


def _checked(provider: Provider) -> Provider:
    if not is_private_address(provider.issuer) or "?" in provider.issuer:
        shown = shown_value(provider.issuer)
        raise BadInput(
            Text(
                fa=f"«{shown}» نشانی صادرکننده نمی‌شود.", en=f"'{shown}' cannot be the address of an issuer."
            ),
            mend=Text(
                fa="نشانی https آن را بی پرسمان و تکه بدهید، همان که در سند کشف آن آمده است.",
                en="Give its https address without query and fragment, as its discovery document has it.",
            ),
        )
    if not provider.parties or not set(provider.email_parties) <= set(provider.parties):
        raise BadInput(
            Text(
                fa="سازمان‌هایی که افرادشان با این ارائه‌دهنده وارد می‌شوند گفته نشده است.",
                en="It is not said whose people this provider signs in.",
            ),
            mend=Text(
                fa="دست‌کم یک سازمان بدهید؛ پیوند با رایانامه تنها برای همان‌هاست.",
                en="Name one party at least; links by e-mail are for these alone.",
            ),
        )
    title = Text(checked_name(provider.title.fa), checked_name(provider.title.en))
    parties, emails = (tuple(sorted(set(named))) for named in (provider.parties, provider.email_parties))
    client_id = _line(provider.client_id, "شناسهٔ کارخواه", "id")
    return Provider(checked_id(provider.provider_id), title, provider.issuer, client_id, parties, emails)


def _line(value: str, fa: str, en: str) -> str:
    """Check a client's id or secret: RFC 6749, appendix A. A sentence never repeats it. Raises: BadInput."""
    if 0 < len(value) <= _LONGEST_LINE and value.isascii() and value.isprintable() and value == value.strip():
        return value
    raise BadInput(
        Text(
            fa=f"{fa} باید یک سطر با 1 تا {_LONGEST_LINE} نویسهٔ ASCII باشد.",
            en=f"The client's {en} is one line of 1 to {_LONGEST_LINE} ASCII characters.",
        ),
        mend=Text(fa="همان را بدهید که ارائه‌دهنده داده است.", en="Give the one that the provider gave."),
    )


def _write(connection: Connection, wanted: Provider, values: dict[str, str]) -> None:
    is_same = (providers.c.provider_id == wanted.provider_id) | (providers.c.issuer == wanted.issuer)
    held = connection.execute(select(providers).where(is_same)).all()
    for row in held:
        if (row.provider_id, row.issuer) != (wanted.provider_id, wanted.issuer):
            raise _taken(row)
    if held:
        connection.execute(update(providers).where(is_same).values(values))
        connection.execute(delete(provider_party).where(provider_party.c.provider_id == wanted.provider_id))
    else:
        fresh = {"provider_id": wanted.provider_id, "issuer": wanted.issuer, "added": datetime.now(UTC)}
        connection.execute(insert(providers).values(**fresh, **values))
    for party_id in wanted.parties:
        held_party(connection, party_id)
        allowed = {"party_id": party_id, "by_email": party_id in wanted.email_parties}
        connection.execute(insert(provider_party).values(provider_id=wanted.provider_id, **allowed))


def _provider_of(connection: Connection, row: Row[tuple[object, ...]]) -> Provider:
    of_it = select(provider_party).where(provider_party.c.provider_id == row.provider_id)
    allowed: Sequence[Row[tuple[object, ...]]] = connection.execute(
        of_it.order_by(provider_party.c.party_id)
    ).all()
    emails = tuple(one.party_id for one in allowed if one.by_email)
    parties = tuple(one.party_id for one in allowed)
    title = Text(row.title_fa, row.title_en)
    return Provider(row.provider_id, title, row.issuer, row.client_id, parties, emails)


def _taken(row: Row[tuple[object, ...]]) -> WrongState:
    return WrongState(
        Text(
            fa=f"ارائه‌دهندهٔ «{row.provider_id}» با صادرکنندهٔ {row.issuer} ثبت است.",
            en=f"The provider '{row.provider_id}' is registered with the issuer {row.issuer}.",
        ),
        mend=Text(
            fa="شناسه یا نشانی دیگری بدهید، یا نخست آن را با «maksa people providers remove» بردارید.",
            en="Give another id or address, or remove that one first with 'maksa people providers remove'.",
        ),
    )
