"""Askers of codes by e-mail: who left an address is asked once whether it wants the notices of the request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from maksa.registry.delivery.addresses import checked_mail, is_mail
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import insert_subscription
from maksa.registry.delivery.tables import subscription as subscriptions


def subscribe_asker(connection: Connection, request: int, contact: str | None) -> int | None:
    """Subscribe the contact of a request that is being filed, before its first notice; None when it is no e-mail address.

    An address that was asked within a day is not asked again: its one answer confirms all that waits for it.
    """
    if contact is None or not is_mail(contact):
        return None
    address, now, columns = checked_mail(contact), datetime.now(UTC), subscriptions.c
    waiting = select(columns.number).where(
        columns.address == address,
        columns.owner_kind == "asker",
        columns.state == "unconfirmed",
        columns.created > now - timedelta(days=1),
    )
    was_asked = connection.execute(waiting.limit(1)).first() is not None
    owner, target = Owner("asker", str(request)), Target("request", about=str(request))
    wanted = WantedSubscription(owner, target, "email", address)
    return insert_subscription(connection, wanted, asked=now if was_asked else None)
