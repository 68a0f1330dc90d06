"""The JSON of who was told what about a code on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maksa.model.jalali import format_jalali
from maksa.web.api import build
from maksa.web.api.wire import Day, Record, Title

if TYPE_CHECKING:
    from maksa.registry.delivery.told import Told, ToldNotice


class SentOut(Record, frozen=True):
    """That a notice arrived: at which subscription, whose, when, and the hex SHA-256 of what it said."""

    subscription: int
    owner_kind: str
    owner: str
    channel: str
    at: str
    content_hash: str


class ToldNoticeOut(Record, frozen=True):
    """A notice that concerns the code; `change` tells what an edition changed in it, null of a letter."""

    number: int
    at: str
    topic: str
    subject: str
    act: str | None
    text: Title
    change: Title | None
    sent: tuple[SentOut, ...]


class ToldAnswer(Record, frozen=True):
    """What was published of a code by the end of a day in Tehran, and who was told of it by then.

    `edition` is the one that answered questions about that day, null if none did; `published` is when it came. `status`,
    `title` and `replaced_by` are what it said of the code; null when it had no such code.
    """

    terminology: str
    code: str
    on: Day
    edition: str | None
    hash: str | None
    published: str | None
    status: str | None
    title: str | None
    replaced_by: str | None
    notices: tuple[ToldNoticeOut, ...]


def told(found: Told) -> ToldAnswer:
    """Write it."""
    edition = found.edition
    return ToldAnswer(
        terminology=found.terminology,
        code=found.code,
        on=Day(found.on, format_jalali(found.on)),
        edition=None if edition is None else edition.edition,
        hash=None if edition is None else edition.hash,
        published=None if found.published is None else found.published.isoformat(timespec="seconds"),
        status=found.status,
        title=found.title,
        replaced_by=found.replaced_by,
        notices=tuple(map(_notice, found.notices)),
    )


def _notice(one: ToldNotice) -> ToldNoticeOut:
    notice = one.notice
    return ToldNoticeOut(
        number=notice.number,
        at=notice.at.isoformat(timespec="seconds"),
        topic=notice.topic,
        subject=notice.subject,
        act=notice.act,
        text=build.title(notice.text),
        change=None if one.change is None else build.title(one.change.sentence()),
        sent=tuple(
            SentOut(
                sent.subscription,
                sent.owner.kind,
                sent.owner.id,
                sent.channel,
                sent.at.isoformat(timespec="seconds"),
                sent.content_hash,
            )
            for sent in one.sent
        ),
    )
