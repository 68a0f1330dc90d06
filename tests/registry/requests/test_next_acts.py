"""What comes next for a request: its clock on a day, and the acts that it allows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.code_request import CodeRequest, Step, Wanted
from maksa.registry.requests.next_acts import Clock, clock_of, next_acts
from maksa.registry.requests.states import life

SATURDAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
REQUEST = CodeRequest(1, Wanted("herbs", "x"), "new", NOW, NOW, SATURDAY, SATURDAY + timedelta(30))


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2026, 11, 24), 2), (date(2026, 11, 27), 1), (SATURDAY, 0), (date(2026, 11, 30), -2)],
)
def test_working_days_are_counted_to_the_target_and_past_it(day, left):
    """Thursday and Friday do not count; the day itself is the last; past it the count is negative."""
    clock = clock_of(REQUEST, day)

    assert (clock.due, clock.left, clock.overdue) == (SATURDAY, left, left < 0)


def test_a_target_that_passed_into_a_day_of_rest_is_passed():
    """Though no working day has gone since."""
    target = date(2026, 11, 25)  # A Wednesday.
    clock = clock_of(replace(REQUEST, acknowledge_by=target), target + timedelta(1))

    assert (clock.left, clock.overdue) == (-1, True)


def test_each_state_has_its_clock():
    """New ones run to the first answer, those in work to the decision; a question stops it, an end ends it."""
    assert clock_of(REQUEST, SATURDAY).due == REQUEST.acknowledge_by
    assert clock_of(replace(REQUEST, state="in-work"), SATURDAY).due == REQUEST.answer_by
    assert clock_of(replace(REQUEST, state="question"), SATURDAY) == Clock(stopped=True)
    assert clock_of(replace(REQUEST, state="refused"), SATURDAY) == Clock()


@given(st.integers(-60, 60))
def test_a_clock_is_overdue_exactly_when_its_day_has_passed(days):
    """On whichever day it is asked."""
    day = SATURDAY + timedelta(days)

    assert clock_of(REQUEST, day).overdue == (day > SATURDAY)


def test_the_acts_of_a_state_are_given_and_one_done_once_is_left_out():
    """An appeal is offered until it was made."""
    refused = replace(REQUEST, state="refused")
    appeal = Step("appeal", "refused", "appeal", NOW, "asker", "x")

    assert [act.name for act in next_acts(REQUEST, ())] == list(life().allowed("new"))
    assert [act.name for act in next_acts(refused, ())] == ["appeal"]
    assert next_acts(refused, (appeal,)) == ()
