"""Subscribing: who wants to be told of what, where; confirmed, rotated, paused, replayed and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, NotFound, OverQuota, Refused, WrongState
from maksa.registry.database import Registry
from maksa.registry.delivery.audience import may_want, viewer_of
from maksa.registry.delivery.form import checked_wanted
from maksa.registry.delivery.keys import Deed, DeliveryKeys, new_secret
from maksa.registry.delivery.records import (
    Attempt,
    NewSubscription,
    Owner,
    Subscription,
    WantedSubscription,
    subscription_of,
)
from maksa.registry.delivery.tables import delivery
from maksa.registry.delivery.tables import subscription as subscriptions
from maksa.registry.delivery.webhook_secrets import add_secret, forget_secrets, outdate_secrets
from maksa.registry.journal import Act, write_entry
from maksa.registry.outbox import last_number
from maksa.text import Text

MOST_OF_OWNER = 200
"""Subscriptions that one owner may have at a time."""
MOST_MAILS = 3
"""Unconfirmed subscriptions of one address that may be made in a day: each sends it one mail."""
MOST_MAILS_OF_OWNER = 50
"""Subscriptions by e-mail that one owner may make in a day."""
CONFIRM_DAYS = 7
"""Days in which an address can be confirmed; after them it is forgotten."""
_MOST_NUMBER = 2**31 - 1


def subscribe(
    registry: Registry, shelf: Shelf, keys: DeliveryKeys, wanted: WantedSubscription
) -> NewSubscription:
    """Subscribe an owner: told is what happens from now on. A webhook's secret is given this once.

    An e-mail address gets one mail with a code, and nothing else before it confirms.
    Raises: BadParameter (an address, topic or target out of form), UnknownTerminology; NotFound (no such party, person,
            client or request); Refused (the owner may not see the target); OverQuota (too many of one owner, or too
            many mails to an address in a day).
    """
    checked = checked_wanted(shelf, wanted)
    with registry.writing() as connection:
        viewer = viewer_of(connection, checked.owner)
        if not may_want(connection, viewer, checked.target):
            raise _not_theirs(checked)
        _check_counts(connection, checked)
        number = insert_subscription(connection, checked)
        _note(registry, connection, "subscription-add", number, **_told(checked))
        secret = None
        if checked.channel == "webhook":
            secret = new_secret()
            add_secret(connection, keys, number, secret)
        return NewSubscription(_read(connection, number), secret)


def insert_subscription(
    connection: Connection, wanted: WantedSubscription, *, asked: datetime | None = None
) -> int:
    """Write the row of a checked subscription in a transaction that writes, and give its number."""
    target = wanted.target
    number: int = connection.scalars(
        insert(subscriptions)
        .returning(subscriptions.c.number)
        .values(
            owner_kind=wanted.owner.kind,
            owner=wanted.owner.id,
            target=target.kind,
            list=target.list,
            code=target.code,
            about=target.about,
            topics=" ".join(wanted.topics),
            channel=wanted.channel,
            address=wanted.address,
            language=wanted.language,
            state="active" if wanted.channel == "webhook" else "unconfirmed",
            created=datetime.now(UTC),
            asked=asked,
            cursor=last_number(connection),
            failures=0,
        )
    ).one()
    return number


def confirm(registry: Registry, keys: DeliveryKeys, number: int, code: str) -> Subscription:
    """Confirm the address of a subscription by the code that was mailed to it; a second time nothing changes.

    All that waits for the same address in the name of an asker is confirmed with it.
    Raises: NotFound (no such subscription or another code: the same), WrongState (it has ended, or a week is over).
    """
    with registry.writing() as connection:
        held = _of_code(connection, keys, number, code, "confirm")
        if held.state == "unconfirmed":
            if held.created + timedelta(days=CONFIRM_DAYS) < datetime.now(UTC):
                raise _too_late(number)
            for waiting in _waiting_with(connection, held):
                _change(connection, waiting, state="active", failures=0, next_try=None, failing_since=None)
                _note(registry, connection, "subscription-confirm", waiting)
        elif held.state == "ended":
            raise _has_ended(number)
        return _read(connection, number)


def end_by_code(registry: Registry, keys: DeliveryKeys, number: int, code: str) -> Subscription:
    """End a subscription by the code in each of its mails; a second time nothing changes. Raises: NotFound."""
    with registry.writing() as connection:
        _of_code(connection, keys, number, code, "end")
        return end_in(registry, connection, number, why="by its code")


def end_subscription(registry: Registry, number: int) -> Subscription:
    """End a subscription for good; its address and secrets are forgotten. Raises: NotFound."""
    with registry.writing() as connection:
        return end_in(registry, connection, number, why=None)


def end_in(registry: Registry, connection: Connection, number: int, *, why: str | None) -> Subscription:
    """End a subscription in a transaction that writes. Raises: NotFound."""
    if _read(connection, number).state != "ended":
        _change(connection, number, state="ended", address="", why=why, next_try=None)
        forget_secrets(connection, number)
        _note(registry, connection, "subscription-end", number, why=why)
    return _read(connection, number)


def pause(registry: Registry, number: int, why: str | None = None) -> Subscription:
    """Pause an active subscription: notices wait. Raises: NotFound, WrongState."""
    with registry.writing() as connection:
        _require(_read(connection, number), "active")
        _change(connection, number, state="paused", why=why)
        _note(registry, connection, "subscription-pause", number, why=why)
        return _read(connection, number)


def resume(registry: Registry, number: int) -> Subscription:
    """Go on with a paused subscription from where it stands. Raises: NotFound, WrongState."""
    with registry.writing() as connection:
        _require(_read(connection, number), "paused")
        _start_anew(connection, number)
        _note(registry, connection, "subscription-resume", number)
        return _read(connection, number)


def replay(registry: Registry, number: int, start: int) -> Subscription:
    """Deliver again from the notice of a number on, each under the id that it had; a paused one goes on.

    Raises: NotFound, BadParameter (a number outside of the outbox), WrongState (not confirmed, or ended).
    """
    with registry.writing() as connection:
        held, last = _read(connection, number), last_number(connection)
        _require(held, "active", "paused")
        if not 1 <= start <= last + 1:
            raise BadParameter(
                "from",
                Text(
                    f"خبر {start} نیست؛ خبرها از 1 تا {last}‌اند.",
                    f"There is no notice {start}: they are 1 to {last}.",
                ),
                mend=Text("شماره‌ای از همین بازه بدهید.", "Give a number of them."),
            )
        _start_anew(connection, number, cursor=start - 1)
        _note(registry, connection, "subscription-replay", number, start=start, before=held.cursor)
        return _read(connection, number)


def rotate_secret(registry: Registry, keys: DeliveryKeys, number: int, *, hours: int = 24) -> NewSubscription:
    """Make a new secret, given this once; for `hours` messages bear the signature of the earlier one too.

    Raises: NotFound, WrongState (no webhook, or ended), BadParameter (hours outside 0 to 720).
    """
    if not 0 <= hours <= 720:
        raise BadParameter("hours", Text("hours از 0 تا 720 است.", "hours are 0 to 720."))
    with registry.writing() as connection:
        held = _read(connection, number)
        _require(held, "active", "paused")
        if held.channel != "webhook":
            raise WrongState(
                Text(
                    f"اشتراک {number} با ایمیل است و راز ندارد.",
                    f"Subscription {number} is by e-mail and has no secret.",
                )
            )
        outdate_secrets(connection, number, datetime.now(UTC) + timedelta(hours=hours))
        secret = new_secret()
        add_secret(connection, keys, number, secret)
        _note(registry, connection, "subscription-rotate", number, hours=hours)
        return NewSubscription(_read(connection, number), secret)


def list_subscriptions(
    registry: Registry, owner: Owner | None = None, *, after: int = 0, limit: int = 100
) -> Sequence[Subscription]:
    """Give subscriptions, those of one owner or all, in the order of their numbers."""
    wanted = select(subscriptions).where(subscriptions.c.number > after)
    if owner is not None:
        wanted = wanted.where(subscriptions.c.owner_kind == owner.kind, subscriptions.c.owner == owner.id)
    with registry.reading() as connection:
        rows = connection.execute(wanted.order_by(subscriptions.c.number).limit(limit))
        return [subscription_of(row) for row in rows]


def find_subscription(registry: Registry, number: int) -> Subscription:
    """Give a subscription. Raises: NotFound."""
    with registry.reading() as connection:
        return _read(connection, number)


def list_attempts(registry: Registry, number: int, *, limit: int = 100) -> Sequence[Attempt]:
    """Give the last attempts to deliver to a subscription, newest first. Raises: NotFound."""
    with registry.reading() as connection:
        _read(connection, number)
        mine = select(delivery).where(delivery.c.subscription == number)
        rows = connection.execute(mine.order_by(delivery.c.id.desc()).limit(limit))
        return [Attempt(row.notice, row.at, row.arrived, row.said, row.content_hash) for row in rows]


def _check_counts(connection: Connection, wanted: WantedSubscription) -> None:
    columns, yesterday = subscriptions.c, datetime.now(UTC) - timedelta(days=1)
    mine = (columns.owner_kind == wanted.owner.kind) & (columns.owner == wanted.owner.id)
    if _count(connection, mine & (columns.state != "ended")) >= MOST_OF_OWNER:
        raise _enough(MOST_OF_OWNER)
    if wanted.channel == "email":
        lately = columns.created > yesterday
        waiting = (columns.address == wanted.address) & (columns.state == "unconfirmed")
        if _count(connection, waiting & lately) >= MOST_MAILS:
            raise _enough(MOST_MAILS)
        if _count(connection, mine & (columns.channel == "email") & lately) >= MOST_MAILS_OF_OWNER:
            raise _enough(MOST_MAILS_OF_OWNER)


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(subscriptions).where(which)) or 0


def _read(connection: Connection, number: int) -> Subscription:
    row = None
    if 0 < number <= _MOST_NUMBER:
        row = connection.execute(select(subscriptions).where(subscriptions.c.number == number)).one_or_none()
    if row is None:
        raise NotFound(
            Text(f"اشتراکی با شمارهٔ {number} نیست.", f"There is no subscription {number}."),
            mend=Text("شماره‌ها را با «maksa subscriptions list» ببینید.", "See 'maksa subscriptions list'."),
        )
    return subscription_of(row)


def _of_code(connection: Connection, keys: DeliveryKeys, number: int, code: str, deed: Deed) -> Subscription:
    """Give the subscription that a mailed code belongs to. Raises: NotFound, the same for a wrong code."""
    row = None
    if 0 < number <= _MOST_NUMBER:
        row = connection.execute(select(subscriptions).where(subscriptions.c.number == number)).one_or_none()
    held = None if row is None else subscription_of(row)
    if held is None or held.channel != "email" or not keys.is_code(code, deed, number, held.created):
        raise NotFound(
            Text(
                f"اشتراکی با شمارهٔ {number} و این کد نیست.",
                f"There is no subscription {number} with this code.",
            ),
            mend=Text(
                "شماره و کد را همان‌گونه که در ایمیل است بدهید.", "Give number and code as the mail has them."
            ),
        )
    return held


def _waiting_with(connection: Connection, held: Subscription) -> Sequence[int]:
    """Give what is confirmed with a subscription: itself, and for an asker what else waits for the same address."""
    if held.owner.kind != "asker":
        return [held.number]
    columns = subscriptions.c
    same = (
        (columns.address == held.address) & (columns.owner_kind == "asker") & (columns.state == "unconfirmed")
    )
    return connection.scalars(select(columns.number).where(same).order_by(columns.number)).all()


def _require(held: Subscription, *states: str) -> None:
    if held.state in states:
        return
    if held.state == "ended":
        raise _has_ended(held.number)
    words = {
        "unconfirmed": Text("هنوز تأیید نشده است", "is not confirmed yet"),
        "active": Text("در کار است", "is active"),
        "paused": Text("متوقف است", "is paused"),
    }
    word = words[held.state]
    raise WrongState(Text(f"اشتراک {held.number} {word.fa}.", f"Subscription {held.number} {word.en}."))


def _start_anew(connection: Connection, number: int, **more: Any) -> None:
    _change(
        connection, number, state="active", why=None, failures=0, failing_since=None, next_try=None, **more
    )


def _change(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(subscriptions).where(subscriptions.c.number == number).values(values))


def _note(registry: Registry, connection: Connection, act: Act, number: int, **details: Any) -> None:
    write_entry(registry, connection, act, f"subscription {number}", **details)


def _told(wanted: WantedSubscription) -> dict[str, Any]:
    """Give what the journal tells of a subscription: whose and of what; no address."""
    target = wanted.target
    named = [part for part in (target.kind, target.list, target.code, target.about) if part is not None]
    return {"owner": f"{wanted.owner.kind} {wanted.owner.id}", "target": named, "channel": wanted.channel}


def _not_theirs(wanted: WantedSubscription) -> Refused:
    target, owner = f"{wanted.target.kind} {wanted.target.about or ''}".strip(), wanted.owner
    return Refused(
        Text(
            f"خبرهای {target} به {owner.kind} «{owner.id[:64]}» مربوط نیست و به او داده نمی‌شود.",
            f"Notices of {target} do not concern the {owner.kind} '{owner.id[:64]}' and are not given to them.",
        ),
        mend=Text(
            "تنها صاحب درخواست، سازمان مربوط و کسانی در مرکز که همهٔ پرونده‌ها را می‌بینند (registry-read) می‌توانند.",
            "Only its asker, the party concerned, and those who read the records of all (registry-read) can.",
        ),
    )


def _enough(most: int) -> OverQuota:
    return OverQuota(
        Text(
            f"بیش از {most} اشتراک از این دست پذیرفته نمی‌شود.",
            f"No more than {most} such subscriptions are taken.",
        ),
        mend=Text(
            "اشتراک‌های دیگر را پایان دهید یا تأیید کنید، یا فردا بکوشید.",
            "End or confirm the others, or try again tomorrow.",
        ),
        seconds=86_400,
    )


def _too_late(number: int) -> WrongState:
    return WrongState(
        Text(
            f"مهلت تأیید اشتراک {number} ({CONFIRM_DAYS} روز) گذشته است.",
            f"The {CONFIRM_DAYS} days to confirm subscription {number} are over.",
        ),
        mend=Text("دوباره اشتراک بگیرید.", "Subscribe again."),
    )


def _has_ended(number: int) -> WrongState:
    return WrongState(
        Text(f"اشتراک {number} پایان یافته است.", f"Subscription {number} has ended."),
        mend=Text("اشتراک تازه‌ای بگیرید.", "Subscribe anew."),
    )
