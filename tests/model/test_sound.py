"""Words that sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.persian import fold
from maksa.model.sound import abbreviation, sound_key, spelled_out


@pytest.mark.parametrize(
    ("persian", "latin"),
    [
        ("آموکسی‌سیلین", "amoxicillin"),
        ("سونوگرافی", "sonography"),
        ("بیوپسی", "biopsy"),
        ("آندوسکوپی", "endoscopy"),
        ("استامینوفن", "acetaminophen"),
        ("متفورمین", "metformin"),
        ("سفتریاکسون", "ceftriaxone"),
        ("لوزارتان", "losartan"),
        ("همودیالیز", "hemodialysis"),
        ("سزارین", "cesarean"),
        ("کتتر", "catheter"),
        ("فلوکستین", "fluoxetine"),
        ("اکوکاردیوگرافی", "echocardiography"),
        ("ژنتیک", "genetic"),
    ],
)
def test_a_name_sounds_the_same_in_both_scripts(persian, latin):
    """One key for the Persian and the Latin spelling."""
    assert sound_key(fold(persian).replace(" ", "")) == sound_key(latin) != ""


@pytest.mark.parametrize(("one", "other"), [("طالاسمی", "تالاسمی"), ("ضریب", "زریب"), ("صفرا", "سفرا")])
def test_letters_of_one_sound_are_one(one, other):
    """ط and ت, ض and ز, ص and س are confused by ear."""
    assert sound_key(fold(one)) == sound_key(fold(other))


@pytest.mark.parametrize("word", ["", "500", "اوی", "aeiou", "b12", "日本"])
def test_what_has_no_consonants_that_we_know_has_no_key(word):
    """Numbers, vowels and other scripts sound like nothing here."""
    assert sound_key(word) == ""


@pytest.mark.parametrize(
    ("latin", "names"), [("ct", "سیتی"), ("mri", "امارای"), ("cbc", "سیبیسی"), ("fbs", "افبیاس")]
)
def test_an_abbreviation_and_the_names_of_its_letters(latin, names):
    """Either leads to the other."""
    assert spelled_out(latin) == names
    assert abbreviation(names) == latin


@pytest.mark.parametrize("word", ["a", "kidney", "سی", "b12", ""])
def test_what_is_no_abbreviation_is_not_spelled_out(word):
    """One letter, a long word, another script and numbers are none."""
    assert spelled_out(word) is None


@pytest.mark.parametrize("names", ["سی", "کلیه", "", "ct", "سیتیسیتیسیتی"])
def test_what_names_no_letters_is_no_abbreviation(names):
    """One letter alone, a word, and more than five letters are none."""
    assert abbreviation(names) is None


@given(st.text(alphabet="ابپتسیمرنکلده", max_size=30))
def test_any_word_is_judged_without_an_error(word):
    """Every Persian word has a key of plain letters, and the search for letter names ends."""
    assert sound_key(word).isascii()
    assert abbreviation(word) is None or abbreviation(word).isalpha()
