"""What people type for the same thing: phrases in the words of a query."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.editions.synonyms import meanings, stretches
from maksa.editions.words import words_of
from maksa.model.persian import fold


def words(text):
    """Give the folded words of a text."""
    return list(words_of(fold(text)))


def test_a_phrase_stands_for_the_others_of_its_group():
    """What is typed and what titles say are known to be the same, both ways."""
    assert ("ecg",) in meanings(words("نوار قلب"))[0].same
    assert tuple(words("نوار قلب")) in meanings(words("ECG"))[0].same


@pytest.mark.parametrize("typed", ["نوار قلب", "نوارقلب", "نوار‌قلب"])
def test_a_phrase_is_known_joined_and_apart(typed):
    """Spaces and half-spaces make no difference."""
    assert [meaning.same for meaning in meanings(words(typed))] == [meanings(words("نوار قلب"))[0].same]


def test_a_phrase_is_found_inside_a_longer_query_with_its_place():
    """The words around it stay as they are."""
    [meaning] = meanings(words("گزارش نوار قلب فوری"))

    assert (meaning.start, meaning.end) == (1, 3)


def test_what_is_meant_is_not_taken_for_what_was_typed():
    """Lumbar vertebrae are looked for when «کمر» is typed, never the reverse."""
    [meaning] = meanings(words("کمر"))

    assert not meaning.same
    assert tuple(words("مهره‌های کمری")) in meaning.near
    assert not meanings(words("لومبوساکرال"))


def test_words_that_are_no_phrase_have_no_meaning():
    """Nothing is guessed."""
    assert meanings(words("سونوگرافیی طحالل")) == ()


def test_no_phrase_stands_twice_and_none_is_alone():
    """The list is kept clean: each phrase in one group, each group with something to say."""
    content = tomllib.loads((files("maksa.editions") / "synonyms.toml").read_text(encoding="utf-8"))
    phrases = ["".join(words(phrase)) for group in content["same"] for phrase in group]

    assert all(len(group) > 1 for group in content["same"])
    assert sorted(phrases) == sorted(set(phrases))
    assert all(entry["typed"] and entry["means"] for entry in content["means"])


def test_a_stretch_gives_what_was_typed_first_then_every_other_way():
    """Phrases that overlap are one stretch; words around it are no part of it."""
    [stretch] = stretches(words("گزارش قند خون ناشتا"), near=True)

    assert (stretch.start, stretch.end) == (1, 4)
    assert stretch.ways[0] == tuple(words("قند خون ناشتا"))
    assert tuple(words("گلوکز خون ناشتا")) in stretch.ways


@given(
    st.lists(st.sampled_from(words("قند خون ناشتا نوار قلب عکس سینه کمر با بدون تزریق ادرار")), max_size=12)
)
def test_ways_are_bounded_and_none_stands_twice(typed):
    """However many phrases meet, a search stays cheap."""
    for stretch in stretches(typed, near=True):
        assert 2 <= len(stretch.ways) <= 48
        assert len(set(stretch.ways)) == len(stretch.ways)
        assert stretch.ways[0] == tuple(typed[stretch.start : stretch.end])
