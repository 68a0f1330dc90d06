"""The rows of the desk's table that are about parties, people and clients."""

from __future__ import annotations

import msgspec

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import keeping_wire as wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, WRITING
from maksa.web.api.openapi import Operation
from maksa.web.query import Parameter

_PERSON = f"{PREFIX}/people/{{login}}"
_CLIENT = f"{PREFIX}/clients/{{client}}"


def _get(path: str, answer: type[msgspec.Struct], *known: Parameter[str]) -> Operation:
    return Operation("GET", f"{PREFIX}/{path}", known, answer, errors=ACTING, signed=True)


def _post(
    path: str, answer: type[msgspec.Struct], body: type[msgspec.Struct] | None = None, *, status: int = 200
) -> Operation:
    errors = WRITING if body is not None else ACTING
    return Operation("POST", path, (), answer, body=body, status=status, errors=errors, signed=True)


KEEPING: tuple[tuple[Operation, Endpoint], ...] = (
    (
        _get("parties", wire.PartiesAnswer, of.PARTY_KIND),
        later(
            "keeping.parties", "List the parties with their systems: all to who may see them, else one's own."
        ),
    ),
    (
        _post(f"{PREFIX}/parties", wire.PartyOut, wire.PartyIn, status=201),
        later(
            "keeping.add_party",
            "Register an organisation with its systems, or further systems of one that is registered.",
        ),
    ),
    (
        _get("people", wire.PeopleAnswer),
        later("keeping.people", "List all people, disabled ones too."),
    ),
    (
        _post(f"{PREFIX}/people", wire.PasswordOnce, wire.PersonIn, status=201),
        later(
            "keeping.add_person", "Register somebody of a party; the first password is in this answer only."
        ),
    ),
    (
        _post(f"{_PERSON}/roles", wire.PersonOut, wire.RolesIn),
        later("keeping.set_roles", "Give a person these roles in place of those held."),
    ),
    (
        _post(f"{_PERSON}/disable", wire.PersonOut),
        later("keeping.disable", "End a person's access and sessions at once."),
    ),
    (
        _post(f"{_PERSON}/enable", wire.PersonOut),
        later("keeping.enable", "Give a person access again."),
    ),
    (
        _post(f"{_PERSON}/password", wire.PasswordOnce),
        later(
            "keeping.reset_password",
            "Make a new password of a person, in this answer only; the old one and all sessions end.",
        ),
    ),
    (
        _get("clients", wire.ClientsAnswer),
        later("keeping.clients", "List all clients, expired and revoked ones too."),
    ),
    (
        _post(f"{PREFIX}/clients", wire.SecretOnce, wire.ClientIn, status=201),
        later("keeping.add_client", "Register a client; its secret and password are in this answer only."),
    ),
    (
        _post(f"{_CLIENT}/rotate", wire.SecretOnce),
        later(
            "keeping.rotate_client",
            "Replace the secret and the password of a client, in this answer only; the old ones end at once.",
        ),
    ),
    (
        _post(f"{_CLIENT}/revoke", wire.ClientOut),
        later("keeping.revoke_client", "End a client for good."),
    ),
    (
        _post(f"{_CLIENT}/grant", wire.ClientOut, wire.GrantIn),
        later(
            "keeping.grant_client",
            "Say whose a client is, what it may and how often, in place of what was said before.",
        ),
    ),
)
