"""Rows: typed properties, repaired codes, days, titles that are missing, value mappings."""

from datetime import date
from decimal import Decimal

import pytest
from sources import adds_up, concepts, one, said

from maksa.model.concept import Designation


def test_text_in_a_number_column_is_kept(sources):
    """The number stays absent, the text is a property beside it, and the finding says where and what to do."""
    intake = sources.take_rows(
        "code,description,total,anesthesia_base", "300195,a,12,ارزش تام 8 واحد", profile="rvu3"
    )

    concept = one(intake)
    assert concept.values("anesthesia_base") == ()
    assert concept.values("anesthesia_base-text") == ("ارزش تام 8 واحد",)
    assert concept.values("total") == (Decimal(12),)
    (finding,) = said(intake, "text-in-number")
    assert (finding.kind, finding.row, finding.column) == ("note", 2, "anesthesia_base")
    assert finding.mend is not None
    assert "anesthesia_base-text" in {entry.code for entry in intake.lists[0].terminology.properties}


def test_attribute_marks_are_a_set(sources):
    """Marks in any order are the same set; another character is kept as text and told."""
    intake = sources.take_rows(
        "code,description,attribute", "100001,a,+#*", "100002,b,#*+", "100003,c,# !", profile="rvu3"
    )

    by_code = concepts(intake)
    assert by_code["100001"].values("attribute") == by_code["100002"].values("attribute") == ("#", "*", "+")
    assert by_code["100003"].values("attribute") == ("#",)
    assert by_code["100003"].values("attribute-text") == ("# !",)
    assert said(intake, "unknown-value")[0].concept == "100003"


def test_edge_spaces_are_no_repair(sources):
    """A title is trimmed without being called repaired; one note says how many."""
    intake = sources.take_rows("code,description", "100005, عنوان ", profile="rvu3")

    assert one(intake).display == "عنوان"
    assert (intake.counts.accepted, intake.counts.repaired) == (1, 0)
    assert "1 rows" in said(intake, "trimmed")[0].text.en


def test_lost_zeros_are_given_back(sources):
    """A code that lost its zeros is repaired, and so are the codes that it names."""
    intake = sources.take_rows("code,display,replaced_by", "817,a,818", "۰۰۸۱۸,b,", profile="generic-drug")

    assert list(concepts(intake)) == ["00817", "00818"]
    assert concepts(intake)["00817"].replaced_by == "00818"
    assert intake.counts.repaired == 2
    assert len(said(intake, "code-form")) == 3
    assert not said(intake, "dangling-reference")


def test_a_code_that_cannot_be_is_set_aside(sources):
    """A code of another form is set aside with an example of a right one."""
    intake = sources.take_rows("code,display", "12345678,a", "00817,b", profile="generic-drug")

    (finding,) = said(intake, "malformed-code")
    assert (finding.kind, finding.row, finding.concept) == ("set-aside", 2, "12345678")
    assert "00817" in finding.mend.en
    assert adds_up(intake)


def test_a_list_of_uncertain_form_keeps_unfit_codes(sources):
    """Where a profile is not sure of the form, an unfit code is taken and told."""
    intake = sources.take_rows("srvCode,srvName", "ABC,a", profile="tamin-service")

    assert one(intake).code == "ABC"
    assert said(intake, "malformed-code")[0].kind == "note"


def test_a_code_of_marks_alone_is_set_aside(sources):
    """A code that is nothing but invisible marks is none."""
    intake = sources.take_rows("code,display", "\u200f,a", "x" * 257 + ",b", "1,c")

    assert [finding.row for finding in said(intake, "malformed-code")] == [2, 3]


def test_days_and_status(sources):
    """Days are Jalali or ISO, status is read in both languages, and ends may have a transition."""
    intake = sources.take_rows(
        "code,display,status,effective_from,effective_to,transition_until,usage",
        "1,a,غیرفعال,1402/03/27,2024-01-01,14030101,1200",
    )

    concept = one(intake)
    assert (concept.status, concept.usage) == ("retired", 1200)
    assert (concept.effective_from, concept.effective_to) == (date(2023, 6, 17), date(2024, 1, 1))
    assert concept.transition_until == date(2024, 3, 20)


@pytest.mark.parametrize(
    ("cells", "code"),
    [("?,,", "unknown-status"), (",1402/13/01,", "not-a-date"), (",,soon", "not-a-date")],
)
def test_what_would_change_validity_is_not_guessed(sources, cells, code):
    """A status or a day of validity that cannot be read costs the row, with the reason."""
    intake = sources.take_rows("code,display,status,effective_from,effective_to", f"1,a,{cells}", "2,b,,,")

    assert said(intake, code)[0].kind == "set-aside"
    assert list(concepts(intake)) == ["2"]


def test_an_end_before_the_beginning_is_told(sources):
    """Crossed days are kept and told."""
    intake = sources.take_rows("code,display,effective_from,effective_to", "1,a,1403/01/01,1402/01/01")

    assert said(intake, "days-crossed")[0].concept == "1"


@pytest.mark.parametrize("usage", ["many", "-3"])
def test_a_count_that_is_none_is_told(sources, usage):
    """A count of use that is no count is left out."""
    intake = sources.take_rows("code,display,usage", f"1,a,{usage}")

    assert one(intake).usage == 0
    assert said(intake, "text-in-number")


def test_several_parents_and_unknown_ones(sources):
    """Parents are parted by a bar; one that is not in the list is told."""
    intake = sources.take_rows("code,display,parent", "1,a,", "2,b,1|9|1", "3,c,1")

    assert concepts(intake)["2"].parents == ("1", "9")
    (finding,) = said(intake, "dangling-reference")
    assert (finding.row, finding.column) == (3, "parent")


def test_a_known_value_is_mapped_and_another_kept(sources):
    """Persian words of a closed column become its values; an unknown one stays and is told with the known ones."""
    intake = sources.take_rows(
        "code,display,kind",
        "1,a,آمبولانس هوایی",
        "2,b,sea-ambulance",
        "3,c,قطار",
        "4,d,",
        profile="ambulance-resident",
    )

    by_code = concepts(intake)
    assert [by_code[code].values("kind") for code in "1234"] == [
        ("air-ambulance",),
        ("sea-ambulance",),
        ("قطار",),
        (),
    ]
    assert "resident-physician" in said(intake, "unknown-value")[0].mend.en
    assert said(intake, "missing-value")[0].row == 5


def test_a_blank_cell_may_mean_a_value(sources):
    """A laboratory test that is not marked as genetic is none; without the column nothing is said."""
    marked = sources.take_rows("code,display,genetics", "1558-6,a,", "4996-5,b,1", profile="laboratory")
    silent = sources.take_rows("code,display", "1558-6,a", profile="laboratory")

    assert concepts(marked)["1558-6"].values("genetics") == (False,)
    assert concepts(marked)["4996-5"].values("genetics") == (True,)
    assert one(silent).values("genetics") == ()


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("snomed", "45890008", "property-form"),
        ("snomed", "229797004", None),
    ],
)
def test_check_digits_of_properties(sources, column, value, code):
    """A property whose check digit is wrong is kept and told."""
    intake = sources.take_rows(f"part,code,display,{column}", f"time,1,a,{value}", profile="drug-usage")

    assert one(intake).values(column) == (value,)
    assert [finding.code for finding in intake.findings] == ([code] if code else [])


def test_ingredients_are_several(sources):
    """A cell with a separator gives several values."""
    intake = sources.take_rows("code,display,ingredient", "60039,a,x | y|", profile="erx")

    assert one(intake).values("ingredient") == ("x", "y")


def test_a_missing_title(sources):
    """A row without a title is set aside, unless the profile says what stands in for it."""
    generic = sources.take_rows("code,display", "1,", "2,b")
    branded = sources.take_rows("irc,brand,generic", "0123456789012345,ALPEX,X", profile="irc")

    assert said(generic, "missing-title")[0].kind == "set-aside"
    assert one(branded).display == "ALPEX"
    assert said(branded, "missing-title")[0].kind == "note"


def test_the_english_title_is_a_designation(sources):
    """Titles in the other language stand beside the display."""
    intake = sources.take_rows("code,display,display_en", "1,الف,Alpha")

    assert one(intake).designations == (Designation("Alpha", "en", "english"),)


def test_a_cleaned_title_stands_beside_the_published_one(sources):
    """Cleaning adds: the published title is still the display."""
    intake = sources.take(
        'drugAmntCode,drugAmntConcept,drugAmntSumry\n172,"یک چهارم-Tab/Cap\n-Tab/Cap\n",pen&amp;\n',
        "tamin-drug-amount",
    )

    assert one(intake).display == "یک چهارم-Tab/Cap\n-Tab/Cap"
    assert one(intake).designations == (Designation("یک چهارم-Tab/Cap", "fa", "synonym"),)
    assert one(intake).values("form_group") == ("pen&",)
    assert (intake.counts.repaired, len(said(intake, "title-cleaned"))) == (1, 1)


def test_a_code_cannot_be_made_of_nothing(sources):
    """A coefficient without its component is set aside."""
    intake = sources.take_rows("sector,component,rial", "a,,1", "a,b,1", profile="rvu-coefficient")

    assert said(intake, "missing-value")[0].column == "component"
    assert adds_up(intake)
