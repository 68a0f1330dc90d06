"""The content of an edition in one canonical form: what the content hash covers, and JSON inside the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, cast

from maksa.errors import BadInput
from maksa.model.codeform import CodeForm
from maksa.model.concept import (
    Concept,
    Decision,
    Designation,
    Mapping,
    Property,
    PropertyDefinition,
    PropertyType,
    PropertyValue,
    Status,
    Terminology,
    ValueSet,
    Variant,
)
from maksa.text import Text

UNIT = "\x1f"
"""Parts the fields of a record."""
RECORD = "\x1e"
"""Ends a record."""
FIXED_FIELDS = 12
"""How many fields every concept has, before its parts."""

_PART_LENGTHS = {"d": 4, "p": 3, "h": 2, "v": 5}


def concept_fields(concept: Concept) -> list[str]:
    """Give the fields of a concept in canonical order; an absent one is empty."""
    fields = [
        concept.code,
        concept.display,
        concept.status,
        _day(concept.effective_from),
        _day(concept.effective_to),
        _day(concept.transition_until),
        concept.replaced_by or "",
        "1" if concept.not_selectable else "",
        str(concept.usage),
        "" if concept.row is None else str(concept.row),
        str(concept.changed),
        concept.carried_from or "",
    ]
    for designation in concept.designations:
        fields += ("d", designation.language or "", designation.use, designation.value)
    for prop in concept.properties:
        fields += ("p", prop.code, value_text(prop.value))
    for parent in concept.parents:
        fields += ("h", parent)
    for variant in concept.variants:
        fields += ("v", "" if variant.row is None else str(variant.row), variant.display)
        fields += (designations_json(variant.designations), properties_json(variant.properties))
    return fields


def concept_from_fields(fields: list[str], types: dict[str, PropertyType]) -> Concept:
    """Read a concept from its canonical fields; `types` gives the type of each property, else string."""
    designations: list[Designation] = []
    properties: list[Property] = []
    parents: list[str] = []
    variants: list[Variant] = []
    for part in concept_parts(fields):
        match part:
            case ["p", code, value]:
                properties.append(Property(code, value_from_text(value, types.get(code, "string"))))
            case ["d", language, use, value]:
                designations.append(Designation(value, language or None, use))
            case ["h", parent]:
                parents.append(parent)
            case [_, row, display, others, values]:
                variants.append(
                    Variant(
                        display,
                        designations_from_json(others),
                        properties_from_json(values, types),
                        int(row) if row else None,
                    )
                )
    return Concept(
        code=fields[0],
        display=fields[1],
        status=cast("Status", fields[2]),
        designations=tuple(designations),
        properties=tuple(properties),
        parents=tuple(parents),
        effective_from=day_from_text(fields[3]),
        effective_to=day_from_text(fields[4]),
        transition_until=day_from_text(fields[5]),
        replaced_by=fields[6] or None,
        not_selectable=bool(fields[7]),
        variants=tuple(variants),
        usage=int(fields[8]),
        row=int(fields[9]) if fields[9] else None,
        changed=int(fields[10]),
        carried_from=fields[11] or None,
    )


def concept_parts(fields: list[str]) -> Iterator[list[str]]:
    """Yield the parts behind the fixed fields: designations (d), properties (p), parents (h), variants (v)."""
    place = FIXED_FIELDS
    while place < len(fields):
        end = place + _PART_LENGTHS[fields[place]]
        yield fields[place:end]
        place = end


def mapping_from_fields(fields: list[str]) -> Mapping:
    """Read a row of a map from its canonical fields."""
    return Mapping(
        source_terminology=fields[1],
        source_code=fields[2],
        target_terminology=fields[3],
        target_code=fields[4] or None,
        relationship=fields[5],
        condition=fields[6] or None,
        comment=fields[7] or None,
        row=int(fields[8]) if fields[8] else None,
        decision=decision_from_texts(*fields[9:]) if fields[9:] else None,
    )


def decision_from_texts(by: str, on: str, why: str, letter: str | None) -> Decision:
    """Read a decision from its texts: the day is ISO 8601."""
    return Decision(by, date.fromisoformat(on), why, letter or None)


def fields_of(line: str) -> list[str]:
    """Part a record into its fields."""
    return line.removesuffix(RECORD).split(UNIT)


def mapping_fields(mapping: Mapping) -> list[str]:
    """Give the fields of a row of a map in canonical order; an absent one is empty. A decision adds four."""
    fields = [
        "m",
        mapping.source_terminology,
        mapping.source_code,
        mapping.target_terminology,
        mapping.target_code or "",
        mapping.relationship,
        mapping.condition or "",
        mapping.comment or "",
        "" if mapping.row is None else str(mapping.row),
    ]
    decision = mapping.decision
    if decision is not None:
        fields += (decision.by, decision.on.isoformat(), decision.why, decision.letter or "")
    return fields


def record(fields: list[str]) -> str:
    """Write fields as one record. Raises: BadInput when a field holds a character that parts records."""
    line = UNIT.join(fields)
    if line.count(UNIT) != len(fields) - 1 or RECORD in line or "\0" in line:
        shown = fields[0][:40]
        raise BadInput(
            Text(
                fa=f"رکورد «{shown}» نویسهٔ کنترلی دارد و نوشته نمی‌شود.",
                en=f"The record '{shown}' holds a control character and cannot be written.",
            )
        )
    return line + RECORD


def value_text(value: PropertyValue) -> str:
    """Write a property's value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def value_from_text(text: str, kind: PropertyType) -> PropertyValue:
    """Read a property's value from its text."""
    match kind:
        case "decimal":
            return Decimal(text)
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case "date":
            return date.fromisoformat(text)
        case _:
            return text


def designations_json(designations: Iterable[Designation]) -> str:
    """Write designations as a JSON array of [language, use, value]."""
    return json.dumps([[d.language, d.use, d.value] for d in designations], ensure_ascii=False)


def designations_from_json(text: str) -> tuple[Designation, ...]:
    """Read designations from their JSON array."""
    return tuple(Designation(value, language, use) for language, use, value in json.loads(text))


def properties_json(properties: Iterable[Property]) -> str:
    """Write properties as a JSON array of [code, value as text]."""
    return json.dumps([[p.code, value_text(p.value)] for p in properties], ensure_ascii=False)


def properties_from_json(text: str, types: dict[str, PropertyType]) -> tuple[Property, ...]:
    """Read properties from their JSON array."""
    return tuple(
        Property(code, value_from_text(value, types.get(code, "string"))) for code, value in json.loads(text)
    )


def terminology_json(terminology: Terminology) -> str:
    """Write the description of a list as JSON with sorted keys."""
    return json.dumps(asdict(terminology), ensure_ascii=False, sort_keys=True)


def terminology_from_json(text: str) -> Terminology:
    """Read the description of a list from its JSON."""
    fields: dict[str, Any] = json.loads(text)
    publisher = fields["publisher"]
    return Terminology(
        id=fields["id"],
        title=Text(*fields["title"]),
        kind=fields["kind"],
        code_form=CodeForm(**fields["code_form"]),
        properties=tuple(
            PropertyDefinition(p["code"], p["type"], Text(*p["title"]), p["repeats"])
            for p in fields["properties"]
        ),
        value_sets=tuple(
            ValueSet(v["id"], Text(*v["title"]), v["property"], tuple(v["values"]))
            for v in fields["value_sets"]
        ),
        spellings=tuple(fields["spellings"]),
        content=fields["content"],
        case_sensitive=fields["case_sensitive"],
        supplements=fields["supplements"],
        url=fields["url"],
        publisher=None if publisher is None else Text(*publisher),
        list_number=fields["list_number"],
    )


def day_from_text(text: str | None) -> date | None:
    """Read an ISO day; an empty text is no day."""
    return date.fromisoformat(text) if text else None


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
