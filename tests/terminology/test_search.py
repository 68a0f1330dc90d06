"""Find concepts by words or code, in one list or in all."""

from __future__ import annotations

import pytest
from toys import DAY

from maksa.errors import BadParameter, UnknownEdition
from maksa.terminology.service import LocalTerminology


def found(page):
    """Give list and code of the hits."""
    return [(hit.terminology, hit.hit.concept.code) for hit in page.hits]


def test_one_list_best_first(service, file_service):
    """Retired ones are found and marked; memory and file agree."""
    page = service.search("کلیه", terminology="rvu3", on=DAY)

    assert page.total == 4
    assert {hit.status for hit in page.hits} == {"active", "retired"}
    assert found(page) == found(file_service.search("کلیه", terminology="RVU3", on=DAY))


def test_all_lists_by_class_then_by_list(service):
    """A code comes before a title, a title before words; the total is that of all lists."""
    page = service.search("700", on=DAY)

    assert page.hits[0].terminology == "thritaEHR.wardType"
    assert [hit.hit.how for hit in page.hits] == sorted(
        (hit.hit.how for hit in page.hits), key=("code", "prefix").index
    )
    assert page.total == len(service.search("700", terminology="RVU3", on=DAY).hits) + 1


def test_pages_of_all_lists_follow_each_other(service):
    """Offset and limit cut the merged hits."""
    whole = found(service.search("7", limit=100, on=DAY))
    parts = [
        pair
        for start in range(0, 30, 3)
        for pair in found(service.search("7", limit=3, offset=start, on=DAY))
    ]

    assert parts == whole


def test_lists_that_cannot_answer_are_passed_over(service, library):
    """Those known by form, maps, those not in force on the day, and torn ones."""
    library.tear("eRx", "1")

    named = {edition.terminology for edition in service.search("یک", on=DAY).editions}

    assert not named & {"ICD10", "drug-map", "future-list", "eRx"}
    assert {"RVU3", "sampled"} <= named


def test_a_day_chooses_the_editions(service):
    """Before a list begins it has no hits; today answers when no day is given."""
    assert service.search("کد ۱۴۰۳", on=DAY).total == 0
    assert service.search("کد ۱۴۰۳", edition="1403", terminology="RVU3").total == 1
    assert service.search("سونوگرافی کبد").total == 1


def test_punctuation_finds_nothing(service):
    """It is a text, but no word stands in it."""
    for terminology in ("RVU3", None):
        page = service.search("؟!—", terminology=terminology, on=DAY)
        assert (page.total, page.hits) == (0, ())
        assert page.editions


@pytest.mark.parametrize(
    ("text", "parameters", "named"),
    [
        ("", {}, "text"),
        (" \u200c ", {}, "text"),
        ("س" * 1_001, {}, "text"),
        ("کبد", {"limit": 0}, "limit"),
        ("کبد", {"offset": 10_001}, "offset"),
        ("کبد", {"edition": "1404"}, "edition"),
        ("کبد", {"terminology": "RVU3", "edition": "1404", "on": DAY}, "edition"),
    ],
)
def test_parameters_have_bounds(service, text, parameters, named):
    """What cannot be searched is refused by its name."""
    with pytest.raises(BadParameter) as refused:
        service.search(text, **parameters)

    assert refused.value.parameter == named


def test_text_of_surrogates_is_searched_without_harm(file_service):
    """No database can bind them; the words beside them are found."""
    assert file_service.search("\ud800 کبد").total == 1


def test_a_form_cannot_be_searched(service):
    """Its content is not held."""
    with pytest.raises(UnknownEdition):
        service.search("cholera", terminology="ICD10")


def test_a_search_is_narrowed_by_status_and_value_set(file_service):
    """The kept hits are all of the status on the day; an unknown status or value set names the known ones."""
    retired = file_service.search("کلیه", terminology="RVU3", status="retired", on=DAY)

    assert {hit.status for hit in retired.hits} == {"retired"}
    with pytest.raises(BadParameter, match="active"):
        file_service.search("کلیه", terminology="RVU3", status="gone")
    with pytest.raises(BadParameter, match="value_set"):
        file_service.search("کلیه", terminology="RVU3", value_set="none such")
    with pytest.raises(BadParameter, match="value_set"):
        file_service.search("کلیه", value_set="any")


def test_facets_over_all_lists_count_lists_and_states(service, file_service):
    """The counts add up to the total; memory and file agree."""
    page = file_service.search("کلیه", facets=True, on=DAY)
    facets = {facet.name: dict(facet.values) for facet in page.facets}

    assert sum(facets["terminology"].values()) == sum(facets["status"].values()) == page.total
    assert page.facets == service.search("کلیه", facets=True, on=DAY).facets
    assert file_service.search("کلیه", on=DAY).facets == ()


def test_what_no_title_answers_is_told_to_who_wants_to_know(library):
    """Only searches without a hit that has all words; the words and the list, nothing else."""
    told = []
    service = LocalTerminology(library, unanswered=lambda terminology, text: told.append((terminology, text)))
    service.search("کلیه", on=DAY)
    service.search("ققنوس", on=DAY)
    service.search("ققنوس", terminology="RVU3", on=DAY)

    assert told == [(None, "ققنوس"), ("RVU3", "ققنوس")]
