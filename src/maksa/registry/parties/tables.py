"""The tables of parties, people and what they may do, beside those of registry/tables.py."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

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

sign_in_provider = Table(
    "sign_in_provider",
    metadata,
    Column("provider_id", ordered(), primary_key=True),
    Column("title_fa", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("issuer", String, nullable=False, unique=True),
    Column("client_id", String, nullable=False),
    Column("sealed_secret", Text, nullable=False),
    Column("added", Instant, nullable=False),
)
"""OpenID providers; `sealed_secret` is encrypted with the key of the home (sealing.py)."""

provider_party = Table(
    "provider_party",
    metadata,
    Column("provider_id", ForeignKey("sign_in_provider.provider_id", ondelete="CASCADE"), primary_key=True),
    Column("party_id", ForeignKey("party.party_id"), primary_key=True),
    Column("by_email", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Whose people a provider signs in, and whether a verified e-mail address may link them."""

person_link = Table(
    "person_link",
    metadata,
    Column("provider_id", ForeignKey("sign_in_provider.provider_id", ondelete="CASCADE"), primary_key=True),
    Column("login", ForeignKey("person.login"), primary_key=True),
    Column("subject", String(255)),
    Column("email", String(254)),
    Column("added", Instant, nullable=False),
    UniqueConstraint("provider_id", "subject"),
    UniqueConstraint("provider_id", "email"),
)
"""Who a person is at a provider: exactly one of the `subject`, and the `email` that awaits the first sign-in."""

session_provider = Table(
    "session_provider",
    metadata,
    Column("token_hash", ForeignKey("person_session.token_hash", ondelete="CASCADE"), primary_key=True),
    Column("provider_id", ForeignKey("sign_in_provider.provider_id", ondelete="CASCADE"), nullable=False),
    sqlite_with_rowid=False,
)
"""The provider that began a session; one begun with a password has no row."""

answer_used = Table(
    "answer_used",
    metadata,
    Column("nonce_hash", String(64), primary_key=True),
    Column("expires", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""The answers of providers that have begun a session, so that none begins a second one."""
