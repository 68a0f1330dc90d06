"""The FHIR reader: the tree of concepts, designations, typed properties, and what the resource says of itself."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sources import adds_up, concepts, one, said

from maksa.errors import BadParameter, IntakeError
from maksa.intake import fhir_resource, from_fhir
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.concept import Designation
from maksa.text import Text


def with_properties(*properties, **more):
    """Give a CodeSystem of one concept that has these properties."""
    return {"concept": [{"code": "a", "display": "A", "property": list(properties)}], **more}


def test_the_tree_becomes_parents(sources):
    """A concept inside another has it as parent; the order is that of the document."""
    tree = [
        {
            "code": "a",
            "display": "A",
            "concept": [
                {"code": "b", "display": "B", "concept": [{"code": "c", "display": "C"}]},
                {"code": "d", "display": "D"},
            ],
        }
    ]

    intake = sources.take_resource({"concept": tree})

    assert {code: concept.parents for code, concept in concepts(intake).items()} == {
        "a": (),
        "b": ("a",),
        "c": ("b",),
        "d": ("a",),
    }
    assert [concept.row for concept in concepts(intake).values()] == [1, 2, 3, 4]
    assert intake.source.format == "fhir-json"


def test_the_resource_describes_the_list(sources):
    """Id, title, url, publisher, content, case rule and supplement come from the resource."""
    resource = {
        "id": "herbs",
        "title": "گیاهان",
        "url": "http://example.org/herbs",
        "publisher": "Toy",
        "content": "example",
        "caseSensitive": True,
        "supplements": "http://example.org/plants",
        "concept": [{"code": "a", "display": "A"}],
    }

    described = sources.take_resource(resource, terminology=None).lists[0].terminology

    assert (described.id, described.title) == ("herbs", Text("گیاهان", "گیاهان"))
    assert described.publisher == Text("Toy", "Toy")
    assert (described.url, described.supplements) == ("http://example.org/herbs", "http://example.org/plants")
    assert (described.content, described.case_sensitive) == ("fragment", True)


def test_a_known_list_keeps_its_own_description(sources):
    """A CodeSystem taken by the profile of a known list fills that list, under its own title."""
    intake = sources.take_resource(
        {"title": "Other", "concept": [{"code": "700100", "display": "A"}]}, "rvu3"
    )

    assert intake.lists[0].terminology.id == "RVU3"
    assert intake.lists[0].terminology.title == load_profile("rvu3").terminology.title
    assert one(intake).values("section") == ("7",)


def test_designations_keep_language_and_known_use(sources):
    """A designation keeps its language; a use that is not among ours is a synonym."""
    designations = [
        {"value": "الف", "language": "fa-IR", "use": {"code": "short"}},
        {"value": "Alpha", "use": {"code": "900000000000013009"}},
        {"value": "A"},
        {"language": "fa"},
        "nothing",
    ]

    intake = sources.take_resource({"concept": [{"code": "a", "display": "A", "designation": designations}]})

    assert one(intake).designations == (Designation("الف", "fa", "short"), Designation("Alpha"))
    assert len(said(intake, "no-value")) == 2


def test_properties_are_typed(sources):
    """Decimals stay decimals, days are days, a Coding is its code, a definition is kept."""
    resource = with_properties(
        {"code": "d", "valueDecimal": 3.10},
        {"code": "i", "valueInteger": 7},
        {"code": "b", "valueBoolean": False},
        {"code": "t", "valueDateTime": "2023-06-17"},
        {"code": "c", "valueCoding": {"system": "s", "code": "x"}},
        {"code": "s", "valueString": " y "},
        {"code": "k", "valueCode": "z"},
        property=[{"code": "d", "type": "decimal", "description": "Dose"}, {"type": "string"}, "x"],
    )
    resource["concept"][0]["definition"] = "The first."

    intake = sources.take_resource(resource)

    values = {prop.code: prop.value for prop in one(intake).properties}
    assert values == {
        "definition": "The first.",
        "d": Decimal("3.1"),
        "i": 7,
        "b": False,
        "t": date(2023, 6, 17),
        "c": "x",
        "s": "y",
        "k": "z",
    }
    kinds = {entry.code: (entry.type, entry.title.en) for entry in intake.lists[0].terminology.properties}
    assert kinds["d"] == ("decimal", "Dose")
    assert kinds["b"] == ("boolean", "b")


def test_a_property_that_stands_twice_repeats(sources):
    """Several values of a property are a set, and its definition says so."""
    intake = sources.take_resource(
        with_properties(
            {"code": "c", "valueCode": "x"}, {"code": "c", "valueCode": "y"}, {"code": "c", "valueCode": "y"}
        )
    )

    assert one(intake).values("c") == ("x", "y")
    assert intake.lists[0].terminology.properties[0].repeats


def test_a_value_of_another_type_is_kept_as_text(sources):
    """Text in a decimal property, or a decimal beyond all measure, is kept beside it and told."""
    intake = sources.take_resource(
        with_properties(
            {"code": "d", "valueString": "ارزش تام 8 واحد"}, property=[{"code": "d", "type": "decimal"}]
        )
    )

    assert one(intake).values("d-text") == ("ارزش تام 8 واحد",)
    assert said(intake, "text-in-number")[0].concept == "a"


def test_a_decimal_beyond_measure_is_no_number(sources):
    """An exponent of a billion is kept as it was written, not written out."""
    text = '{"resourceType":"CodeSystem","concept":[{"code":"a","display":"A","property":[{"code":"d","valueDecimal":1e999999}]}]}'

    assert one(sources.take(text)).values("d-text") == ("1E+999999",)


@pytest.mark.parametrize("prop", [{"code": "x"}, {"valueCode": "x"}, {"code": "x", "valueRange": {}}, 7])
def test_a_property_without_a_value_is_told(sources, prop):
    """A property without a code or a value is told and not taken."""
    intake = sources.take_resource(with_properties(prop))

    assert said(intake, "no-value")
    assert one(intake).properties == ()


def test_a_long_property_is_told_and_not_taken(sources):
    """A value over the bound of a cell is not taken."""
    intake = sources.take_resource(with_properties({"code": "x", "valueString": "y" * 32_768}))

    assert said(intake, "cell-too-long")
    assert one(intake).properties == ()


@pytest.mark.parametrize(
    ("prop", "field", "value"),
    [
        ({"code": "status", "valueCode": "retired"}, "status", "retired"),
        ({"code": "status", "valueCode": "active"}, "status", "active"),
        ({"code": "inactive", "valueBoolean": True}, "status", "retired"),
        ({"code": "inactive", "valueBoolean": False}, "status", "active"),
        ({"code": "notSelectable", "valueBoolean": True}, "not_selectable", True),
        ({"code": "parent", "valueCode": "a"}, "parents", ("a",)),
        ({"code": "replacedBy", "valueCode": "a"}, "replaced_by", "a"),
        ({"code": "effectiveDate", "valueDateTime": "2023-06-17"}, "effective_from", date(2023, 6, 17)),
        ({"code": "retirementDate", "valueDateTime": "2023-06-17"}, "effective_to", date(2023, 6, 17)),
    ],
)
def test_properties_with_a_meaning_become_fields(sources, prop, field, value):
    """Status, selectability, hierarchy and validity are fields of a concept, not properties."""
    intake = sources.take_resource(with_properties(prop))

    assert getattr(one(intake), field) == value
    assert one(intake).properties == ()


def test_a_deprecated_status_stays_a_property(sources):
    """A status that is neither active nor retired is kept as it was said."""
    assert one(sources.take_resource(with_properties({"code": "status", "valueCode": "deprecated"}))).values(
        "status"
    ) == ("deprecated",)


def test_a_parent_said_twice_is_one(sources):
    """A parent that both the tree and a property name stands once."""
    child = {"code": "b", "display": "B", "property": [{"code": "parent", "valueCode": "a"}]}

    intake = sources.take_resource({"concept": [{"code": "a", "display": "A", "concept": [child]}]})

    assert concepts(intake)["b"].parents == ("a",)


def test_concepts_that_cannot_be_taken_are_set_aside(sources):
    """A concept without code or display, or with a display over the bound, is set aside with its place."""
    intake = sources.take_resource(
        {
            "concept": [
                {"display": "A"},
                {"code": "b"},
                {"code": "c", "display": "x" * 32_768},
                {"code": "d", "display": "D"},
            ]
        }
    )

    assert [(finding.row, finding.code) for finding in intake.findings] == [
        (1, "missing-code"),
        (2, "missing-title"),
        (3, "cell-too-long"),
    ]
    assert adds_up(intake)


def test_control_characters_are_taken_out(sources):
    """A control character or half a surrogate pair is repaired and told."""
    prop = {"code": "s", "valueString": "x\x1ey"}
    intake = sources.take_resource({"concept": [{"code": "a", "display": "A\ud800\x00", "property": [prop]}]})

    assert one(intake).display == "A"
    assert one(intake).values("s") == ("xy",)
    assert intake.counts.repaired == 1


NO_CODESYSTEMS = {
    "another resource": {"resourceType": "ValueSet"},
    "no resource": {"a": 1},
    "no concepts": {"resourceType": "CodeSystem"},
    "concepts that are no list": {"resourceType": "CodeSystem", "concept": {"code": "a"}},
    "a concept that is no object": {"resourceType": "CodeSystem", "concept": ["a"]},
}


@pytest.mark.parametrize("resource", NO_CODESYSTEMS.values(), ids=NO_CODESYSTEMS.keys())
def test_what_is_no_codesystem_is_one_clear_error(sources, resource):
    """Another resource, or a broken one, is refused with its type and the mend."""
    with pytest.raises(IntakeError) as caught:
        sources.take(json.dumps(resource))

    assert caught.value.mend is not None


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": NaN}', '{"a": ' + "9" * 5_000 + "}", '{"a": "\xff'])
def test_harmful_json_is_one_clear_error(sources, text):
    """JSON that nests without end, is not JSON, or holds a number of thousands of digits is refused."""
    with pytest.raises(IntakeError, match=r"JSON|CodeSystem"):
        sources.take(text.encode("latin-1"))


def test_a_deep_tree_is_refused(sources):
    """A tree deeper than sixty-four levels is no list of this field."""
    concept = {"code": "c0", "display": "C"}
    for level in range(1, 70):
        concept = {"code": f"c{level}", "display": "C", "concept": [concept]}

    with pytest.raises(IntakeError, match="64 levels"):
        sources.take_resource({"concept": [concept]})


def test_sizes_are_bounded(sources, monkeypatch):
    """A resource is bounded in bytes and in concepts."""
    two = {"concept": [{"code": "a", "display": "A"}, {"code": "b", "display": "B"}]}
    monkeypatch.setattr(from_fhir, "MAX_ROWS", 1)
    with pytest.raises(IntakeError, match="over 1 concepts"):
        sources.take_resource(two)

    monkeypatch.setattr(fhir_resource, "MAX_JSON", 10)
    with pytest.raises(IntakeError, match="JSON is over"):
        sources.take_resource(two)


def test_a_resource_without_an_id_needs_one(sources):
    """A list that nobody names cannot be imported."""
    path = sources.write('{"resourceType": "CodeSystem", "concept": [{"code": "a", "display": "A"}]}')

    with pytest.raises(BadParameter, match="needs the id"):
        take_in(path, load_profile("generic"))


@pytest.mark.parametrize(
    ("profile", "why"), [("thrita", "reads tables"), ("insurer-generic-code", "no ConceptMap")]
)
def test_a_table_profile_refuses_a_resource(sources, profile, why):
    """A file of many lists is a table, and a CodeSystem is no map."""
    with pytest.raises(IntakeError, match=why):
        sources.take_resource({"concept": [{"code": "a", "display": "A"}]}, profile)
