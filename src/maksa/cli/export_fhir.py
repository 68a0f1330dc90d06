"""Write a map as a FHIR ConceptMap (R4 or R5) of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from maksa.cli.exported import ExportedMap
from maksa.intake.map_words import (
    COMMENT_URL,
    DECISION_URL,
    EQUIVALENCES,
    NO_RELATION,
    condition_parts,
)
from maksa.model.concept import Decision, Mapping

Version = Literal["4.0.1", "5.0.0"]
_ATTRIBUTE_URN = "urn:maksa:condition:"


def write_concept_map(path: Path, exported: ExportedMap, *, version: Version) -> None:
    """Write the rows in groups of the lists at their ends; a decision is an extension of its target."""
    manifest, title = exported.entry.manifest, exported.terminology.title
    resource = {
        "resourceType": "ConceptMap",
        "id": manifest.terminology,
        "url": exported.terminology.url or f"urn:maksa:map:{manifest.terminology}",
        "version": manifest.edition,
        "name": manifest.terminology,
        "title": title.fa,
        "status": "active",
        "experimental": manifest.sample,
        "date": manifest.changed_on.isoformat(),
        **_attributes(exported.rows, version),
        "group": [
            {
                "source": exported.url_of(source),
                "target": exported.url_of(target),
                "element": _elements(rows, version),
            }
            for (source, target), rows in _groups(exported.rows).items()
        ],
    }
    path.write_text(json.dumps(resource, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _attributes(rows: tuple[Mapping, ...], version: Version) -> dict[str, Any]:
    """Declare what conditions speak of, as R5 asks for."""
    names = sorted({name for row in rows if row.condition for name, _ in condition_parts(row.condition)})
    if version != "5.0.0" or not names:
        return {}
    declared = [{"code": name, "uri": f"{_ATTRIBUTE_URN}{name}", "type": "string"} for name in names]
    return {"additionalAttribute": declared}


def _groups(rows: tuple[Mapping, ...]) -> dict[tuple[str, str], list[Mapping]]:
    groups: dict[tuple[str, str], list[Mapping]] = {}
    for row in rows:
        groups.setdefault((row.source_terminology, row.target_terminology), []).append(row)
    return groups


def _elements(rows: list[Mapping], version: Version) -> list[dict[str, Any]]:
    """Give one element a source; in R5 a "no map" without a condition is an element of its own."""
    elements: dict[str, dict[str, Any]] = {}
    nothing: list[dict[str, Any]] = []
    for row in rows:
        if version == "5.0.0" and row.target_code is None and row.condition is None:
            said = _extensions(row, with_comment=True)
            nothing.append({**said, "code": row.source_code, "noMap": True})
            continue
        element = elements.setdefault(row.source_code, {"code": row.source_code, "target": []})
        element["target"].append(_target(row, version))
    return [*elements.values(), *nothing]


def _target(row: Mapping, version: Version) -> dict[str, Any]:
    target: dict[str, Any] = _extensions(row, with_comment=False)
    if row.target_code is not None:
        target["code"] = row.target_code
    relationship = row.relationship if row.target_code is not None else NO_RELATION
    if version == "5.0.0":
        target["relationship"] = relationship
    else:
        target["equivalence"] = EQUIVALENCES[relationship]
    if row.comment:
        target["comment"] = row.comment
    if row.condition:
        target["dependsOn"] = [
            {"attribute": name, "valueString": value}
            if version == "5.0.0"
            else {"property": name, "value": value}
            for name, value in condition_parts(row.condition)
        ]
    return target


def _extensions(row: Mapping, *, with_comment: bool) -> dict[str, Any]:
    said: list[dict[str, Any]] = [] if row.decision is None else [_decision(row.decision)]
    if with_comment and row.comment:
        said.append({"url": COMMENT_URL, "valueString": row.comment})
    return {"extension": said} if said else {}


def _decision(decision: Decision) -> dict[str, Any]:
    parts = [
        {"url": "by", "valueString": decision.by},
        {"url": "on", "valueDate": decision.on.isoformat()},
        {"url": "why", "valueString": decision.why},
    ]
    if decision.letter:
        parts.append({"url": "letter", "valueString": decision.letter})
    return {"url": DECISION_URL, "extension": parts}
