"""The JSON of subscriptions; an address is shown by its host or domain only, a secret once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from maksa.web.api.wire import Record

if TYPE_CHECKING:
    from maksa.registry.delivery.records import Attempt, NewSubscription, Subscription

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class TargetIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to be told of.

    A `list`, a `code` of it, a `request` (`about` is its number), the `discrepancies` of a party
    (`about` is its id), all `letters`, or `everything` that the owner may see.
    """

    kind: Literal["list", "code", "request", "discrepancies", "letters", "everything"]
    list: Short | None = None
    code: Short | None = None
    about: Short | None = None


class SubscriptionIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subscription to be made: of oneself, of one's party or of a `client` of it.

    `address` is a URL (webhook) or an e-mail address. `topics` keep some of what is told; none keeps all.
    """

    target: TargetIn
    channel: Literal["webhook", "email"]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
    owner: Literal["me", "party", "client"] = "me"
    client: Short | None = None
    topics: Annotated[tuple[Short, ...], msgspec.Meta(max_length=20)] = ()
    language: Literal["fa", "en"] = "fa"


class PauseIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why notices are to wait, if there is something to say."""

    why: Short | None = None


class ReplayIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The number of the first notice to deliver again."""

    start: Number


class SecretIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many hours messages bear the signature of the earlier secret too."""

    hours: Number = 24


class TargetOut(Record, frozen=True):
    """What is told of."""

    kind: str
    list: str | None
    code: str | None
    about: str | None


class SubscriptionOut(Record, frozen=True):
    """A subscription as it stands, never with its secret; of the `address` the host or the domain.

    `cursor` is the number of the last notice that arrived or was not for it. While deliveries fail, `failures` counts
    them since `failing_since`, and `next_try` is when it is tried again.
    """

    number: int
    owner_kind: str
    owner: str
    target: TargetOut
    channel: str
    address: str
    topics: tuple[str, ...]
    language: str
    state: str
    why: str | None
    created: str
    cursor: int
    failures: int
    failing_since: str | None
    next_try: str | None


class SubscriptionsAnswer(Record, frozen=True):
    """A page of subscriptions in the order of their numbers."""

    items: tuple[SubscriptionOut, ...]
    next_after: int | None


class SubscriptionOnce(Record, frozen=True):
    """A subscription with the secret of its webhook just made, told in this answer and never again; an e-mail has none."""

    subscription: SubscriptionOut
    secret: str | None


class AttemptOut(Record, frozen=True):
    """An attempt to deliver a notice: what the other side said, and the hex SHA-256 of what was sent."""

    notice: int
    at: str
    arrived: bool
    said: str
    content_hash: str


class AttemptsAnswer(Record, frozen=True):
    """The last attempts, newest first."""

    items: tuple[AttemptOut, ...]


def subscription(one: Subscription, address: str) -> SubscriptionOut:
    """Write a subscription; `address` is what of its address may be shown."""
    target = one.target
    return SubscriptionOut(
        number=one.number,
        owner_kind=one.owner.kind,
        owner=one.owner.id,
        target=TargetOut(target.kind, target.list, target.code, target.about),
        channel=one.channel,
        address=address,
        topics=one.topics,
        language=one.language,
        state=one.state,
        why=one.why,
        created=moment(one.created),
        cursor=one.cursor,
        failures=one.failures,
        failing_since=None if one.failing_since is None else moment(one.failing_since),
        next_try=None if one.next_try is None else moment(one.next_try),
    )


def once(new: NewSubscription, address: str) -> SubscriptionOnce:
    """Write a subscription with the secret just made."""
    return SubscriptionOnce(subscription(new.subscription, address), new.secret)


def attempt(one: Attempt) -> AttemptOut:
    """Write an attempt."""
    return AttemptOut(one.notice, moment(one.at), one.arrived, one.said, one.content_hash)


def moment(at: datetime) -> str:
    """Write an instant."""
    return at.isoformat(timespec="seconds")
