"""Reading an edition as the questions see it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from maksa.errors import EditionUnreadable
from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept
from maksa.model.jalali import today
from maksa.model.provider import ConceptFilter
from toy import CONCEPTS, HERBS, place

DAY = date(2025, 1, 1)


@pytest.fixture
def herbs(toy_shelf):
    """The toy edition."""
    return toy_shelf.provider("herbs", "1")


def test_a_code_gives_its_concept_and_another_none(herbs):
    """Look-up is by the exact code."""
    assert herbs.concept("00126") == CONCEPTS[1]
    assert herbs.concept("126") is None
    assert herbs.concept("\ud800") is None
    assert herbs.count == len(CONCEPTS)
    assert herbs.terminology.id == herbs.ref.terminology == "herbs"


def test_displays_are_those_of_active_codes_asked_alone_or_together(herbs):
    """Retired ones, those that begin later, and what is no code of the list have none."""
    codes = [*(concept.code for concept in CONCEPTS), "125", ""]
    active = {c.code: c.display for c in CONCEPTS if c.status_on(DAY) == "active"}

    assert herbs.displays(codes, DAY) == active
    for code in codes:
        assert herbs.displays([code], DAY) == {c: d for c, d in active.items() if c == code}


def test_displays_of_today_are_the_same_when_asked_again_and_never_those_of_another_day(empty_shelf):
    """What was read of today is kept, beside codes that were not read yet; another day is judged by itself."""
    day = today()
    ending = Concept("1", "امروز پایان می‌یابد", effective_to=day)
    place(empty_shelf, HERBS, (ending, Concept("2", "بابونه"), Concept("3", "عنوان " * 200)))
    herbs = empty_shelf.provider("herbs", "1")

    for codes in (["1"], ["1", "2"], ["1", "2", "3", "4"], ["1", "2", "3", "4"]):
        titles = {"1": ending.display, "2": "بابونه", "3": "عنوان " * 200}
        assert herbs.displays(codes, day) == {code: titles[code] for code in codes if code in titles}
        assert "1" not in herbs.displays(codes, day + timedelta(days=1))


@pytest.mark.parametrize("written", ["00817", "817", "۸۱۷", " 00817", "0817", "000817"])
def test_spellings_of_a_code_are_recognised(herbs, written):
    """Lost or added zeros, digits of another script and spaces lead to the code."""
    assert herbs.recognise(written) == ("00817",)


@pytest.mark.parametrize("written", ["036156800", "36156800", "36156-800", "036156-800"])
def test_a_code_is_recognised_without_its_dash_and_zeros(empty_shelf, written):
    """An alias alone leads to the code too."""
    dashed = replace(HERBS, id="dashed", code_form=CodeForm())
    place(empty_shelf, dashed, (Concept("036156-800", "ام آر آی"),))

    assert empty_shelf.provider("dashed", "1").recognise(written) == ("036156-800",)


def test_codes_of_persian_letters_are_recognised(empty_shelf):
    """A list may have them beside others; a word that no code begins with is none."""
    lettered = replace(HERBS, id="lettered", code_form=CodeForm())
    place(empty_shelf, lettered, (Concept("12", "دوازده"), Concept("ب-3", "سه")))
    provider = empty_shelf.provider("lettered", "1")

    assert provider.recognise("ب-۳") == ("ب-3",)
    assert provider.recognise("الف") == provider.recognise("یک") == ()


def test_a_code_behind_a_persian_word_is_recognised(herbs):
    """An alias is found although the text begins with letters that no code of the list has."""
    assert herbs.recognise("کد 817") == ("00817",)


def test_what_is_no_code_is_not_recognised(herbs):
    """A spelling of no code gives nothing."""
    assert herbs.recognise("99999") == ()
    assert herbs.recognise("") == ()
    assert herbs.recognise("بابونه") == ()


@pytest.mark.parametrize("title", ["نعناع فلفلی ۵درصد", "peppermint 5%", "پونه"])
def test_a_title_leads_to_its_codes_after_folding(herbs, title):
    """Titles and designations are found in any spelling."""
    assert herbs.titled(title) == ("00126",)


def test_no_title_leads_to_no_code(herbs):
    """Punctuation alone is the title of nothing."""
    assert herbs.titled("!!") == ()
    assert herbs.titled("نعناع") == ()


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        ("active", ["00125", "00126", "00127", "00131", "00817"]),
        ("retired", ["00128", "00130"]),
        ("not-yet-effective", ["00129"]),
        (None, [c.code for c in CONCEPTS]),
    ],
)
def test_a_page_keeps_a_status_as_the_concept_itself_tells_it(herbs, status, codes):
    """The filter of the file and `Concept.status_on` agree."""
    wanted = ConceptFilter(DAY, status=status)

    page = herbs.page(wanted, after=None, limit=100)

    assert [c.code for c in page] == codes
    assert herbs.total(wanted) == len(codes)
    assert all(status is None or c.status_on(DAY) == status for c in page)


def test_pages_follow_each_other_by_key_or_by_number(herbs):
    """`after` is a code; an offset counts rows."""
    wanted = ConceptFilter(DAY)

    assert [c.code for c in herbs.page(wanted, after="00126", limit=2)] == ["00127", "00128"]
    assert [c.code for c in herbs.page(wanted, after=None, limit=2, offset=2)] == ["00127", "00128"]


def test_a_delta_holds_what_changed_and_what_began_or_ended_since(herbs):
    """Changed in a later edition, or its own dates fall between the two days."""
    ended = ConceptFilter(DAY, changed_after=1, dates_from=date(2024, 1, 1))
    later = ConceptFilter(date(2031, 1, 1), changed_after=1, dates_from=date(2029, 1, 1))

    assert [c.code for c in herbs.page(ended, after=None, limit=10)] == ["00130"]
    assert [c.code for c in herbs.page(later, after=None, limit=10)] == ["00129"]
    assert herbs.total(ConceptFilter(DAY, changed_after=0)) == len(CONCEPTS)


def test_a_delta_since_the_first_day_of_time_is_all(herbs):
    """The earliest day has no day before it, and that is no error."""
    assert herbs.total(ConceptFilter(DAY, changed_after=1, dates_from=date.min)) == 1


def test_value_sets_and_children(herbs):
    """A value set holds the codes with its property's value; children name their parent."""
    assert [c.code for c in herbs.page(ConceptFilter(DAY, value_set="green-ones"), after=None, limit=9)] == [
        "00126",
        "00127",
    ]
    assert herbs.in_value_set("00126", "green-ones")
    assert not herbs.in_value_set("00125", "green-ones")
    assert herbs.children("00126") == ["00817"]


def test_no_edition_is_written_through_its_reader(toy_shelf):
    """The connection is read-only."""
    path = toy_shelf.file("herbs", "1")
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM concept")
    connection.close()


def test_a_file_cut_short_while_open_is_an_error_and_no_crash(toy_shelf, herbs):
    """Reading pages that are gone says that the file is torn."""
    with toy_shelf.file("herbs", "1").open("r+b") as stream:
        stream.truncate(4096)

    with pytest.raises(EditionUnreadable, match="000001"):
        herbs.search("بابونه آلمانی", limit=5)
