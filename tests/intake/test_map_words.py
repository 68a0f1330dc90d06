"""The words of maps: relationships of all formats, "no map", and conditions in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.intake.map_words import (
    EQUIVALENCES,
    PREDICATES,
    condition_of,
    condition_parts,
    means_no_map,
    relationship_of,
)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("equivalent", "equivalent"),
        ("wider", "source-is-narrower-than-target"),
        ("skos:narrowMatch", "source-is-broader-than-target"),
        ("معادل", "equivalent"),
        ("unmatched", "not-related-to"),
        ("owl:equivalentClass", "equivalent"),
        ("rdfs:subClassOf", "source-is-narrower-than-target"),
        ("http://www.w3.org/2004/02/skos/core#broadMatch", "source-is-narrower-than-target"),
    ],
)
def test_the_words_of_each_format_are_known(word, name):
    """FHIR R5 and R4, SKOS, OWL, RDFS and Persian say the same things, with a prefix or as a whole address."""
    found = relationship_of(word)

    assert (found.name, found.exact) == (name, True)


def test_a_word_that_says_more_is_marked():
    """What is lost by a relationship is told by whoever reads it."""
    assert relationship_of("skos:closeMatch") == ("related-to", False)
    assert relationship_of("oboInOwl:hasDbXref") == ("related-to", False)
    assert relationship_of("cousin") is None


@pytest.mark.parametrize("table", [EQUIVALENCES, PREDICATES])
def test_every_written_word_is_read_as_what_it_was(table):
    """Export and import speak the same words."""
    assert {relationship_of(word).name: word for word in table.values()} == table


@pytest.mark.parametrize("word", ["no-map", "NO MAP", "بدون نگاشت", "sssom:NoTermFound"])
def test_no_map_is_a_word(word):
    """It is written in any of these ways."""
    assert means_no_map(word)
    assert not means_no_map("70001")


@given(st.text(min_size=1))
def test_a_condition_comes_back_from_its_parts(condition):
    """Whatever a condition says, nothing of it is lost."""
    assert condition_of(condition_parts(condition)) == condition


def test_named_parts_are_parted():
    """A condition of names and values has a part for each."""
    assert condition_parts("insurer=tamin; age=adult") == [("insurer", "tamin"), ("age", "adult")]
    assert condition_parts("adults only") == [("condition", "adults only")]
