"""Maps: one product, several insurers."""

from datetime import date

import pytest
from sources import adds_up, said

from maksa.errors import BadParameter
from maksa.intake.map_files import MapEnds
from maksa.model.concept import Decision, Mapping

HEADER = "product_key,insurer,generic_code,brand_code,percent"


def test_each_insurer_keeps_its_own_code(sources):
    """Insurer, code and percent stay in their own row, codes with their zeros."""
    intake = sources.take_rows(
        HEADER,
        "metformin,health_insurance,17197,17197,74.631",
        "metformin,armed_forces,817,,93.162",
        profile="insurer-generic-code",
    )

    assert intake.lists[0].mappings == (
        Mapping(
            "product",
            "metformin",
            "generic-drug",
            "17197",
            condition="insurer=health_insurance",
            comment="brand_code=17197; percent=74.631",
            row=2,
        ),
        Mapping(
            "product",
            "metformin",
            "generic-drug",
            "00817",
            condition="insurer=armed_forces",
            comment="percent=93.162",
            row=3,
        ),
    )
    assert intake.lists[0].concepts == ()
    assert said(intake, "code-form")[0].concept == "metformin"


def test_one_insurer_with_two_codes_is_told(sources):
    """The same key with another target is told and kept; the same row again is told and adds nothing."""
    intake = sources.take_rows(
        HEADER, "m,tamin,17106,,70", "m,tamin,17107,,70", "m,tamin,17106,,70", profile="insurer-generic-code"
    )

    assert len(intake.lists[0].mappings) == 2
    assert said(intake, "duplicate-code")[0].row == 3
    assert said(intake, "duplicate-row")[0].row == 4
    assert adds_up(intake)


@pytest.mark.parametrize(
    ("row", "code"),
    [("m,,17106,,", "missing-value"), ("m,tamin", "missing-value"), ("m,tamin,1234567,,", "malformed-code")],
)
def test_a_row_of_a_map_that_cannot_be_taken(sources, row, code):
    """A row without one of its ends, or with a code that cannot be, is set aside."""
    intake = sources.take_rows(HEADER, row, "n,tamin,17106,,70", profile="insurer-generic-code")

    assert said(intake, code)[0].kind == "set-aside"
    assert adds_up(intake)


def test_a_source_or_target_over_two_lines_is_set_aside(sources):
    """Rows that ran together in a map are no code either."""
    header, row = "product_key,insurer,generic_code", '"a\nb",x,00817'

    intake = sources.take_rows(header, row, 'c,x,"00817\n1"', "d,x,00817", profile="insurer-generic-code")

    assert [finding.row for finding in said(intake, "line-break-in-code")] == [2, 3]
    assert [mapping.source_code for mapping in intake.lists[0].mappings] == ["d"]


STANDARD = (
    "source_list,source,target_list,target,relationship,condition,comment,decided_by,decided_on,reason,letter"
)


def any_map(sources, *rows, **options):
    """Take in rows of the standard columns as a map of any lists."""
    return sources.take_rows(STANDARD, *rows, profile="generic-map", terminology="toy-map", **options)


def test_any_map_is_read_under_the_standard_columns(sources):
    """Each row names its lists; condition and comment stay as they are, and a decision has all its parts."""
    intake = any_map(sources, "a,1,b,x,wider,age=adult,note,Dr. Rah,1404/01/05,seen,110/1")

    decision = Decision("Dr. Rah", date(2025, 3, 25), "seen", "110/1")
    relationship = "source-is-narrower-than-target"
    assert intake.lists[0].mappings == (
        Mapping("a", "1", "b", "x", relationship, "age=adult", "note", 2, decision),
    )


@pytest.mark.parametrize("row", ["a,1,b,no-map", "a,1,b,,no-map", "a,1,b,بدون نگاشت", "a,1,b,,unmatched"])
def test_no_map_is_a_value(sources, row):
    """As a word in place of the target, or an empty target with its relationship."""
    assert any_map(sources, row).lists[0].mappings[0].target_code is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a,1,b,", "missing-value"),
        ("a,1,b,x,no-map", "no-map-with-target"),
        ("a,1,b,x,cousin", "unknown-relationship"),
        (",1,b,x", "missing-list"),
        ("a,1,b?,x", "malformed-list"),
    ],
)
def test_a_row_that_contradicts_itself_is_set_aside(sources, row, code):
    """Its reason, column and mend are told."""
    intake = any_map(sources, row, "a,2,b,y")

    [finding] = said(intake, code)
    assert finding.kind == "set-aside"
    assert finding.mend
    assert adds_up(intake)


@pytest.mark.parametrize("second", ["a,1,b,no-map", "a,1,b,x,wider"])
def test_rows_that_cannot_both_be_right_are_told_and_kept(sources, second):
    """A target beside "no map", or the same target in another relationship."""
    intake = any_map(sources, "a,1,b,x", second)

    assert said(intake, "contradiction")[0].row == 3
    assert len(intake.lists[0].mappings) == 2


def test_an_incomplete_decision_is_kept_as_a_comment(sources):
    """Nothing of it is lost, and what is missing is named."""
    intake = any_map(sources, "a,1,b,x,,,note,Dr. Rah,,seen,")

    [mapping] = intake.lists[0].mappings
    assert mapping.decision is None
    assert mapping.comment == "note; decided_by=Dr. Rah; reason=seen"
    assert "decided_on" in said(intake, "decision-incomplete")[0].text.en


def test_the_import_names_the_lists_that_the_rows_do_not(sources):
    """A table of two columns is enough."""
    intake = sources.take_rows(
        "source,target", "1,x", profile="generic-map", terminology="m", ends=MapEnds("a", "b")
    )

    assert intake.lists[0].mappings == (Mapping("a", "1", "b", "x", row=2),)


@pytest.mark.parametrize(
    ("profile", "ends"),
    [("rvu3", MapEnds("a")), ("irc-erx", MapEnds("RVU3")), ("irc-erx", MapEnds(None, "RVU3"))],
)
def test_a_list_that_is_no_end_is_refused(sources, profile, ends):
    """The known ones are named."""
    with pytest.raises(BadParameter):
        sources.take_rows("source,target", "1,x", profile=profile, ends=ends)


def test_a_source_is_of_the_first_list_whose_form_it_fits(sources):
    """The maps of imaging know services by LOINC number and by the code of the list."""
    intake = sources.take_rows("code,rvu", "30799-1,702565", "030799-100,702565", profile="imaging-rvu3")

    assert [m.source_terminology for m in intake.lists[0].mappings] == ["LOINC", "imaging"]


def test_codes_of_both_ends_have_the_form_of_their_list(sources):
    """Lost zeros come back; a wrong check digit costs the row."""
    intake = sources.take_rows("erx_code,generic_code", "60039,817", "6003,70001", profile="erx-generic-drug")

    assert [m.target_code for m in intake.lists[0].mappings] == ["00817"]
    assert said(intake, "code-form")[0].row == 2
    assert said(intake, "malformed-code")[0].row == 3
