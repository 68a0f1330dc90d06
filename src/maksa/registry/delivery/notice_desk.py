"""The desk of notices as doors know it: feeds of what is public, and the answers to mails (meets model's NoticeDesk)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from urllib.parse import quote

from sqlalchemy import select

from maksa.editions.shelf import Shelf
from maksa.model.edition import EditionEntry, Letter
from maksa.model.jalali import TEHRAN
from maksa.model.notices import Announcement
from maksa.registry.database import Registry
from maksa.registry.delivery.audience import named_edition
from maksa.registry.delivery.edition_notices import edition_sentence, letter_sentence
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.message import notice_id
from maksa.registry.delivery.subscriptions import confirm, end_by_code
from maksa.registry.delivery.tables import outbox
from maksa.registry.outbox import Notice, notice_of
from maksa.terminology.resolve import Resolver
from maksa.text import Text

MOST = 50
"""Announcements in a feed."""
_LOOKED_AT = 500
"""Notices of one kind that are looked at for a feed, the last ones."""


class Desk:
    """Shows what is public of a registry and a shelf."""

    def __init__(self, registry: Registry, shelf: Shelf, token_key: bytes) -> None:
        """Read a registry; the home's key tells which codes were mailed."""
        self._registry = registry.acting_as("reader of a mail")
        self._shelf = shelf
        self._keys = DeliveryKeys(token_key)

    def editions(self, terminology: str | None = None) -> Sequence[Announcement]:
        """Give the last editions and what became of them. Raises: UnknownTerminology."""
        names = self._shelf.ids() if terminology is None else (Resolver(self._shelf).canonical(terminology),)
        published = [_published(entry) for name in names for entry in self._shelf.entries(name)]
        return _newest([*published, *self._later(frozenset(names))])

    def letters(self) -> Sequence[Announcement]:
        """Give the letters recorded last; one that was recorded before there were notices stands at its own day."""
        told: dict[str, datetime] = {}
        for notice in self._last("letter", ("recorded",)):
            told.setdefault(notice.subject, notice.at)
        return _newest([_recorded(letter, told.get(letter.number)) for letter in self._shelf.all_letters()])

    def confirm(self, number: int, code: str) -> Text:
        """Confirm an address. Raises: NotFound, WrongState."""
        held = confirm(self._registry, self._keys, number, code)
        return Text(
            f"نشانی تأیید شد: خبرهای اشتراک {held.number} از این پس فرستاده می‌شود.",
            f"The address is confirmed: notices of subscription {held.number} are sent from now on.",
        )

    def end(self, number: int, code: str) -> Text:
        """End a subscription. Raises: NotFound."""
        held = end_by_code(self._registry, self._keys, number, code)
        return Text(f"اشتراک {held.number} پایان یافت.", f"Subscription {held.number} has ended.")

    def _later(self, names: frozenset[str]) -> Iterator[Announcement]:
        """Yield the withdrawals and restorings of lists: the shelf itself does not tell them all."""
        for notice in self._last("edition", ("withdrawn", "restored")):
            terminology, edition = named_edition(self._shelf, notice.subject)
            if terminology in names:
                yield Announcement(
                    f"urn:maksa:notice:{notice_id(notice)}",
                    notice.at,
                    notice.text,
                    _path(terminology, edition),
                )

    def _last(self, topic: str, acts: Sequence[str]) -> Sequence[Notice]:
        wanted = select(outbox).where(outbox.c.topic == topic, outbox.c.act.in_(acts))
        with self._registry.reading() as connection:
            rows = connection.execute(wanted.order_by(outbox.c.number.desc()).limit(_LOOKED_AT))
            return [notice_of(row) for row in rows]


def _published(entry: EditionEntry) -> Announcement:
    manifest = entry.manifest
    name = f"{quote(manifest.terminology, safe='')}:{quote(manifest.edition, safe='')}"
    return Announcement(
        f"urn:maksa:edition:{name}:{manifest.content_hash[:16]}",
        manifest.published,
        edition_sentence(manifest, "published"),
        _path(manifest.terminology, manifest.edition),
    )


def _recorded(letter: Letter, at: datetime | None) -> Announcement:
    day = datetime.combine(letter.date, time(), TEHRAN) if letter.date else datetime.fromtimestamp(0, UTC)
    number = quote(letter.number, safe="")
    return Announcement(
        f"urn:maksa:letter:{number}", at or day, letter_sentence(letter), "/api/v1/feeds/letters.atom"
    )


def _path(terminology: str, edition: str) -> str:
    return f"/api/v1/terminologies/{quote(terminology, safe='')}/editions#{quote(edition, safe='')}"


def _newest(announced: list[Announcement]) -> Sequence[Announcement]:
    return sorted(announced, key=lambda one: (one.at, one.id), reverse=True)[:MOST]
