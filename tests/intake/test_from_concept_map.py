"""FHIR ConceptMaps of R4 and R5: relationships, conditions, "no map", and what has no place."""

import json

import pytest
from sources import adds_up, said

from maksa.errors import IntakeError
from maksa.model.concept import Mapping

LISTS = {"source": "http://loinc.org", "target": "urn:maksa:list:RVU3"}


def take(sources, *elements, **group):
    """Take in a ConceptMap of one group as the map of laboratory tests."""
    resource = {"resourceType": "ConceptMap", "group": [{**LISTS, **group, "element": list(elements)}]}
    return sources.take(json.dumps(resource), "laboratory-rvu3", name="map.json")


def rows(intake):
    """Give the rows of the map."""
    return list(intake.lists[0].mappings)


def test_an_equivalence_of_r4_speaks_of_the_target(sources):
    """A wider target makes the source the narrower one."""
    intake = take(
        sources,
        {
            "code": "718-7",
            "target": [
                {
                    "code": "802010",
                    "equivalence": "wider",
                    "comment": "note",
                    "dependsOn": [{"property": "age", "value": "adult"}],
                }
            ],
        },
    )

    assert rows(intake) == [
        Mapping("LOINC", "718-7", "RVU3", "802010", "source-is-narrower-than-target", "age=adult", "note", 1)
    ]


@pytest.mark.parametrize(
    "element", [{"code": "718-7", "noMap": True}, {"code": "718-7", "target": [{"equivalence": "unmatched"}]}]
)
def test_no_map_of_either_release(sources, element):
    """R5 says it at the element, R4 by a target without a code."""
    assert rows(take(sources, element)) == [Mapping("LOINC", "718-7", "RVU3", None, "not-related-to", row=1)]


def test_an_element_without_a_target_is_set_aside(sources):
    """It does not say that there is no map."""
    intake = take(sources, {"code": "718-7"}, {"code": "2345-7", "target": [{"code": "800400"}]})

    assert said(intake, "missing-value")[0].row == 1
    assert adds_up(intake)


def test_what_has_no_place_is_told(sources):
    """A rule for unmapped codes and a product are no rows."""
    target = {"code": "802010", "equivalence": "equivalent", "product": [{"property": "a", "value": "b"}]}
    plain = {"code": "802010", "equivalence": "wider"}
    intake = take(sources, {"code": "718-7", "target": [plain, target]}, unmapped={"mode": "provided"})

    assert [finding.row for finding in said(intake, "not-taken")] == [None, 2]


@pytest.mark.parametrize("broken", [{"group": 1}, {"group": [{"element": ["x"]}]}])
def test_a_map_that_is_not_as_fhir_has_it_is_refused(sources, broken):
    """One error names the part."""
    with pytest.raises(IntakeError, match="not as FHIR has it"):
        sources.take(json.dumps({"resourceType": "ConceptMap", **broken}), "laboratory-rvu3", name="m.json")
