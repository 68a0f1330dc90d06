"""The tables of notices and their delivery, beside those of registry/tables.py."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from maksa.registry.appended import only_appended
from maksa.registry.tables import Instant, metadata, ordered

outbox = only_appended(
    Table(
        "outbox",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("at", Instant, nullable=False),
        Column("topic", String(32), nullable=False),
        Column("subject", String, nullable=False),
        Column("act", String(32)),
        Column("fa", Text, nullable=False),
        Column("en", Text, nullable=False),
        Index("outbox_of_subject", "topic", "subject"),
        sqlite_autoincrement=True,
    )
)
"""Notices in the order of the acts they tell of; registry/outbox.py writes them. `act` is what was done, if it is said."""

subscription = Table(
    "subscription",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("owner_kind", String(8), nullable=False),
    Column("owner", ordered(), nullable=False),
    Column("target", String(16), nullable=False),
    Column("list", ordered()),
    Column("code", ordered()),
    Column("about", ordered()),
    Column("topics", String, nullable=False),
    Column("channel", String(8), nullable=False),
    Column("address", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("why", Text),
    Column("created", Instant, nullable=False),
    Column("asked", Instant),
    Column("cursor", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("next_try", Instant),
    Index("subscription_owner", "owner_kind", "owner"),
    Index("subscription_address", "address"),
    sqlite_autoincrement=True,
)
"""Who is told of what, and where. `topics` are words apart by spaces ('' for all), `about` the number of a request or
the id of a party, `cursor` the number of the last notice that arrived or is not for it, `why` why it is paused or
ended. `asked` is when an address was last asked to confirm. A row that has ended keeps no address."""

subscription_secret = Table(
    "subscription_secret",
    metadata,
    Column("subscription", ForeignKey("subscription.number"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
    Column("until", Instant),
    sqlite_with_rowid=False,
)
"""The secrets of webhooks, sealed with the key of the home; `until` ends one that was rotated away."""

delivery = only_appended(
    Table(
        "delivery",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("subscription", ForeignKey("subscription.number"), nullable=False),
        Column("notice", ForeignKey("outbox.number"), nullable=False),
        Column("at", Instant, nullable=False),
        Column("arrived", Boolean, nullable=False),
        Column("said", String(200), nullable=False),
        Column("content_hash", String(64), nullable=False),
        Column("owner_kind", String(8), nullable=False),
        Column("owner", String, nullable=False),
        Column("channel", String(8), nullable=False),
        Index("delivery_of_notice", "notice", "arrived"),
        Index("delivery_of_subscription", "subscription", "notice"),
        sqlite_autoincrement=True,
    )
)
"""Every attempt to deliver: of what, to whom, when, what came of it, and the hex SHA-256 of what was sent. No address."""

delivery_lease = Table(
    "delivery_lease",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)
"""Who delivers now, and until when nobody else does."""
