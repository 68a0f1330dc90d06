"""Who may use the gateway: what the doors need to know of a client, never its secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from maksa.errors import Refused
from maksa.text import Text

SCOPES = ("read", "requests", "discrepancies", "adoption")
"""What a client may be allowed: to ask, and in the name of its party to file requests of codes, to report
discrepancies, to declare adoption."""


@dataclass(frozen=True, slots=True)
class Client:
    """A registered client system. `pids` are its subscribed packages (24 hex digits each); `expires` is UTC.

    `party` is whose it is, `scopes` what it may (names of SCOPES); `per_minute` and `per_day` bound its questions,
    None is no bound.
    """

    client_id: str
    name: str
    username: str
    pids: tuple[str, ...]
    expires: datetime | None = None
    revoked: bool = False
    sandbox: bool = False
    party: str | None = None
    scopes: tuple[str, ...] = ("read",)
    per_minute: int | None = None
    per_day: int | None = None


class ClientDirectory(Protocol):
    """The port through which doors know clients; the registry keeps them."""

    def authenticate(self, client_id: str, secret: str) -> Client:
        """Give the client of an id and its secret. Raises: NotAllowed (unknown, wrong, expired or revoked).

        Cost: one argon2 verification, some 30 ms of CPU: never in the event loop.
        """

    def authenticate_user(self, client: Client, username: str, password: str) -> None:
        """Check the user of a client. Raises: NotAllowed. Cost: as `authenticate`."""

    def current(self, client_id: str) -> Client:
        """Give a client as it stands now (at most one second old), and count a question against its quotas.

        Raises: NotAllowed if expired or revoked, OverQuota.
        """


def require_scope(client: Client, scope: str) -> None:
    """Let a client do what a scope of SCOPES allows. Raises: Refused naming the scopes held."""
    if scope not in client.scopes:
        held = ", ".join(client.scopes) or "-"
        raise Refused(
            Text(
                fa=f"کارخواه «{client.client_id}» با دامنه‌های {held} اجازهٔ «{scope}» ندارد.",
                en=f"The client '{client.client_id}', with the scopes {held}, may not do this: it needs {scope}.",
            ),
            mend=Text(
                fa="از مرکز بخواهید این دامنه را به کارخواه شما بدهد («maksa clients grant»).",
                en="Ask the centre to grant it to your client ('maksa clients grant').",
            ),
            known=(scope,),
        )
    if client.party is None and scope != "read":
        raise Refused(
            Text(
                fa=f"کارخواه «{client.client_id}» از هیچ سازمانی نیست و به نام کسی کاری نمی‌کند.",
                en=f"The client '{client.client_id}' belongs to no party, so it can act in nobody's name.",
            ),
            mend=Text(
                fa="از مرکز بخواهید سازمان آن را ثبت کند («maksa clients grant --party»).",
                en="Ask the centre to record its party ('maksa clients grant --party').",
            ),
        )
