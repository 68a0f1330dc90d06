"""Read a FHIR ConceptMap (R4 or R5, as JSON) as a table of a map; its rows are its targets in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from maksa.intake.bounds import MAX_ROWS
from maksa.intake.fhir_property import plain_text
from maksa.intake.fhir_resource import objects_of, parse_resource
from maksa.intake.file_sentences import over_bound
from maksa.intake.ledger import Ledger
from maksa.intake.map_sentences import not_taken
from maksa.intake.map_words import COMMENT_URL, DECISION_URL, LIST_URN, NO_MAP, condition_of
from maksa.intake.sheet import Sheet, SheetRow

MAP_HEADER = (
    "source_list",
    "source",
    "target_list",
    "target",
    "relationship",
    "condition",
    "comment",
    "decided_by",
    "decided_on",
    "reason",
    "letter",
)
"""The standard columns of a map, under which the formats that have their own words for them are read."""
_DECISION_PARTS = ("by", "on", "why", "letter")
_VALUES = ("value", "valueString", "valueCode", "valueBoolean", "valueDate")


def read_concept_map(name: str, file: BinaryIO, size: int, ledger: Ledger) -> Sheet:
    """Give the rows of a ConceptMap; row 1 is its first target.

    Raises: IntakeError when it is no ConceptMap, not as FHIR has it, or over a bound.
    """
    resource = parse_resource(name, file, size, "ConceptMap")
    return Sheet(MAP_HEADER, _rows(name, resource, ledger), "utf-8")


def _rows(name: str, resource: dict[str, Any], ledger: Ledger) -> Iterator[SheetRow]:
    number = 0
    for group in objects_of(name, resource, "group"):
        lists = _list_of(group.get("source")), _list_of(group.get("target"))
        if "unmapped" in group:
            ledger.note_file(not_taken("group.unmapped"))
        for element in objects_of(name, group, "element"):
            for target in _targets(name, element):
                number += 1
                if number > MAX_ROWS:
                    raise over_bound(name, f"بیش از {MAX_ROWS} ردیف دارد", f"it has over {MAX_ROWS} rows")
                if "product" in target:
                    ledger.note(
                        not_taken("target.product"), "product", plain_text(element.get("code")), row=number
                    )
                yield SheetRow(number, _cells(name, lists, element, target))


def _targets(name: str, element: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the targets of an element; one that has none gives one without a code."""
    targets = objects_of(name, element, "target")
    if element.get("noMap") is True:
        return [*targets, {**element, "code": None, "relationship": NO_MAP}]
    return targets or [{}]


def _cells(name: str, lists: tuple[str, str], element: dict[str, Any], target: dict[str, Any]) -> list[str]:
    depends = objects_of(name, target, "dependsOn")
    parts = [(_text(part.get("property") or part.get("attribute")), _value(part)) for part in depends]
    said = {str(extension.get("url")): extension for extension in objects_of(name, target, "extension")}
    decision = objects_of(name, said.get(DECISION_URL, {}), "extension")
    decided = {str(part.get("url")): _value(part) for part in decision}
    return [
        lists[0],
        _text(element.get("code")),
        lists[1],
        _text(target.get("code")),
        _text(target.get("relationship") or target.get("equivalence")),
        condition_of(parts) or "",
        _text(target.get("comment")) or _value(said.get(COMMENT_URL, {})),
        *(decided.get(part, "") for part in _DECISION_PARTS),
    ]


def _list_of(url: Any) -> str:
    return _text(url).partition("|")[0].removeprefix(LIST_URN)


def _value(part: dict[str, Any]) -> str:
    return next((_text(part[key]) for key in _VALUES if key in part), "")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return plain_text(value) or ""
