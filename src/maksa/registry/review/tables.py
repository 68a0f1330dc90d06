"""The tables of grid edits, comments, reviews and votes, beside those of registry/tables.py.

All speak of a draft by its number, which no other draft ever gets: they outlive the draft, so that what was said and
decided of an edition stands after it is published.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from maksa.registry.appended import only_appended
from maksa.registry.tables import Instant, metadata, ordered

MOST_NUMBER = 2**31 - 1
"""The greatest number that a row can have; a database refuses to be asked for a greater one."""

draft_life = Table(
    "draft_life",
    metadata,
    Column("draft", Integer, primary_key=True, autoincrement=False),
    Column("subject", ordered(), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("maker", String, nullable=False),
    Column("round", Integer, nullable=False),
    Column("hash", String(64)),
    Column("revision", Integer, nullable=False),
)
"""`subject` is list and edition; `round` counts submissions; `hash` is of what was last submitted; `revision` grows with each act."""

draft_step = Table(
    "draft_step",
    metadata,
    Column("draft", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("act", String(16), nullable=False),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("said", Text),
    Column("hash", String(64)),
    sqlite_with_rowid=False,
)
"""What was done to each draft, in order; `hash` is of the content that it was done to."""

draft_edit = Table(
    "draft_edit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("draft", Integer, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("key", ordered(), nullable=False),
    Column("actor", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("why", Text),
    Column("before", Text),
    Column("after", Text),
    Column("undoes", Integer, unique=True),
    Index("draft_edit_row", "draft", "key"),
    sqlite_autoincrement=True,
)
"""Each change of a row: `key` is its code or (of a map) its ordinal, `before` and `after` are canonical records, NULL for
no row; `batch` counts the calls of a draft; `undoes` is the number of an edit that this one takes back."""

draft_comment = Table(
    "draft_comment",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("draft", Integer, nullable=False, index=True),
    Column("key", ordered()),
    Column("actor", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("resolves", Integer, unique=True),
    sqlite_autoincrement=True,
)
"""`key` is the row that it speaks of, NULL for the whole draft; one that `resolves` another closes it."""

draft_vote = Table(
    "draft_vote",
    metadata,
    Column("draft", Integer, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("login", ordered(), primary_key=True),
    Column("choice", String(8), nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""The vote of each member in each round, as it stands; the journal has those that were changed."""

draft_minutes = Table(
    "draft_minutes",
    metadata,
    Column("draft", Integer, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("present", Text, nullable=False),
    Column("attachment", String(64)),
    Column("votes_for", Integer, nullable=False),
    Column("votes_against", Integer, nullable=False),
    Column("abstained", Integer, nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("majority", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("closed_by", String, nullable=False),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
)
"""`present` is a JSON array of names; `attachment` the SHA-256 of a file kept elsewhere; `hash` is of what was voted on."""

for _table in (draft_step, draft_edit, draft_comment, draft_minutes):
    only_appended(_table)
