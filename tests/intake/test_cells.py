"""Cells: numbers, days, yes and no, and codes in every spelling that real files hold."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.intake.cells import read_status, read_value, settle_code
from maksa.model.codeform import CodeForm

GENERIC = CodeForm(pattern="[0-9]{5}|[A-Z][0-9]{4}", width=5)
IRC = CodeForm(pattern="[0-9]{16}", width=16)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.8", "3.8"),
        ("۳٫۸", "3.8"),
        ("-2", "-2"),
        ("1,017,670", "1017670"),
        ("۱٬۰۱۷٬۶۷۰", "1017670"),
        ("70.0", "70.0"),
        ("0.9166666666666666", "0.9166666666666666"),
    ],
)
def test_a_decimal_is_read_in_any_digits(text, value):
    """Digits of three sets, groups of thousands, and the digits as published."""
    assert read_value(text, "decimal") == Decimal(value)
    assert str(read_value(text, "decimal")) == value


@pytest.mark.parametrize("text", ["ارزش تام 6 واحد", "3,8", "1,23", "1e5", "9" * 31, "3.8.1", "%5", "NaN"])
def test_text_is_no_decimal(text):
    """What may be two numbers, or is none, is not guessed."""
    assert read_value(text, "decimal") is None


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1,200", "integer", 1200),
        ("۱۲", "integer", 12),
        ("1.5", "integer", None),
        ("بله", "boolean", True),
        ("۱", "boolean", True),
        ("TRUE", "boolean", True),
        ("خیر", "boolean", False),
        ("0", "boolean", False),
        ("شاید", "boolean", None),
        ("13940101", "date", date(2015, 3, 21)),
        ("1402/03/27", "date", date(2023, 6, 17)),
        ("1402/13/01", "date", None),
        ("x", "string", "x"),
        ("x", "code", "x"),
    ],
)
def test_other_types_are_read(text, kind, value):
    """Whole numbers, yes and no in both languages, and days of both calendars."""
    assert read_value(text, kind) == value


@pytest.mark.parametrize(
    ("text", "status"),
    [("فعال", "active"), ("1", "active"), ("غیر‌فعال", "retired"), ("منسوخ", "retired"), ("?", None)],
)
def test_a_status_is_read_in_both_languages(text, status):
    """Active and retired in their usual words; another word is not guessed."""
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("published", "form", "code", "fits", "repaired"),
    [
        ("00817", GENERIC, "00817", True, False),
        ("817", GENERIC, "00817", True, True),
        ("۰۰۸۱۷", GENERIC, "00817", True, True),
        ("008 17", GENERIC, "00817", True, True),
        ("b1156", GENERIC, "B1156", True, True),
        ("817.0", GENERIC, "00817", True, True),
        ("1234567", GENERIC, "1234567", False, False),
        ("123456789012345", IRC, "0123456789012345", True, True),
        ("817", IRC, "817", False, False),
        ("۱۲ ۳", CodeForm(), "12 3", True, True),
        ("A\u200f1", CodeForm(), "A1", True, True),
        ("xyz", CodeForm(), "xyz", True, False),
    ],
)
def test_a_code_is_settled(published, form, code, fits, repaired):
    """Lost zeros, other digits, stray spaces and marks are undone where the form is sure; the rest is said."""
    assert settle_code(published, form, 2 if form is IRC else 4) == (code, fits, repaired)


@given(st.text(max_size=40), st.sampled_from(["decimal", "integer", "boolean", "date", "string"]))
def test_no_cell_breaks_the_reading(text, kind):
    """Whatever a cell holds, it is a value or it is none."""
    read_value(text, kind)
    read_status(text)


@given(
    st.text(min_size=1, max_size=40).map(str.strip).filter(bool), st.sampled_from([GENERIC, IRC, CodeForm()])
)
def test_settling_a_code_is_final(text, form):
    """A settled code settles to itself."""
    first = settle_code(text, form, 4)
    if first.code:
        again = settle_code(first.code, form, 4)

        assert again.code == first.code
        assert again.fits == first.fits
