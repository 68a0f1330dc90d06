"""Properties of FHIR concepts: the typed ones, and those that say status, days and hierarchy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from maksa.intake.bounds import MAX_CELL
from maksa.intake.cell_sentences import cell_too_long, control_characters
from maksa.intake.cells import read_day, read_value
from maksa.intake.clean import CONTROL
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.ledger import Ledger
from maksa.intake.profile_records import Profile
from maksa.intake.sentences import (
    no_value,
    unreadable_value,
)
from maksa.model.concept import Property, PropertyDefinition, PropertyType
from maksa.text import Text

_TYPES: dict[str, PropertyType] = {
    "code": "code",
    "Coding": "code",
    "string": "string",
    "integer": "integer",
    "boolean": "boolean",
    "dateTime": "date",
    "decimal": "decimal",
}
_RETIRED = frozenset(("retired", "inactive", "withdrawn"))
_MAX_NAME = 64
_MAX_EXPONENT = 40


def plain_text(value: object) -> str | None:
    """Give a JSON string trimmed and without control characters; None for anything else or nothing."""
    return CONTROL.sub("", value).strip() or None if isinstance(value, str) else None


class FhirProperties:
    """Reads the properties of concepts; learns what each is from the profile, the resource, or its first value."""

    def __init__(self, resource: dict[str, Any], ledger: Ledger) -> None:
        """Read the properties that the resource declares."""
        self._ledger = ledger
        self._definitions: dict[str, PropertyDefinition] = {}
        self._repeats: set[str] = set()
        declared = resource.get("property")
        for entry in declared if isinstance(declared, list) else ():
            code = plain_text(entry.get("code")) if isinstance(entry, dict) else None
            if code:
                title = plain_text(entry.get("description")) or code
                kind = _TYPES.get(str(entry.get("type")), "string")
                self._definitions[code[:_MAX_NAME]] = PropertyDefinition(
                    code[:_MAX_NAME], kind, Text(title, title)
                )
        self._used: dict[str, None] = {}

    def use(self, profile: Profile) -> None:
        """Let the profile's own definitions go before those of the resource."""
        for definition in profile.terminology.properties:
            self._definitions[definition.code] = definition

    def definitions(self) -> tuple[PropertyDefinition, ...]:
        """Give the definitions of all properties that concepts have."""
        return tuple(replace(self._definitions[code], repeats=code in self._repeats) for code in self._used)

    def define(self, draft: DraftConcept, definition: str) -> None:
        """Keep the definition of a concept as a property."""
        self._add(draft, "definition", definition, "string")

    def take(self, draft: DraftConcept, prop: object) -> None:
        """Take one property of a concept; what cannot be read is kept as text and told."""
        code = plain_text(prop.get("code")) if isinstance(prop, dict) else None
        found = _value_of(prop) if isinstance(prop, dict) else None
        if code is None or found is None:
            self._ledger.note(no_value(code or "property"), code, draft.code)
            return
        stated, text = found
        if not _take_meaning(draft, code, text):
            self._add(draft, code[:_MAX_NAME], text, _TYPES.get(stated, "string"))

    def _add(self, draft: DraftConcept, code: str, text: str, stated: PropertyType) -> None:
        clean = CONTROL.sub("", text)
        if clean != text:
            self._ledger.repair(control_characters(code), code, draft.code)
        definition = self._definitions.setdefault(code, PropertyDefinition(code, stated, Text(code, code)))
        value = read_value(clean, definition.type) if len(clean) <= MAX_CELL else None
        if len(clean) > MAX_CELL:
            self._ledger.note(cell_too_long(code, len(clean), MAX_CELL), code, draft.code)
            return
        if value is None:
            self._ledger.note(
                unreadable_value(code, clean, definition.type, f"{code}-text"), code, draft.code
            )
            self._add(draft, f"{code}-text", clean, "string")
            return
        self._used[code] = None
        if draft.has(code):
            self._repeats.add(code)
        prop = Property(code, value)
        if prop not in draft.properties:
            draft.properties.append(prop)


def _value_of(prop: dict[str, Any]) -> tuple[str, str] | None:
    """Give the stated type of a property and its value as text."""
    for key, value in prop.items():
        if not key.startswith("value"):
            continue
        kind = key.removeprefix("value")
        kind = kind if kind == "Coding" else kind[:1].lower() + kind[1:]
        if isinstance(value, dict):
            value = value.get("code")  # noqa: PLW2901 - A Coding is its code.
        text = _as_text(value)
        if text:
            return kind, text
    return None


def _as_text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        small = value.is_finite() and abs(value.adjusted()) <= _MAX_EXPONENT
        return f"{value:f}" if small else str(value)
    if isinstance(value, int):
        return str(value)
    return value.strip() if isinstance(value, str) else None


def _take_meaning(draft: DraftConcept, code: str, text: str) -> bool:
    """Take a property that says status, validity or hierarchy; False when it is an ordinary one."""
    match code:
        case "status" if text in _RETIRED:
            draft.status = "retired"
        case "status" if text == "active":
            pass
        case "inactive" if text in {"true", "false"}:
            draft.status = "retired" if text == "true" else draft.status
        case "notSelectable" | "abstract" if text in {"true", "false"}:
            draft.not_selectable = text == "true"
        case "parent":
            if text not in draft.parents:
                draft.parents.append(text)
        case "replacedBy" | "replaced-by" | "replaced_by":
            draft.replaced_by = text
        case "effectiveDate" if read_day(text):
            draft.effective_from = read_day(text)
        case "retirementDate" if read_day(text):
            draft.effective_to = read_day(text)
        case _:
            return False
    return True
