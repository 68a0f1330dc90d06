"""The parties: organisations that keep, use and build in the reference, and the systems that they make or run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadInput, NotFound, WrongState
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.parties.tables import party as parties
from maksa.registry.parties.tables import party_system
from maksa.text import Text

PARTY_KINDS = {
    "centre": Text("مرکز", "centre"),
    "insurer": Text("بیمه‌گر", "insurer"),
    "vendor": Text("سازندهٔ سامانه", "vendor"),
    "hospital": Text("بیمارستان", "hospital"),
    "university": Text("دانشگاه", "university"),
}
SYSTEM_KINDS = {
    "hospital": Text("سامانهٔ بیمارستان", "hospital"),
    "laboratory": Text("سامانهٔ آزمایشگاه", "laboratory"),
    "pharmacy": Text("سامانهٔ داروخانه", "pharmacy"),
    "imaging": Text("سامانهٔ تصویربرداری", "imaging"),
    "radiology": Text("سامانهٔ رادیولوژی", "radiology"),
    "clinic": Text("سامانهٔ درمانگاه", "clinic"),
    "office": Text("سامانهٔ مطب", "office"),
    "appointment": Text("سامانهٔ نوبت‌دهی", "appointment"),
    "health-centre": Text("سامانهٔ مرکز بهداشت", "health-centre"),
    "insurer": Text("سامانهٔ بیمه‌گر", "insurer"),
}
_ID_FORM = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_MAX_NAME = 200
_MAX_SYSTEMS = 200
_HALF_SPACE = "\u200c"


@dataclass(frozen=True, slots=True)
class System:
    """A piece of software; `kind` is one of SYSTEM_KINDS, `system_id` is its own within its party."""

    system_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation; `kind` is one of PARTY_KINDS."""

    party_id: str
    name: str
    kind: str
    systems: tuple[System, ...] = ()


def add_party(registry: Registry, party: Party) -> Party:
    """Register an organisation with its systems, or give one that is registered further systems.

    Raises: BadInput (form of an id or a name, unknown kind, over 200 systems), WrongState (the id is taken by another
    name or kind, or a system's id by another system).
    """
    wanted = _checked(party)
    try:
        with registry.writing() as connection:
            return _add(registry, connection, wanted)
    except IntegrityError:
        raise _taken(party.party_id) from None


def list_parties(registry: Registry, kind: str | None = None) -> tuple[Party, ...]:
    """Give the parties, or those of one kind, in the order of their ids. Raises: BadInput (unknown kind)."""
    wanted = select(parties).order_by(parties.c.party_id)
    if kind is not None:
        wanted = wanted.where(parties.c.kind == _known_kind(kind, PARTY_KINDS))
    with registry.reading() as connection:
        systems: dict[str, list[System]] = {}
        for row in connection.execute(select(party_system).order_by(party_system.c.system_id)):
            systems.setdefault(row.party_id, []).append(System(row.system_id, row.name, row.kind))
        rows = connection.execute(wanted)
        return tuple(
            Party(row.party_id, row.name, row.kind, tuple(systems.get(row.party_id, ()))) for row in rows
        )


def held_party(connection: Connection, party_id: str) -> Party:
    """Give a registered party. Raises: NotFound, which names the first twenty that are."""
    found = _find(connection, party_id)
    if found is None:
        known = tuple(connection.scalars(select(parties.c.party_id).order_by(parties.c.party_id).limit(20)))
        shown = shown_value(party_id)
        raise NotFound(
            Text(fa=f"سازمانی با شناسهٔ «{shown}» ثبت نیست.", en=f"No party '{shown}' is registered."),
            mend=Text(
                fa="آن را با «maksa parties add» ثبت کنید.", en="Register it with 'maksa parties add'."
            ),
            known=known,
        )
    return found


def checked_id(value: str) -> str:
    """Check the form of an id of a party, system or person. Raises: BadInput."""
    if _ID_FORM.fullmatch(value):
        return value
    shown = shown_value(value)
    raise BadInput(
        Text(fa=f"«{shown}» شناسه نمی‌شود.", en=f"'{shown}' cannot be an id."),
        mend=Text(
            fa="حرف کوچک لاتین، رقم، نقطه، خط تیره و زیرخط به کار ببرید، 1 تا 64 نویسه، مانند tamin-1.",
            en="Use 1 to 64 small Latin letters, digits, dots, dashes and underscores, such as tamin-1.",
        ),
    )


def checked_name(value: str) -> str:
    """Give the trimmed name of a party, system or person. Raises: BadInput (empty, long, no line of text)."""
    name = value.strip()
    if 0 < len(name) <= _MAX_NAME and not any(
        unicodedata.category(c)[0] == "C" and c != _HALF_SPACE for c in name
    ):
        return name
    shown = shown_value(value)
    raise BadInput(
        Text(fa=f"«{shown}» نام نمی‌شود.", en=f"'{shown}' cannot be a name."),
        mend=Text(
            fa=f"1 تا {_MAX_NAME} نویسه در یک سطر بدهید.", en=f"Give 1 to {_MAX_NAME} characters on one line."
        ),
    )


def shown_value(value: str) -> str:
    """Give the beginning of what was given, as a sentence may repeat it."""
    return value[:40].encode("ascii", "backslashreplace").decode() if not value.isprintable() else value[:40]


def _checked(party: Party) -> Party:
    if len(party.systems) > _MAX_SYSTEMS:
        raise BadInput(
            Text(
                fa=f"یک سازمان حداکثر {_MAX_SYSTEMS} سامانه دارد.",
                en=f"A party has at most {_MAX_SYSTEMS} systems.",
            )
        )
    systems = tuple(
        System(checked_id(one.system_id), checked_name(one.name), _known_kind(one.kind, SYSTEM_KINDS))
        for one in party.systems
    )
    kind = _known_kind(party.kind, PARTY_KINDS)
    return Party(checked_id(party.party_id), checked_name(party.name), kind, systems)


def _known_kind(kind: str, known: dict[str, Text]) -> str:
    if kind in known:
        return kind
    shown = shown_value(kind)
    raise BadInput(
        Text(fa=f"نوع «{shown}» شناخته نیست.", en=f"The kind '{shown}' is unknown."), known=tuple(known)
    )


def _add(registry: Registry, connection: Connection, wanted: Party) -> Party:
    held = _find(connection, wanted.party_id)
    if held is None:
        values = {"party_id": wanted.party_id, "name": wanted.name, "kind": wanted.kind}
        connection.execute(insert(parties).values(**values, added=datetime.now(UTC)))
        write_entry(registry, connection, "party-add", wanted.party_id, name=wanted.name, kind=wanted.kind)
    elif (held.name, held.kind) != (wanted.name, wanted.kind):
        raise _taken(wanted.party_id)
    _add_systems(registry, connection, wanted, () if held is None else held.systems)
    return held_party(connection, wanted.party_id)


def _add_systems(registry: Registry, connection: Connection, wanted: Party, held: Sequence[System]) -> None:
    for system in (one for one in wanted.systems if one not in held):
        values = {"system_id": system.system_id, "name": system.name, "kind": system.kind}
        connection.execute(insert(party_system).values(party_id=wanted.party_id, **values))
        subject = f"{wanted.party_id} {system.system_id}"
        write_entry(registry, connection, "system-add", subject, name=system.name, kind=system.kind)


def _find(connection: Connection, party_id: str) -> Party | None:
    if _ID_FORM.fullmatch(party_id) is None:
        return None
    row = connection.execute(select(parties).where(parties.c.party_id == party_id)).one_or_none()
    if row is None:
        return None
    of_it = select(party_system).where(party_system.c.party_id == party_id).order_by(party_system.c.system_id)
    systems = tuple(System(one.system_id, one.name, one.kind) for one in connection.execute(of_it))
    return Party(row.party_id, row.name, row.kind, systems)


def _taken(party_id: str) -> WrongState:
    return WrongState(
        Text(
            fa=f"شناسهٔ «{party_id}» یا شناسهٔ یکی از سامانه‌هایش با نام یا نوع دیگری ثبت است.",
            en=f"The id '{party_id}', or that of one of its systems, is registered with another name or kind.",
        ),
        mend=Text(
            fa="فهرست «maksa parties list» را ببینید و شناسهٔ دیگری برگزینید.",
            en="See 'maksa parties list', and choose another id.",
        ),
    )
