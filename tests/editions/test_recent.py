"""What was read lately is kept within a bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maksa.editions.recent import Recent


def test_what_was_not_kept_is_not_there() -> None:
    """A key under which nothing was kept has nothing."""
    assert Recent[str, str](4).get("a") is None


def test_what_is_asked_again_outlives_what_is_not() -> None:
    """A value that is asked for between others stays; one that nobody asks for goes."""
    recent = Recent[int, str](4)
    recent.keep(0, "asked")
    recent.keep(1, "left")
    for number in range(2, 20):
        recent.keep(number, "passing")
        assert recent.get(0) == "asked"
    assert recent.get(1) is None


@given(st.lists(st.integers(0, 30)), st.integers(2, 12))
def test_no_more_is_kept_than_its_bound_and_never_another_value(keys: list[int], limit: int) -> None:
    """Whatever is kept and asked for, at most the limit is there, each value under its own key."""
    recent = Recent[int, str](limit)
    for key in keys:
        assert recent.get(key) in {None, str(key)}
        recent.keep(key, str(key))
        assert recent.get(key) == str(key)
    assert sum(recent.get(key) is not None for key in range(31)) <= limit
