"""Whom a notice concerns, who may see it, and which subscriptions ask for it. It is judged when it is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, NotFound
from maksa.registry.delivery.records import Owner, Subscription, Target
from maksa.registry.delivery.tables import subscription as subscriptions
from maksa.registry.discrepancies.tables import discrepancy
from maksa.registry.outbox import Notice
from maksa.registry.parties.access import may
from maksa.registry.parties.clients import find_client
from maksa.registry.parties.parties import held_party
from maksa.registry.parties.people import held_person
from maksa.registry.requests.tables import code_request
from maksa.text import Text

_SCOPES = {"code-request": "requests", "discrepancy": "discrepancies", "adoption": "adoption"}
"""What a client must be allowed, to be told of its party's affairs."""
_MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Viewer:
    """What an owner may see: all, or what is public and what concerns `party` (None: no party).

    `active` is false of a person or client whose access ended. `topics` are the private ones it is told of; None: all.
    """

    owner: Owner
    active: bool = True
    party: str | None = None
    sees_all: bool = False
    topics: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom and what a notice concerns: everybody (`public`), or parties, one request's asker, a subscription's owner.

    `edition` is the list and the edition that it tells of, `lists` the lists.
    """

    public: bool = False
    lists: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    edition: tuple[str, str] | None = None
    owner: Owner | None = None


def viewer_of(connection: Connection, owner: Owner) -> Viewer:
    """Give what an owner may see now. Raises: NotFound when there is no such party, person, client or request."""
    match owner.kind:
        case "party":
            party = held_party(connection, owner.id)
            return Viewer(owner, party=party.party_id, sees_all=party.kind == "centre")
        case "person":
            person = held_person(connection, owner.id)
            sees_all = may(person.roles, "registry-read")
            return Viewer(owner, active=not person.disabled, party=person.party_id, sees_all=sees_all)
        case "client":
            return _client(connection, owner)
        case "asker":
            if _request(connection, owner.id) is None:
                raise _no_request(owner.id)
            return Viewer(owner)


def concern_of(connection: Connection, shelf: Shelf, notice: Notice) -> Concern:
    """Tell whom a notice concerns. What is of no known topic, or no longer there, concerns only who sees all."""
    topic, subject = notice.topic, notice.subject
    by_number = {
        "code-request": _of_request,
        "discrepancy": _of_discrepancy,
        "subscription": _of_subscription,
    }
    if topic in by_number:
        return by_number[topic](connection, subject)
    match topic:
        case "edition":
            name = named_edition(shelf, subject)
            concern = Concern(public=True, lists=(name[0],), edition=name)
        case "letter":
            concern = Concern(public=True, lists=_announced(shelf, subject))
        case "draft":
            concern = _of_draft(shelf, subject)
        case "adoption":
            concern = _of_adoption(connection, shelf, subject)
        case _:
            concern = Concern()
    return concern


def may_see(viewer: Viewer, notice: Notice, concern: Concern) -> bool:
    """Tell whether an owner may be told of a notice."""
    if not viewer.active:
        return False
    if concern.public or viewer.sees_all or viewer.owner == concern.owner:
        return True
    allowed = viewer.topics is None or notice.topic in viewer.topics
    return allowed and viewer.party is not None and viewer.party in concern.parties


def asks_for(subscription: Subscription, notice: Notice, concern: Concern) -> bool:
    """Tell whether a notice is of what a subscription wants; of a code's, every edition of its list is."""
    if subscription.topics and notice.topic not in subscription.topics:
        return False
    target, topic = subscription.target, notice.topic
    match target.kind:
        case "request":
            wanted = topic == "code-request" and notice.subject == target.about
        case "discrepancies":
            wanted = topic == "discrepancy" and target.about in concern.parties
        case "list":
            wanted = target.list in concern.lists
        case "code":
            wanted = concern.edition is not None and concern.edition[0] == target.list
        case _:
            wanted = target.kind == "everything" or topic == "letter"
    return wanted


def may_want(connection: Connection, viewer: Viewer, target: Target) -> bool:
    """Tell whether an owner could be told anything of a target: it is public, or concerns them."""
    if viewer.owner.kind == "asker":
        return target.kind == "request" and target.about == viewer.owner.id
    if viewer.sees_all or target.kind not in {"request", "discrepancies"}:
        return True
    topic = "code-request" if target.kind == "request" else "discrepancy"
    if viewer.topics is not None and topic not in viewer.topics:
        return False
    if target.kind == "discrepancies":
        return viewer.party is not None and target.about == viewer.party
    row = _request(connection, target.about or "")
    return row is not None and row[0] is not None and row[0] == viewer.party


def named_edition(shelf: Shelf, subject: str) -> tuple[str, str]:
    """Read `LIST EDITION`. Both may hold spaces: the shelf tells where one ends, else the last space does."""
    for terminology in sorted(shelf.ids(), key=len, reverse=True):
        edition = subject.removeprefix(f"{terminology} ")
        if edition != subject and any(e.manifest.edition == edition for e in shelf.entries(terminology)):
            return terminology, edition
    terminology, _, edition = subject.rpartition(" ")
    return terminology, edition


def _client(connection: Connection, owner: Owner) -> Viewer:
    found = find_client(connection, owner.id)
    if found is None:
        raise NotFound(
            Text(
                f"کارخواهی با شناسهٔ «{owner.id[:64]}» ثبت نیست.",
                f"No client '{owner.id[:64]}' is registered.",
            ),
            mend=Text("فهرست «maksa clients list» را ببینید.", "See 'maksa clients list'."),
        )
    client = found[0]
    ended = client.revoked or (client.expires is not None and client.expires <= datetime.now(UTC))
    topics = frozenset(topic for topic, scope in _SCOPES.items() if scope in client.scopes)
    return Viewer(owner, active=not ended, party=client.party, topics=topics)


def _of_discrepancy(connection: Connection, subject: str) -> Concern:
    columns = select(discrepancy.c.party, discrepancy.c.list)
    row = connection.execute(columns.where(discrepancy.c.number == (_number(subject) or 0))).one_or_none()
    return Concern() if row is None else Concern(lists=(row.list,), parties=(row.party,))


def _of_draft(shelf: Shelf, subject: str) -> Concern:
    """Read `LIST EDITION`, of which the shelf has perhaps neither: only who sees all is told of drafts."""
    named = (name for name in shelf.ids() if subject.startswith(f"{name} "))
    return Concern(lists=(max(named, key=len, default=subject.rpartition(" ")[0]),))


def _of_adoption(connection: Connection, shelf: Shelf, subject: str) -> Concern:
    """Read the id of a list, whose obligation everybody may know, or that of a party, which its own affairs concern."""
    if subject in shelf.ids():
        return Concern(public=True, lists=(subject,))
    try:
        return Concern(parties=(held_party(connection, subject).party_id,))
    except NotFound:
        return Concern()


def _announced(shelf: Shelf, number: str) -> tuple[str, ...]:
    try:
        letter = shelf.letter(number)
    except EditionUnreadable:
        return ()
    return () if letter is None else tuple(dict.fromkeys(terminology for terminology, _ in letter.announces))


def _request(connection: Connection, subject: str) -> tuple[str | None, str] | None:
    columns = select(code_request.c.organisation, code_request.c.terminology)
    row = connection.execute(columns.where(code_request.c.number == (_number(subject) or 0))).one_or_none()
    return None if row is None else (row.organisation, row.terminology)


def _of_request(connection: Connection, subject: str) -> Concern:
    row, asker = _request(connection, subject), Owner("asker", subject)
    if row is None:
        return Concern(owner=asker)
    organisation, terminology = row
    return Concern(lists=(terminology,), parties=() if organisation is None else (organisation,), owner=asker)


def _of_subscription(connection: Connection, subject: str) -> Concern:
    number = _number(subject)
    columns = select(subscriptions.c.owner_kind, subscriptions.c.owner)
    row = connection.execute(columns.where(subscriptions.c.number == (number or 0))).one_or_none()
    if row is None:
        return Concern()
    parties = (row.owner,) if row.owner_kind == "party" else ()
    return Concern(parties=parties, owner=Owner(row.owner_kind, row.owner))


def _number(subject: str) -> int | None:
    digits = subject.isascii() and subject.isdigit() and len(subject) <= 10
    return int(subject) if digits and int(subject) <= _MOST_NUMBER else None


def _no_request(number: str) -> NotFound:
    return NotFound(
        Text(f"درخواستی با شمارهٔ {number[:20]} ثبت نشده است.", f"No request {number[:20]} is recorded."),
        mend=Text(
            "شماره‌ها را با «maksa requests list» ببینید.", "See the numbers with 'maksa requests list'."
        ),
    )
