"""Cleaning: the tidy form of a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.intake.clean import CLEANING, cleaned

STEPS = ("html-entities", "line-breaks", "doubled-suffix")


@pytest.mark.parametrize(
    ("cell", "tidy"),
    [
        ("یک چهارم عدد-Tab/Cap\n-Tab/Cap", "یک چهارم عدد-Tab/Cap"),
        ("5 واحد-Insulin Vial&amp;pen", "5 واحد-Insulin Vial&pen"),
        ("a&amp;amp;b", "a&b"),
        ("one\n two", "one two"),
        ("X-Ray", "X-Ray"),
        ("AT&T", "AT&T"),
    ],
)
def test_a_title_is_tidied(cell, tidy):
    """Entities, line breaks and doubled suffixes go; the rest stays."""
    assert cleaned(cell, STEPS) == tidy


@given(st.text(alphabet="ab-& ;\nampl", max_size=40))
def test_tidying_is_soon_done(text):
    """Nothing grows by being tidied."""
    assert len(cleaned(text, tuple(CLEANING))) <= len(text)


def test_a_long_cell_is_tidied_quickly():
    """A cell as long as a spreadsheet allows does not hold up the reading."""
    assert cleaned("-a" * 16_000, ("doubled-suffix",))
