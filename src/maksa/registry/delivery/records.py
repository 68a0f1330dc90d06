"""Subscriptions as records: whose, of what, by which channel; never with a secret, and shown without the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row

OwnerKind = Literal["party", "person", "client", "asker"]
TargetKind = Literal["list", "code", "request", "discrepancies", "letters", "everything"]
Channel = Literal["webhook", "email"]
State = Literal["unconfirmed", "active", "paused", "ended"]

OWNER_KINDS: tuple[OwnerKind, ...] = ("party", "person", "client", "asker")
TARGET_KINDS: tuple[TargetKind, ...] = ("list", "code", "request", "discrepancies", "letters", "everything")
CHANNELS: tuple[Channel, ...] = ("webhook", "email")
TOPICS = ("edition", "letter", "code-request", "discrepancy", "draft", "adoption", "subscription")
"""What notices are about. Editions and letters are for everybody, the others for those whom they concern."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a subscription is: a party's, a person's, a client's (by its id), or an asker's (by the request's number)."""

    kind: OwnerKind
    id: str


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody wants to be told of.

    A `list`, or a `code` of it; a `request` (`about` is its number); the `discrepancies` of a party (`about` is its id);
    all `letters`; or `everything` that the owner may see.
    """

    kind: TargetKind
    list: str | None = None
    code: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class WantedSubscription:
    """What is subscribed to: `address` is a URL (webhook) or an e-mail address; `topics` keep some of TOPICS, () all."""

    owner: Owner
    target: Target
    channel: Channel
    address: str = field(repr=False)
    topics: tuple[str, ...] = ()
    language: Literal["fa", "en"] = "fa"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription as it stands.

    It is `unconfirmed` until an e-mail address confirms it, `paused` when nothing arrived for days (`why`), and `ended`
    for good. `cursor` is the number of the last notice that arrived or was not for it. While deliveries fail, `failures`
    counts them since `failing_since`, and `next_try` is when it is tried again.
    """

    number: int
    owner: Owner
    target: Target
    channel: Channel
    address: str = field(repr=False)
    topics: tuple[str, ...]
    language: str
    state: State
    why: str | None
    created: datetime
    asked: datetime | None
    cursor: int
    failures: int
    failing_since: datetime | None
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription just made or rotated, with the secret of its webhook in clear: shown once. An e-mail has none."""

    subscription: Subscription
    secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver a notice: when, whether it arrived, and what the other side said."""

    notice: int
    at: datetime
    arrived: bool
    said: str
    content_hash: str


def subscription_of(row: Row[Any]) -> Subscription:
    """Make the record of a row."""
    return Subscription(
        number=row.number,
        owner=Owner(row.owner_kind, row.owner),
        target=Target(row.target, row.list, row.code, row.about),
        channel=row.channel,
        address=row.address,
        topics=tuple(row.topics.split()),
        language=row.language,
        state=row.state,
        why=row.why,
        created=row.created,
        asked=row.asked,
        cursor=row.cursor,
        failures=row.failures,
        failing_since=row.failing_since,
        next_try=row.next_try,
    )


def shown_address(subscription: Subscription) -> str:
    """Give where a subscription leads without what may be secret or personal: host, or domain."""
    if subscription.channel == "webhook":
        return subscription.address.partition("://")[2].partition("/")[0].partition("?")[0]
    name, _, domain = subscription.address.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""
