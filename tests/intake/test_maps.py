"""Maps: one product, several insurers."""

import pytest
from sources import adds_up, said

from maksa.model.concept import Mapping

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
