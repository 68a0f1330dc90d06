"""The scratch database: empty, on disk, gone afterwards, and clear about a disk that does not take it."""

import sqlite3

import pytest

from maksa.errors import WrongState
from maksa.registry.quality.scratch import scratch_database

SCHEMA = "CREATE TABLE herb (code TEXT);"


def test_it_begins_empty_each_time_and_ends_closed():
    """Nothing of one is in the next, and nothing can be asked of it any more."""
    for _ in range(2):
        with scratch_database(SCHEMA) as connection:
            assert connection.execute("SELECT count(*) FROM herb").fetchone() == (0,)
            connection.execute("INSERT INTO herb VALUES ('1')")

    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


def test_what_the_disk_refuses_is_said_with_the_mend():
    """A full disk is no traceback: the sentence names the reason and the way on."""
    with pytest.raises(WrongState, match="full") as refused:
        fill()

    assert "SQLITE_TMPDIR" in refused.value.mend.en


def fill():
    """Write more than three pages hold."""
    with scratch_database(SCHEMA) as connection:
        connection.execute("PRAGMA max_page_count = 3")
        for number in range(1_000):
            connection.execute("INSERT INTO herb VALUES (?)", (f"{number}" * 500,))
