"""What is said of one code, in one edition, on one day."""

from __future__ import annotations

import pytest
from toys import DAY

from maksa.errors import UnknownCode, UnknownEdition
from maksa.model.concept import Terminology
from maksa.terminology.service import LocalTerminology
from maksa.text import Text


@pytest.mark.parametrize(
    ("code", "status"),
    [("700100", "active"), ("700120", "retired"), ("700130", "retired"), ("700150", "not-yet-effective")],
)
def test_the_state_on_the_day(service, code, status):
    """A concept's own dates and status decide, inside the edition of the day."""
    assert service.lookup("RVU3", code, on=DAY).status == status


def test_an_answer_names_edition_letters_and_sample(service):
    """What stands behind a code is said with it."""
    found = service.lookup("rvu3", "700100", on=DAY)

    assert found.concept.display == "سونوگرافی کلیه‌ها"
    assert found.edition.edition == "1404"
    assert [letter.number for letter in found.letters] == ["110/356"]
    assert not found.sample
    assert service.lookup("sampled", "n1").sample


@pytest.mark.parametrize("code", ["۷۰۰۱۰۰", " 700100 ", "700100.0"])
def test_a_spelling_that_means_one_code_is_repaired(service, code):
    """Digits of another script, spaces and what spreadsheets do are undone."""
    assert service.lookup("RVU3", code, on=DAY).concept.code == "700100"


def test_a_code_of_another_edition(service):
    """A named edition answers though another is in force."""
    assert service.lookup("RVU3", "700199", edition="1403").concept.display == "کد ۱۴۰۳"


@pytest.mark.parametrize("code", ["700101", "", "9" * 2_000, "\ud800"])
def test_an_unknown_code_is_refused(service, code):
    """The refusal names the list and near codes, and never more than a little of what was sent."""
    with pytest.raises(UnknownCode) as refused:
        service.lookup("RVU3", code, on=DAY)

    assert "RVU3" in refused.value.text.fa
    assert len(refused.value.text.en) < 200


def test_near_codes_are_named(service):
    """A mistyped code has neighbours."""
    with pytest.raises(UnknownCode) as refused:
        service.lookup("RVU3", "700101", on=DAY)

    assert "700100" in refused.value.known


def test_content_of_a_form_is_not_held(service):
    """ICD-10 without an import has nothing to look up."""
    with pytest.raises(UnknownEdition):
        service.lookup("ICD10", "E11.9")


def test_a_code_missing_from_a_fragment_is_said_to_be_no_proof(library):
    """A lookup in a list of which only a part is held says so too."""
    library.publish(Terminology("part", Text("بخشی", "A part"), content="fragment"), "1", ())

    with pytest.raises(UnknownCode, match="fragment"):
        LocalTerminology(library).lookup("part", "1", on=DAY)
