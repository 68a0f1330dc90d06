"""Parse a FHIR resource of JSON, and walk its lists."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, BinaryIO, NoReturn, cast

from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_JSON, MIB
from maksa.intake.file_sentences import over_bound, unreadable


def parse_resource(name: str, file: BinaryIO, size: int, kind: str) -> dict[str, Any]:
    """Parse a resource of one kind; numbers become decimals.

    Raises: IntakeError when it is over the bound, no JSON, or a resource of another kind.
    """
    if size > MAX_JSON:
        raise over_bound(
            name,
            f"JSON آن بزرگ‌تر از {MAX_JSON // MIB} مبی‌بایت است",
            f"its JSON is over {MAX_JSON // MIB} MiB",
        )
    try:
        resource = json.loads(
            file.read().decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        place = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise unreadable(name, "JSON درستی نیست", f"it is not well-formed JSON{place}") from None
    found = resource.get("resourceType") if isinstance(resource, dict) else None
    if found != kind:
        shown = str(found)[:40]
        raise unreadable(
            name, f"{kind} نیست (resourceType: {shown})", f"it is no {kind} (resourceType: {shown})"
        )
    return cast("dict[str, Any]", resource)


def list_of(name: str, holder: dict[str, Any], key: str) -> list[Any]:
    """Give a list of a resource, empty when it is absent. Raises: IntakeError when it is no list."""
    value = holder.get(key, [])
    if not isinstance(value, list):
        raise malformed(name, key)
    return value


def objects_of(name: str, holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Give a list of objects of a resource. Raises: IntakeError when it is none."""
    values = list_of(name, holder, key)
    if not all(isinstance(value, dict) for value in values):
        raise malformed(name, key)
    return values


def malformed(name: str, key: str) -> IntakeError:
    """Give the error of an element that is not as FHIR has it."""
    return unreadable(name, f"{key} در آن شکل FHIR ندارد", f"its '{key}' is not as FHIR has it")


def _no_constant(_: str) -> NoReturn:
    raise ValueError
