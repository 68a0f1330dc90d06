"""Cells of rows: what a grid shows can be sent back, and what cannot stand in a cell is named."""

from dataclasses import replace
from decimal import Decimal

import pytest
from herbs import HERBS, MINT, SAGE, THYME, USES, use

from maksa.errors import BadParameter
from maksa.model.concept import Concept, Designation, Property, PropertyDefinition
from maksa.registry.drafts.cells import cell_names, cells_of, content_from_cells
from maksa.text import Text

TYPED = replace(
    HERBS,
    properties=(
        *HERBS.properties,
        PropertyDefinition("count", "integer", Text("شمار", "Count")),
        PropertyDefinition("toxic", "boolean", Text("سمی", "Toxic")),
        PropertyDefinition("since", "date", Text("از", "Since")),
    ),
)


@pytest.mark.parametrize(
    "concept", [MINT, THYME, SAGE, replace(SAGE, designations=(Designation("Sage", None, "short"),))]
)
def test_what_a_grid_shows_can_be_sent_back(concept):
    """All cells of a row written into it change nothing."""
    cells = {name: value for name, value in cells_of(concept).items() if name != "code"}

    assert content_from_cells(HERBS, concept.code, cells, concept) == concept


@pytest.mark.parametrize(
    "row", [use("1", "a"), replace(use("1", None), relationship="not-related-to", row=7)]
)
def test_a_row_of_a_map_can_be_sent_back(row):
    """Its place in the source stays."""
    assert content_from_cells(USES, None, cells_of(row), row) == row


def test_the_cells_of_a_list_have_its_properties():
    """They are named as in the columns of an import."""
    assert cell_names(HERBS)[-2:] == ("property:height", "property:colour")
    assert "target_code" in cell_names(USES)


def test_values_are_read_as_their_property_says():
    """In any digits; JSON numbers and truths where the type has them; nothing clears a cell."""
    sent = {
        "display": " ریحان ",
        "property:height": "۰٫۵",
        "property:count": 12,
        "property:toxic": False,
        "property:since": "1404/01/01",
        "property:colour": ["green", "green", ""],
    }

    concept = content_from_cells(TYPED, "9", sent, None)

    assert isinstance(concept, Concept)
    assert concept.display == "ریحان"
    assert concept.values("height") == (Decimal("0.5"),)
    assert concept.values("count") == (12,)
    assert concept.values("toxic") == (False,)
    assert concept.values("colour") == ("green",)
    assert content_from_cells(TYPED, "9", {"property:height": None}, concept).values("height") == ()


def test_a_value_stands_where_it_stood():
    """The order of properties is not disturbed by a change of one."""
    changed = content_from_cells(HERBS, "1", {"property:height": "2"}, MINT)

    assert changed.properties == (Property("height", Decimal(2)), Property("colour", "green"))


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"titel": "x"}, "titel"),
        ({"x" * 500: "x"}, "x" * 64),
        ({"display": ""}, "display"),
        ({"display": None}, "display"),
        ({"display": 7}, "display"),
        ({"display": "a\x1fb"}, "display"),
        ({"display": "\udcff"}, "display"),
        ({"display": "x" * 40_000}, "display"),
        ({"status": "perhaps"}, "status"),
        ({"status": None}, "status"),
        ({"effective_from": "1404/13/01"}, "effective_from"),
        ({"effective_to": ["1404/01/01"]}, "effective_to"),
        ({"not_selectable": "perhaps"}, "not_selectable"),
        ({"replaced_by": "x" * 257}, "replaced_by"),
        ({"parent": ["1"] * 201}, "parent"),
        ({"parent": {"a": "b"}}, "parent"),
        ({"designations": "x"}, "designations"),
        ({"designations": [{"value": "x", "lang": "fa"}]}, "designations"),
        ({"designations": [{"value": ""}]}, "designations"),
        ({"designations": [[]]}, "designations"),
        ({"property:height": "بلند"}, "property:height"),
        ({"property:height": 1.5}, "property:height"),
        ({"property:height": "1e999999999"}, "property:height"),
        ({"property:height": ["1", "2"]}, "property:height"),
        ({"property:weight": "1"}, "property:weight"),
        ({"property:toxic": "perhaps"}, "property:toxic"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_named(cells, cell):
    """With the cell, the value and what may stand there."""
    with pytest.raises(BadParameter) as refusal:
        content_from_cells(TYPED, "1", cells, MINT)

    assert refusal.value.parameter == cell
    assert refusal.value.mend is not None or refusal.value.known
    str(refusal.value).encode()


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({}, "source_terminology"),
        ({"source_terminology": "a b/c"}, "source_terminology"),
        ({"source_terminology": "herbs"}, "source_code"),
        ({"source_terminology": "herbs", "source_code": "1"}, "target_terminology"),
        (
            {
                "source_terminology": "herbs",
                "source_code": "1",
                "target_terminology": "uses",
                "relationship": "like",
            },
            "relationship",
        ),
    ],
)
def test_a_row_of_a_map_says_from_where_to_where(cells, cell):
    """Each end has a list; the relationship is a known one."""
    with pytest.raises(BadParameter) as refusal:
        content_from_cells(USES, None, cells, None)

    assert refusal.value.parameter == cell
