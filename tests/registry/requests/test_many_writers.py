"""A thousand writers at once: none is lost, and what stands is as if they had come one by one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from maksa.model.code_request import Wanted
from maksa.registry.journal import journal_problems, list_journal
from maksa.registry.outbox import read_notices
from maksa.registry.requests.code_requests import (
    TOPIC,
    do_act,
    list_requests,
    own_request,
    read_request,
    read_steps,
)
from maksa.registry.requests.desk import Desk
from maksa.registry.requests.tables import code_request_day, code_request_step
from maksa.terminology.service import LocalTerminology

WRITERS = 1_000
ADDRESSES = 20


@pytest.fixture
def desk(registry, toy_shelf):
    """Open a desk over the toy herbs."""
    return Desk(registry, LocalTerminology(toy_shelf), b"a key")


def title(number):
    """Give a title that shares no word with another: what takes long is writing, not looking for duplicates."""
    return "".join("ابپتجچحخدذ"[int(digit)] for digit in f"{number * 7919 % 100_000:05d}")


def at_once(count, do):
    """Do something in as many threads, all of which begin together; give what each gave, in their order."""
    start = Barrier(count)

    def when_all_stand(number):
        start.wait()
        return do(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(when_all_stand, range(count)))


@pytest.mark.xdist_group("many-writers")
def test_a_thousand_writers_of_requests_lose_none(desk, registry):
    """Each has a number and a token of its own; history, notices, the day's counts and the journal's chain are whole."""
    filed = at_once(
        WRITERS,
        lambda number: desk.file(
            Wanted("herbs", title(number), origin="api"), address=f"192.0.2.{number % ADDRESSES}"
        ),
    )
    kept = {one.request.number: one for one in filed}
    with registry.reading() as connection:
        steps = connection.execute(select(code_request_step)).all()
        counts = {row.address: row.count for row in connection.execute(select(code_request_day))}
    notices = read_notices(registry, topic=TOPIC, limit=2 * WRITERS)
    journal = [entry for entry in list_journal(registry, limit=2 * WRITERS) if entry.act == "request-file"]

    assert len(kept) == WRITERS
    assert {one.request.wanted.text for one in filed} == {title(number) for number in range(WRITERS)}
    assert {own_request(registry, number, one.token) for number, one in list(kept.items())[::50]} == {
        one.request for one in list(kept.values())[::50]
    }
    assert sorted(row.request for row in steps) == sorted(kept)
    assert [int(notice.subject) for notice in notices] == sorted(kept)
    assert len(journal) == WRITERS
    assert list(journal_problems(registry)) == []
    assert counts.pop("") == WRITERS
    assert sorted(counts.values()) == [WRITERS // ADDRESSES] * ADDRESSES


@pytest.mark.xdist_group("many-writers")
def test_of_many_who_decide_one_request_at_once_one_does(desk, registry):
    """The others are told the state that they met; the history has each act once."""
    number = desk.file(Wanted("herbs", "گل ختمی"), address="192.0.2.1").request.number

    def accept(_):
        try:
            return do_act(registry, number, "accept").state
        except Exception as refusal:  # noqa: BLE001 - What it is, is asked below.
            return type(refusal).__name__

    told = at_once(50, accept)

    assert (told.count("accepted"), told.count("WrongState")) == (1, 49)
    assert read_request(registry, number).state == "accepted"
    assert [step.act for step in read_steps(registry, number)] == ["file", "accept"]
    assert len(list_requests(registry)) == 1
