"""The form of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.codeform import CodeForm, plain_digits

GENERIC = CodeForm(pattern=r"[0-9]{5}", width=5)
LOINC = CodeForm(pattern=r"[0-9]{1,7}-[0-9]", check="loinc-mod10")


def test_a_list_without_a_form_takes_any_code():
    """Nothing known of the form refuses nothing."""
    assert not CodeForm().known
    assert CodeForm().fits("هر چه")


def test_form_and_check_digit_are_told_apart():
    """A LOINC-like number with a wrong digit has the pattern, not the check."""
    assert LOINC.known
    assert LOINC.fits("36156-8")
    assert LOINC.fits_pattern("36156-7")
    assert not LOINC.check_holds("36156-7")
    assert not LOINC.fits("36156-7")


@pytest.mark.parametrize(
    "written",
    ["817", "00817", "۰۰۸۱۷", "٨١٧", " 00817 ", "00\u200f817", "817.0", "0 0 8 1 7"],
)
def test_spellings_of_a_generic_code_lead_to_it(written):
    """Lost zeros, other digits, spaces, marks and a spreadsheet's .0 are undone."""
    assert "00817" in list(GENERIC.spellings(written))


@pytest.mark.parametrize("written", ["36156\u20138", "36156\u22128", "٣٦١٥٦-٨", "36156_8", "３６１５６－８"])
def test_other_dashes_are_a_dash(written):
    """Dashes of another kind mean the dash of the code."""
    assert "36156-8" in list(LOINC.spellings(written))


def test_the_arabic_decimal_mark_is_a_dot():
    """A dotted code typed on a Persian keyboard means the code."""
    assert "90.1" in list(CodeForm(pattern=r"[0-9]{2}\.[0-9]").spellings("۹۰٫۱"))


@given(st.text(max_size=40))
def test_spellings_begin_with_the_code_itself_and_are_few(code):
    """The first spelling is the code as given; there are never more than six, none twice."""
    spellings = list(GENERIC.spellings(code))

    assert len(spellings) == len(set(spellings)) <= 6
    assert not code or spellings[0] == code


@pytest.mark.parametrize("written", ["１２", "१२", "۱۲", "١٢", "𝟏𝟐", "12"])
def test_digits_of_any_script_are_written_in_ascii(written):
    """Every decimal digit of Unicode has its value; letters and other marks stay."""
    assert plain_digits(written) == "12"
    assert plain_digits(f"آ{written}②") == "آ12②"
