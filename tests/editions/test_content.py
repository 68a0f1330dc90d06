"""The canonical form of content: there and back, and nothing that would break a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from concepts import TYPES, concepts
from hypothesis import given

from maksa.editions.content import (
    RECORD,
    concept_fields,
    concept_from_fields,
    fields_of,
    mapping_fields,
    mapping_from_fields,
    record,
    terminology_from_json,
    terminology_json,
    value_from_text,
    value_text,
)
from maksa.errors import BadInput
from maksa.model.concept import Concept, Decision, Mapping
from maksa.text import Text
from toy import HERBS


@given(concepts())
def test_a_concept_survives_its_record(concept):
    """Reading a written concept gives the concept."""
    line = record(concept_fields(concept))

    assert line.endswith(RECORD)
    assert concept_from_fields(fields_of(line), TYPES) == concept


@pytest.mark.parametrize("target", ["60672", None])
def test_a_mapping_survives_its_record(target):
    """A row of a map, a decided "no map" too, comes back as it was."""
    mapping = Mapping("eRx", "60001", "generic-drug", target, "broader", "if adult", "why", 7)
    decided = replace(mapping, decision=Decision("Dr. Rah", date(2025, 3, 1), "seen", None))

    assert mapping_from_fields(fields_of(record(mapping_fields(mapping)))) == mapping
    assert mapping_from_fields(fields_of(record(mapping_fields(decided)))) == decided


@pytest.mark.parametrize("bad", ["\x1e", "\x1f", "\0"])
def test_a_character_that_parts_records_is_refused(bad):
    """A title cannot smuggle a second record into the content."""
    with pytest.raises(BadInput, match="control character"):
        record(concept_fields(Concept("1", f"a{bad}b")))


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("2.50"), "decimal", "2.50"),
        (Decimal("1E+3"), "decimal", "1000"),
        (True, "boolean", "true"),
        (False, "boolean", "false"),
        (12, "integer", "12"),
        (date(2023, 6, 17), "date", "2023-06-17"),
        ("#", "string", "#"),
    ],
)
def test_values_are_written_plainly(value, kind, text):
    """Decimals keep their digits; nothing becomes a float."""
    assert value_text(value) == text
    assert value_from_text(text, kind) == value


@pytest.mark.parametrize("publisher", [None, Text(fa="مرکز", en="centre")])
def test_a_list_survives_its_description(publisher):
    """The description inside the file gives the same list."""
    from dataclasses import replace

    terminology = replace(HERBS, publisher=publisher)

    assert terminology_from_json(terminology_json(terminology)) == terminology
