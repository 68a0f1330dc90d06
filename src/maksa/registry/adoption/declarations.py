"""Declarations («اعلام مراتب»): what parties say of their use of a list. Only ever added to; the last one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, Refused
from maksa.model.jalali import format_jalali, today
from maksa.model.persian import ascii_digits
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.records import (
    DECLARED,
    LONGEST_TEXT,
    TOPIC,
    Declaration,
    declaration_of,
    plain,
    plain_or_none,
)
from maksa.registry.adoption.subjects import check_subject
from maksa.registry.adoption.tables import adoption_declaration
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.registry.parties.access import may, require
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Declared:
    """What is to be declared; the fields are those of `records.Declaration`."""

    party: str
    system: str | None
    terminology: str
    state: str
    edition: str | None = None
    day: date | None = None
    reason: str | None = None
    note: str | None = None
    letter: str | None = None


def declare(registry: Registry, shelf: Shelf, declared: Declared, *, why: str | None = None) -> Declaration:
    """Record a declaration beside the earlier ones. `why` is the reason of who declares in the place of the party.

    Raises: NotFound (party, system), UnknownTerminology, UnknownEdition, BadParameter (what the state needs is
            missing, or does not belong to it). Who may: `require_declaring`.
    """
    checked, reason = _checked(shelf, declared), plain_or_none("why", why, LONGEST_TEXT)
    with registry.writing() as connection:
        check_subject(connection, checked.party, checked.system)
        now = datetime.now(UTC)
        values = asdict(checked) | {
            "system": checked.system or "",
            "day": None if checked.day is None else checked.day.isoformat(),
            "why": reason,
        }
        row = connection.execute(
            insert(adoption_declaration)
            .returning(adoption_declaration)
            .values(**values, at=now, actor=registry.actor)
        ).one()
        append_notice(connection, TOPIC, checked.party, _told(checked), at=now, act="declared")
        told = {name: value for name, value in values.items() if name not in {"party", "note"}}
        write_entry(registry, connection, "adoption-declare", checked.party, number=row.number, **told)
        return declaration_of(row)


def require_declaring(roles: Sequence[str], own_party: str | None, party: str, why: str | None) -> None:
    """Let a person with these roles, at a party of their own, declare for a party: for the own one, or for any with a reason.

    Raises: Refused, which names the roles and who may; BadParameter when a reason is needed.
    """
    if party == own_party and may(roles, "adoption-declare"):
        return
    if not may(roles, "adoption-keep"):
        require(roles, "adoption-declare")
        raise Refused(
            Text(
                f"شما از سازمان «{own_party or '-'}» هستید و برای «{party[:64]}» اعلام نمی‌کنید.",
                f"You are of the party '{own_party or '-'}', and do not declare for '{party[:64]}'.",
            ),
            mend=Text("سازمان خود را بدهید.", "Name your own party."),
        )
    if why is None or not why.strip():
        raise BadParameter(
            "why",
            Text(
                "برای اعلام به جای یک سازمان دلیل لازم است.",
                "To declare in the place of a party needs a reason.",
            ),
            mend=Text("دلیل را بدهید، مانند شمارهٔ نامهٔ آن سازمان.", "Give it, such as the party's letter."),
        )


def list_declarations(
    registry: Registry, *, party: str | None = None, terminology: str | None = None
) -> tuple[Declaration, ...]:
    """Give all that was declared, or what a party declared, or on a list, oldest first."""
    with registry.reading() as connection:
        return read_declarations(connection, party=party, terminology=terminology)


def read_declarations(
    connection: Connection, *, party: str | None = None, terminology: str | None = None
) -> tuple[Declaration, ...]:
    """Do the same in a transaction."""
    columns = adoption_declaration.c
    wanted = select(adoption_declaration)
    if party is not None:
        wanted = wanted.where(columns.party == party)
    if terminology is not None:
        wanted = wanted.where(columns.terminology == terminology)
    return tuple(declaration_of(row) for row in connection.execute(wanted.order_by(columns.number)))


def _checked(shelf: Shelf, declared: Declared) -> Declared:
    calendar = Calendar(shelf)
    terminology = calendar.canonical(declared.terminology)
    edition = None if declared.edition is None else calendar.checked_edition(terminology, declared.edition)
    if declared.state not in DECLARED:
        raise BadParameter(
            "state",
            Text(
                f"وضعیت «{declared.state[:40]}» شناخته نیست.",
                f"The state '{declared.state[:40]}' is unknown.",
            ),
            known=tuple(DECLARED),
        )
    _check_parts(declared, held=calendar.holds(terminology))
    letter = None if declared.letter is None else ascii_digits(plain("letter", declared.letter, 40))
    return replace(
        declared,
        terminology=terminology,
        edition=edition,
        reason=plain_or_none("reason", declared.reason, LONGEST_TEXT),
        note=plain_or_none("note", declared.note, LONGEST_TEXT),
        letter=letter,
    )


def _check_parts(declared: Declared, *, held: bool) -> None:
    """See that a state has what it needs and nothing that belongs to another one. Raises: BadParameter."""
    word = DECLARED[declared.state]
    needed = {
        "edition": held and declared.state != "not-applicable",
        "day": declared.state in {"live", "planned"},
        "reason": declared.state == "not-applicable",
    }
    allowed = {**needed, "edition": declared.state != "not-applicable"}
    for name, is_needed in needed.items():
        given = getattr(declared, name) is not None
        if is_needed and not given:
            raise BadParameter(
                name,
                Text(
                    f"«{word.fa}» بدون {name} اعلام نمی‌شود.", f"'{word.en}' is not declared without {name}."
                ),
            )
        if given and not allowed[name]:
            raise BadParameter(
                name,
                Text(f"«{word.fa}» با {name} اعلام نمی‌شود.", f"'{word.en}' is not declared with {name}."),
            )
    if declared.state == "live" and declared.day is not None and declared.day > today():
        raise BadParameter(
            "day",
            Text(
                f"{format_jalali(declared.day)} هنوز نیامده است.",
                f"{format_jalali(declared.day)} ({declared.day.isoformat()}) is still to come.",
            ),
            mend=Text("آن را برنامه‌ریزی‌شده (planned) اعلام کنید.", "Declare it as planned."),
        )


def _told(declared: Declared) -> Text:
    word, of = (
        DECLARED[declared.state],
        declared.party if declared.system is None else f"{declared.party} {declared.system}",
    )
    return Text(
        f"{of} دربارهٔ فهرست {declared.terminology} اعلام کرد: {word.fa}.",
        f"{of} declared on the list {declared.terminology}: {word.en}.",
    )
