"""Texts typed with the wrong keyboard layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.keyboard import other_layouts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("s,k,'vhtd", "سونوگرافی"),
        ("lhl,'vhtd", "ماموگرافی"),
        ("زذز", "cbc"),
        ("پقه", "mri"),
        ("HldCd", "آمیژی"),
        ("\\k[vi", "پنجره"),
        ("`k[vi", "پنجره"),
        ("mk[vi", "پنجره"),
        ("شپخطهزهممهد ۵۰۰", "amoxicillin ۵۰۰"),
        ("KVL", "نرم"),
    ],
)
def test_keys_are_undone_one_by_one(typed, meant):
    """Latin keys give Persian letters and the other way round, in either Persian layout."""
    assert meant in list(other_layouts(typed))


@pytest.mark.parametrize("typed", ["", "500", "  ", "؟!", "سیتی CT"])
def test_a_text_of_both_scripts_or_of_none_was_typed_as_meant(typed):
    """There is nothing to undo."""
    assert list(other_layouts(typed)) == []


@given(st.text(max_size=60))
def test_any_text_gives_at_most_two_readings_and_never_itself(text):
    """No input is an error."""
    readings = list(other_layouts(text))

    assert len(readings) == len(set(readings)) <= 2
    assert text not in readings
