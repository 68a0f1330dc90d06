"""Who was told what about a code on a day: what stood published then, and which notices had arrived where by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, or_, select

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, UnknownEdition, UnknownTerminology
from maksa.model.concept import StatusOnDay
from maksa.model.edition import EditionRef
from maksa.model.jalali import TEHRAN
from maksa.registry.database import Registry
from maksa.registry.delivery.audience import concern_of
from maksa.registry.delivery.changes import CodeChange, change_of
from maksa.registry.delivery.records import Owner
from maksa.registry.delivery.tables import delivery, outbox
from maksa.registry.delivery.tables import subscription as subscriptions
from maksa.registry.delivery.then import ThenLibrary
from maksa.registry.outbox import Notice, notice_of
from maksa.terminology.lookup import find
from maksa.terminology.resolve import Opened, Resolver


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice that arrived: at which subscription, whose, by which channel, when, and the hex SHA-256 of what it said."""

    subscription: int
    owner: Owner
    channel: str
    at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice that concerns the code: an edition that changed it (`change`), or a letter that announces its list."""

    notice: Notice
    change: CodeChange | None
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was published of a code by the end of a day (Tehran's), and who was told of it by then.

    `edition` is the one that answered questions about that day, None if none did; `published` is when it came. `status`,
    `title` and `replaced_by` are what it said of the code on that day; None when it had no such code.
    """

    terminology: str
    code: str
    on: date
    edition: EditionRef | None
    published: datetime | None
    status: StatusOnDay | None
    title: str | None
    replaced_by: str | None
    notices: tuple[ToldNotice, ...]


def told(registry: Registry, shelf: Shelf, terminology: str, code: str, on: date) -> Told:
    """Tell what stood published about a code at the end of a day, and which notices of it had arrived where by then.

    Editions that came later, and withdrawals and restorings after that day, do not count: it is answered as the desk
    would have answered then.
    Raises: UnknownTerminology, EditionUnreadable. Cost: two look-ups for each edition of the list.
    """
    held = Resolver(shelf).canonical(terminology)
    instant = datetime.combine(on + timedelta(days=1), time(), TEHRAN).astimezone(UTC) - timedelta(
        microseconds=1
    )
    with registry.reading() as connection:
        then = ThenLibrary(shelf, connection, instant)
        opened = _opened(then, held, on)
        concept = None if opened is None else find(opened.provider, code)
        name = code if concept is None else concept.code
        return Told(
            terminology=held,
            code=name,
            on=on,
            edition=None if opened is None else opened.entry.manifest.ref,
            published=None if opened is None else opened.entry.manifest.published,
            status=None if concept is None else concept.status_on(on),
            title=None if concept is None else concept.display,
            replaced_by=None if concept is None else concept.replaced_by,
            notices=tuple(_notices(connection, shelf, (held, name), instant)),
        )


def _opened(then: ThenLibrary, terminology: str, on: date) -> Opened | None:
    try:
        return Resolver(then).opened(terminology, on=on)
    except (UnknownEdition, UnknownTerminology):  # Nothing of the list was published yet.
        return None


def _notices(
    connection: Connection, shelf: Shelf, about: tuple[str, str], instant: datetime
) -> Iterator[ToldNotice]:
    """Yield the notices about a code by an instant, in their order."""
    terminology, code = about
    of_list = (outbox.c.topic == "edition") & outbox.c.subject.startswith(f"{terminology} ", autoescape=True)
    found = select(outbox).where(or_(of_list, outbox.c.topic == "letter"), outbox.c.at <= instant)
    for notice in map(notice_of, connection.execute(found.order_by(outbox.c.number)).all()):
        concern = concern_of(connection, shelf, notice)
        if terminology not in concern.lists:
            continue
        change = None
        if concern.edition is not None:
            change = _change(connection, shelf, notice, concern.edition, code)
            if change is None:
                continue
        yield ToldNotice(notice, change, tuple(_sent(connection, notice.number, about, instant)))


def _change(
    connection: Connection, shelf: Shelf, notice: Notice, named: tuple[str, str], code: str
) -> CodeChange | None:
    then = ThenLibrary(shelf, connection, notice.at)
    try:
        return change_of(then, *named, code, withdrawn=notice.act == "withdrawn")
    except (UnknownEdition, EditionUnreadable):  # It is no longer there to be compared.
        return None


def _sent(connection: Connection, notice: int, about: tuple[str, str], instant: datetime) -> Sequence[Sent]:
    """Give where a notice arrived by an instant; who subscribed to another code was told of that."""
    terminology, code = about
    columns = subscriptions.c
    rows = connection.execute(
        select(delivery, columns.target, columns.list, columns.code)
        .join(subscriptions, columns.number == delivery.c.subscription)
        .where(delivery.c.notice == notice, delivery.c.arrived, delivery.c.at <= instant)
        .order_by(delivery.c.id)
    )
    return [
        Sent(row.subscription, Owner(row.owner_kind, row.owner), row.channel, row.at, row.content_hash)
        for row in rows
        if row.target != "code" or (row.list, row.code) == (terminology, code)
    ]
