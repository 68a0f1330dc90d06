"""Where a query stands in a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.highlight import highlights


@pytest.mark.parametrize(
    ("title", "words", "marked"),
    [
        ("سونوگرافي كليه‌ها و مجاري ادراري", ["سونوگرافی", "کلیه"], ["سونوگرافي", "كليه"]),
        ("سی‌تی‌اسکن مغز", ["سیتی", "مغز"], ["سی‌تی", "مغز"]),
        ("قالب‌گیری پا", ["قالبگیری"], ["قالب‌گیری"]),
        ("AMOXICILLIN 500mg CAPSULE", ["amoxi", "500", "cap"], ["AMOXI", "500", "CAP"]),
        ("محلول 2.5 درصد", ["2.5"], ["2.5"]),
        ("کـــبد چرب", ["کبد"], ["کـــبد"]),
        ("کلیه", ["لیه"], []),
        ("کلیه", [], []),
        ("", ["کلیه"], []),
    ],
)
def test_words_are_marked_in_the_letters_of_the_title(title, words, marked):
    """The title is not altered; half-spaces, tatweel and other letters inside a word do not hide it."""
    assert [title[start:end] for start, end in highlights(title, words)] == marked


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=4))
def test_marks_lie_inside_the_title_in_order(title, words):
    """No mark overlaps another or runs out of the title."""
    marks = highlights(title, words)
    edges = [edge for mark in marks for edge in mark]

    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(title) for start, end in marks)
