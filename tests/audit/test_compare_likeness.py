"""How alike titles are, and how their strengths are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.audit.compare_likeness import likeness, strength_words, strengths_of


@given(left=st.lists(st.text(max_size=30), max_size=3), right=st.lists(st.text(max_size=30), max_size=3))
def test_likeness_is_a_percentage_both_ways(left, right):
    """It is never 100: what is wholly alike is the same after folding, and no question."""
    assert 0 <= likeness(left, right) == likeness(right, left) < 100


def test_the_best_pair_of_titles_counts():
    """In any order of words."""
    assert likeness(["x", "chamomile german"], ["German chamomile"]) == 99
    assert likeness(["chamomile"], ["peppermint"]) < 50
    assert likeness([], ["a"]) == 0


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("x 500 mg tablet", "500 mg"),
        ("x 0.5 g", "500 mg"),
        ("x 100 [iU]/1mL", "100 [iU]/mL"),
        ("x 1 mg/3 mL", "1/3 mg/mL"),
        ("x", ""),
    ],
)
def test_strengths_are_written_exactly(title, words):
    """In base units, never rounded."""
    assert strength_words(strengths_of(["no strength", title])) == words
