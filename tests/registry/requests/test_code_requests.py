"""Requests for missing codes: from filing to a decision, with history, notices, journal and clock."""

import multiprocessing
import os
import threading
from datetime import date, timedelta

import pytest
from asking_codes import WANTED, count, keep
from sqlalchemy import select, update

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.code_request import Wanted
from maksa.model.verdict import Coding
from maksa.registry.database import open_registry
from maksa.registry.delivery.tables import outbox
from maksa.registry.journal import journal_problems, list_journal
from maksa.registry.outbox import read_notices
from maksa.registry.requests import code_requests
from maksa.registry.requests.code_requests import (
    TOPIC,
    do_act,
    keep_request,
    list_requests,
    own_request,
    read_request,
    read_steps,
)
from maksa.registry.requests.states import life
from maksa.registry.requests.tables import code_request, code_request_step, code_request_word
from maksa.registry.tables import journal

WRITERS = 20
EACH = 10
CODE = Coding("herbs", "00140", "گل ختمی")


@pytest.fixture
def on(monkeypatch):
    """Let it be another day in Tehran for what the desk does."""

    def move(day):
        monkeypatch.setattr(code_requests, "today", lambda: day)

    return move


def test_a_request_is_filed_with_a_number_a_token_and_two_targets(registry):
    """It is new, has its first step, its notice and its entry in the journal; the first answer is due before the last."""
    kept = keep(registry)

    request = read_request(registry, kept.request.number)
    assert request == kept.request
    assert (request.wanted, request.state) == (WANTED, "new")
    assert request.acknowledge_by < request.answer_by
    assert [(s.act, s.before, s.after) for s in read_steps(registry, request.number)] == [
        ("file", None, "new")
    ]
    assert len(read_notices(registry, topic=TOPIC, subject=str(request.number))) == 1
    assert list_journal(registry)[0].act == "request-file"


def test_a_request_goes_its_way_to_a_new_code_and_each_step_is_told(registry):
    """History, notices and journal have every act, in order; who did what and why stands in them."""
    number = keep(registry).request.number
    curator = registry.acting_as("curator")
    for act, said in (("accept", None), ("work", None), ("ask", "کدام گونه؟"), ("answer", "Althaea")):
        do_act(curator, number, act, said=said)
    done = do_act(curator, number, "done-new", code=CODE)

    assert (done.state, done.outcome, done.result) == ("done", "done-new", CODE)
    steps = read_steps(registry, number)
    assert [step.after for step in steps] == ["new", "accepted", "in-work", "question", "in-work", "done"]
    assert {step.actor for step in steps[1:]} == {"curator"}
    told = [notice.text.en for notice in read_notices(registry, topic=TOPIC, subject=str(number))]
    assert len(told) == len(steps)
    assert "کدام گونه؟" in told[3]
    assert told[-1].endswith("herbs 00140")
    assert list(journal_problems(registry)) == []
    assert list_journal(registry)[0].details == {
        "did": "done-new",
        "before": "in-work",
        "after": "done",
        "why": "herbs 00140",
    }


def test_a_refusal_may_be_appealed_once(registry):
    """An appeal opens the request again with a target of its own; the second refusal stands."""
    number = keep(registry).request.number
    do_act(registry, number, "refuse", said="هست")
    appealed = do_act(registry, number, "appeal", said="نیست")
    do_act(registry, number, "refuse", said="باز هم هست")

    assert appealed.answer_by == life().after(code_requests.today(), life().appeal)
    with pytest.raises(WrongState, match="once"):
        do_act(registry, number, "appeal", said="باز هم نیست")
    assert read_request(registry, number).state == "refused"


def test_an_act_that_is_refused_leaves_no_trace(registry):
    """Neither state nor history, notices or journal change."""
    number = keep(registry).request.number
    before = [count(registry, table) for table in (code_request_step, outbox, journal)]

    with pytest.raises(WrongState, match=r"'new', in which 'done-new'"):
        do_act(registry, number, "done-new", code=CODE)
    with pytest.raises(BadParameter, match="reason"):
        do_act(registry, number, "refuse")
    with pytest.raises(BadParameter, match="takes no text"):
        do_act(registry, number, "accept", said="چرا")
    with pytest.raises(BadParameter, match="code"):
        do_act(registry, number, "done-existing", said="herbs 00140")
    with pytest.raises(NotFound, match="99"):
        do_act(registry, 99, "accept")

    assert [count(registry, table) for table in (code_request_step, outbox, journal)] == before
    assert read_request(registry, number).state == "new"


def test_what_the_asker_says_and_where_they_are_stands_in_no_journal(registry):
    """The journal names neither contact nor token nor what an asker typed."""
    kept = keep(registry)
    for act, said in (("accept", None), ("ask", "چرا؟"), ("answer", "راز من"), ("refuse", "هست")):
        do_act(registry, kept.request.number, act, said=said)
    do_act(registry, kept.request.number, "appeal", said="اعتراض من")

    with registry.reading() as connection:
        written = str(connection.execute(select(journal)).all())
        notices = str(connection.execute(select(outbox)).all())
    for secret in ("asker@example.org", kept.token, "راز من", "اعتراض من", WANTED.text):
        assert secret not in written
        assert secret not in notices
    assert "هست" in written


def test_only_the_token_of_a_request_shows_it(registry):
    """A wrong token and an unknown number get the same kind of answer; the token itself is not stored."""
    kept = keep(registry)
    other = keep(registry)

    assert own_request(registry, kept.request.number, kept.token) == kept.request
    for number, token in ((kept.request.number, other.token), (99, kept.token), (2**40, ""), (-1, "")):
        with pytest.raises(NotFound, match="token"):
            own_request(registry, number, token)
    with registry.reading() as connection:
        assert kept.token not in str(connection.execute(select(code_request)).all())


def test_the_clock_stands_while_the_asker_is_asked(registry, on):
    """Working days spent on a question move the target and do not count for the decision."""
    start = date(2026, 11, 28)
    on(start)
    number = keep(registry).request.number
    due = read_request(registry, number).answer_by
    with (
        registry.writing() as connection
    ):  # The filing's instant is the real one; it is set back to the start.
        filed = code_requests.datetime(2026, 11, 28, 9, tzinfo=code_requests.UTC)
        connection.execute(update(code_request).values(created=filed))
    do_act(registry, number, "accept")
    on(life().after(start, 2))
    asked = do_act(registry, number, "ask", said="چه؟")
    on(life().after(start, 12))
    answered = do_act(registry, number, "answer", said="این")
    on(life().after(start, 15))
    done = do_act(registry, number, "done-new", code=CODE)

    assert asked.answer_by == due
    assert answered.answer_by == life().after(due, 10)
    assert (done.acknowledged_days, done.decided_days, done.waited) == (0, 5, 10)


def test_overdue_are_those_past_the_target_that_runs(registry, on):
    """A new request is late by its first target, one in work by its last; a question or a decision is never late."""
    numbers = [keep(registry).request.number for _ in range(4)]
    do_act(registry, numbers[1], "accept")
    do_act(registry, numbers[2], "accept")
    do_act(registry, numbers[2], "ask", said="چه؟")
    do_act(registry, numbers[3], "refuse", said="هست")
    first = read_request(registry, numbers[0])

    def late(day):
        on(day)
        return [one.number for one in list_requests(registry, overdue=True)]

    assert late(first.acknowledge_by) == []
    assert late(first.acknowledge_by + timedelta(days=1)) == numbers[:1]
    assert late(first.answer_by + timedelta(days=1)) == numbers[:2]


def test_the_same_place_of_a_batch_is_kept_once(registry):
    """What was kept of a row is given back as it stands, without a token."""
    first = keep(registry, source="a:2")
    do_act(registry, first.request.number, "accept")
    again = keep(registry, source="a:2")

    assert again.token is None
    assert (again.request.number, again.request.state) == (first.request.number, "accepted")


def write_many(registry, name):
    """File requests and act upon each."""
    for place in range(EACH):
        with registry.writing() as connection:
            kept = keep_request(connection, registry, Wanted("herbs", f"گل {name} {place}"))
        do_act(registry, kept.request.number, "accept")


def write_in_a_process(url, name):
    """Do the same in a process with a registry of its own."""
    write_many(open_registry(url), name)


def test_writers_at_once_lose_none_and_break_nothing(registry, registry_url):
    """Processes and threads file and act at the same time: every request, step, notice and journal entry is there once."""
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=write_in_a_process, args=(registry_url, f"p{i}")) for i in range(2)]
    threads = [threading.Thread(target=write_many, args=(registry, f"t{i}")) for i in range(WRITERS - 2)]
    for one in (*processes, *threads):
        one.start()
    for one in (*processes, *threads):
        one.join()

    found = list_requests(registry, limit=1_000)
    assert len({one.wanted.text for one in found}) == WRITERS * EACH == len(found)
    assert {one.state for one in found} == {"accepted"}
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert count(registry, code_request_step) == count(registry, outbox) == count(registry, journal)
    assert count(registry, journal) == 2 * len(found)
    assert list(journal_problems(registry)) == []


def test_two_who_do_the_same_act_at_once_do_it_once(registry):
    """Of eight that accept one request, one does, and the others are told in which state it is."""
    number = keep(registry).request.number
    told = []

    def accept():
        try:
            told.append(do_act(registry, number, "accept").state)
        except WrongState as refused:
            told.append(refused.text.en)

    threads = [threading.Thread(target=accept) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert told.count("accepted") == 1
    assert sum("'accepted', in which 'accept'" in one for one in told) == 7


def die_at(url, number, place):
    """Do an act, and die where a step of it begins."""

    def die(*_arguments, **_more):
        os._exit(9)

    setattr(code_requests, place, die)
    registry = open_registry(url)
    if number is None:
        keep(registry)
    else:
        do_act(registry, number, "accept")


@pytest.mark.parametrize("place", ["remember_words", "_write_step", "append_notice", "write_entry"])
def test_a_process_that_dies_amid_an_act_leaves_nothing_of_it(registry, registry_url, place):
    """Whichever step it died before, the request stands as it stood, and the same act goes through afterwards."""
    number = keep(registry).request.number
    tables = (code_request, code_request_step, code_request_word, outbox, journal)
    before = [count(registry, table) for table in tables]
    context = multiprocessing.get_context("fork")
    for target in (None,) if place == "remember_words" else (None, number):
        process = context.Process(target=die_at, args=(registry_url, target, place))
        process.start()
        process.join()
        assert process.exitcode == 9

    assert [count(registry, table) for table in tables] == before
    assert do_act(registry, number, "accept").state == "accepted"
    assert list(journal_problems(registry)) == []
