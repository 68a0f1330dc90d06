"""Searching in other words than the titles': «نوار قلب» where a title says ECG."""

import pytest

from maksa.model.concept import Concept
from toy import HERBS, place

TITLES = {
    "1": "ECG با تفسير و گزارش",
    "2": "اندازه گيري کمّي گلوكز خون/سرم/پلاسما",
    "3": "رادیوگرافی قفسه صدری نمای روبرو",
    "4": "اندازه‌گيري هورمون پاراتيروئيد PTH",
    "5": "فلپ نواری انگشت",
    "6": "رادیوگرافی مچ دست",
}


@pytest.fixture
def search(empty_shelf):
    """Search a list of services; give codes with how each was found."""
    place(empty_shelf, HERBS, [Concept(code, title) for code, title in TITLES.items()])
    provider = empty_shelf.provider("herbs", "1")
    return lambda text: provider.search(text, limit=10).hits


@pytest.mark.parametrize(
    ("text", "code", "typed", "meant"),
    [
        ("نوار قلب", "1", "نوار قلب", "ecg"),
        ("نوارقلب", "1", "نوارقلب", "ecg"),
        ("قند خون ناشتا", "2", "قند خون ناشتا", "گلوکز خون"),
        ("FBS", "2", "fbs", "گلوکز خون"),
        ("عکس مچ دست", "6", "عکس", "رادیوگرافی"),
    ],
)
def test_what_people_type_finds_what_titles_say(search, text, code, typed, meant):
    """The hit says which words were taken for which."""
    hit = search(text)[0]

    assert (hit.concept.code, hit.how) == (code, "synonym")
    assert [(repair.typed, repair.meant, repair.kind) for repair in hit.repairs] == [
        (typed, meant, "synonym")
    ]


def test_two_phrases_in_one_query_are_both_said_in_other_words(search):
    """«عکس سینه» is a radiography of the thorax."""
    assert [hit.concept.code for hit in search("عکس سینه")] == ["3"]


def test_the_words_that_were_found_are_marked_in_the_title(search):
    """What a title says stands out, not what was typed."""
    hit = search("قند خون")[0]

    assert [hit.matched[start:end] for start, end in hit.highlights] == ["گلوكز", "خون"]


def test_an_abbreviation_does_not_mean_a_longer_one(search):
    """PT is not PTH when it stands for other words."""
    assert not [hit for hit in search("زمان پروترومبین") if hit.concept.code == "4" and not hit.left_out]


def test_a_title_with_the_words_as_typed_comes_first(empty_shelf):
    """Other words never push down what was typed."""
    place(empty_shelf, HERBS, [Concept("1", "ECG"), Concept("2", "نوار قلب در منزل")])

    hits = empty_shelf.provider("herbs", "1").search("نوار قلب", limit=10).hits

    assert [(hit.concept.code, hit.how) for hit in hits] == [("2", "words"), ("1", "synonym")]
