"""Write a map as an SSSOM mapping set: TSV with its metadata as comments.

Source: SSSOM, https://mapping-commons.github.io/sssom/ (the TSV format, extension slots, sssom:NoTermFound).
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TextIO

from maksa.cli.exported import ExportedMap
from maksa.intake.map_words import LIST_URN, NO_TERM_FOUND, PREDICATES, SSSOM_COLUMNS
from maksa.model.concept import Mapping

_COLUMNS = (
    "subject_id",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_source",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
    *SSSOM_COLUMNS.values(),
)
_PREFIXES = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "maksa": LIST_URN,
}
_EXACT = PREDICATES["equivalent"]


def write_sssom(path: Path, exported: ExportedMap) -> None:
    """Write the rows of a map; the id of a list is the prefix of its codes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        _write_metadata(stream, exported)
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(map(_cells, exported.rows))


def _write_metadata(stream: TextIO, exported: ExportedMap) -> None:
    manifest, title = exported.entry.manifest, exported.terminology.title
    lists = {end for row in exported.rows for end in (row.source_terminology, row.target_terminology)}
    lines = [
        "curie_map:",
        *(f"  {prefix}: {_quoted(uri)}" for prefix, uri in _PREFIXES.items()),
        *(f"  {name}: {_quoted(_namespace(exported.url_of(name)))}" for name in sorted(lists)),
        f"mapping_set_id: {_quoted(f'urn:maksa:map:{manifest.terminology}')}",
        f"mapping_set_version: {_quoted(manifest.edition)}",
        f"mapping_set_title: {_quoted(title.en)}",
        f"other: {_quoted(f'content hash {manifest.content_hash}')}",
        "extension_definitions:",
        *(f"  - slot_name: {slot}\n    property: maksa:{name}" for name, slot in SSSOM_COLUMNS.items()),
    ]
    stream.writelines(f"#{line}\n" for line in "\n".join(lines).splitlines())


def _namespace(url: str) -> str:
    return url if url.endswith(("/", "#")) else f"{url}:" if url.startswith("urn:") else f"{url}/"


def _quoted(text: str) -> str:
    """Write a text as YAML reads it whatever it holds: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def _cells(row: Mapping) -> tuple[str, ...]:
    negated = row.target_code is not None and row.relationship not in PREDICATES
    mapped = row.target_code is not None
    decision = row.decision
    return (
        f"{row.source_terminology}:{row.source_code}",
        PREDICATES.get(row.relationship, _EXACT) if mapped else _EXACT,
        "Not" if negated else "",
        f"{row.target_terminology}:{row.target_code}" if mapped else NO_TERM_FOUND,
        f"maksa:{row.target_terminology}",
        "semapv:ManualMappingCuration" if decision else "semapv:UnspecifiedMatching",
        decision.by.replace("|", "\\|") if decision else "",
        decision.on.isoformat() if decision else "",
        row.comment or "",
        row.condition or "",
        decision.why if decision else "",
        (decision.letter or "") if decision else "",
    )
