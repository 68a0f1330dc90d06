"""The outbox: notices in their order, read on from the last that arrived."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from maksa.registry.delivery.tables import outbox
from maksa.registry.outbox import append_notice, read_notices
from maksa.text import Text

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def append(registry, *subjects):
    """Append notices about subjects, each in a transaction."""
    for subject in subjects:
        with registry.writing() as connection:
            append_notice(connection, "t", subject, Text(f"خبر {subject}", f"news of {subject}"), at=NOW)


def test_notices_are_read_in_order_from_where_a_reader_stands(registry):
    """A reader that failed after one reads the next again; other topics and subjects are left out."""
    append(registry, "1", "2", "1")
    with registry.writing() as connection:
        append_notice(connection, "other", "1", Text("", ""), at=NOW)

    found = read_notices(registry, topic="t")
    assert [one.subject for one in found] == ["1", "2", "1"]
    assert read_notices(registry, topic="t", after=found[0].number) == found[1:]
    assert [one.subject for one in read_notices(registry, topic="t", subject="1")] == ["1", "1"]
    assert read_notices(registry, topic="t", limit=1) == found[:1]


def test_a_notice_stands_only_with_the_act_it_tells_of(registry):
    """What is undone was never told."""
    with registry.writing() as connection:
        append_notice(connection, "t", "1", Text("خبر", "news"), at=NOW)
        connection.rollback()

    assert read_notices(registry, topic="t") == []


def test_a_notice_is_never_changed_or_taken_out(registry):
    """The database itself refuses."""
    append(registry, "1")
    for statement in (update(outbox).values(en=""), delete(outbox)):
        with pytest.raises(IntegrityError, match="only appended to"), registry.writing() as connection:
            connection.execute(statement)


def test_numbers_are_in_the_order_of_commits(registry):
    """While writers write at once, a reader that sees a number has seen all before it."""
    seen, done = [], threading.Event()

    def write(name):
        for turn in range(15):
            append(registry, f"{name} {turn}")

    def read():
        while not done.is_set():
            seen.append([one.number for one in read_notices(registry, topic="t", limit=1_000)])

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    done.set()
    reader.join()

    final = [one.number for one in read_notices(registry, topic="t", limit=1_000)]
    assert len(final) == 90
    assert all(numbers == final[: len(numbers)] for numbers in seen)
