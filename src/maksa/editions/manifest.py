"""The manifest beside an edition file: what is signed of it, as JSON. docs/edition-format.md is normative."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from maksa.editions.connection import unreadable
from maksa.model.edition import Manifest

_NUMBERS = ("sequence", "count", "rows", "schema_version")
_DATES = {"effective": date.fromisoformat, "published": datetime.fromisoformat}


def manifest_record(manifest: Manifest) -> dict[str, Any]:
    """Give a manifest as a JSON object; days and the instant of publishing in ISO form."""
    record = asdict(manifest)
    for name in _DATES:
        if record[name] is not None:
            record[name] = record[name].isoformat()
    return record


def manifest_from_record(record: dict[str, Any], *, path: Path) -> Manifest:
    """Read a manifest from its JSON object; members that this version does not know are passed over.

    Raises: EditionUnreadable when one is missing or of another kind; `path` is the file's.
    """
    try:
        known = {field.name: record[field.name] for field in fields(Manifest)}
        for member, read in _DATES.items():
            if known[member] is not None:
                known[member] = read(known[member])
        for member in _NUMBERS:
            known[member] = int(known[member])
        manifest = Manifest(**known)
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(
            path, fa=f"مانیفست درستی نیست ({error})", en=f"it is not a manifest ({error})"
        ) from error
    return manifest
