"""Files of many lists, made of what was seen in messages."""

from sources import adds_up, said

HEADER = "terminology_id_as_sent,element,coded_string,value,times_seen"


def lists(intake):
    """Give the concepts of each list by code."""
    return {
        made.terminology.id: {concept.code: concept for concept in made.concepts} for made in intake.lists
    }


def test_rows_are_grouped_under_canonical_ids(sources):
    """Case, spaces and known misspellings of an id lead to one list, and are told once each."""
    intake = sources.take_rows(
        HEADER,
        "thritaEHR.wardType,Type,010,VIP,1",
        "ThritaEHR.WardType,Type,22,ICU,1",
        "ThritaEHR.WardType,Type,036,CCU,1",
        "thritaEHR.diagnosis.status,Status,1,اولیه,1",
        profile="thrita",
    )

    assert {name: list(codes) for name, codes in lists(intake).items()} == {
        "thritaEHR.wardType": ["010", "022", "036"],
        "thritaEHR.daignosis.status": ["1"],
    }
    assert len(said(intake, "terminology-id-form")) == 2
    assert intake.counts.repaired == 1


def test_the_title_seen_most_often_is_the_display(sources):
    """Other spellings are synonyms, other titles variants; counts add up as usage."""
    intake = sources.take_rows(
        HEADER,
        "thritaEHR.insurer,Insurer,2,خدمات درماني,1",
        "thritaEHR.insurer,Insurer,2,خدمات درمانی,5",
        "thritaEHR.insurer,Other,2,خدمات درمانی,1",
        "thritaEHR.insurer,Insurer,2,سلامت,2",
        profile="thrita",
    )

    concept = lists(intake)["thritaEHR.insurer"]["2"]
    assert (concept.display, concept.usage) == ("خدمات درمانی", 9)
    assert [designation.value for designation in concept.designations] == ["خدمات درماني"]
    assert [variant.display for variant in concept.variants] == ["سلامت"]
    assert concept.values("element") == ("Insurer", "Other")
    assert len(said(intake, "duplicate-code")) == 2
    assert "1 rows" in said(intake, "counted-together")[0].text.en
    assert adds_up(intake)


def test_rows_that_make_no_national_list_are_set_aside(sources):
    """Each reason is told: no list, no code, a registered list, a list with its own profile, a private one."""
    intake = sources.take_rows(
        HEADER,
        ",Coding,1,x,3",
        "thritaEHR.job,Job,,x,1",
        "icd10,Cause,A00,Cholera,1",
        "RVU3,Service,27,x,1",
        "Local,Service,1,x,1",
        "a b,Service,1,x,1",
        "thritaEHR.ordinalTerm,Symbol,شدید,3,2",
        profile="thrita",
    )

    assert [finding.code for finding in intake.findings] == [
        "missing-list",
        "missing-code",
        "registered-by-form",
        "has-own-profile",
        "private-list",
        "malformed-list",
        "code-display-swapped",
    ]
    assert intake.counts.set_aside == 7
    assert intake.lists == ()


def test_an_unknown_id_is_a_list_of_its_own(sources):
    """An id that nobody knows is taken as it was sent, and told once."""
    intake = sources.take_rows(HEADER, "toy.herbs,X,1,mint,1", "TOY.Herbs,X,2,sage,1", profile="thrita")

    assert lists(intake).keys() == {"toy.herbs"}
    assert len(said(intake, "unknown-list")) == 1
