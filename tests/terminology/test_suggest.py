"""Candidates for the rows of a map: ranked, with evidence, and none where a map has decided."""

from __future__ import annotations

import pytest
from memory import FileLibrary, MemoryLibrary

from maksa.errors import BadParameter, TooLarge, UnknownTerminology
from maksa.model.concept import Concept, Designation, Mapping, Property, PropertyDefinition, Terminology
from maksa.terminology import suggest as suggesting
from maksa.terminology.resolve import Resolver
from maksa.terminology.suggest import suggest
from maksa.text import Text

LOINC = PropertyDefinition("loinc", "code", Text("شماره", "number"))


def listed(name, *, kind="terminology", properties=()):
    """Describe a list."""
    return Terminology(name, Text(name, name), kind=kind, properties=properties)


def english(title):
    """Make an English designation."""
    return (Designation(title, "en", "english"),)


SOURCES = (
    Concept("a1", "آموکسی‌سیلین ۵۰۰ میلی‌گرم کپسول خوراکی"),
    Concept("a2", "AMOXICILLIN 250 mg CAPSULE ORAL"),
    Concept("a3", "سونوگرافي كليه"),
    Concept("a4", "ام آر آی قفسه سینه", properties=(Property("loinc", "36156-8"),)),
    Concept("a5", "چیزی که هیچ‌جا نیست"),
    Concept("a6", "تصمیم‌گرفته"),
    Concept("a7", "نگاشته"),
    Concept("a8", "از راه دیگری"),
    Concept("a9", "کهنه", status="retired"),
    Concept("a10", "سونوگرافی کلیه"),
    Concept("807005-275", "نمونه"),
)
TARGETS = (
    Concept("b1", "آموکسی‌سیلین 500 میلی‌گرم کپسول", designations=english("AMOXICILLIN 500 mg CAPSULE")),
    Concept("b2", "آموکسی‌سیلین 250 میلی‌گرم کپسول", designations=english("AMOXICILLIN 250 mg CAPSULE")),
    Concept("b3", "سونوگرافی کلیه"),
    Concept("b4", "MR Chest W contrast IV", properties=(Property("loinc", "36156-8"),)),
    Concept("b5", "36156-8 تصویر"),
    Concept("b6", "سونوگرافی کلیه", status="retired"),
    Concept("b8", "بی‌شباهت"),
    Concept("807005", "پاتولوژی"),
)
THIRD = (Concept("t1", "میانی"),)
DIRECT = (
    Mapping("left", "a6", "right", None),
    Mapping("left", "a7", "right", "b8"),
    Mapping("left", "a10", "right", "b3", relationship="not-related-to"),
)
FIRST_HOP, SECOND_HOP = (Mapping("left", "a8", "third", "t1"),), (Mapping("third", "t1", "right", "b8"),)


def stocked(library):
    """Put the toys on a shelf."""
    library.publish(listed("left", properties=(LOINC,)), "1", SOURCES)
    library.publish(listed("right", properties=(LOINC,)), "1", TARGETS)
    library.publish(listed("third"), "1", THIRD)
    for name, rows in (("direct", DIRECT), ("hop-1", FIRST_HOP), ("hop-2", SECOND_HOP)):
        library.publish(listed(name, kind="map"), "1", (), mappings=rows)
    return library


@pytest.fixture(params=["memory", "files"], scope="module")
def resolver(request, tmp_path_factory):
    """Give the toys in memory and in edition files."""
    folder = tmp_path_factory.mktemp("suggest")
    return Resolver(stocked(MemoryLibrary() if request.param == "memory" else FileLibrary(folder=folder)))


@pytest.fixture
def found(resolver):
    """Give the suggestions by the code of their source."""
    return {one.source.code: one.candidates for one in suggest(resolver, "left", "right")}


def kinds(candidate):
    """Give the kinds of evidence of a candidate."""
    return {one.kind for one in candidate.evidence}


def test_what_a_map_decides_is_passed_over(found):
    """A target that may be used, or a decided "no map"; retired codes are passed over too."""
    assert found.keys() == {"a1", "a2", "a3", "a4", "a5", "a8", "a10", "807005-275"}


def test_a_target_that_was_refused_is_no_candidate(found):
    """However alike the titles are."""
    assert found["a10"] == ()


@pytest.mark.parametrize(("source", "target", "other"), [("a1", "b1", "b2"), ("a2", "b2", "b1")])
def test_the_strength_decides_between_drugs_of_one_name(found, source, target, other):
    """In either language; another strength is said to speak against."""
    first = found[source][0]
    wrong = next((one for one in found[source] if one.target.code == other), None)

    assert first.target.code == target
    assert {"words", "strength", "form"} <= kinds(first)
    assert wrong is None or wrong.score < first.score


def test_the_same_title_is_evidence_whatever_its_letters(found):
    """A retired target is no candidate, though its title is the same."""
    assert [one.target.code for one in found["a3"]] == ["b3"]
    assert found["a3"][0].score == 100


def test_a_loinc_number_is_evidence(found):
    """As a property of both; a title that names the number is found by it when its list says so."""
    assert found["a4"][0].target.code == "b4"
    assert "loinc" in kinds(found["a4"][0])


def test_two_maps_lead_through_a_third_list(found):
    """The evidence names both maps and the code between them."""
    [candidate] = found["a8"]

    assert candidate.target.code == "b8"
    assert "third t1" in candidate.evidence[0].text.en
    assert "hop-1, hop-2" in candidate.evidence[0].text.en


def test_a_code_that_is_made_of_another_is_evidence(found):
    """Services of laboratories are numbered under a code of the book."""
    assert found["807005-275"][0].target.code == "807005"


def test_nothing_alike_is_no_candidate(found):
    """The source is named all the same."""
    assert found["a5"] == ()


def test_scores_are_0_to_100_and_every_evidence_is_in_two_languages(found):
    """The best comes first, and no candidate has a score of nothing."""
    for candidates in found.values():
        scores = [one.score for one in candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 100 for score in scores)
        assert all(said.text.fa and said.text.en for one in candidates for said in one.evidence)


def test_as_many_candidates_as_asked_for(resolver):
    """The best ones."""
    found = {one.source.code: one.candidates for one in suggest(resolver, "left", "right", limit=1)}

    assert [one.target.code for one in found["a1"]] == ["b1"]


@pytest.mark.parametrize(
    ("source", "target", "error"),
    [
        ("left", "left", BadParameter),
        ("left", "direct", BadParameter),
        ("left", "nothing", UnknownTerminology),
    ],
)
def test_what_cannot_be_compared_is_refused_at_once(resolver, source, target, error):
    """Before the first code is worked on."""
    with pytest.raises(error):
        suggest(resolver, source, target)


def test_a_list_over_the_bound_is_refused(resolver, monkeypatch):
    """It names the bound and the count."""
    monkeypatch.setattr(suggesting, "MAX_SOURCES", 3)

    with pytest.raises(TooLarge, match="3"):
        suggest(resolver, "left", "right")
