"""The life of a request: the table is whole, refusals say what is allowed, and the clock knows the Iranian week."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from maksa.errors import WrongState
from maksa.model.code_request import STATE_WORDS, Act, State
from maksa.registry.requests.duplicates import OPEN
from maksa.registry.requests.states import life

DAYS = some.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_the_table_names_the_states_and_acts_of_the_model_and_no_others():
    """What the table leads to is a state that has a word, and its acts are those that the model names."""
    terms = life()

    assert set(terms.acts) == set(get_args(Act))
    assert set(STATE_WORDS) == set(get_args(State))
    assert {s for act in terms.acts.values() for s in (*act.sources, act.target)} == set(STATE_WORDS)


def test_every_state_is_reached_and_every_open_one_can_end():
    """No request can be stuck: from new every state is reached, and each open one can be refused or leads to one that can."""
    terms = life()
    reached = {"new"}
    for _ in STATE_WORDS:
        reached |= {act.target for act in terms.acts.values() if reached & set(act.sources)}

    assert reached == set(STATE_WORDS)
    assert all("refuse" in terms.allowed(state) for state in OPEN)
    assert terms.allowed("done") == ()


def test_a_refused_act_says_state_act_and_what_is_allowed():
    """Who may not act is told in which state the request is, what was tried, and what may be done."""
    with pytest.raises(WrongState) as refusal:
        life().transition(7, "question", "work")

    assert refusal.value.text.en == "Request 7 is in the state 'question', in which 'work' is not allowed."
    assert refusal.value.known == ("answer", "done-existing", "refuse")
    assert "answer" in refusal.value.mend.fa


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),  # Tuesday: the next is Wednesday.
        (date(2026, 11, 25), 1, date(2026, 11, 28)),  # Wednesday: Thursday and Friday are off.
        (date(2026, 3, 18), 1, date(2026, 3, 25)),  # Nowruz: 29 Esfand, 1-4 Farvardin, and the days of rest.
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_working_days_are_those_of_the_iranian_week(first, count, last):
    """Thursday, Friday and the fixed holidays of the Jalali year do not count."""
    assert life().after(first, count) == last


@given(DAYS, some.integers(0, 60))
def test_counting_working_days_undoes_adding_them(day, count):
    """As many working days lie after a day as were added to it, and the last of them is one."""
    last = life().after(day, count)

    assert life().between(day, last) == count
    assert count == 0 or life().is_working(last)
    assert life().between(last, last - timedelta(days=1)) == 0
