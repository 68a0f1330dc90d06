"""How adoption went from week to week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from adopting import SECOND, asked, live, settle

from maksa.errors import BadParameter
from maksa.model.jalali import today
from maksa.registry.adoption.trend import MOST_WEEKS, adoption_trend

MONDAY = date(2024, 3, 18)
"""Two days after the second edition came into force, on a Saturday."""


@pytest.fixture
def desk(registry, shelf):
    """Two weeks of questions on both sides of a new edition."""
    settle(registry, shelf)
    for client, edition, way, day in (
        ("a", "1", "edition", SECOND - timedelta(days=1)),
        ("a", "1", "edition", MONDAY),
        ("b", "2", "now", MONDAY),
        ("b", "1", "day", MONDAY),
    ):
        asked(registry, client, edition, way=way, day=day)
    asked(registry, "b", "2", kind="retired", day=MONDAY)
    return registry


def test_weeks_begin_on_saturday_and_old_is_judged_by_the_day(desk, shelf):
    """The week before the new edition has nothing old."""
    before, after = adoption_trend(desk, shelf, on=MONDAY, weeks=2)

    assert SECOND.weekday() == 5
    assert (before.begins, before.questions, before.old) == (SECOND - timedelta(weeks=1), 1, 0)
    assert (after.begins, after.questions, after.old) == (SECOND, 3, 1)
    assert (after.clients, after.old_clients) == (2, 1)


def test_of_one_list_or_of_all(desk, shelf):
    """A list without questions has empty weeks."""
    asked(desk, "c", "x", terminology="LOINC", day=MONDAY)

    assert [week.questions for week in adoption_trend(desk, shelf, on=MONDAY, weeks=1)] == [4]
    assert [
        week.questions for week in adoption_trend(desk, shelf, on=MONDAY, terminology="loinc", weeks=1)
    ] == [1]


def test_what_stood_declared_live_at_the_end_of_each_week(desk, shelf):
    """Two declarations of one system are one."""
    live(desk, shelf)
    live(desk, shelf)

    before, now = adoption_trend(desk, shelf, on=today(), weeks=2)

    assert (before.declared_live, now.declared_live) == (0, 1)


@pytest.mark.parametrize("weeks", [0, MOST_WEEKS + 1])
def test_more_weeks_than_are_kept_are_refused(desk, shelf, weeks):
    """The refusal says how many there may be."""
    with pytest.raises(BadParameter, match=str(MOST_WEEKS)):
        adoption_trend(desk, shelf, weeks=weeks)
