"""A party's list against the reference: every kind of difference, every row, and suggestions that nobody took."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maksa.audit import compare_codes, compare_reference
from maksa.audit.compare_list import compare
from maksa.audit.compare_rows import read_their_list
from maksa.errors import BadParameter, TooLarge, UnknownTerminology
from maksa.intake.profile import load_profile
from maksa.model.concept import Concept, Mapping, Property, Terminology
from maksa.terminology.service import LocalTerminology
from maksa.text import Text
from toy import CONCEPTS, HERBS, place

DAY = date(2025, 6, 1)
PRODUCTS = Terminology("herb-products", Text("فراورده‌ها", "products"), kind="map")
DRUGS = (
    Concept("50001", "Mintol 500 mg tablet oral", changed=1),
    Concept("50002", "Mintol 250 mg tablet oral", changed=1),
    Concept("50003", "Thymex syrup", changed=1),
    Concept("50004", "thymex Syrup", changed=1),
)


@pytest.fixture
def compared(empty_shelf, tmp_path):
    """Compare the rows of a list with the herbs, as a part of it unless told otherwise."""
    place(empty_shelf, concepts=(*CONCEPTS, *DRUGS))

    def run(*rows, header="code,display", partial=True, profile="generic", on=DAY, **how):
        path = tmp_path / "theirs.csv"
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        theirs = read_their_list(path, load_profile(profile), "herbs", day=on, **how)
        return compare(LocalTerminology(empty_shelf), theirs, "herbs", on=on, partial=partial)

    run.shelf = empty_shelf
    return run


def kinds(comparison):
    """Give the differences by kind and code."""
    return [(one.kind, one.code) for one in comparison.differences]


def offered(difference):
    """Give the codes that are suggested."""
    return [suggestion.coding.code for suggestion in difference.suggestions]


def test_what_folding_makes_the_same_is_no_difference(compared):
    """Arabic letters, spaces and any title of the code agree."""
    answer = compared("00126,نعناع  فلفلی ۵ درصد", "00125,German Chamomile", "00127,آويشن")

    assert not answer.differences
    assert answer.rows.agreeing == answer.rows.read == 3


def test_what_they_lack_is_told_only_of_a_whole_list(compared):
    """Active codes alone: what is retired or not yet effective is missed by nobody."""
    rows = ("00125,بابونه آلمانی", "00126,پونه", "50001,Mintol 500 mg tablet oral")

    assert not compared(*rows).differences
    assert kinds(compared(*rows, partial=False)) == [
        ("not-in-their-list", code) for code in ("00127", "00131", "00817", "50002", "50003", "50004")
    ]


def test_a_code_of_theirs_alone_has_ranked_suggestions(compared):
    """Titles that are alike come best first, each with its evidence."""
    [one] = compared("90000,نعنا فلفلی تازه و خشک").differences

    assert (one.kind, one.rows, one.ours) == ("not-in-reference", (2,), ())
    assert offered(one)[0] == "00817"
    scores = [suggestion.score for suggestion in one.suggestions]
    assert scores == sorted(scores, reverse=True)
    assert "% alike" in one.suggestions[0].evidence[0].en


def test_a_code_without_a_title_is_asked_of_validation(compared):
    """What it may be meant for comes with the reason; beyond a bound that is not sought, and told."""
    [one] = compared("00125,بابونه آلمانی", "00128x,").differences

    assert one.kind == "not-in-reference"
    assert one.theirs.display is None
    assert "00127" in offered(one)
    assert "cannot be a code of herbs" in one.suggestions[0].evidence[0].en


def test_codes_for_which_nothing_was_sought_are_counted(compared, monkeypatch):
    """The bound is no silence."""
    monkeypatch.setattr(compare_codes, "_MOST_ASKED", 1)

    assert compared("90001,", "90002,", "90003,").not_sought == 2


def test_retired_yet_used_names_the_replacement(compared):
    """With its title, and the edition as evidence."""
    [one] = compared("00128,آویشن کوهی").differences

    assert one.kind == "retired"
    assert one.suggestions[0].coding.display == "آویشن"
    assert "replacement in herbs" in one.suggestions[0].evidence[0].en


def test_the_day_decides(compared):
    """Used before its time on one day, rightly used on another."""
    assert kinds(compared("00129,زعفران")) == [("not-yet-effective", "00129")]
    assert not compared("00129,زعفران", on=date(2031, 1, 1)).differences


def test_another_title_is_told_with_its_likeness(compared):
    """Both sides stand beside each other."""
    [one] = compared("00817,نعنا فلفلی خشک").differences

    assert one.kind == "title-differs"
    assert (one.theirs.display, one.ours[0].display) == ("نعنا فلفلی خشک", "نعنا فلفلی تازه")
    assert "% alike" in one.said.en


def test_strengths_that_differ_are_told_as_such(compared):
    """In one unit: 0.5 g is 500 mg; another amount is another drug, whose code is suggested."""
    assert kinds(compared("50001,Mintol 0.5 g tablet oral coated")) == [("title-differs", "50001")]

    [one] = compared("50001,Mintol 100 mg tablet oral").differences
    assert one.kind == "strength-differs"
    assert (one.theirs.detail, one.ours[0].detail) == ("100 mg", "500 mg")
    assert "50001" not in offered(one)

    both = compared("50001,Somniferol 100 mg tablet oral")
    assert kinds(both) == [("strength-differs", "50001"), ("title-differs", "50001")]


def test_the_title_of_another_code_means_another_code(compared):
    """The same product under another code, here or unknown here; the code that has the title is offered."""
    answer = compared("00125,آویشن", "90000,گل  بابونه", "90001,زعفران")
    assert kinds(answer)[0] == ("code-differs", "00125")
    assert offered(answer.differences[0]) == ["00127"]

    [one] = [one for one in compared("90000,آویشن").differences if one.code == "90000"]
    assert (one.kind, offered(one)) == ("code-differs", ["00127"])


def test_a_code_that_lost_its_zeros_is_written_otherwise(compared):
    """It is recognised, told, and compared in its right spelling."""
    [one] = compared("۸۱۷,نعنا فلفلی تازه").differences

    assert one.kind == "code-differs"
    assert one.ours[0].code == "00817"


def test_a_code_found_elsewhere_is_not_missing(compared):
    """What they have under another code is one difference, not two."""
    answer = compared("90000,آویشن", partial=False)

    assert ("not-in-their-list", "00127") not in kinds(answer)


def test_one_of_theirs_for_several_of_ours(compared):
    """By title here, by the titles of their own rows there."""
    assert ("one-to-many", "90000") in kinds(compared("90000,THYMEX SYRUP"))

    answer = compared("00125,بابونه آلمانی", "00125,آویشن")
    [one] = [one for one in answer.differences if one.kind == "one-to-many"]
    assert one.rows == (2, 3)
    assert [side.code for side in one.ours] == ["00125", "00127"]


def test_several_of_theirs_for_one_of_ours(compared):
    """Each of their codes says so."""
    answer = compared("00127,آویشن", "90000,آویشن")

    assert [one.code for one in answer.differences if one.kind == "one-to-many"] == ["00127", "90000"]


def test_titles_that_two_codes_share_here_are_no_difference(compared):
    """The reference's own ambiguity is not theirs."""
    assert not compared("50003,Thymex syrup", "50004,Thymex syrup").differences


def test_values_are_compared_as_decimals(compared):
    """In any digits; one of several rows of the reference is enough; text where a number is expected is told."""
    header = "code,display,property:dose"
    same = compared("00125,بابونه آلمانی,۲٫۵", "00131,سنبل الطیب,91", '00126,پونه,""', header=header)
    assert not same.differences

    answer = compared("00125,بابونه آلمانی,2.51", "00131,سنبل الطیب,دارد", "00126,پونه,1", header=header)
    told = {one.code: (one.theirs.detail, one.ours[0].detail) for one in answer.differences}
    assert {one.kind for one in answer.differences} == {"value-differs"}
    assert told == {
        "00125": ("dose = 2.51", "dose = 2.5"),
        "00131": ("dose = دارد", "dose = 160 | 91"),
        "00126": ("dose = 1", "dose = -"),
    }


@pytest.mark.parametrize("written", ["2.500", "۲/۵", "2,500", "1e999999999", "NaN", "9" * 5_000])
def test_a_value_is_a_plain_number_or_told_as_it_is_written(compared, written):
    """No exponent, nothing that is no number, and nothing long is computed with."""
    answer = compared(f'00125,بابونه آلمانی,"{written}"', header="code,display,property:dose")

    assert bool(answer.differences) == (written != "2.500")
    assert all(len(one.theirs.detail) < 100 for one in answer.differences)


def test_thousands_may_stand_apart(compared):
    """As price lists write them."""
    place(
        compared.shelf,
        concepts=(Concept("00125", "x", properties=(Property("dose", Decimal(37900)),)),),
        edition="9",
        sequence=9,
    )

    for written in ("37,900", "۳۷٬۹۰۰", "37900.0"):
        assert not compared(f'00125,x,"{written}"', header="code,display,property:dose").differences


def test_retired_without_a_replacement_is_searched_for(compared):
    """Titles that are alike are offered."""
    place(
        compared.shelf,
        concepts=(Concept("1", "آویشن", status="retired"), Concept("2", "آویشن تازه")),
        edition="9",
        sequence=9,
    )

    [one] = compared("1,آویشن").differences
    assert (one.kind, offered(one)) == ("retired", ["2"])


def test_maps_from_a_list_of_their_own_tell_the_code(compared):
    """By title and by map is one difference with both as evidence; a list that no map knows is asked once."""
    rows = (Mapping("own", "k1", "herbs", "00127"), Mapping("own", "k2", "herbs", "00126"))
    place(compared.shelf, PRODUCTS, (), mappings=rows)
    path = compared.shelf.folder_of("herbs").parent / "own.csv"
    path.write_text("code,display\nk1,آویشن\nk2,x\nk3,\n", encoding="utf-8")
    theirs = read_their_list(path, load_profile("generic"), "herbs", day=DAY)
    service = LocalTerminology(compared.shelf)

    answer = compare(service, replace(theirs, id="own"), "herbs", on=DAY, partial=True)
    assert kinds(answer) == [("code-differs", "k1"), ("code-differs", "k2"), ("not-in-reference", "k3")]
    assert [text.en for text in answer.differences[0].suggestions[0].evidence] == [
        "same title",
        "map herb-products, edition 1",
    ]
    alone = compare(service, replace(theirs, id="unheard-of"), "herbs", on=DAY, partial=True)
    assert kinds(alone)[0] == ("code-differs", "k1")


def test_a_map_tells_another_code_for_the_same_product(compared):
    """A list of products by code is compared by the map, whichever insurer's row disagrees."""
    rows = (
        Mapping("product", "p1", "herbs", "00125", condition="insurer=x"),
        Mapping("product", "p1", "herbs", "00127", condition="insurer=y"),
        Mapping("product", "p2", "herbs", "00126", condition="insurer=x"),
        Mapping("product", "p3", "herbs", "00128", condition="insurer=y"),
    )
    place(compared.shelf, PRODUCTS, (), mappings=rows)

    answer = compared(
        "herbs,product,p1,00125,x",
        "herbs,product,p2,00126,x",
        "herbs,product,p3,00126,x",
        "herbs,product,p1,00127,y",
        header="target_list,source_list,source,target,condition",
        profile="generic-map",
        condition="x",
    )
    found = {(one.kind, one.code, one.product): one for one in answer.differences}
    [differs] = [one for one in answer.differences if one.kind == "code-differs"]
    assert (differs.code, differs.product, offered(differs)) == ("00125", "p1", ["00127"])
    assert "insurer=y" in differs.suggestions[0].evidence[0].en
    assert {key[1:] for key in found if key[0] == "one-to-many"} == {("00126", "p2"), ("00126", "p3")}
    assert (answer.rows.passed_over, answer.rows.differing) == (1, 3)


def test_what_cannot_be_compared_is_an_error(compared, monkeypatch):
    """No such list, a map, a list known by its form only, or more differences than are kept."""
    place(compared.shelf, PRODUCTS, (), mappings=(Mapping("product", "p1", "herbs", "00125"),))
    service = LocalTerminology(compared.shelf)
    theirs = read_theirs(compared)
    for name, error in (
        ("nowhere", UnknownTerminology),
        ("herb-products", BadParameter),
        ("ICD10", BadParameter),
    ):
        with pytest.raises(error):
            compare(service, theirs, name, on=DAY)
    monkeypatch.setattr(compare_reference, "MAX_DIFFERENCES", 2)
    with pytest.raises(TooLarge):
        compare(service, theirs, "herbs", on=DAY)


def read_theirs(compared):
    """Read a list of one code."""
    path = compared.shelf.folder_of("herbs").parent / "one.csv"
    path.write_text("code,display\n00125,x\n", encoding="utf-8")
    return read_their_list(path, load_profile("generic"), "herbs", day=DAY)


CODES = st.sampled_from(["00125", "126", "00128", "90000", "", "x" * 300, "50001"])
TITLES = st.sampled_from(["بابونه آلمانی", "آویشن", "THYMEX SYRUP", "Mintol 250 mg", "", "؟!"])
STATUSES = st.sampled_from(["active", "retired"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CODES, TITLES, STATUSES), min_size=1, max_size=12))
def test_every_row_has_one_fate(compared, rows):
    """Whatever the list: the counts add up, and every row that differs is named by a difference."""
    answer = compared(*(",".join(row) for row in rows), header="code,display,status")
    counts = answer.rows
    fates = (
        counts.set_aside, counts.passed_over, counts.repeated, counts.ended, counts.agreeing, counts.differing,
    )  # fmt: skip

    assert counts.read == sum(fates)
    assert min(fates) >= 0
    assert counts.differing == len({row for one in answer.differences for row in one.rows})
    keys = [(one.code, one.product, one.kind) for one in answer.differences]
    assert len(keys) == len(set(keys))


def test_the_reference_is_what_is_in_force_on_the_day(compared):
    """A later edition is not asked before its day."""
    later = (*CONCEPTS, Concept("00900", "مرزنجوش", changed=2))
    place(compared.shelf, replace(HERBS), later, edition="2", sequence=2, effective=date(2026, 1, 1))

    assert kinds(compared("00900,مرزنجوش")) == [("not-in-reference", "00900")]
    assert not compared("00900,مرزنجوش", on=date(2026, 2, 1)).differences
