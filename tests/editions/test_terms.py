"""Searching one edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from maksa.model.concept import Concept
from maksa.model.provider import ConceptFilter
from toy import HERBS, place

DAY = date(2025, 1, 1)


def found(shelf, text, **paging):
    """Codes of a search with how each was found."""
    hits = shelf.provider("herbs", "1").search(text, **({"limit": 20} | paging))
    return [(hit.concept.code, hit.how) for hit in hits.hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("00126", ("00126", "code")),
        ("۱۲۶", ("00126", "code")),
        ("پونه", ("00126", "synonym")),
        ("آویشن", ("00127", "title")),
        ("کوهی آویشن", ("00128", "words")),
        ("فلفلی نعناع", ("00126", "words")),
        ("نعناع فلف", ("00126", "prefix")),
        ("PEPPER 5", ("00126", "synonym")),
        ("chamo", ("00125", "synonym")),
        ("سنبل الطیب", ("00131", "title")),
        ("سنبلالطیب", ("00131", "title")),
        ("0081", ("00817", "prefix")),
        ("گل گاو زبان", ("00130", "title")),
        ("گاو زبان", ("00130", "words")),
        ("گلگاوزبان", ("00130", "title")),
    ],
)
def test_the_best_hit_comes_first(toy_shelf, text, first):
    """Code, then title, then whole words, then prefixes, in any order and script."""
    assert found(toy_shelf, text)[0] == first


def test_a_title_comes_before_longer_titles_with_its_words(toy_shelf):
    """An exact title is not pushed down by titles that hold its words; a retired one comes last."""
    assert found(toy_shelf, "آویشن") == [("00127", "title"), ("00128", "words")]


@pytest.mark.parametrize(
    ("text", "first", "repair"),
    [
        ("بابونع", "00125", ("بابونع", "بابونه", "spelling")),
        ("زغفران", "00129", ("زغفران", "زعفران", "spelling")),
        ("آوشین", "00127", ("اوشین", "اویشن", "spelling")),
        ("chamomlie german", "00125", ("chamomlie", "chamomile", "spelling")),
        ("H,dak", "00127", ("H,dak", "آویشن", "keyboard")),
    ],
)
def test_a_repaired_hit_says_what_was_repaired(toy_shelf, text, first, repair):
    """One edit, homophones and the other keyboard layout lead to the word that was meant."""
    best = toy_shelf.provider("herbs", "1").search(text, limit=5).hits[0]

    assert (best.concept.code, best.how) == (first, "repaired")
    assert [(r.typed, r.meant, r.kind) for r in best.repairs] == [repair]


def test_a_word_that_stands_nowhere_is_named_as_left_out(toy_shelf):
    """The rest of the words still finds; what is missing is said, the rarest word counts most."""
    hits = toy_shelf.provider("herbs", "1").search("قرص زعفران", limit=5).hits

    assert [(hit.concept.code, hit.how, hit.left_out) for hit in hits] == [("00129", "partial", ("قرص",))]


def test_words_that_never_stand_together_are_found_one_by_one(toy_shelf):
    """No concept has both: each follows, with the other named as left out."""
    hits = toy_shelf.provider("herbs", "1").search("آویشن زعفران", limit=5).hits

    assert [(hit.concept.code, hit.left_out) for hit in hits] == [
        ("00129", ("اویشن",)),
        ("00127", ("زعفران",)),
        ("00128", ("زعفران",)),
    ]


def test_what_only_sounds_alike_is_found_when_nothing_nearer_is(empty_shelf):
    """فنتوین sounds like فنیتاین, two letters away: it is meant only where no word within an edit stands."""
    near, far = Concept("1", "فنتویین قرص"), Concept("2", "فنیتاین قرص")
    place(empty_shelf, replace(HERBS, id="both"), (near, far))
    place(empty_shelf, replace(HERBS, id="far"), (far,))

    for name, code in (("both", "1"), ("far", "2")):
        hits = empty_shelf.provider(name, "1").search("فنتوین قرص", limit=5).hits
        assert [(hit.concept.code, hit.how) for hit in hits] == [(code, "repaired")]


def test_exact_hits_are_never_pushed_down_by_repair(toy_shelf):
    """What was typed right stands before what would need a repair."""
    hows = [how for _, how in found(toy_shelf, "نعنا")]

    assert hows == sorted(hows, key=("code", "title", "words", "prefix", "synonym", "repaired").index)


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
    assert [hit.matched[start:end] for start, end in hit.highlights] == ["Peppermint"]


def test_a_search_keeps_to_a_status_or_a_value_set(toy_shelf):
    """Hits and total are of the kept ones."""
    herbs = toy_shelf.provider("herbs", "1")
    retired = herbs.search("آویشن", limit=9, wanted=ConceptFilter(DAY, status="retired"))
    green = herbs.search("001", limit=9, wanted=ConceptFilter(DAY, value_set="green-ones"))

    assert [hit.concept.code for hit in retired.hits] == ["00128"]
    assert sorted(hit.concept.code for hit in green.hits) == ["00126", "00127"]
    assert (retired.total, green.total) == (1, 2)


def test_facets_count_all_hits_not_the_page(toy_shelf):
    """States on the day asked, and properties of few values."""
    hits = toy_shelf.provider("herbs", "1").search("001", limit=1, wanted=ConceptFilter(DAY), facets=True)

    assert {facet.name: dict(facet.values) for facet in hits.facets} == {
        "status": {"active": 4, "retired": 2, "not-yet-effective": 1},
        "property:colour": {"green": 2, "white": 1},
        "property:mark": {"#": 1, "*": 1},
    }
    assert toy_shelf.provider("herbs", "1").search("هیچ‌چیز", limit=1, facets=True).facets == ()
