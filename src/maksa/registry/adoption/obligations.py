"""Obligations: which kinds of parties and systems must use which list, by which letter, by when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources

from sqlalchemy import Connection, insert, select, update

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.edition import Letter
from maksa.model.jalali import format_jalali
from maksa.model.persian import ascii_digits
from maksa.registry.adoption.calendar import Calendar, letters_by_number
from maksa.registry.adoption.records import LONGEST_TEXT, TOPIC, Obligation, obligation_of, plain
from maksa.registry.adoption.tables import adoption_obligation
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Addressees:
    """Kinds of parties (PARTY_KINDS) and of systems (SYSTEM_KINDS) to which a letter speaks."""

    party_kinds: tuple[str, ...] = ()
    system_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be an obligation; the fields are those of `records.Obligation`."""

    terminology: str
    letter: str
    addressees: Addressees
    edition: str | None = None
    deadline: date | None = None


def oblige(registry: Registry, shelf: Shelf, duty: Duty) -> Obligation:
    """Record an obligation; one that stands already with the same content is given as it is.

    Raises: UnknownTerminology, UnknownEdition, BadParameter (unknown kinds, or none), NotFound (the letter is not known).
    """
    return oblige_all(registry, shelf, [duty])[0]


def oblige_all(registry: Registry, shelf: Shelf, duties: Sequence[Duty]) -> Sequence[Obligation]:
    """Record obligations, all of them or none. Raises: as `oblige`."""
    checked = [_checked(shelf, duty) for duty in duties]
    with registry.writing() as connection:
        return [_held(connection, duty) or _add(registry, connection, duty) for duty in checked]


def duties_of_letter(
    shelf: Shelf, number: str, *, addressees: Addressees | None = None, deadline: date | None = None
) -> Sequence[Duty]:
    """Read from a letter who must use which lists: what it and the letters that it refers to announce.

    `addressees` are None where the letter is one of those whose addressees this program knows.
    Raises: NotFound (no such letter), BadParameter (its addressees are not known, or it announces no list).
    """
    letter = _letter(shelf, number)
    to = addressees or addressees_of(letter.number)
    announced = _announced(shelf, letter)
    if not announced:
        raise BadParameter(
            "terminology",
            Text(
                f"نامهٔ {letter.number} و نامه‌هایی که نام می‌برد، فهرستی را ابلاغ نمی‌کنند.",
                f"The letter {letter.number}, and those that it refers to, announce no list.",
            ),
            mend=Text(
                "فهرست را بدهید، یا با «maksa letters add --announces» نامه را به فهرست پیوند دهید.",
                "Name the list, or tie the letter to it with 'maksa letters add --announces'.",
            ),
        )
    return [Duty(terminology, letter.number, to, None, deadline) for terminology in announced]


def addressees_of(letter: str) -> Addressees:
    """Give to whom a letter speaks. Raises: BadParameter where this program does not know, naming the letters of which it does."""
    number = ascii_digits(letter).strip()
    found = known_addressees().get(number)
    if found is None:
        raise BadParameter(
            "kinds",
            Text(
                f"گیرندگان نامهٔ {number[:40]} شناخته نیست.",
                f"To whom the letter {number[:40]} speaks is not known.",
            ),
            mend=Text("نوع سازمان‌ها یا سامانه‌ها را بدهید.", "Name the kinds of parties or systems."),
            known=tuple(known_addressees()),
        )
    return found


def known_addressees() -> Mapping[str, Addressees]:
    """Give, by the numbers of letters, to whom the letters speak that this program knows from the start."""
    return _addressees()


def end_obligation(registry: Registry, number: int, why: str) -> Obligation:
    """Lift an obligation: from now on nobody is held to it. Raises: NotFound, BadParameter, WrongState (lifted already)."""
    reason, which = plain("why", why, LONGEST_TEXT), adoption_obligation.c.number == number
    with registry.writing() as connection:
        row = connection.execute(select(adoption_obligation).where(which)).one_or_none()
        if row is None:
            raise NotFound(
                Text(f"الزام شمارهٔ {number} نیست.", f"There is no obligation {number}."),
                mend=Text(
                    "شماره‌ها را با «maksa adoption obligations» ببینید.", "See 'maksa adoption obligations'."
                ),
            )
        held = obligation_of(row)
        if held.ended is not None:
            raise WrongState(
                Text(f"الزام {number} برداشته شده است.", f"The obligation {number} is lifted already.")
            )
        now = datetime.now(UTC)
        connection.execute(update(adoption_obligation).where(which).values(ended=now, why=reason))
        told = Text(
            f"الزام فهرست {held.terminology} برداشته شد.", f"The obligation of {held.terminology} is lifted."
        )
        append_notice(connection, TOPIC, held.terminology, told, at=now, act="lifted")
        write_entry(registry, connection, "adoption-oblige-end", held.terminology, number=number, why=reason)
        return replace(held, ended=now)


def list_obligations(registry: Registry) -> tuple[Obligation, ...]:
    """List all obligations, those that were lifted too, in the order of their numbers."""
    with registry.reading() as connection:
        return read_obligations(connection)


def read_obligations(connection: Connection) -> tuple[Obligation, ...]:
    """Do the same in a transaction."""
    rows = connection.execute(select(adoption_obligation).order_by(adoption_obligation.c.number))
    return tuple(map(obligation_of, rows))


def _checked(shelf: Shelf, duty: Duty) -> Duty:
    calendar = Calendar(shelf)
    terminology = calendar.canonical(duty.terminology)
    edition = None if duty.edition is None else calendar.checked_edition(terminology, duty.edition)
    to = duty.addressees
    if not (to.party_kinds or to.system_kinds):
        raise BadParameter(
            "kinds",
            Text("گفته نشده است چه کسانی ملزم‌اند.", "It is not said who is obliged."),
            mend=Text("نوع سازمان‌ها یا سامانه‌ها را بدهید.", "Name kinds of parties or of systems."),
            known=(*PARTY_KINDS, *SYSTEM_KINDS),
        )
    kinds = Addressees(
        _known_kinds("party-kind", to.party_kinds, PARTY_KINDS),
        _known_kinds("system-kind", to.system_kinds, SYSTEM_KINDS),
    )
    letter = _letter(shelf, duty.letter).number
    return replace(duty, terminology=terminology, edition=edition, letter=letter, addressees=kinds)


def _known_kinds(parameter: str, given: Sequence[str], known: Mapping[str, Text]) -> tuple[str, ...]:
    for kind in given:
        if kind not in known:
            raise BadParameter(
                parameter,
                Text(f"نوع «{kind[:40]}» شناخته نیست.", f"The kind '{kind[:40]}' is unknown."),
                known=tuple(known),
            )
    return tuple(kind for kind in known if kind in given)


def _letter(shelf: Shelf, number: str) -> Letter:
    plain_number = ascii_digits(number).strip()
    found = letters_by_number(shelf).get(plain_number)
    if found is None:
        raise NotFound(
            Text(f"نامهٔ «{number[:40]}» ثبت نشده است.", f"The letter '{number[:40]}' is not recorded."),
            mend=Text(
                "نخست آن را با «maksa letters add» ثبت کنید.", "Record it first with 'maksa letters add'."
            ),
            known=tuple(letters_by_number(shelf))[:50],
        )
    return found


def _announced(shelf: Shelf, letter: Letter) -> list[str]:
    """List the lists that a letter announces, or a letter that it refers to, at any remove."""
    letters, seen, waiting = letters_by_number(shelf), {letter.number}, [letter]
    lists: set[str] = set()
    while waiting:
        one = waiting.pop()
        lists |= {terminology for terminology, _ in one.announces}
        further = [letters[number] for number in one.refers_to if number in letters and number not in seen]
        seen |= {other.number for other in further}
        waiting += further
    return sorted(lists)


def _held(connection: Connection, duty: Duty) -> Obligation | None:
    columns = adoption_obligation.c
    wanted = select(adoption_obligation).where(
        columns.terminology == duty.terminology, columns.ended.is_(None)
    )
    for row in connection.execute(wanted.order_by(columns.number)):
        held = obligation_of(row)
        to = Addressees(held.party_kinds, held.system_kinds)
        if Duty(held.terminology, held.letter, to, held.edition, held.deadline) == duty:
            return held
    return None


def _add(registry: Registry, connection: Connection, duty: Duty) -> Obligation:
    now = datetime.now(UTC)
    values = {
        "terminology": duty.terminology,
        "edition": duty.edition,
        "letter": duty.letter,
        "deadline": None if duty.deadline is None else duty.deadline.isoformat(),
        "party_kinds": " ".join(duty.addressees.party_kinds),
        "system_kinds": " ".join(duty.addressees.system_kinds),
    }
    row = connection.execute(
        insert(adoption_obligation)
        .returning(adoption_obligation)
        .values(**values, at=now, actor=registry.actor)
    ).one()
    append_notice(connection, TOPIC, duty.terminology, _told(duty), at=now, act="obliged")
    told = {name: value for name, value in values.items() if name != "terminology"}
    write_entry(registry, connection, "adoption-oblige", duty.terminology, number=row.number, **told)
    return obligation_of(row)


def _told(duty: Duty) -> Text:
    day = None if duty.deadline is None else format_jalali(duty.deadline)
    until = Text("", "") if day is None else Text(f" تا {day}", f" by {day}")
    return Text(
        f"به کار بردن فهرست {duty.terminology}{until.fa} به استناد نامهٔ {duty.letter} الزامی است.",
        f"The list {duty.terminology} must be used{until.en}, by the letter {duty.letter}.",
    )


@cache
def _addressees() -> dict[str, Addressees]:
    written = resources.files(__package__).joinpath("addressees.toml").read_text(encoding="utf-8")
    return {
        number: Addressees(tuple(row["party_kinds"]), tuple(row["system_kinds"]))
        for number, row in tomllib.loads(written)["letter"].items()
    }
