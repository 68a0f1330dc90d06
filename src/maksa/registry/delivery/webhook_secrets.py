"""The secrets of webhooks: kept sealed, several valid at a time while one is rotated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.tables import subscription_secret


def add_secret(connection: Connection, keys: DeliveryKeys, subscription: int, secret: str) -> None:
    """Keep a secret of a webhook, in a transaction that writes."""
    last = connection.scalar(select(func.max(subscription_secret.c.ordinal)).where(_of(subscription)))
    row = {"subscription": subscription, "ordinal": (last or 0) + 1, "sealed": keys.sealed(secret)}
    connection.execute(insert(subscription_secret).values(row))


def outdate_secrets(connection: Connection, subscription: int, until: datetime) -> None:
    """Let the current secret be valid until an instant, and forget those that were to end before."""
    outdated = subscription_secret.c.until.is_not(None)
    connection.execute(delete(subscription_secret).where(_of(subscription), outdated))
    connection.execute(update(subscription_secret).where(_of(subscription)).values(until=until))


def forget_secrets(connection: Connection, subscription: int) -> None:
    """Forget all secrets of a webhook."""
    connection.execute(delete(subscription_secret).where(_of(subscription)))


def valid_secrets(
    connection: Connection, keys: DeliveryKeys, subscription: int, now: datetime
) -> Sequence[str]:
    """Give the secrets in clear that are valid now, the newest first; none that the home's key does not open."""
    mine = select(subscription_secret).where(_of(subscription))
    rows = connection.execute(mine.order_by(subscription_secret.c.ordinal.desc()))
    sealed = [row.sealed for row in rows if row.until is None or row.until > now]
    return [secret for secret in map(keys.opened, sealed) if secret is not None]


def _of(subscription: int) -> ColumnElement[bool]:
    return subscription_secret.c.subscription == subscription
