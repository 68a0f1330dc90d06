"""What a coefficient is for is read from its words, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from map_toys import PRIVATE, SHEET, sheet
from memory import MemoryLibrary

from maksa.model.concept import Property, Variant
from maksa.terminology.coefficients import Circumstance, coefficients
from maksa.terminology.resolve import Resolver


def read(*titles, rial=Decimal(1), sector=PRIVATE):
    """Read a sheet of one sector."""
    library = MemoryLibrary()
    library.publish(SHEET, "1", sheet(*((sector, title, rial) for title in titles)))
    return coefficients(Resolver(library).opened(SHEET.id))


@pytest.mark.parametrize(
    ("title", "component", "circumstance", "marked", "visits", "groups"),
    [
        ("جزء حرفه ای سرپایی تمام وقت", "professional", ("outpatient", "full-time"), None, False, ()),
        ("جزء حرفه‌ای بستری تمام‌وقت", "professional", ("inpatient", "full-time"), None, False, ()),
        ("جزء حرفه ای غیرتمام وقت", "professional", (None, "part-time"), None, False, ()),
        ("جزء فنی (تمام وقت و غیرتمام وقت)", "technical", (None, None), None, False, ()),
        ("جزء فنی بدون #", "technical", (None, None), False, False, ()),
        ("جزء حرفه ای با # و (ویزیت سرپایی)", "professional", (None, None), True, True, ()),
        ("جزء فنی با # (کدهای 7)", "technical", (None, None), True, False, (7,)),
        ("جزء فنی با # (کدهای 1 تا 7)", "technical", (None, None), True, False, (1, 2, 3, 4, 5, 6, 7)),
        ("فني، كدهاي با نشان #", "technical", (None, None), True, False, ()),
        ("حرفه‌ای، کدهای بدون نشان", "professional", (None, None), False, False, ()),
        ("فنی، همهٔ کدها", "technical", (None, None), None, False, ()),
        ("جزء بیهوشی", "anaesthesia", (None, None), None, False, ()),
    ],
)
def test_the_words_of_a_coefficient(title, component, circumstance, marked, visits, groups):
    """Component, circumstance, mark, visits and groups of codes."""
    (one,), unread = read(title)

    assert unread == ()
    assert (one.component, one.circumstance, one.marked, one.visits) == (
        component,
        Circumstance(*circumstance),
        marked,
        visits,
    )
    assert one.groups == frozenset(groups)


@pytest.mark.parametrize(
    "title",
    [
        "جزء فنی دیجیتال",
        "جزء فنی با *",
        "جزء حرفه ای و فنی",
        "جزء فنی با # و بدون #",
        "جزء فنی (کدهای 7) (کدهای 8)",
        "همهٔ کدها",
        "",
    ],
)
def test_what_is_not_understood_is_named_and_not_applied(title):
    """One strange word is enough: it may narrow the price."""
    known, (unread,) = read(title)

    assert known == []
    assert unread.code == "K-0"


def test_without_an_amount_there_is_no_coefficient():
    """The amount is no number."""
    assert len(read("جزء فنی", rial="نامشخص")[1]) == 1


def test_dentistry_is_another_book():
    """Its coefficients are neither applied nor called strange."""
    assert read("جزء فنی دندانپزشکی (تمام وقت)") == ([], ())
    assert read("جزء فنی", sector="دندان‌پزشکی در بخش دولتی") == ([], ())


def test_further_rows_of_a_coefficient_are_cases_too():
    """Two amounts for the same words: both are kept."""
    (one,) = sheet((PRIVATE, "جزء فنی", Decimal(1)))
    other = (*one.properties[:2], Property("rial", Decimal(2)))
    library = MemoryLibrary()
    library.publish(SHEET, "1", (replace(one, variants=(Variant(one.display, properties=other),)),))

    known, _ = coefficients(Resolver(library).opened(SHEET.id))

    assert [k.rial for k in known] == [1, 2]


@pytest.mark.parametrize(
    ("title", "code", "marks", "applies"),
    [
        ("جزء فنی", "100005", (), True),
        ("جزء فنی بدون #", "100005", ("*",), True),
        ("جزء فنی بدون #", "700100", ("#",), False),
        ("جزء فنی با # (کدهای 7)", "700100", ("#", "*"), True),
        ("جزء فنی با # (کدهای 7)", "970015", ("#",), True),
        ("جزء فنی با # (کدهای 8 تا 9)", "970015", ("#",), False),
        ("جزء فنی با # (کدهای 8 تا 9)", "901620", ("#",), True),
        ("جزء فنی با # (کدهای 7)", "802000", ("#",), False),
        ("جزء حرفه ای با # و (ویزیت سرپایی)", "970015", (), True),
        ("جزء حرفه ای با # و (ویزیت سرپایی)", "700100", (), False),
        ("جزء حرفه ای ویزیت سرپایی", "700100", (), False),
        ("جزء حرفه ای ویزیت سرپایی", "970015", (), True),
        ("جزء فنی (کدهای 7)", "x", (), False),
    ],
)
def test_to_which_codes_a_coefficient_applies(title, code, marks, applies):
    """By the mark # and the first digit of the code; visits count as group 7."""
    (one,), _ = read(title)

    assert one.applies(code, marks) is applies
