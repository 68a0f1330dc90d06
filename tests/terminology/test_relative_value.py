"""What a service is worth: units, and rials by the coefficients of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_toys import (
    BOOK,
    COEFFICIENTS,
    DAY,
    GOVERNMENT,
    IMAGING,
    PRIVATE,
    SERVICES,
    SHEET,
    STUDIES,
    sheet,
    stock_maps,
)
from memory import MemoryLibrary

from maksa.errors import TooLarge, UnknownCode, UnknownEdition, UnknownTerminology
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.concept import Concept, Property
from maksa.model.translation import Units
from maksa.model.verdict import Coding
from maksa.terminology.amounts import amounts
from maksa.terminology.coefficients import Circumstance, Coefficient
from maksa.terminology.service import LocalTerminology


@pytest.fixture(scope="module")
def service():
    """Give the service over the toy book and its coefficients."""
    library = stock_maps(MemoryLibrary())
    library.publish(SHEET, "1404", COEFFICIENTS, effective=date(2024, 3, 20))
    return LocalTerminology(library)


def of(service, code, **rest):
    """Give the value of a code of the book on the day."""
    (value,) = service.relative_value("RVU3", code, on=DAY, **rest).values
    return value


def told(value):
    """Give sector, case, arithmetic, total and what is missing of each amount."""
    return [
        (a.sector, a.variant.en, [f"{s.units}*{s.rial}={s.amount}" for s in a.steps], str(a.total), a.without)
        for a in value.amounts
    ]


def test_the_units_as_the_book_has_them(service):
    """Decimals keep their digits, marks are a set, notes stand beside."""
    value = of(service, "۷۰۰۱۰۰")

    assert value.edition.edition == "1404"
    assert value.units == (
        Units(
            "سونوگرافی",
            Decimal("2.43"),
            Decimal("1.25"),
            Decimal("1.18"),
            Decimal(0),
            marks=("#", "+"),
            notes=("یادداشت",),
        ),
    )
    assert value.amounts == ()
    assert value.coefficients is None


def test_a_doubled_code_shows_all_rows_and_computes_nothing(service):
    """Which of the two values is right is for the owner of the book to say."""
    value = of(service, "400770", with_coefficients=True)

    assert [units.total for units in value.units] == [160, 91]
    assert [issue.code for issue in value.issues] == ["ambiguous-value"]
    assert value.amounts == ()


def test_what_the_book_says_in_words_is_shown_and_not_computed(service):
    """Percentages and bases in words stay words."""
    value = of(service, "301225", with_coefficients=True)

    assert value.units[0].texts == (("professional", "مجدد اول، 50 درصد"),)
    assert value.amounts == ()


@pytest.mark.parametrize(("code", "issue"), [("700120", "retired"), ("700150", "not-yet-effective")])
def test_a_code_that_may_not_be_used_has_no_amount(service, code, issue):
    """Its units are shown with the reason."""
    value = of(service, code, with_coefficients=True)

    assert [one.code for one in value.issues] == [issue]
    assert value.amounts == ()


def test_the_amounts_show_their_arithmetic_in_every_case(service):
    """Full-time and setting are not the code's to decide: each case is told; sector, mark and group are."""
    value = of(service, "700100", with_coefficients=True)

    assert told(value) == [
        (GOVERNMENT, "outpatient, full-time", ["1.25*700=875", "1.18*650=767"], "1642", ()),
        (GOVERNMENT, "inpatient, full-time", ["1.25*1300=1625", "1.18*650=767"], "2392", ()),
        (GOVERNMENT, "not full-time", ["1.25*400=500", "1.18*650=767"], "1267", ()),
        (PRIVATE, "", ["1.25*770=962.5", "1.18*2750=3245"], "4207.5", ()),
    ]
    assert [one.display for one in value.not_applied] == ["بخش خصوصی، جزء فنی دیجیتال"]
    assert value.coefficients.edition == "1404"


def test_visits_count_as_group_seven_and_laboratory_as_eight(service):
    """The technical coefficient of the private sector goes by the group of the code."""
    assert told(of(service, "970015", with_coefficients=True))[-1][2] == ["1.8*770=1386", "0.7*2750=1925"]
    assert told(of(service, "802000", with_coefficients=True))[-1][2] == ["0.15*770=115.5", "0.19*2600=494"]


def test_a_component_without_coefficient_is_named(service):
    """Anaesthesia in words has no number, and no coefficient."""
    assert told(of(service, "401700", with_coefficients=True))[-1] == (
        PRIVATE,
        "",
        ["692*1370=948040"],
        "948040",
        ("anaesthesia",),
    )


def test_a_sector_with_nothing_to_compute_from_says_so():
    """No step, and both components named."""
    library = stock_maps(MemoryLibrary())
    library.publish(SHEET, "1404", sheet((PRIVATE, "جزء بیهوشی", Decimal(5))))

    (amount,) = of(LocalTerminology(library), "700100", with_coefficients=True).amounts

    assert (amount.steps, amount.without) == ((), ("professional", "technical"))


@pytest.mark.parametrize(("one", "other"), [("تمام وقت", "غیرتمام وقت"), ("سرپایی", "بستری")])
def test_cases_that_exclude_each_other_are_not_paired(one, other):
    """A full-time professional and a part-time technical coefficient make no case."""
    library = stock_maps(MemoryLibrary())
    rows = ((PRIVATE, f"جزء حرفه ای {one}", Decimal(1)), (PRIVATE, f"جزء فنی {other}", Decimal(1)))
    library.publish(SHEET, "1404", sheet(*rows))

    (amount,) = of(LocalTerminology(library), "700100", with_coefficients=True).amounts

    assert (amount.steps, amount.without) == ((), ("professional", "technical"))


def test_coefficients_of_the_same_case_are_told_apart_by_their_words():
    """Two that both apply give two amounts; none is chosen."""
    library = stock_maps(MemoryLibrary())
    rows = ((PRIVATE, "حرفه‌ای، همهٔ کدها", Decimal(1)), (PRIVATE, "حرفه‌ای، کدهای با نشان #", Decimal(2)))
    library.publish(SHEET, "1404", sheet(*rows))

    value = of(LocalTerminology(library), "700100", with_coefficients=True)

    assert [(a.variant.fa, str(a.total), a.without) for a in value.amounts] == [
        ("حرفه‌ای، همهٔ کدها", "1.25", ("technical",)),
        ("حرفه‌ای، کدهای با نشان #", "2.5", ("technical",)),
    ]


def test_through_maps_every_way_to_the_book_is_shown(service):
    """A drug with two usable targets has two values; those that may not be used have none."""
    found = service.relative_value("eRx", "3", on=DAY)

    assert [value.coding.code for value in found.values] == ["802000", "700100"]
    assert found.source.code == "00003"
    assert len(found.way.matches) == 6


def test_a_service_comes_to_the_book_by_its_loinc_number(service):
    """The way says through which code."""
    found = service.relative_value("imaging", "030799-100", on=DAY)

    assert [value.coding.code for value in found.values] == ["700100"]
    assert found.way.matches[0].via.code == "30799-1"


def test_without_a_map_the_column_of_the_list_is_named_but_not_followed():
    """What the list itself says is told; only a map decides."""
    library = MemoryLibrary()
    library.publish(BOOK, "1404", SERVICES)
    library.publish(IMAGING, "1", STUDIES)
    service = LocalTerminology(library)

    found = service.relative_value("imaging", "036156-800", on=DAY)
    bare = service.relative_value("imaging", "024630-600", on=DAY)
    form = service.relative_value("LOINC", "30799-1", on=DAY)

    assert found.values == bare.values == form.values == ()
    assert "700100" in found.way.reason.en
    assert "700100" in found.way.reason.fa
    assert bare.way.reason.en == "No map from imaging to RVU3 is held here."
    assert form.way.reason.en == "No map from LOINC to RVU3 is held here."


def test_what_cannot_be_asked_is_refused(service):
    """An unknown code, no book, no coefficients, none in force yet."""
    with pytest.raises(UnknownCode):
        service.relative_value("RVU3", "700101", on=DAY)
    with pytest.raises(UnknownTerminology, match="RVU3"):
        LocalTerminology(MemoryLibrary()).relative_value("RVU3", "700100")
    with pytest.raises(UnknownTerminology, match="rvu-coefficient"):
        LocalTerminology(stock_maps(MemoryLibrary())).relative_value("RVU3", "700100", with_coefficients=True)
    with pytest.raises(UnknownEdition):
        service.relative_value("RVU3", "700100", on=date(2024, 1, 1), with_coefficients=True)


@pytest.mark.parametrize(("sectors", "rows"), [(1, 201), (1, 15), (14, 4)])
def test_more_coefficients_than_any_sheet_has_are_refused(sectors, rows):
    """So are fewer of which each can be paired with each, in one sector or in many."""
    library = stock_maps(MemoryLibrary())
    pairs = [
        (f"بخش {sector}", f"جزء {name}", Decimal(1))
        for sector in range(sectors)
        for name in ("حرفه ای", "فنی")
        for _ in range(rows)
    ]
    library.publish(SHEET, "1404", sheet(*pairs))

    with pytest.raises(TooLarge):
        of(LocalTerminology(library), "700100", with_coefficients=True)


@pytest.mark.parametrize("number", [Decimal("1e100"), Decimal("9" * 60), Decimal("NaN"), "words"])
def test_what_is_no_number_of_a_book_is_shown_and_not_computed(number):
    """A number out of all measure is kept as text; so is a cell of words."""
    library = MemoryLibrary()
    broken = Concept("700100", "سونوگرافی", properties=(Property("total", number),))
    library.publish(BOOK, "1404", (broken,))

    (units,) = of(LocalTerminology(library), "700100").units

    assert units.total is None
    assert units.texts == (("total", str(number)),)


_NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4)


@given(
    professional=_NUMBERS,
    technical=_NUMBERS,
    rials=st.lists(_NUMBERS, min_size=4, max_size=4),
    marked=st.booleans(),
)
def test_the_arithmetic_adds_up(professional, technical, rials, marked):
    """Each step is units times rial exactly, a total is the sum of its steps, and no component is lost."""
    everyone = Coefficient(
        Coding("k", "1", None),
        PRIVATE,
        "professional",
        "حرفه‌ای",
        rials[0],
        Circumstance(),
        marked=None,
        visits=False,
        groups=frozenset(),
    )
    read = [
        everyone,
        replace(
            everyone, sector=GOVERNMENT, circumstance=Circumstance("inpatient", "full-time"), rial=rials[1]
        ),
        replace(everyone, sector=GOVERNMENT, circumstance=Circumstance(None, "part-time"), rial=rials[2]),
        replace(everyone, component="technical", title="فنی", marked=True, rial=rials[3]),
    ]
    units = Units(
        "x", professional + technical, professional, technical, None, marks=("#",) if marked else ()
    )

    for amount in amounts("700100", units, read):
        assert all(step.amount == step.units * step.rial for step in amount.steps)
        assert amount.total == sum(step.amount for step in amount.steps)
        computed = {step.component for step in amount.steps}
        nonzero = {n for n, v in (("professional", professional), ("technical", technical)) if v}
        assert computed | set(amount.without) == nonzero
        assert not computed & set(amount.without)


@pytest.fixture(scope="module")
def real_book(real_data):
    """Give the service over the real book and the real coefficients."""
    library = MemoryLibrary()
    for file, profile in (("rvu3_1404.csv", "rvu3"), ("rvu_k_coefficients_1404.csv", "rvu-coefficient")):
        for taken in take_in(real_data / file, load_profile(profile)).lists:
            library.publish(taken.terminology, "1404", taken.concepts)
    return LocalTerminology(library)


def test_every_code_of_the_real_book_is_valued(real_book):
    """The total is the sum of its parts, every amount adds up, and every real coefficient is understood."""
    after, valued = None, 0
    while True:
        page = real_book.codes("RVU3", limit=1_000, after=after)
        for one in page.concepts:
            value = of(real_book, one.concept.code, with_coefficients=True)
            _check(value)
            valued += 1
        after = page.next_after
        if after is None:
            break

    assert valued == page.total


def _check(value):
    assert value.not_applied == ()
    for units in value.units:
        if units.total is not None and (units.professional is not None or units.technical is not None):
            assert units.total == (units.professional or 0) + (units.technical or 0)
    for amount in value.amounts:
        assert amount.total == sum(step.amount for step in amount.steps)
        assert not {"professional", "technical"} & set(amount.without)
    if value.amounts:
        # Four sectors; that of the state has three professional coefficients.
        assert len(value.amounts) == (6 if value.units[0].professional else 4)
