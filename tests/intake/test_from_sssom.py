"""SSSOM mapping sets: prefixes become lists, authors decisions, and NoTermFound "no map"."""

import pytest
from sources import adds_up, said

from maksa.errors import IntakeError
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.concept import Decision

COLUMNS = "subject_id\tpredicate_id\tobject_id"
METADATA = (
    "#curie_map:\n#  LN: http://loinc.org/\n#  R: urn:maksa:list:RVU3\n#mapping_set_id: x:y\n"
    '#mapping_date: "2024-05-01"\n'
)


@pytest.fixture
def take(sources):
    """Take in a mapping set as the map of laboratory tests."""

    def take(content, profile="laboratory-rvu3"):
        return take_in(sources.write(content, "map.tsv"), load_profile(profile))

    return take


def rows(intake):
    """Give source, target and relationship of each row."""
    return [
        (m.source_terminology, m.source_code, m.target_terminology, m.target_code, m.relationship)
        for m in intake.lists[0].mappings
    ]


def test_prefixes_become_lists(take):
    """A prefix is the id of a list, or its URI says which list it is."""
    intake = take(
        f"{METADATA}{COLUMNS}\nLN:718-7\tskos:exactMatch\tR:802010\nlaboratory:718-7\tskos:broadMatch\tRVU3:802010\n"
    )

    assert rows(intake) == [
        ("LOINC", "718-7", "RVU3", "802010", "equivalent"),
        ("laboratory", "718-7", "RVU3", "802010", "source-is-narrower-than-target"),
    ]
    assert intake.source.format == "sssom"
    assert [m.row for m in intake.lists[0].mappings] == [7, 8]


def test_a_set_without_metadata_is_recognised_by_its_columns(take):
    """The metadata may stand in a file of its own."""
    assert rows(take(f"{COLUMNS}\nLOINC:718-7\tskos:exactMatch\tRVU3:802010\n"))[0][0] == "LOINC"


def test_no_term_found_is_a_decided_no_map(take):
    """The row names the list in which there is nothing."""
    intake = take(f"{COLUMNS}\tobject_source\nLOINC:718-7\tskos:exactMatch\tsssom:NoTermFound\tmaksa:RVU3\n")

    assert rows(intake) == [("LOINC", "718-7", "RVU3", None, "not-related-to")]


def test_a_whole_address_is_parted_by_the_namespaces(take):
    """The longest namespace of the prefixes says the list; an address of none is no code of another list."""
    intake = take(
        f"{METADATA}{COLUMNS}\nhttp://loinc.org/718-7\thttp://www.w3.org/2004/02/skos/core#exactMatch\tR:802010\n"
        "https://example.org/loinc/718-7\tskos:exactMatch\tR:802010\n"
    )

    assert rows(intake) == [("LOINC", "718-7", "RVU3", "802010", "equivalent")]
    [finding] = said(intake, "wrong-list")
    assert "'https://example.org/loinc'" in finding.text.en


def test_an_author_with_a_day_is_a_decision(take):
    """The day may be that of the whole set; the justification is the reason that a foreign set gives."""
    intake = take(
        f"{METADATA}{COLUMNS}\tauthor_id\tmapping_justification\n"
        "LN:718-7\tskos:exactMatch\tR:802010\torcid:1\\|2|orcid:3\tsemapv:ManualMappingCuration\n"
    )

    decision = intake.lists[0].mappings[0].decision
    assert isinstance(decision, Decision)
    assert decision.by == "orcid:1|2، orcid:3"
    assert decision.on.isoformat() == "2024-05-01"
    assert decision.why == "semapv:ManualMappingCuration"


def test_a_negated_predicate_says_that_they_are_not_related(take):
    """The modifier Not turns any predicate around."""
    intake = take(f"{COLUMNS}\tpredicate_modifier\nLOINC:718-7\tskos:exactMatch\tRVU3:802010\tNot\n")

    assert rows(intake)[0][4] == "not-related-to"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("LOINC:718-7\tskos:cousin\tRVU3:802010", "unknown-relationship"),
        ("CHEBI:1\tskos:exactMatch\tRVU3:802010", "wrong-list"),
        ("LOINC:718-8\tskos:exactMatch\tRVU3:802010", "malformed-code"),
        ("LOINC:718-7\tskos:exactMatch\t", "missing-value"),
    ],
)
def test_a_row_that_cannot_be_taken_is_set_aside(take, row, code):
    """Each has its reason, its row and its column."""
    intake = take(f"{COLUMNS}\n{row}\nLOINC:718-7\tskos:exactMatch\tRVU3:802010\n")

    [finding] = said(intake, code)
    assert (finding.kind, finding.row) == ("set-aside", 2)
    assert adds_up(intake)


def test_a_set_needs_its_three_columns(take):
    """Without one of them it is no mapping set."""
    with pytest.raises(IntakeError, match="predicate_id"):
        take("#curie_map:\nsubject_id\tobject_id\nLOINC:718-7\tRVU3:802010\n")
