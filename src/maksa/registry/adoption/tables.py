"""The tables of the adoption board, beside those of registry/tables.py; days are ISO."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from maksa.registry.appended import only_appended
from maksa.registry.tables import Instant, metadata, ordered

adoption_obligation = Table(
    "adoption_obligation",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("terminology", ordered(), nullable=False),
    Column("edition", ordered()),
    Column("letter", ordered(), nullable=False),
    Column("deadline", String(10)),
    Column("party_kinds", String, nullable=False),
    Column("system_kinds", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("ended", Instant),
    Column("why", Text),
    sqlite_autoincrement=True,
)
"""Who must use a list, by kinds (words apart by spaces); `edition` NULL is the one in force. `why` is of its end."""

adoption_declaration = only_appended(
    Table(
        "adoption_declaration",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("party", ForeignKey("party.party_id"), nullable=False),
        Column("system", ordered(), nullable=False),
        Column("terminology", ordered(), nullable=False),
        Column("edition", ordered()),
        Column("state", String(16), nullable=False),
        Column("day", String(10)),
        Column("reason", Text),
        Column("note", Text),
        Column("letter", String),
        Column("at", Instant, nullable=False),
        Column("actor", String, nullable=False),
        Column("why", Text),
        Index("adoption_declaration_of", "party", "system", "terminology"),
        sqlite_autoincrement=True,
    )
)
"""What parties declared, all of it; the last of a party, system ('': the party as a whole) and list stands."""

adoption_certificate = only_appended(
    Table(
        "adoption_certificate",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("party", ForeignKey("party.party_id"), nullable=False),
        Column("system", ordered(), nullable=False),
        Column("terminology", ordered(), nullable=False),
        Column("edition", ordered(), nullable=False),
        Column("kit", String, nullable=False),
        Column("version", String, nullable=False),
        Column("passed", String(10), nullable=False),
        Column("valid_until", String(10), nullable=False),
        Column("evidence", String(64), nullable=False),
        Column("examiner", String, nullable=False),
        Column("at", Instant, nullable=False),
        Column("actor", String, nullable=False),
        sqlite_autoincrement=True,
    )
)
"""Tests that systems passed; `evidence` is the hex SHA-256 of the report of the test."""

adoption_reminder = only_appended(
    Table(
        "adoption_reminder",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("party", ForeignKey("party.party_id"), nullable=False),
        Column("letter", ordered(), nullable=False),
        Column("day", String(10), nullable=False),
        Column("content", Text, nullable=False),
        Column("at", Instant, nullable=False),
        Column("actor", String, nullable=False),
        UniqueConstraint("party", "letter"),
        sqlite_autoincrement=True,
    )
)
"""Letters of reminder as they were made; `content` is JSON."""

adoption_client = Table(
    "adoption_client",
    metadata,
    Column("client_id", ForeignKey("client.client_id"), primary_key=True),
    Column("party", ForeignKey("party.party_id"), nullable=False),
    Column("system", ordered(), nullable=False),
    sqlite_with_rowid=False,
)
"""Whose system a client is; one without a row is its party's, of no certain system."""

adoption_use = Table(
    "adoption_use",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("client", ordered(), primary_key=True),
    Column("terminology", ordered(), primary_key=True),
    Column("edition", ordered(), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("way", String(8), primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""How often a client asked on a day (of Tehran), by what it asked; counts only: no code, no person, no address."""
