"""The outbox: notices in their order, read on from the last that arrived."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadInput
from maksa.registry.outbox import append_notice, read_notices
from maksa.registry.requests.tables import outbox
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
    if "postgresql" in str(registry.url):
        pytest.skip("PostgreSQL refuses by the rights of its users, not by a trigger")
    for statement in (update(outbox).values(en=""), delete(outbox)):
        with pytest.raises((BadInput, IntegrityError)), registry.writing() as connection:
            connection.execute(statement)
