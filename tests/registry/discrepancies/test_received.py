"""Lists that doors received: each waits with its file until it is an upload or refused, and is that once."""

from dataclasses import replace
from datetime import date

import pytest
from compared_lists import compared, difference
from sqlalchemy import select
from staff import found

from maksa.errors import BadParameter, NotFound, OverQuota, TooLarge, WrongState
from maksa.registry.discrepancies import received as room
from maksa.registry.discrepancies.received import (
    Sent,
    find_received,
    list_received,
    next_waiting,
    receive,
    record_compared,
    refuse_received,
)
from maksa.registry.discrepancies.tables import discrepancy_received
from maksa.registry.discrepancies.trend import list_uploads
from maksa.registry.journal import list_journal
from maksa.text import Text

SENT = Sent("tamin", "herbs", date(2025, 6, 1), "list.csv", b"code\n1\n", "tamin", channel="university")


@pytest.fixture
def desk(registry):
    """A registry with two parties, in which sara acts."""
    found(registry)
    return registry.acting_as("sara")


def contents(registry):
    """Give the files that are still kept."""
    with registry.reading() as connection:
        return list(connection.scalars(select(discrepancy_received.c.content)))


def test_a_list_waits_with_its_file(desk):
    """Who sent it, how it is read and how large it is; the journal has it; another list waits behind it."""
    first, second = receive(desk, SENT), receive(desk, replace(SENT, content=b"code\n2\n"))

    assert (first.state, first.actor, first.size, first.channel) == ("received", "sara", 7, "university")
    assert next_waiting(desk) == (first, SENT.content)
    assert next_waiting(desk, after=first.number) == (second, b"code\n2\n")
    assert next_waiting(desk, after=second.number) is None
    assert list_received(desk, party="tamin", state="received") == [second, first]
    assert not list_received(desk, party="centre")
    assert list_journal(desk)[0].act == "discrepancy-receive"


def test_the_same_file_that_waits_is_not_received_twice(desk):
    """Of another list of the reference, or once it was compared, it is another one."""
    first = receive(desk, SENT)

    assert receive(desk, SENT) == first
    assert receive(desk, replace(SENT, list="flowers")).number == 2
    refuse_received(desk, first, Text("نه", "no"))
    assert receive(desk, SENT).number == 3


def test_a_compared_list_becomes_an_upload_of_who_sent_it(desk, registry):
    """Its file is let go; a second run of the same work is refused and leaves nothing of itself."""
    waiting = receive(desk, SENT)
    worker = registry.acting_as("worker")
    upload = record_compared(worker, waiting, compared(difference("1"), party="tamin"))

    kept = find_received(registry, waiting.number)
    assert (kept.state, kept.upload, upload.actor) == ("compared", upload.number, "sara")
    assert contents(registry) == [None]
    with pytest.raises(WrongState, match="waits no more"):
        record_compared(worker, waiting, compared(difference("2"), party="tamin"))
    assert len(list_uploads(registry, "tamin")) == 1
    assert next_waiting(registry) is None


def test_a_list_that_cannot_be_read_is_kept_with_its_reason(desk):
    """And without its file; it is refused once."""
    waiting = receive(desk, SENT)
    refuse_received(desk, waiting, Text("ستون نیست", "no column"))

    kept = find_received(desk, waiting.number)
    assert (kept.state, kept.reason) == ("refused", Text("ستون نیست", "no column"))
    assert contents(desk) == [None]
    with pytest.raises(WrongState):
        refuse_received(desk, waiting, Text("ستون نیست", "no column"))


def test_what_cannot_be_received_keeps_nothing(desk, monkeypatch):
    """An unknown party, an empty or large file, odd names, and one more than may wait."""
    monkeypatch.setattr(room, "MOST_BYTES", 10)
    monkeypatch.setattr(room, "MOST_WAITING", 1)
    for odd, error in (
        ({"party": "nobody"}, NotFound),
        ({"content": b""}, BadParameter),
        ({"content": b"x" * 11}, TooLarge),
        ({"file": "a\x07"}, BadParameter),
        ({"channel": " "}, BadParameter),
    ):
        with pytest.raises(error):
            receive(desk, replace(SENT, **odd))
    assert not list_received(desk)
    receive(desk, SENT)
    with pytest.raises(OverQuota, match="wait to be compared"):
        receive(desk, replace(SENT, content=b"other"))
    with pytest.raises(NotFound):
        find_received(desk, 99)
