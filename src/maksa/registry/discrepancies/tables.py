"""The tables of the discrepancy register, beside those of registry/tables.py."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from maksa.registry.tables import Instant, metadata, ordered

discrepancy_upload = Table(
    "discrepancy_upload",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("party", ordered(), nullable=False),
    Column("list", ordered(), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("reporter", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("file", String, nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("edition", String, nullable=False),
    Column("edition_hash", String(64), nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("rows", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Index("discrepancy_upload_of", "party", "list"),
    sqlite_autoincrement=True,
)
"""Each upload of a party's list; `rows`, `kinds` and `changes` are JSON objects of counts."""

discrepancy = Table(
    "discrepancy",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("party", ordered(), nullable=False),
    Column("list", ordered(), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("code", ordered(), nullable=False),
    Column("product", ordered(), nullable=False),
    Column("state", String(8), nullable=False),
    Column("content", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("reporter", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("first_upload", ForeignKey("discrepancy_upload.number"), nullable=False),
    Column("last_upload", ForeignKey("discrepancy_upload.number"), nullable=False),
    Column("opened", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("owner", String),
    Column("deadline", String(10)),
    Column("outcome", String(24)),
    Column("decided_by", String),
    Column("decided_on", String(10)),
    Column("reason", Text),
    Column("letter", String),
    Column("evidence", Text),
    Column("decided_fingerprint", String(64)),
    UniqueConstraint("party", "list", "code", "product", "kind"),
    Index("discrepancy_state", "state", "party", "list"),
    sqlite_autoincrement=True,
)
"""`content` is the difference as JSON; `fingerprint` is of both its sides, `decided_fingerprint` of those decided upon."""

discrepancy_event = Table(
    "discrepancy_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("discrepancy", ForeignKey("discrepancy.number"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String(16), nullable=False),
    Column("upload", ForeignKey("discrepancy_upload.number")),
    Column("details", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The history of each record, only added to; `details` is a JSON object."""

discrepancy_received = Table(
    "discrepancy_received",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("party", ordered(), nullable=False),
    Column("list", ordered(), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("reporter", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("day", String(10), nullable=False),
    Column("profile", String(64), nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("file", String, nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("state", String(16), nullable=False),
    Column("upload", ForeignKey("discrepancy_upload.number")),
    Column("reason_fa", Text),
    Column("reason_en", Text),
    Index("discrepancy_received_state", "state", "party"),
    sqlite_autoincrement=True,
)
"""Lists that a door received: `content` is the file until it is compared; then `upload` is what it became, or the reasons
tell why it cannot be read."""
