"""Rules that one concept shows: its code, title, values and dates, beside what its code was before."""

from datetime import date
from decimal import Decimal

import pytest
from checking import codes, herb, report
from desk import issue
from herbs import HERBS, herbs

from maksa.model.concept import Property, Variant

DAY, NEXT = date(2025, 3, 21), date(2025, 3, 22)


def test_a_new_code_must_fit_the_form_of_its_list(registry, shelf):
    """What cannot be a code of the list is an error that shows an example."""
    told = report(registry, shelf, herb("12", "نعناع"), herb("1x", "آویشن"))

    assert codes(told, "malformed-code") == ["1x"]
    assert told.of("malformed-code")[0].severity == "error"
    assert "such as 12" in told.of("malformed-code")[0].text.en


def test_a_code_that_was_published_keeps_its_form(registry, shelf):
    """A published code cannot be changed, so it is not held against the draft."""
    issue(registry, shelf, herbs(herb("1x", "آویشن")), "1")

    assert codes(report(registry, shelf, herb("1x", "آویشن")), "malformed-code") == []


def test_a_list_without_a_form_takes_any_code(registry, shelf):
    """Where nothing is known of the form, nothing is malformed."""
    told = report(registry, shelf, herb("??", "آویشن"), terminology=HERBS)

    assert told.errors == 0


@pytest.mark.parametrize("display", ["", "  ", "\u200c", " \u200b "])
def test_a_title_of_which_nothing_is_seen_is_empty(registry, shelf, display):
    """Spaces and half-spaces are no title."""
    assert codes(report(registry, shelf, herb("1", display), herb("2", "-")), "empty-title") == ["1"]


@pytest.mark.parametrize("value", ["tall", "1,5", "NaN", "", "Infinity"])
def test_a_value_must_be_of_its_propertys_type(registry, shelf, value):
    """What cannot be read as a decimal is told with property and value, and does not stop the check."""
    told = report(registry, shelf, herb("1", "نعناع", properties=(Property("height", value),)))

    assert codes(told, "property-type") == ["1"]
    assert f"'{value}' of property 'height' is no decimal" in told.of("property-type")[0].text.en


def test_values_of_variants_are_read_too(registry, shelf):
    """A variant with a wrong value could not be written either."""
    variant = Variant("نعناع", (), (Property("height", "tall"),))

    assert codes(report(registry, shelf, herb("1", "نعناع", variants=(variant,))), "property-type") == ["1"]


def test_right_values_of_every_type_are_fine(registry, shelf):
    """Decimals and texts pass."""
    good = herb("1", "نعناع", properties=(Property("height", Decimal("0.50")), Property("colour", "green")))

    assert codes(report(registry, shelf, good), "property-type") == []


@pytest.mark.parametrize(
    "dates",
    [
        {"effective_from": NEXT, "effective_to": DAY},
        {"effective_to": NEXT, "transition_until": DAY},
        {"effective_from": NEXT, "transition_until": DAY},
    ],
)
def test_days_must_stand_in_their_order(registry, shelf, dates):
    """First day, last day, end of the window: each not before the one before it; both days are named."""
    told = report(registry, shelf, herb("1", "نعناع", **dates))

    assert codes(told, "date-order") == ["1"]
    assert "2025-03-21" in told.of("date-order")[0].text.en
    assert "1404/01/02" in told.of("date-order")[0].text.fa


def test_the_same_day_is_in_order(registry, shelf):
    """A code may hold for one day, and its window end with it."""
    one = herb("1", "نعناع", effective_from=DAY, effective_to=DAY, transition_until=DAY)

    assert codes(report(registry, shelf, one), "date-order") == []


def test_a_code_that_comes_back_with_another_title_changed_its_meaning(registry, shelf):
    """The classic sin of terminologies is told with both titles."""
    issue(registry, shelf, herbs(herb("1", "نعناع فلفلی")), "1")

    told = report(registry, shelf, herb("1", "ریشهٔ شیرین‌بیان"))

    assert codes(told, "meaning-changed") == ["1"]
    assert "'نعناع فلفلی'" in told.of("meaning-changed")[0].text.en
    assert told.of("meaning-changed")[0].severity == "warning"


@pytest.mark.parametrize(
    "concept",
    [
        herb("1", "نعناع فلفلي"),
        herb("1", "نعناع فلفلی تازه"),
        herb("1", "برگ نعنا فلفلی"),
        herb("1", "Peppermint", english="نعناع فلفلی"),
    ],
)
def test_a_title_that_was_only_reworded_keeps_its_meaning(registry, shelf, concept):
    """Another spelling, a word more, a slip, or the same title as a designation is no other meaning."""
    issue(registry, shelf, herbs(herb("1", "نعناع فلفلی")), "1")

    assert codes(report(registry, shelf, concept), "meaning-changed") == []


@pytest.mark.parametrize(("before", "after"), [("2.5", "25"), ("25", "2.5"), ("0", "3"), ("3", "0")])
def test_a_value_that_jumped_is_told(registry, shelf, before, after):
    """More than double, less than half, to or from nought: with both values."""
    issue(registry, shelf, herbs(herb("1", "نعناع", properties=(Property("height", Decimal(before)),))), "1")

    told = report(registry, shelf, herb("1", "نعناع", properties=(Property("height", Decimal(after)),)))

    assert codes(told, "sharp-change") == ["1"]
    assert f"from {before} to {after}" in told.of("sharp-change")[0].text.en


@pytest.mark.parametrize(("before", "after"), [("2.5", "5"), ("2.5", "2.50"), ("4", "2")])
def test_a_value_that_changed_a_little_is_not(registry, shelf, before, after):
    """Up to double and down to half passes."""
    issue(registry, shelf, herbs(herb("1", "نعناع", properties=(Property("height", Decimal(before)),))), "1")

    told = report(registry, shelf, herb("1", "نعناع", properties=(Property("height", Decimal(after)),)))

    assert codes(told, "sharp-change") == []


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u200f", "RIGHT-TO-LEFT MARK"), ("\u202e", "RIGHT-TO-LEFT OVERRIDE"), ("\n", "control character")],
)
def test_a_character_that_is_not_seen_is_named(registry, shelf, character, name):
    """Direction marks and controls are told by their name."""
    told = report(registry, shelf, herb("1", f"نعناع{character}تازه"), herb("2", "سنبل‌الطیب"))

    assert codes(told, "stray-character") == ["1"]
    assert name in told.of("stray-character")[0].text.en


def test_letters_of_both_alphabets_in_one_title_are_told(registry, shelf):
    """A title wholly in one of them is fine."""
    told = report(registry, shelf, herb("1", "كرفس یک"), herb("2", "كرفس"), herb("3", "کرفس یک"))

    assert codes(told, "mixed-letters") == ["1"]


def test_a_text_in_the_titles_place_is_told_with_its_length(registry, shelf):
    """Titles of lists are sentences at most."""
    told = report(registry, shelf, herb("1", "گیاه " * 200), herb("2", "گیاه " * 100))

    assert codes(told, "long-title") == ["1"]
    assert "1000 characters" in told.of("long-title")[0].text.en


def test_only_grave_rules_are_tried_when_told(registry, shelf):
    """Publishing asks for errors only; the report names the rules that were tried."""
    told = report(registry, shelf, herb("1x", "كرفس یک"), least="error")

    assert [one.rule for one in told.counts] == ["malformed-code"]
    assert "mixed-letters" not in told.rules
