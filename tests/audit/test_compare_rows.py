"""A party's list is read whole: each code with all its rows, and what was not taken told apart."""

from __future__ import annotations

from datetime import date

import pytest

from maksa.audit import compare_rows
from maksa.audit.compare_rows import read_their_list
from maksa.errors import BadParameter, TooLarge
from maksa.intake.profile import load_profile


@pytest.fixture
def read(tmp_path):
    """Write a list and read it."""

    def run(*lines, profile="generic", terminology="herbs", **how):
        path = tmp_path / "theirs.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_their_list(path, load_profile(profile), terminology, day=date(2025, 1, 1), **how)

    return run


def test_a_code_has_all_its_rows(read):
    """Other content is a further row of the same code; an identical row is repeated."""
    theirs = read("code,display", "1,a", "1,b", "2,c", "2,c", ",d")

    assert [(one.code, one.rows, one.titles) for one in theirs.codes] == [
        ("1", (2, 3), (("a",), ("b",))),
        ("2", (4,), (("c",),)),
    ]
    assert (theirs.read, theirs.set_aside, theirs.repeated) == (5, 1, 1)
    assert theirs.findings[0].row == 6


def test_titles_may_be_missing(read):
    """A price list of codes alone is read; a code is no title."""
    theirs = read("code,property:total", "1,5")

    assert theirs.codes[0].titles == ()
    assert theirs.codes[0].values == {"total": ("5",)}


def test_what_they_ended_themselves_is_apart(read):
    """By their status or by their dates."""
    theirs = read("code,display,status,effective_to", "1,a,retired,", "2,b,,2020-01-01", "3,c,,2030-01-01")

    assert theirs.ended == {"1": (2,), "2": (3,)}
    assert [one.code for one in theirs.codes] == ["3"]


def test_their_own_headers_are_named(read):
    """By the standard name of a column."""
    theirs = read("کد خدمت,نام خدمت", "1,a", columns={"code": "کد خدمت", "display": "نام خدمت"})

    assert theirs.codes[0].titles == (("a",),)


def test_a_map_gives_codes_of_products_under_one_condition(read):
    """Other conditions and products without a code are passed over."""
    lines = (
        "source_list,source,target_list,target,condition,relationship",
        "product,p1,herbs,00125,x,",
        "product,p1,herbs,00126,y,",
        "product,p2,herbs,no-map,x,",
    )
    theirs = read(*lines, profile="generic-map", condition="X")

    assert [(one.code, one.product.code, one.rows) for one in theirs.codes] == [("00125", "p1", (2,))]
    assert theirs.passed_over == 2
    with pytest.raises(BadParameter, match="has no row under 'z'"):
        read(*lines, profile="generic-map", condition="z")


def test_a_condition_is_for_maps(read):
    """A list has none."""
    with pytest.raises(BadParameter):
        read("code,display", "1,a", condition="x")


def test_one_list_of_a_file_of_many(read):
    """The one that is compared is taken, and a file without it is refused."""
    lines = ("terminology_id,code,value,count", "thritaEHR.a,1,x,1", "thritaEHR.b,2,y,1")
    found = {"profile": "thrita"}
    theirs = read(*lines, terminology="thritaEHR.b", **found)

    assert [one.code for one in theirs.codes] == ["2"]
    with pytest.raises(BadParameter):
        read(*lines, terminology="herbs", **found)


def test_a_list_over_its_bound_is_refused(read, monkeypatch):
    """With the mend: in parts."""
    monkeypatch.setattr(compare_rows, "MAX_CODES", 1)
    with pytest.raises(TooLarge, match="in parts"):
        read("code,display", "1,a", "2,b")
