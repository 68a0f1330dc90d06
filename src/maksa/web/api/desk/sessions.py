"""Sessions: signing in and out, and who is signed in."""

from __future__ import annotations

from maksa.registry.parties import sign_in as sessions
from maksa.registry.parties.access import acts, may
from maksa.registry.parties.people import Person
from maksa.web.access import token_of
from maksa.web.api.desk import wire
from maksa.web.api.desk.reading import read_fields
from maksa.web.api.questions import Asked
from maksa.web.desk.acting import at_desk, home_of, person_acting

_MAX_BODY = 8 * 1024


async def sign_in(asked: Asked) -> wire.SessionAnswer:
    """Sign in: a session's token for a login and its password."""
    sent = await read_fields(asked, wire.SignIn, most=_MAX_BODY)
    registry = home_of(asked.parts).registry
    begun = await asked.parts.logins.run(lambda: sessions.sign_in(registry, sent.login, sent.password))
    return wire.SessionAnswer(
        who=who(begun.person), token=begun.token, expires=begun.expires.isoformat(timespec="seconds")
    )


async def current(asked: Asked) -> wire.SessionAnswer:
    """Tell who is signed in, and what they may do."""
    person = await at_desk(asked.parts, asked.request, person_acting)
    return wire.SessionAnswer(who=who(person))


async def sign_out(asked: Asked) -> wire.Done:
    """Sign out: the session ends at once."""
    registry, token = home_of(asked.parts).registry, token_of(asked.request)
    await asked.parts.desk.run(lambda: sessions.sign_out(registry, token))
    return wire.Done()


async def change_password(asked: Asked) -> wire.Done:
    """Choose another password; all sessions of the person end."""
    sent = await read_fields(asked, wire.NewPassword, most=_MAX_BODY)
    registry, token = home_of(asked.parts).registry, token_of(asked.request)
    await asked.parts.logins.run(lambda: sessions.change_password(registry, token, sent.old, sent.new))
    return wire.Done()


def who(person: Person) -> wire.Who:
    """Write who somebody is, and what their roles allow."""
    return wire.Who(
        login=person.login,
        name=person.name,
        party=person.party_id,
        roles=person.roles,
        acts=tuple(name for name in acts() if may(person.roles, name)),
    )
