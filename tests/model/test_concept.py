"""A concept's state on a day, and its titles."""

from __future__ import annotations

from datetime import date

import pytest

from maksa.model.concept import Concept, Designation, Property, Variant

DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("status", "start", "end", "expected"),
    [
        ("active", None, None, "active"),
        ("retired", None, None, "retired"),
        ("active", date(2025, 6, 1), None, "active"),
        ("active", date(2025, 6, 2), None, "not-yet-effective"),
        ("active", None, date(2025, 6, 1), "active"),
        ("active", None, date(2025, 5, 31), "retired"),
        ("retired", None, date(2025, 6, 1), "active"),
        ("retired", None, date(2025, 5, 31), "retired"),
        ("retired", date(2025, 7, 1), None, "not-yet-effective"),
    ],
)
def test_dates_decide_before_the_word_retired(status, start, end, expected):
    """The first and the last day count; the status speaks where no last day is known."""
    assert Concept("1", "x", status, effective_from=start, effective_to=end).status_on(DAY) == expected


def test_titles_are_all_that_validation_accepts():
    """Display, designations and the titles of variants, in that order."""
    concept = Concept(
        "1", "a", designations=(Designation("b"),), variants=(Variant("c", (Designation("d"),)),)
    )

    assert concept.titles() == ("a", "b", "c", "d")


def test_values_of_a_repeating_property_are_a_set_in_order():
    """A property that stands twice has two values."""
    concept = Concept("1", "a", properties=(Property("mark", "#"), Property("x", 1), Property("mark", "*")))

    assert concept.values("mark") == ("#", "*")
    assert concept.values("none") == ()
