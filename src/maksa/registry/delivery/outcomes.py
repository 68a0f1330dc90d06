"""What came of a send, recorded in one transaction: the attempt, the cursor, the wait for the next, the pause after days."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from maksa.registry.database import Registry
from maksa.registry.delivery.lease import Lease
from maksa.registry.delivery.records import Subscription, shown_address
from maksa.registry.delivery.settings import Policy
from maksa.registry.delivery.tables import delivery
from maksa.registry.delivery.tables import subscription as subscriptions
from maksa.registry.delivery.webhook import Outcome
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.text import Text

_LONGEST_SAID = 200


class Outcomes:
    """Records what came of sends, as long as the lease is held."""

    def __init__(self, registry: Registry, lease: Lease, policy: Policy) -> None:
        """Record in a registry."""
        self._registry = registry
        self._lease = lease
        self._policy = policy

    def record(self, held: Subscription, notice: int, content_hash: str, outcome: Outcome) -> bool:
        """Record an attempt; tell whether the subscription still stood where it was sent from.

        The attempt is recorded in any case: it was made. Raises: LeaseLost.
        """
        now = datetime.now(UTC)
        with self._registry.writing() as connection:
            self._lease.hold(connection)
            connection.execute(
                insert(delivery).values(
                    subscription=held.number,
                    notice=notice,
                    at=now,
                    arrived=outcome.arrived,
                    said=outcome.said[:_LONGEST_SAID],
                    content_hash=content_hash,
                    owner_kind=held.owner.kind,
                    owner=held.owner.id,
                    channel=held.channel,
                )
            )
            if outcome.arrived:
                fresh = {"cursor": notice, "failures": 0, "failing_since": None, "next_try": None}
                return _change(connection, held, **fresh)
            return self._failed(connection, held, outcome, now)

    def passed(self, held: Subscription, cursor: int) -> bool:
        """Move a cursor over what is not for the subscription; tell whether it still stood. Raises: LeaseLost."""
        with self._registry.writing() as connection:
            self._lease.hold(connection)
            return _change(connection, held, cursor=cursor)

    def asked(self, held: Subscription, outcome: Outcome) -> None:
        """Record that an address was asked to confirm, or could not be. Raises: LeaseLost."""
        now = datetime.now(UTC)
        with self._registry.writing() as connection:
            self._lease.hold(connection)
            if outcome.arrived:
                _change(connection, held, asked=now, failures=0, next_try=None)
            else:
                failures = held.failures + 1
                _change(connection, held, failures=failures, next_try=now + self._wait(failures))

    def _failed(self, connection: Connection, held: Subscription, outcome: Outcome, now: datetime) -> bool:
        failures, since = held.failures + 1, held.failing_since or now
        values: dict[str, Any] = {"failures": failures, "failing_since": since}
        if outcome.gone or now - since >= timedelta(days=self._policy.days):
            why = f"{failures} failures since {since.isoformat(timespec='minutes')}: {outcome.said}"
            stands = _change(connection, held, **values, state="paused", why=why, next_try=None)
            if stands:
                self._tell_of_pause(connection, held, why, now)
            return stands
        return _change(connection, held, **values, next_try=now + self._wait(failures))

    def _tell_of_pause(self, connection: Connection, held: Subscription, why: str, now: datetime) -> None:
        number, place = held.number, shown_address(held)
        told = Text(
            f"اشتراک {number} ({place}) متوقف شد: خبری به آن نمی‌رسد ({why}).",
            f"Subscription {number} ({place}) was paused: nothing reaches it ({why}).",
        )
        append_notice(connection, "subscription", str(number), told, at=now, act="paused")
        write_entry(self._registry, connection, "subscription-pause", f"subscription {number}", why=why)

    def _wait(self, failures: int) -> timedelta:
        """Give the wait after so many failures: doubled each time up to a bound, and up to half of it off by chance."""
        longest = min(self._policy.first_wait * 2 ** min(failures - 1, 32), self._policy.longest_wait)
        return timedelta(seconds=longest * secrets.SystemRandom().uniform(0.5, 1))


def _change(connection: Connection, held: Subscription, **values: Any) -> bool:
    """Change a subscription that stands as it was read; one that was changed meanwhile is left. Tell which."""
    columns = subscriptions.c
    as_read = (
        (columns.number == held.number) & (columns.state == held.state) & (columns.cursor == held.cursor)
    )
    return bool(connection.execute(update(subscriptions).where(as_read).values(values)).rowcount)
