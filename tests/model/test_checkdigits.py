"""Check digits: published examples, and the law that one wrong digit never passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.checkdigits import is_loinc, is_national_id, is_snomed_concept, mod10, verhoeff_holds

DIGITS = st.text(alphabet="0123456789", min_size=1, max_size=7)


@pytest.mark.parametrize("code", ["36156-8", "24630-6", "42272-5", "24858-3", "1558-6", "30611-8", "2345-7"])
def test_real_loinc_numbers_pass(code):
    """Numbers of the LOINC table carry their check digit."""
    assert is_loinc(code)


@pytest.mark.parametrize(
    "code", ["30611-9", "36156-7", "36156", "36156-", "-8", "", "36156-88", "۳۶۱۵۶-۸", "12345678-9"]
)
def test_what_is_no_loinc_number_fails(code):
    """A locally minted number, a torn one and other digits are refused."""
    assert not is_loinc(code)


@pytest.mark.parametrize(
    "code", ["22298006", "73211009", "34436003", "229797004", "386359008", "900000000000012004"]
)
def test_real_snomed_concepts_pass(code):
    """Concept ids of SNOMED CT pass Verhoeff and have a concept's partition."""
    assert is_snomed_concept(code)


@pytest.mark.parametrize(
    "code", ["22710", "22298007", "", "022298006", "22298006 ", "680946014", "1234567890123456789"]
)
def test_what_is_no_snomed_concept_fails(code):
    """A local code, a wrong digit, a description id and an overlong number are refused."""
    assert not is_snomed_concept(code)


@pytest.mark.parametrize("code", ["0012345679", "0499370899", "0790419904"])
def test_real_national_ids_pass(code):
    """Ten digits whose mod 11 holds are a national id."""
    assert is_national_id(code)


@pytest.mark.parametrize("code", ["1111111111", "0000000000", "0012345678", "12345679", "", "00123456790"])
def test_what_is_no_national_id_fails(code):
    """Repeated digits, a wrong check digit and lost zeros are refused."""
    assert not is_national_id(code)


@given(DIGITS, st.data())
def test_one_wrong_digit_of_a_loinc_number_is_caught(digits, data):
    """Mod 10 catches every single wrong digit."""
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    wrong = digits[:place] + other + digits[place + 1 :]

    assert is_loinc(f"{digits}-{mod10(digits)}")
    assert not is_loinc(f"{wrong}-{mod10(digits)}")


@given(st.text(alphabet="0123456789", min_size=1, max_size=17), st.data())
def test_verhoeff_catches_one_wrong_digit_and_two_swapped(digits, data):
    """Verhoeff catches every single wrong digit and every swap of neighbours."""
    whole = next(digits + d for d in "0123456789" if verhoeff_holds(digits + d))
    place = data.draw(st.integers(0, len(whole) - 2))
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != whole[place]]))

    assert not verhoeff_holds(whole[:place] + other + whole[place + 1 :])
    assert swapped == whole or not verhoeff_holds(swapped)


@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.data())
def test_one_wrong_digit_of_a_national_id_is_caught(digits, data):
    """Mod 11 catches a single wrong digit, but for the remainders 1 and 10, which share the check digit 1."""
    whole = [digits + d for d in "0123456789" if is_national_id(digits + d)]
    other = str((int(digits[8]) + data.draw(st.integers(1, 9))) % 10)

    assert len(whole) <= 1
    for code in whole:
        assert code[9] == "1" or not is_national_id(code[:8] + other + code[9])
