"""The tables of the registry: the same on SQLite and PostgreSQL. Change one, and SCHEMA_VERSION grows.

Rooms of the desk have their tables in a `tables.py` of their own, on the same metadata; registry/database.py imports them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
)

SCHEMA_VERSION = 5
"""The version of these tables; a registry of a greater one is refused."""

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. SQLite keeps no zone, and what it holds is UTC; PostgreSQL answers in its session's zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def ordered() -> String:
    """Make a text column that sorts by code points, as Python and SQLite do, in PostgreSQL too."""
    return String().with_variant(String(collation="C"), "postgresql")


fact = Table(
    "fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts of the registry itself: its `schema_version`, the `samples` that were loaded."""

client = Table(
    "client",
    metadata,
    Column("client_id", ordered(), primary_key=True),
    Column("name", String, nullable=False),
    Column("username", String, nullable=False),
    Column("secret_hash", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("expires", Instant),
    Column("revoked", Boolean, nullable=False),
    Column("sandbox", Boolean, nullable=False),
)

client_pid = Table(
    "client_pid",
    metadata,
    Column("client_id", ForeignKey("client.client_id"), primary_key=True),
    Column("pid", String(24), primary_key=True),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("terminology", ordered(), nullable=False),
    Column("edition", ordered(), nullable=False),
    Column("description", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("saved", Instant, nullable=False),
    UniqueConstraint("terminology", "edition"),
    sqlite_autoincrement=True,
)
"""`description` is the list as JSON; `source` and `options` are JSON objects; `size` counts concepts or mappings."""

draft_concept = Table(
    "draft_concept",
    metadata,
    Column("draft", ForeignKey("draft.id"), primary_key=True),
    Column("code", ordered(), primary_key=True),
    Column("line", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""`line` is the canonical record of the concept."""

draft_mapping = Table(
    "draft_mapping",
    metadata,
    Column("draft", ForeignKey("draft.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("line", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""`line` is the canonical record of the mapping; `ordinal` its place in the source."""

map_decision = Table(
    "map_decision",
    metadata,
    Column("map", ordered(), primary_key=True),
    Column("source_terminology", ordered(), primary_key=True),
    Column("source_code", ordered(), primary_key=True),
    Column("condition", ordered(), primary_key=True),
    Column("target_terminology", ordered(), nullable=False),
    Column("target_code", String),
    Column("relationship", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_on", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("letter", String),
    sqlite_with_rowid=False,
)
"""What was decided at the desk of one source of a map; `condition` '' is none, `target_code` NULL is "no map"."""

unanswered = Table(
    "unanswered",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("terminology", ordered(), primary_key=True),
    Column("words", ordered(), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Searches that no title answered: folded words, the list ('' for all), how often on a day (ISO). No person."""

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String(32), nullable=False),
    Column("subject", String, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The acts of the desk, as registry/journal.py writes them; `details` is a JSON object."""

_ONLY_APPENDED = "the journal is only appended to"

for _change in ("UPDATE", "DELETE"):
    event.listen(
        journal,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER journal_without_{_change.lower()} BEFORE {_change} ON journal"
            f" BEGIN SELECT RAISE(ABORT, '{_ONLY_APPENDED}'); END"
        ).execute_if(dialect="sqlite"),
    )

_REFUSE = (
    "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" RAISE EXCEPTION '{_ONLY_APPENDED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_REFUSE_ALWAYS = (
    "CREATE TRIGGER journal_only_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON journal"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
)

for _statement in (_REFUSE, _REFUSE_ALWAYS):
    event.listen(
        journal,
        "after_create",
        DDL(_statement).execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
    )
