"""What was read lately is kept within a bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maksa.editions.recent import Recent


def test_what_was_not_kept_is_not_there() -> None:
    """A key under which nothing was kept has nothing."""
    assert Recent[str, str](4).known(["a"]) == {}


def test_what_is_asked_again_outlives_what_is_not() -> None:
    """A value that is asked for between others stays; one that nobody asks for goes."""
    recent = Recent[int, str](4)
    recent.keep({0: "asked", 1: "left"})
    for number in range(2, 20):
        recent.keep({number: "passing"})
        assert recent.known([0]) == {0: "asked"}
    assert recent.known([1]) == {}


@given(st.lists(st.integers(0, 30)), st.integers(2, 12))
def test_no_more_is_kept_than_its_bound_and_never_another_value(keys: list[int], limit: int) -> None:
    """Whatever is kept and asked for, at most the limit is there, each value under its own key."""
    recent = Recent[int, str](limit)
    for key in keys:
        assert recent.known([key]) in ({}, {key: str(key)})
        recent.keep({key: str(key)})
        assert recent.known([key]) == {key: str(key)}
    assert len(recent.known(range(31))) <= limit


@given(st.sets(st.integers(0, 60)), st.integers(2, 12))
def test_more_values_than_the_bound_may_be_kept_at_once(keys: set[int], limit: int) -> None:
    """What is beyond the bound is forgotten."""
    recent = Recent[int, str](limit)

    recent.keep({key: str(key) for key in keys})

    found = recent.known(sorted(keys))
    assert len(found) <= limit
    assert found.items() <= {key: str(key) for key in keys}.items()
