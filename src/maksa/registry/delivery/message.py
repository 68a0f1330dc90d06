"""What is sent of a notice: its id, its type, its text, and what a program needs to know of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable
from maksa.model.edition import EditionEntry
from maksa.registry.delivery.audience import Concern
from maksa.registry.delivery.changes import change_of, edition_followed
from maksa.registry.delivery.records import Subscription
from maksa.registry.delivery.then import ThenLibrary
from maksa.registry.drafts.published import find_entry
from maksa.registry.outbox import Notice
from maksa.text import Text

SOURCE = "urn:maksa:notices"
"""What CloudEvents call the source."""


@dataclass(frozen=True, slots=True)
class Message:
    """A notice as one subscription is told of it. `id` is the same however often it is sent.

    `path` is where one reads more, under the address of the server; `facts` are JSON values.
    """

    id: str
    notice: int
    type: str
    subject: str
    at: datetime
    text: Text
    path: str
    facts: dict[str, Any]

    def event(self) -> bytes:
        """Write it as a CloudEvent 1.0 in structured JSON."""
        return msgspec.json.encode(
            {
                "specversion": "1.0",
                "id": self.id,
                "source": SOURCE,
                "type": self.type,
                "subject": self.subject,
                "time": self.at,
                "datacontenttype": "application/json",
                "data": self.facts,
            }
        )

    def content_hash(self) -> str:
        """Give the hex SHA-256 of what it tells, by whatever channel."""
        return hashlib.sha256(self.event()).hexdigest()


def notice_id(notice: Notice) -> str:
    """Name a notice for ever: by its number, and by what it is, should a restored backup give the number again."""
    about = f"{notice.at.isoformat()}\0{notice.topic}\0{notice.subject}\0{notice.text.en}"
    return f"n{notice.number}-{hashlib.sha256(about.encode()).hexdigest()[:12]}"


def message_of(
    connection: Connection, shelf: Shelf, notice: Notice, concern: Concern, subscription: Subscription
) -> Message | None:
    """Make the message of a notice for a subscription; None when the edition changed nothing in its code.

    Raises: MaksaError when the edition is not on this shelf yet, or cannot be read.
    """
    told: _Told | None = _Told(notice.text, "/requests" if notice.topic == "code-request" else "/", {})
    if concern.edition is not None:
        told = _of_edition(connection, shelf, notice, concern.edition, subscription.target.code)
    elif notice.topic == "letter":
        told = _Told(notice.text, "/", _letter_facts(shelf, notice.subject))
    if told is None:
        return None
    facts = {
        "notice": notice.number,
        "topic": notice.topic,
        "act": notice.act,
        "subject": notice.subject,
        "text": {"fa": told.text.fa, "en": told.text.en},
        **told.facts,
    }
    kind = f"maksa.{notice.topic}" if notice.act is None else f"maksa.{notice.topic}.{notice.act}"
    name = f"{notice_id(notice)}-s{subscription.number}"
    return Message(name, notice.number, kind, notice.subject, notice.at, told.text, told.path, facts)


class _Told(NamedTuple):
    """What is told of a notice: its text, where one reads more, and the facts of its topic."""

    text: Text
    path: str
    facts: dict[str, Any]


def _of_edition(
    connection: Connection, shelf: Shelf, notice: Notice, named: tuple[str, str], code: str | None
) -> _Told | None:
    """Tell of an edition, or of what it changed in a code; None when that is nothing."""
    terminology, edition = named
    then = ThenLibrary(shelf, connection, notice.at)
    facts = {"terminology": terminology, "edition": edition, **_edition_facts(shelf, then, named)}
    where = quote(terminology, safe="")
    if code is None:
        return _Told(notice.text, f"/api/v1/terminologies/{where}/editions", facts)
    change = change_of(then, terminology, edition, code, withdrawn=notice.act == "withdrawn")
    if change is None:
        return None
    said = change.sentence()
    text = Text(f"{said.fa}\n{notice.text.fa}", f"{said.en}\n{notice.text.en}")
    return _Told(text, f"/c/{where}/{quote(code, safe='')}", {**facts, "change": change})


def _edition_facts(shelf: Shelf, then: ThenLibrary, named: tuple[str, str]) -> dict[str, Any]:
    entry = find_entry(shelf, *named)
    if entry is None:
        return {}
    manifest, followed = entry.manifest, edition_followed(then, entry)
    return {
        "hash": manifest.content_hash,
        "effective": manifest.effective,
        "published": manifest.published,
        "count": manifest.count,
        "sample": manifest.sample,
        "previous": _name(followed),
        "letters": [letter.number for letter in entry.letters],
    }


def _name(entry: EditionEntry | None) -> str | None:
    return None if entry is None else entry.manifest.edition


def _letter_facts(shelf: Shelf, number: str) -> dict[str, Any]:
    try:
        letter = shelf.letter(number)
    except EditionUnreadable:
        letter = None
    if letter is None:
        return {}
    return {
        "number": letter.number,
        "date": letter.date,
        "title": letter.subject,
        "announces": [{"terminology": name, "edition": edition} for name, edition in letter.announces],
        "supersedes": list(letter.supersedes),
    }
