"""What a request may say."""

import pytest

from maksa.errors import BadParameter, UnknownTerminology
from maksa.model.code_request import LONGEST_TITLE, Wanted
from maksa.registry.requests.form import checked_wanted
from maksa.terminology.service import LocalTerminology


@pytest.fixture
def service(toy_shelf):
    """Ask the toy herbs."""
    return LocalTerminology(toy_shelf)


def test_texts_are_trimmed_and_the_list_gets_its_canonical_name(service):
    """Empty fields are none; a known misspelling of the list is understood."""
    checked = checked_wanted(service, Wanted("herbz", "  گل ختمی ", use_case=" ", contact="a@example.org"))

    assert checked == Wanted("herbs", "گل ختمی", contact="a@example.org")


@pytest.mark.parametrize(
    ("wanted", "parameter"),
    [
        (Wanted("herbs", " "), "text"),
        (Wanted("herbs", "؟!"), "text"),
        (Wanted("herbs", "x" * (LONGEST_TITLE + 1)), "text"),
        (Wanted("herbs", "گل", use_case="a\x00b"), "use_case"),
        (Wanted("herbs", "گل برای 0012345679"), "text"),
        (Wanted("herbs", "گل", reference="تلفن ۰۹۱۲-۱۲۳ ۴۵ ۶۷"), "reference"),
        (Wanted("herbs", "گل", organisation="+989121234567"), "organisation"),
    ],
)
def test_what_is_empty_too_long_or_names_a_person_is_refused(service, wanted, parameter):
    """The field is named; what was typed in it is not repeated."""
    with pytest.raises(BadParameter) as refused:
        checked_wanted(service, wanted)

    assert refused.value.parameter == parameter
    assert "0012345679" not in str(refused.value)


def test_codes_and_contacts_are_not_taken_for_persons(service):
    """Numbers of other lengths, SNOMED CT concepts of ten digits, and the telephone of the asker are let through."""
    wanted = Wanted("herbs", "گل 1234567890123456", reference="SNOMED 1000001008", contact="09121234567")

    assert checked_wanted(service, wanted) == wanted


def test_an_unknown_list_is_an_error_that_names_the_known_ones(service):
    """A request is always for a list that is known."""
    with pytest.raises(UnknownTerminology) as refused:
        checked_wanted(service, Wanted("nolist", "گل"))

    assert "herbs" in refused.value.known
