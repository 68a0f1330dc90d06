"""Who acts at the desk through a door: a person who signed in, or a client in the name of its party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request

from maksa.editions.shelf import Shelf
from maksa.errors import Refused
from maksa.home import Home
from maksa.model.clients import Client, require_scope
from maksa.registry.database import Registry
from maksa.registry.parties.access import may, require
from maksa.registry.parties.people import Person
from maksa.registry.parties.sign_in import person_of_session
from maksa.text import Text
from maksa.web.access import bearer, token_of
from maksa.web.parts import Parts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, and on what. Exactly one of `person` and `client` is given.

    `registry` is the home's, in whose journal the acts are theirs.
    """

    home: Home
    registry: Registry
    person: Person | None = None
    client: Client | None = None

    @property
    def name(self) -> str:
        """Name who acts, as the journal does."""
        return self.registry.actor

    @property
    def party(self) -> str | None:
        """Give the id of the party in whose name they act; None for a client of no party."""
        if self.person is not None:
            return self.person.party_id
        return None if self.client is None else self.client.party

    @property
    def roles(self) -> tuple[str, ...]:
        """Give the roles held; a client holds none."""
        return () if self.person is None else self.person.roles

    @property
    def shelf(self) -> Shelf:
        """Give the shelf of the home."""
        return self.home.shelf

    @property
    def sees_all(self) -> bool:
        """Tell whether they may read the records of all parties; others see those of their own."""
        return may(self.roles, "registry-read")

    def require(self, act: str, *, scope: str | None = None) -> None:
        """Let a person do an act by their roles, or a client by `scope`; None: no client may.

        Raises: Refused, which names what is held and who may.
        """
        if self.client is None or scope is None:
            require(self.roles, act)
        else:
            require_scope(self.client, scope)

    def sees(self, scope: str | None = None) -> str | None:
        """Give the party whose records they may see, None for those of all; a client sees its own by `scope`.

        Raises: Refused for a client without that scope, or where none opens this.
        """
        if self.client is not None:
            if scope is None:
                require((), "registry-read")
            else:
                require_scope(self.client, scope)
        return None if self.sees_all else self.party

    def require_party(self, party: str, *, unless: str = "registry-read") -> None:
        """Let them see or (`unless` they may do an act for all) change what belongs to a party.

        Raises: Refused when it is another one's.
        """
        if party != self.party and not may(self.roles, unless):
            raise Refused(
                Text(
                    f"شما برای سازمان «{self.party or '-'}» کار می‌کنید، نه برای «{party[:64]}».",
                    f"You act for the party '{self.party or '-'}', not for '{party[:64]}'.",
                )
            )


def home_of(parts: Parts) -> Home:
    """Give the home. Raises: Refused on a server without a desk."""
    if parts.home is None:
        raise Refused(
            Text("این کارگزار میز کار ندارد.", "This server has no desk."),
            mend=Text("کار را در کارگزار مرکز انجام دهید.", "Do it at the server of the centre."),
        )
    return parts.home


def person_acting(acting: Acting) -> Person:
    """Give the person who acts. Raises: Refused for a client: this is for people."""
    if acting.person is None:
        raise Refused(
            Text("این کار از آن افراد است، نه کارخواه‌ها.", "This is for people, not for clients."),
            mend=Text("با شناسه و گذرواژهٔ خود وارد شوید.", "Sign in with your login and password."),
        )
    return acting.person


async def at_desk(parts: Parts, request: Request, do: Callable[[Acting], T]) -> T:
    """Do something in the name of who sent a request, in the desk's pool; a session's token or a client's.

    Raises: NotAllowed (no token, or one that is over); what `do` raises.
    """
    home, token = home_of(parts), token_of(request)
    if "." in token:  # A client's token is a JWT; that of a session has no dot.
        client = bearer(parts, request)
        return await parts.desk.run(lambda: do(_client_acting(home, client)))
    return await at_desk_by_session(parts, token, do)


async def at_desk_by_session(parts: Parts, token: str, do: Callable[[Acting], T]) -> T:
    """Do something in the name of the person of a session's token. Raises: as `at_desk`."""
    home = home_of(parts)
    return await parts.desk.run(lambda: do(_person_acting(home, token)))


def _person_acting(home: Home, token: str) -> Acting:
    person = person_of_session(home.registry, token)
    return Acting(home, home.registry.acting_as(person.login), person=person)


def _client_acting(home: Home, client: Client) -> Acting:
    return Acting(home, home.registry.acting_as(f"client {client.client_id}"), client=client)
