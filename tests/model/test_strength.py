"""The titles of drugs taken apart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.strength import Strength, parse_drug


def mg(amount, per=None):
    """Give a strength in milligrams."""
    return Strength(Fraction(str(amount)), "mg", per)


@pytest.mark.parametrize(
    ("title", "strengths"),
    [
        ("ACICLOVIR 200 mg TABLET ORAL", {mg(200)}),
        ("آسیکلوویر ۲۰۰ میلی‌گرم قرص خوراکی", {mg(200)}),
        ("آموكسي‌سيلين 250 ميلي گرم", {mg(250)}),
        ("AMPICILLIN 1 g", {mg(1000)}),
        ("CYANOCOBALAMIN 1000 ug TABLET", {mg(1)}),
        ("VERAPAMIL 40MG TABLET", {mg(40)}),
        ("CO-AMOXICLAV 500/125 mg", {mg(500), mg(125)}),
        ("AMOXICILLIN 250 mg/5mL POWDER", {mg(50, "mL")}),
        ("آموکسی‌سیلین 250 میلی‌گرم در 5 میلی‌لیتر", {mg(50, "mL")}),
        ("PHYTOMENADIONE 10 mg/mL", {mg(10, "mL")}),
        ("THEOPHYLLINE / GUAIFENESIN 50 mg/30 mg/5mL 120 mL SOLUTION", {mg(10, "mL"), mg(6, "mL")}),
        ("VASOPRESSIN 20 [iU]/1mL 1 mL", {Strength(Fraction(20), "[iU]", "mL")}),
        ("کلسیم د 500 میلی‌گرم/200 واحد", {mg(500), Strength(Fraction(200), "[iU]")}),
        ("ویتامین آ 25000 واحد بین‌المللی", {Strength(Fraction(25000), "[iU]")}),
        ("SODIUM CHLORIDE 0.9% INJECTION", {Strength(Fraction(9, 10), "%")}),
        ("سدیم کلراید 0.9 درصد", {Strength(Fraction(9, 10), "%")}),
        ("VITAMIN B12 TABLET", set()),
        ("X 5 mg/L", {mg("0.005", "mL")}),
        ("X 5 mg/g CREAM", {mg("0.005", "mg")}),
        ("X 5 mg/0mL", set()),
        ("سونوگرافی کلیه", set()),
    ],
)
def test_strengths_are_one_whatever_the_unit_and_the_script(title, strengths):
    """A concentration is per one millilitre; the volume of a package is no strength."""
    assert parse_drug(title).strengths == strengths


@pytest.mark.parametrize("title", ["AMOXICILLIN 500 mg CAPSULE ORAL", "AMOXICILLIN 500mg CAP ORAL"])
def test_forms_and_routes_are_words_of_their_own(title):
    """What remains is the name."""
    parsed = parse_drug(title)

    assert (parsed.name, parsed.forms, parsed.routes) == (("amoxicillin",), {"capsule"}, {"oral"})


def test_persian_and_english_say_the_same():
    """تزریقی is a form and a route."""
    english, persian = parse_drug("X INJECTION PARENTERAL"), parse_drug("X فرآورده تزریقی")

    assert (english.forms, english.routes) == (persian.forms, persian.routes)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    """The name has words only, and nothing is made up."""
    parsed = parse_drug(text)

    assert all(parsed.name)


@given(st.integers(1, 99_999), st.sampled_from(["mg", "MG", " mg", " میلی‌گرم", " ميلي گرم"]))
def test_an_amount_is_read_as_it_is_written(number, unit):
    """Whatever the name before it."""
    assert parse_drug(f"دارو {number}{unit} قرص").strengths == {mg(number)}
