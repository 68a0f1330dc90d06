"""What a code becomes in another list, by the maps in force on a day."""

from __future__ import annotations

import pytest
from map_toys import (
    BOOK,
    DAY,
    DECISION,
    IMAGING,
    IMAGING_MAP,
    NOT_YET,
    SERVICES,
    STUDIES,
    stock_maps,
)
from memory import FileLibrary, MemoryLibrary

from maksa.errors import BadParameter, UnknownCode, UnknownTerminology
from maksa.model.concept import Mapping
from maksa.model.verdict import Coding
from maksa.terminology.service import LocalTerminology


@pytest.fixture(params=["memory", "files"], scope="module")
def service(request, tmp_path_factory):
    """Give the service over the toy maps, in memory and in edition files."""
    folder = tmp_path_factory.mktemp("maps")
    return LocalTerminology(
        stock_maps(MemoryLibrary() if request.param == "memory" else FileLibrary(folder=folder))
    )


def targets(found):
    """Give target code, relationship and cardinality of each match."""
    return [(m.target and m.target.code, m.relationship, m.cardinality) for m in found.matches]


def test_a_target_comes_with_its_title_its_map_and_its_decision(service):
    """All that a row says stands in the answer, and the editions that it was tested in."""
    found = service.translate("eRx", "00001", target="RVU3", on=DAY)

    (match,) = found.matches
    assert found.source == Coding("eRx", "00001", "دارو 1")
    assert found.edition.edition == "1"
    assert match.target == Coding("RVU3", "700100", "سونوگرافی")
    assert match.map.terminology == "erx-map"
    assert match.target_edition.edition == "1404"
    assert match.comment == "همان"
    assert match.decision == DECISION
    assert match.usable
    assert found.reason is None


@pytest.mark.parametrize(("terminology", "code"), [("ERX", "1"), ("erx", "۱"), (" eRx ", "00001")])
def test_lists_and_codes_are_recognised_as_in_a_lookup(service, terminology, code):
    """Another spelling of the id, a lost zero, digits of another script."""
    assert targets(service.translate(terminology, code, target="rvu3", on=DAY)) == [
        ("700100", "equivalent", "n:1")
    ]


def test_all_targets_stand_in_the_order_of_their_use(service):
    """Usable ones first, equivalent before related; what may not be used after them; retired rows last."""
    found = service.translate("eRx", "00003", on=DAY)

    assert targets(found) == [
        ("802000", "equivalent", "1:n"),
        ("700100", "related-to", "n:n"),
        ("700120", "equivalent", "1:n"),
        ("700150", "equivalent", "1:n"),
        ("999999", "equivalent", "1:n"),
        ("970015", "retired", "1:n"),
    ]
    assert [[issue.code for issue in m.issues] for m in found.matches] == [
        [], [], ["retired"], ["not-yet-effective"], ["unknown-code"], [],
    ]  # fmt: skip
    assert [m.usable for m in found.matches] == [True, True, False, False, False, False]
    assert found.matches[2].issues[0].suggestion == Coding("RVU3", "700100", "سونوگرافی")


def test_conditions_are_counted_apart(service):
    """One target under each condition is one to one."""
    found = service.translate("eRx", "00005", on=DAY)

    assert targets(found) == [("700100", "equivalent", "1:1"), ("802000", "equivalent", "1:1")]
    assert [m.condition for m in found.matches] == ["insurer=a", "insurer=b"]


def test_a_decided_no_map_is_a_value(service):
    """It is a match without a target, and no reason is needed."""
    found = service.translate("eRx", "00004", on=DAY)

    assert targets(found) == [(None, "equivalent", "1:0")]
    assert found.reason is None
    assert not found.matches[0].usable


@pytest.mark.parametrize(
    ("target", "code"),
    [("SNOMEDCT", "not-checked"), ("ICD10", "malformed-code"), ("generic-drug", "not-checked")],
)
def test_a_target_that_is_not_held_is_tested_by_its_form_at_most(service, target, code):
    """A list registered by form tests the form; of a list that is not held at all nothing is known."""
    (match,) = service.translate("eRx", "00001", target=target, on=DAY).matches

    assert [issue.code for issue in match.issues] == [code]
    assert match.usable == (code == "not-checked")
    assert match.target_edition is None


def test_no_map_of_the_source_says_which_maps_there_are(service):
    """The reason names the source and the maps held."""
    found = service.translate("RVU3", "700100", on=DAY)

    assert found.matches == ()
    assert found.maps == ()
    assert "No map from RVU3" in found.reason.en
    assert "erx-map (from eRx to RVU3)" in found.reason.en


def test_no_row_for_the_code_names_the_maps_that_were_asked(service):
    """A map of the source that lacks the code is named."""
    found = service.translate("eRx", "00006", target="RVU3", on=DAY)

    assert found.matches == ()
    assert [ref.terminology for ref in found.maps] == ["erx-map"]
    assert "00006" in found.reason.en
    assert "erx-map" in found.reason.fa


def test_without_any_map_the_reason_is_short():
    """Nothing is held, nothing is named."""
    library = MemoryLibrary()
    found = LocalTerminology(library).translate("LOINC", "30799-1")

    assert found.reason.en == "No map from LOINC is held here."


def test_a_loinc_number_is_asked_by_its_form(service):
    """LOINC is not held; its form and check digit are known."""
    found = service.translate("loinc", "۳۰۷۹۹-۱", target="RVU3", on=DAY)

    assert found.source == Coding("LOINC", "30799-1", None)
    assert found.edition is None
    assert targets(found) == [("700100", "equivalent", "1:1")]
    assert found.matches[0].via is None


def test_a_service_is_asked_under_its_loinc_number(service):
    """The map knows LOINC, the order names the code of the imaging list."""
    (match,) = service.translate("Radiology", "030799-100", target="RVU3", on=DAY).matches

    assert match.target.code == "700100"
    assert match.via == Coding("LOINC", "30799-1", None)


def test_a_loinc_number_is_asked_under_the_services_that_carry_it(service):
    """The map knows the code of the imaging list, the order names LOINC."""
    (match,) = service.translate("LOINC", "36156-8", target="RVU3", on=DAY).matches

    assert match.target.code == "802000"
    assert match.via == Coding("imaging", "036156-800", "ام‌آرآی قفسه سینه")


def test_a_row_that_says_the_same_under_another_name_stands_once():
    """A map that has both a service and its LOINC number gives the row of the code asked; what says more stays."""
    library = MemoryLibrary()
    library.publish(BOOK, "1404", SERVICES)
    library.publish(IMAGING, "1", STUDIES)
    same = (Mapping("imaging", "030799-100", "RVU3", "700100"), Mapping("LOINC", "30799-1", "RVU3", "700100"))
    more = Mapping("LOINC", "30799-1", "RVU3", "700100", condition="insurer=tamin")
    library.publish(IMAGING_MAP, "m1", (), mappings=(*same, more))

    found = LocalTerminology(library).translate("imaging", "030799-100", target="RVU3", on=DAY)

    assert [(m.condition, m.via and m.via.code) for m in found.matches] == [
        (None, None),
        ("insurer=tamin", "30799-1"),
    ]


def test_the_reason_names_maps_of_the_two_lists_first(service):
    """Who asks the wrong way round reads which map leads the other way, however many are held."""
    reason = service.translate("RVU3", "700100", target="imaging", on=DAY).reason.en

    touching, others = ("erx-map (from eRx to RVU3)", "imaging-map"), "erx-map (from eRx to ICD10)"
    assert max(map(reason.index, touching)) < reason.index(others)


def test_a_list_that_only_maps_know_is_a_source(service):
    """Products of insurers are no list here."""
    found = service.translate("product", "metformin", on=DAY)

    assert [m.target for m in found.matches] == [Coding("generic-drug", "17197", None)]
    with pytest.raises(UnknownCode):
        service.translate("product", "", on=DAY)


def test_a_code_that_only_a_map_has_is_answered(service):
    """The list does not have 00099; the map does."""
    assert targets(service.translate("eRx", "99", on=DAY)) == [("700100", "equivalent", "n:1")]


@pytest.mark.parametrize("code", ["00098", "x", "", "9" * 2_000, "\ud800"])
def test_a_code_that_nobody_has_is_refused(service, code):
    """As in a lookup, naming the list."""
    with pytest.raises(UnknownCode, match="eRx"):
        service.translate("eRx", code, on=DAY)


@pytest.mark.parametrize("code", ["30799-2", "x", "", "9" * 2_000, "\ud800"])
def test_a_code_that_cannot_be_one_of_a_form_is_refused(service, code):
    """A wrong check digit is no LOINC number."""
    with pytest.raises(UnknownCode, match="LOINC"):
        service.translate("LOINC", code, on=DAY)


def test_what_is_not_known_is_refused_with_the_known_ones(service):
    """A list, a target and a map that do not exist."""
    with pytest.raises(UnknownTerminology):
        service.translate("nothing", "1", on=DAY)
    with pytest.raises(UnknownTerminology, match="eRx"):
        service.translate("eRx", "00001", target="eRy", on=DAY)
    with pytest.raises(BadParameter) as refused:
        service.translate("eRx", "00001", map_id="eRx", on=DAY)
    assert refused.value.known == ("erx-map", "loinc-map", "imaging-map")


def test_one_map_can_be_asked_alone(service):
    """The others are not asked, nor named in the reason."""
    found = service.translate("imaging", "030799-100", map_id="imaging-map", on=DAY)

    assert found.matches == ()
    assert [ref.terminology for ref in found.maps] == ["imaging-map"]


def test_a_map_is_asked_from_its_first_day_on(service):
    """Before that it is not in force, and not among the maps."""
    found = service.translate("imaging", "036156-800", on=NOT_YET)

    assert [ref.terminology for ref in found.maps] == ["loinc-map"]
    assert found.matches == ()


def test_a_torn_map_and_a_torn_target_do_not_stop_the_answer():
    """The other maps answer; a target that cannot be read is said to be untested."""
    library = stock_maps(MemoryLibrary())
    library.tear("loinc-map", "m1")
    library.tear("RVU3", "1404")

    found = LocalTerminology(library).translate("eRx", "00002", on=DAY)

    (match,) = found.matches
    assert [issue.code for issue in match.issues] == ["unknown-edition"]
    assert not match.usable
