"""Searching one edition."""

from __future__ import annotations

import pytest


def found(shelf, text, **paging):
    """Codes of a search with how each was found."""
    hits = shelf.provider("herbs", "1").search(text, **({"limit": 20} | paging))
    return [(hit.concept.code, hit.how) for hit in hits.hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("00126", ("00126", "code")),
        ("۱۲۶", ("00126", "code")),
        ("پونه", ("00126", "title")),
        ("آویشن", ("00127", "title")),
        ("کوهی آویشن", ("00128", "words")),
        ("فلفلی نعناع", ("00126", "words")),
        ("نعناع فلف", ("00126", "prefix")),
        ("PEPPER 5", ("00126", "prefix")),
        ("chamo", ("00125", "prefix")),
        ("سنبل الطیب", ("00131", "title")),
        ("سنبلالطیب", ("00131", "title")),
        ("0081", ("00817", "prefix")),
    ],
)
def test_the_best_hit_comes_first(toy_shelf, text, first):
    """Code, then title, then whole words, then prefixes, in any order and script."""
    assert found(toy_shelf, text)[0] == first


def test_a_title_comes_before_longer_titles_with_its_words(toy_shelf):
    """An exact title is not pushed down by titles that hold its words; a retired one comes last."""
    assert found(toy_shelf, "آویشن") == [("00127", "title"), ("00128", "words")]


def test_all_words_must_stand_in_a_title(toy_shelf):
    """A word that stands nowhere leaves nothing."""
    assert found(toy_shelf, "آویشن زعفران") == []


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "\u200c", "🙂", "%_", "' OR 1=1 --", "\x00\x01", "ا" * 10_000]
)
def test_odd_texts_find_nothing_and_break_nothing(toy_shelf, text):
    """No text is an error here; a percent sign is no wildcard."""
    assert found(toy_shelf, text) == []


def test_pages_of_a_search_join_without_gap_or_double(toy_shelf):
    """Paging runs through the classes in one order."""
    whole = found(toy_shelf, "00")
    pieces = [hit for offset in range(len(whole)) for hit in found(toy_shelf, "00", limit=1, offset=offset)]

    assert pieces == whole


def test_the_total_counts_every_hit(toy_shelf):
    """The total does not depend on the page."""
    assert toy_shelf.provider("herbs", "1").search("آو", limit=1).total == 2


def test_matched_says_which_title(toy_shelf):
    """The title shown is the one that matched, as published."""
    (hit,) = toy_shelf.provider("herbs", "1").search("peppermint", limit=5).hits

    assert hit.matched == "Peppermint 5%"
