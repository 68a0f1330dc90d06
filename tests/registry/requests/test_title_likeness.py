"""How alike two titles are, whoever typed them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from maksa.model.code_request import LIKELY
from maksa.registry.requests.title_likeness import alike, see, word_keys

TITLES = some.text(alphabet="ابپتکلمنی ‌abcmx0159.%/", max_size=40)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("سونوگرافي كليه", "سونوگرافی کلیه"),
        ("آموکسی سیلین ۵۰۰ میلی‌گرم", "AMOXICILLIN 500 mg"),
        ("سی تی اسکن مغز", "CT اسکن مغز"),
        ("amoxicilin 500 mg capsule", "AMOXICILLIN 500 mg CAPSULE ORAL"),
        ("مغز اسکن", "اسکن مغز"),
    ],
)
def test_titles_of_the_same_are_likely_the_same(left, right):
    """Letters, script, abbreviations, slips and order do not part them."""
    assert alike(see(left), see(right)).points >= LIKELY


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("AMOXICILLIN 500 mg CAPSULE", "AMOXICILLIN 250 mg CAPSULE", "another strength"),
        ("AMOXICILLIN 500 mg CAPSULE", "AMOXICILLIN 500 mg SUSPENSION", "another form"),
        ("رادیوگرافی مچ دست", "رادیوگرافی مچ پا", "words apart"),
        ("ویتامین ب 6", "ویتامین ب 12", "another number"),
    ],
)
def test_what_parts_two_titles_is_said_and_they_are_not_likely_the_same(left, right, why):
    """However alike the words are, another strength, form, part of the body or number is something else."""
    found = alike(see(left), see(right))

    assert found.points < LIKELY
    assert any(why in reason.en for reason in found.reasons)


@given(TITLES, TITLES)
def test_likeness_is_bounded_and_the_same_both_ways_round(left, right):
    """Points are 0 to 100, whichever title is first; a title with any letter is wholly like itself."""
    a, b = see(left), see(right)

    assert 0 <= alike(a, b).points <= 100
    assert alike(a, b).points == alike(b, a).points
    assert not a.key or alike(a, a).points == 100
    assert not a.key or word_keys(a) & word_keys(see(left + " "))
