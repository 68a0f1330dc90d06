"""Headers: standard ones, aliases, `--columns`, and what cannot be matched."""

import pytest
from sources import concepts, one, said

from maksa.errors import BadParameter, IntakeError


def test_persian_headers_are_known(sources):
    """The headers of the official sheet are aliases, in any spelling that folds to them."""
    intake = sources.take_rows(
        "کدملی (Code),ويژگی كد,شرح کد (Value),توضیحات,کل,حرفه ای,فنی,ارزش پایه بیهوشی",
        "100005,#*,آسپیراسیون,,3.8,3.8,,0",
        profile="rvu3",
    )

    assert one(intake).values("attribute") == ("#", "*")
    assert one(intake).values("professional") == one(intake).values("total")


def test_a_missing_column_names_itself_the_headers_and_the_mend(sources):
    """A required column that is not there ends the import with what was found and what to do."""
    with pytest.raises(IntakeError) as caught:
        sources.take_rows("code,titel", "1,a")

    error = caught.value
    assert (error.row, error.column, error.known) == (1, "display", ("code", "titel"))
    assert "'titel'" in error.text.en
    assert "--columns" in error.mend.en
    assert "عنوان" in error.mend.en


def test_columns_maps_other_headers(sources):
    """A standard header, or what a column becomes, may be named for any header of the file."""
    intake = sources.take_rows(
        "Nr,Titel,code", "1,a,x", columns={"code": "Nr", "display": "titel", "property:old": "code"}
    )

    assert one(intake).code == "1"
    assert one(intake).display == "a"
    assert one(intake).values("old") == ("x",)


def test_columns_may_name_the_target(sources):
    """The display column of RVU3 is called description; display names it too."""
    intake = sources.take_rows("code,T", "100005,a", profile="rvu3", columns={"display": "T"})

    assert one(intake).display == "a"


def test_columns_with_a_header_that_is_not_there(sources):
    """A header that the file does not have is an error that names those it has."""
    with pytest.raises(IntakeError, match="no header 'Y'") as caught:
        sources.take_rows("code,display", "1,a", columns={"display": "Y"})

    assert caught.value.known == ("code", "display")


def test_columns_with_a_column_that_is_not_there(sources):
    """A column that the profile does not have is an error that names those it has."""
    with pytest.raises(BadParameter, match="no column 'colour'") as caught:
        sources.take_rows("code,display", "1,a", profile="rvu3", columns={"colour": "code"})

    assert caught.value.parameter == "columns"
    assert "description" in caught.value.known


def test_a_header_that_stands_twice_is_an_error(sources):
    """Two columns of one name cannot be told apart."""
    with pytest.raises(IntakeError, match="stands twice"):
        sources.take_rows("code,display,Display", "1,a,b")


def test_an_unknown_column_is_told(sources):
    """A column without a place in the profile is told and not silently dropped."""
    intake = sources.take_rows("code,display,colour,", "1,a,red,", profile="generic-drug")

    (finding,) = said(intake, "unknown-column")
    assert (finding.kind, finding.row) == ("note", None)
    assert "'colour'" in finding.text.en


def test_open_properties_of_a_generic_list(sources):
    """A column property:NAME of a generic list becomes a property; its definition comes with it."""
    intake = sources.take_rows("code,display,Property:Colour,property:", "1,a,red,x")

    assert one(intake).values("Colour") == ("red",)
    assert [entry.code for entry in intake.lists[0].terminology.properties] == ["Colour"]
    assert "'property:'" in said(intake, "unknown-column")[0].text.en


def test_the_code_may_be_the_loinc_number(sources):
    """A laboratory list has a code, a LOINC number, or both; the English title may be the only one."""
    only = sources.take_rows("loinc,english", "1558-6,FBS", profile="laboratory")
    both = sources.take_rows("code,loinc,display,english", "800400,1558-6,قند,FBS", profile="laboratory")

    assert (one(only).code, one(only).display, one(only).values("loinc")) == ("1558-6", "FBS", ("1558-6",))
    assert list(concepts(both)) == ["800400"]
    assert one(both).values("loinc") == ("1558-6",)
    assert one(both).designations[0].value == "FBS"
