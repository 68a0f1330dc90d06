"""The tables of parties, people and what they may do, beside those of registry/tables.py."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from maksa.registry.tables import Instant, metadata, ordered

party = Table(
    "party",
    metadata,
    Column("party_id", ordered(), primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("added", Instant, nullable=False),
)

party_system = Table(
    "party_system",
    metadata,
    Column("party_id", ForeignKey("party.party_id"), primary_key=True),
    Column("system_id", ordered(), primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String(16), nullable=False),
    sqlite_with_rowid=False,
)
"""The software that a party makes or runs."""

person = Table(
    "person",
    metadata,
    Column("login", ordered(), primary_key=True),
    Column("name", String, nullable=False),
    Column("party_id", ForeignKey("party.party_id"), nullable=False),
    Column("password_hash", String, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("waits_until", Instant),
    Column("added", Instant, nullable=False),
)
"""`failures` counts wrong passwords since the last right one; until `waits_until` none is looked at."""

person_role = Table(
    "person_role",
    metadata,
    Column("login", ForeignKey("person.login"), primary_key=True),
    Column("role", String(32), primary_key=True),
    sqlite_with_rowid=False,
)

person_session = Table(
    "person_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("login", ForeignKey("person.login"), nullable=False),
    Column("began", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Index("person_session_login", "login"),
    sqlite_with_rowid=False,
)
"""`token_hash` is the hex SHA-256 of a random token; a session that ended has no row."""

client_grant = Table(
    "client_grant",
    metadata,
    Column("client_id", ForeignKey("client.client_id"), primary_key=True),
    Column("party_id", ForeignKey("party.party_id")),
    Column("scopes", Text, nullable=False),
    Column("per_minute", Integer),
    Column("per_day", Integer),
    sqlite_with_rowid=False,
)
"""Whose a client is and what it may; `scopes` are words apart by spaces. A client without a row may only read."""
