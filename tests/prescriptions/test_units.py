"""Units: words of SEPAS and codes of UCUM; another case is recognised where it is certain."""

from __future__ import annotations

import pytest

from maksa.prescriptions.rules import rule_book
from maksa.prescriptions.units import is_unit, other_case

UNITS = rule_book().units


@pytest.mark.parametrize(
    "unit",
    [
        "Each", "Vial", "Rial", "mg", "mL", "ug", "kg", "mg/dL", "10*6/uL", "10*-3", "[iU]", "k[iU]/L", "{tablet}",
        "mg{total}", "mg/kg/d", "m2", "kg/m2", "mm[Hg]", "/uL", "1/min", "mL/min/1", "umol/L", "%", "d", "C", "g.m-1",
        "mg/(kg.d)", "mosm/kg",
    ],
)  # fmt: skip
def test_units_of_messages_are_known(unit):
    """Words as they are seen in messages, and UCUM by its grammar."""
    assert is_unit(unit, UNITS)


@pytest.mark.parametrize(
    "unit",
    [
        "",
        " ",
        "each",
        "Tablet",
        "mgg",
        "mg//dL",
        "mg/",
        "(mg",
        "mg dL",
        "mg/dl",
        "قرص",
        "5 mg",
        "{قرص}",
        "x" * 61,
        "()",
    ],
)
def test_what_is_no_unit(unit):
    """Words that nobody defined, broken expressions, other alphabets."""
    assert not is_unit(unit, UNITS)


@pytest.mark.parametrize(
    ("unit", "right"),
    [
        ("mg/dl", "mg/dL"),
        ("each", "Each"),
        ("MG", "mg"),
        ("ml", "mL"),
        ("hl", "hL"),
        ("10*6/ul", "10*6/uL"),
        ("Tablet", None),
    ],
)
def test_another_case_is_recognised(unit, right):
    """Only among the units that prescriptions use, never by guess."""
    assert other_case(unit, UNITS) == right
