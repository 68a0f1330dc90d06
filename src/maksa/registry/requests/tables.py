"""The tables of missing-code requests, beside those of registry/tables.py."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from maksa.registry.appended import only_appended
from maksa.registry.tables import Instant, metadata

code_request = Table(
    "code_request",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("terminology", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("title_fa", Text),
    Column("title_en", Text),
    Column("use_case", Text),
    Column("reference", Text),
    Column("organisation", String),
    Column("contact", String),
    Column("origin", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("source", String(80), unique=True),
    Column("state", String(16), nullable=False, index=True),
    Column("created", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("acknowledge_by", String(10), nullable=False),
    Column("answer_by", String(10), nullable=False),
    Column("acknowledged_days", Integer),
    Column("decided_days", Integer),
    Column("waited", Integer, nullable=False),
    Column("paused", String(10)),
    Column("outcome", String(16)),
    Column("result_terminology", String),
    Column("result_code", String),
    Column("result_display", Text),
    Column("said", Text),
    sqlite_autoincrement=True,
)
"""`source` is the hash of a batch and the row in it, so that a batch filed again files nothing twice; days are ISO."""

code_request_step = only_appended(
    Table(
        "code_request_step",
        metadata,
        Column("request", ForeignKey("code_request.number"), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        Column("act", String(16), nullable=False),
        Column("before", String(16)),
        Column("after", String(16), nullable=False),
        Column("at", Instant, nullable=False),
        Column("actor", String, nullable=False),
        Column("said", Text),
        sqlite_with_rowid=False,
    )
)
"""What was done to each request, in order; `before` is NULL at its filing."""

code_request_word = Table(
    "code_request_word",
    metadata,
    Column("terminology", String, primary_key=True),
    Column("word", String, primary_key=True),
    Column("request", ForeignKey("code_request.number"), primary_key=True),
    sqlite_with_rowid=False,
)
"""The keys by which requests of like words are found; registry/requests/title_likeness.py makes them."""

code_request_day = Table(
    "code_request_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many requests came in on a day, by the keyed hash of the address ('' for all); earlier days are dropped."""
