"""Fakes of what the doors ask: a directory of clients, a journal, a service that breaks."""

from __future__ import annotations

from dataclasses import replace

from maksa.errors import NotAllowed
from maksa.model.clients import Client
from maksa.text import Text

PID = "0123456789abcdef01234567"
SANDBOX = Client("sandbox", "Sandbox", "sandbox", ("000000000000000000000001",), sandbox=True)
VENDOR = Client("vendor", "A vendor", "doctor", (PID,))
OTHER = Client("other", "Another vendor", "nurse", ("f" * 24,))

_REFUSED = Text(fa="کاربر پذیرفته نیست.", en="The client is not accepted.")


class FakeClients:
    """A ClientDirectory in memory: the secret of a client is its id, the password its username."""

    def __init__(self, *clients: Client) -> None:
        self._clients = {client.client_id: client for client in clients}

    def authenticate(self, client_id: str, secret: str) -> Client:
        """Give the client of an id and its secret."""
        client = self.current(client_id)
        if secret != client_id:
            raise NotAllowed(_REFUSED)
        return client

    def authenticate_user(self, client: Client, username: str, password: str) -> None:
        """Check the user of a client."""
        if not username == client.username == password:
            raise NotAllowed(_REFUSED)

    def current(self, client_id: str) -> Client:
        """Give a client as it stands now."""
        client = self._clients.get(client_id)
        if client is None or client.revoked:
            raise NotAllowed(_REFUSED)
        return client

    def revoke(self, client_id: str) -> None:
        """Revoke a client."""
        self._clients[client_id] = replace(self._clients[client_id], revoked=True)


class FakeJournal:
    """A journal that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[dict] = []

    def info(self, event: str, **fields: object) -> None:
        """Keep a line."""
        self.lines.append({"event": event, **fields})

    error = info


class BrokenService:
    """A service of which every question fails in a way that nobody foresaw."""

    def __getattr__(self, name: str):
        """Give a question that fails, whatever it is called."""

        def fail(*_arguments: object, **_parameters: object):
            raise KeyError("a secret of patient 0012345678")

        return fail
