"""Delivering: what the outbox holds goes to each subscription, in order, at least once, by one deliverer at a time.

A cursor moves on only in the transaction that records that its notice arrived. Who is killed between the two sends the
same again, under the same id. A receiver that fails waits, longer each time; the others do not wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, select

from maksa.editions.shelf import Shelf
from maksa.errors import MaksaError, NotFound
from maksa.registry.database import Registry
from maksa.registry.delivery.audience import Concern, Viewer, asks_for, concern_of, may_see, viewer_of
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.lease import Lease, LeaseLost
from maksa.registry.delivery.mail import Letterhead, confirmation_of, mail_of, send_mail
from maksa.registry.delivery.message import Message, message_of
from maksa.registry.delivery.outcomes import Outcomes
from maksa.registry.delivery.records import Subscription, subscription_of
from maksa.registry.delivery.settings import DeliverySettings
from maksa.registry.delivery.subscriptions import CONFIRM_DAYS, end_in
from maksa.registry.delivery.tables import subscription as subscriptions
from maksa.registry.delivery.webhook import Outcome, send_webhook, signed_headers
from maksa.registry.delivery.webhook_secrets import valid_secrets
from maksa.registry.outbox import Notice, last_number, notices_after

_AT_ONCE = 200
"""Notices that are looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `busy`: another deliverer is at work, so nothing was done here.

    `more`: some subscription's turn ended before its notices did. `without_mail` counts subscriptions that wait because no
    mail server is set.
    """

    busy: bool = False
    arrived: int = 0
    failed: int = 0
    more: bool = False
    without_mail: int = 0


def deliver_once(
    registry: Registry,
    shelf: Shelf,
    keys: DeliveryKeys,
    settings: DeliverySettings,
    *,
    stop: threading.Event | None = None,
) -> Round:
    """Give each subscription that is due its turn: what it is to be told of goes out, oldest first.

    Once `stop` is set no further send begins.
    Raises: BadInput when the database fails.
    Cost: the slowest turn, `settings.policy.turn` seconds at most and one send; `workers` turns run at a time.
    """
    lease = Lease(registry, settings.policy.lease)
    if not lease.take():
        return Round(busy=True)
    try:
        courier = _Courier(registry.acting_as("deliverer"), shelf, keys, settings, lease)
        return courier.round(stop or threading.Event())
    except LeaseLost:
        return Round(busy=True)
    finally:
        lease.release()


def deliver_forever(
    once: Callable[[], Round],
    *,
    every: float,
    stop: threading.Event,
    tell: Callable[[Round | Exception], None],
) -> None:
    """Deliver round after round until `stop` is set, resting `every` seconds when nothing more is due.

    Whatever fails, the database above all, is told and tried again: a deliverer that ended would tell nobody.
    """
    while not stop.is_set():
        try:
            done = once()
        except Exception as error:  # noqa: BLE001 - As said above.
            tell(error)
            stop.wait(every)
            continue
        tell(done)
        if not done.more:
            stop.wait(every)


class _CannotTell(Exception):
    """Why the message of a notice cannot be made now."""

    def __init__(self, held: Subscription, notice: int, said: str) -> None:
        super().__init__(said)
        self.held = held
        self.notice = notice
        self.said = said


class _Courier:
    """One round of deliveries."""

    def __init__(
        self, registry: Registry, shelf: Shelf, keys: DeliveryKeys, settings: DeliverySettings, lease: Lease
    ) -> None:
        self._registry = registry
        self._shelf = shelf
        self._keys = keys
        self._settings = settings
        self._lease = lease
        self._outcomes = Outcomes(registry, lease, settings.policy)
        self._concerns: dict[int, Concern] = {}
        mail = settings.mail
        self._head = None if mail is None else Letterhead(mail, settings.public_url, keys)

    def round(self, stop: threading.Event) -> Round:
        """Serve all that are due, some at a time."""
        self._forget_unconfirmed()
        waiting, due = self._due()
        with ThreadPoolExecutor(self._settings.policy.workers, "deliver") as pool:
            served = list(pool.map(partial(self._serve, stop), due))
        return Round(
            arrived=sum(one.arrived for one in served),
            failed=sum(one.failed for one in served),
            more=any(one.more for one in served),
            without_mail=waiting,
        )

    def _due(self) -> tuple[int, Sequence[Subscription]]:
        """Count those that wait for a mail server, and give those that are due; who failed before comes last."""
        columns, now = subscriptions.c, datetime.now(UTC)
        with self._registry.reading() as connection:
            behind = (columns.state == "active") & (columns.cursor < last_number(connection))
            unasked = (columns.state == "unconfirmed") & columns.asked.is_(None)
            in_time = columns.next_try.is_(None) | (columns.next_try <= now)
            found = select(subscriptions).where(behind | unasked, in_time)
            rows = connection.execute(found.order_by(columns.failures, columns.number))
            due = [subscription_of(row) for row in rows]
        if self._head is not None:
            return 0, due
        ready = [one for one in due if one.channel != "email"]
        return len(due) - len(ready), ready

    def _serve(self, stop: threading.Event, held: Subscription) -> Round:
        """Give a subscription its turn: until nothing is left, something fails, or the time is over."""
        until, done = time.monotonic() + self._settings.policy.turn, Round()
        standing: Subscription | None = held
        try:
            if held.state == "unconfirmed":
                return Round() if stop.is_set() else self._ask(held)
            while standing is not None and time.monotonic() < until and not stop.is_set():
                standing, done = self._step(standing, done)
        except LeaseLost:
            return done
        except _CannotTell as error:
            self._outcomes.record(error.held, error.notice, "", Outcome(error.said))
            return replace(done, failed=done.failed + 1)
        return replace(done, more=standing is not None)

    def _step(self, held: Subscription, done: Round) -> tuple[Subscription | None, Round]:
        """Send the next message; give how the subscription stands, or None when its turn is over."""
        message = self._next(held)
        if isinstance(message, int):
            moved = message != held.cursor and self._outcomes.passed(held, message)
            return (replace(held, cursor=message) if moved else None), done
        try:
            outcome = self._send(held, message)
        except LeaseLost:
            raise
        except Exception as error:
            raise _CannotTell(held, message.notice, f"it cannot be sent: {type(error).__name__}") from error
        stands = self._outcomes.record(held, message.notice, message.content_hash(), outcome)
        if not outcome.arrived:
            return None, replace(done, failed=done.failed + 1)
        done = replace(done, arrived=done.arrived + 1)
        if not stands:  # Somebody paused, ended or replayed it meanwhile.
            return None, done
        return replace(held, cursor=message.notice, failures=0, failing_since=None), done

    def _next(self, held: Subscription) -> Message | int:
        """Give the next message for a subscription, or how far there is none."""
        with self._registry.reading() as connection:
            try:
                viewer = viewer_of(connection, held.owner)
            except NotFound:
                return held.cursor
            if not viewer.active:  # What happens meanwhile waits for them.
                return held.cursor
            cursor = held.cursor
            for notice in notices_after(connection, cursor, limit=_AT_ONCE):
                try:
                    message = self._message(connection, viewer, notice, held)
                except Exception as error:  # No message may keep those of others waiting.
                    said = error.text.en if isinstance(error, MaksaError) else type(error).__name__
                    raise _CannotTell(held, notice.number, f"its message cannot be made: {said}") from error
                if message is not None:
                    return message
                cursor = notice.number
            return cursor

    def _message(
        self, connection: Connection, viewer: Viewer, notice: Notice, held: Subscription
    ) -> Message | None:
        """Make the message of a notice for a subscription; None when it is not for it."""
        concern = self._concern(connection, notice)
        if not (asks_for(held, notice, concern) and may_see(viewer, notice, concern)):
            return None
        return message_of(connection, self._shelf, notice, concern, held)

    def _concern(self, connection: Connection, notice: Notice) -> Concern:
        concern = self._concerns.get(notice.number)
        if concern is None:
            concern = self._concerns[notice.number] = concern_of(connection, self._shelf, notice)
        return concern

    def _send(self, held: Subscription, message: Message) -> Outcome:
        self._lease.keep()
        now = datetime.now(UTC)
        if self._head is not None and held.channel == "email":
            mail = mail_of(self._head, held, message, now)
            return send_mail(self._head.server, mail, held.address, self._settings.policy.send)
        with self._registry.reading() as connection:
            secrets = valid_secrets(connection, self._keys, held.number, now)
        if not secrets:
            return Outcome("its secret was sealed with another key than this home's: rotate it")
        body = message.event()
        headers = signed_headers(secrets, message.id, body, now)
        return send_webhook(held.address, headers, body, self._settings)

    def _ask(self, held: Subscription) -> Round:
        """Ask an address whether it wants notices."""
        if self._head is None:
            return Round()
        self._lease.keep()
        mail = confirmation_of(self._head, held, datetime.now(UTC))
        outcome = send_mail(self._head.server, mail, held.address, self._settings.policy.send)
        self._outcomes.asked(held, outcome)
        return Round(arrived=int(outcome.arrived), failed=int(not outcome.arrived))

    def _forget_unconfirmed(self) -> None:
        """End what nobody confirmed in time, so that its address is forgotten."""
        columns, before = subscriptions.c, datetime.now(UTC) - timedelta(days=CONFIRM_DAYS)
        late = (columns.state == "unconfirmed") & (columns.created < before)
        with self._registry.reading() as connection:
            numbers = connection.scalars(select(columns.number).where(late)).all()
        for number in numbers:
            with self._registry.writing() as connection:
                end_in(self._registry, connection, number, why="its address was not confirmed")
