"""Gathering: doubled rows, doubled codes, cited codes."""

from sources import adds_up, concepts, one, said


def test_an_identical_row_is_one_concept(sources):
    """A row that repeats another word for word is told, and adds nothing."""
    intake = sources.take_rows("code,display", "1,a", "1,a")

    assert one(intake).variants == ()
    assert said(intake, "duplicate-row")[0].row == 3
    assert intake.lists[0].rows == 2
    assert adds_up(intake)


def test_a_doubled_code_keeps_all_its_rows(sources):
    """Another content under the same code is a variant, and the finding names both rows and what differs."""
    intake = sources.take_rows(
        "code,description,total,technical", "400770,a,160,", "400770,a,91,", "400770,a,91,", profile="rvu3"
    )

    (variant,) = one(intake).variants
    assert (variant.row, str(variant.properties[0].value)) == (3, "91")
    (finding,) = said(intake, "duplicate-code")
    assert (finding.kind, finding.row, finding.concept) == ("note", 3, "400770")
    assert "row 2" in finding.text.en
    assert "differs in: total" in finding.text.en
    assert said(intake, "duplicate-row")[0].row == 4


def test_a_row_that_differs_in_its_status_is_told(sources):
    """What a variant does not hold is named in the finding."""
    intake = sources.take_rows("code,display,status", "1,a,active", "1,a,retired")

    assert "status" in said(intake, "duplicate-code")[0].text.en


def test_cited_codes_that_do_not_exist_are_told(sources):
    """Notes and titles send the reader to other codes; each that is missing is told once a row."""
    intake = sources.take_rows(
        "code,description,notes",
        '100005,"a به کد 100011","به کدهای 100010 و 100099 و 100099"',
        "100010,b,",
        profile="rvu3",
    )

    found = said(intake, "dangling-reference")
    assert [(finding.column, finding.row) for finding in found] == [("description", 2), ("notes", 2)]
    assert "100099" in found[1].text.en


def test_a_successor_that_does_not_exist_is_told(sources):
    """A code that is replaced by none of the list is told."""
    intake = sources.take_rows("code,display,replaced_by", "1,a,2", "3,b,1")

    assert [finding.row for finding in said(intake, "dangling-reference")] == [2]
    assert concepts(intake)["3"].replaced_by == "1"
