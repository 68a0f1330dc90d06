"""The cells of a draft's row as fields of a form: written for people, and read back to what an edit wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from maksa.model.concept import Terminology
from maksa.model.jalali import format_jalali
from maksa.registry.drafts.cells import cell_names

Kind = Literal["line", "text", "day", "status", "truth", "lines", "designations"]
_TITLES = {
    "code": "کد",
    "display": "عنوان",
    "status": "وضعیت",
    "effective_from": "معتبر از",
    "effective_to": "معتبر تا",
    "transition_until": "پایان دورهٔ گذار",
    "replaced_by": "جایگزین",
    "parent": "والد (هر کد در یک سطر)",
    "not_selectable": "برگزیدنی نیست",
    "designations": "نام‌های دیگر (هر سطر: کاربرد | زبان | متن)",
    "source_terminology": "فهرست مبدأ",
    "source_code": "کد مبدأ",
    "target_terminology": "فهرست مقصد",
    "target_code": "کد مقصد",
    "relationship": "رابطه",
    "condition": "شرط",
    "comment": "توضیح",
}
_KINDS: Mapping[str, Kind] = {
    "display": "text",
    "status": "status",
    "effective_from": "day",
    "effective_to": "day",
    "transition_until": "day",
    "parent": "lines",
    "not_selectable": "truth",
    "designations": "designations",
    "comment": "text",
}
_PROPERTY = "property:"
GRID = {
    "list": ("display", "status", "effective_to", "replaced_by"),
    "map": ("target_code", "relationship", "comment"),
}
"""The cells that a grid shows and changes in place; all others are changed on the page of the row."""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell as a field: its name, how it is called, what kind it is, and what it shows."""

    name: str
    title: str
    kind: Kind
    shown: str


def grid_of(terminology: Terminology) -> Sequence[str]:
    """Name the cells that a grid of a list, or of a map, shows."""
    return GRID["map" if terminology.kind == "map" else "list"]


def title_of(terminology: Terminology, name: str) -> str:
    """Give what a cell is called in Persian."""
    if name.startswith(_PROPERTY):
        code = name.removeprefix(_PROPERTY)
        return next((one.title.fa for one in terminology.properties if one.code == code), code)
    return _TITLES.get(name, name)


def fields_of(terminology: Terminology, cells: Mapping[str, Any]) -> list[Field]:
    """Give all cells of a row as fields, in the order of cell_names; display_en is one of the designations."""
    names = [name for name in cell_names(terminology) if name not in {"display_en", "code"}]
    return [field_of(terminology, name, cells) for name in names]


def field_of(terminology: Terminology, name: str, cells: Mapping[str, Any]) -> Field:
    """Give one cell as a field."""
    kind: Kind = "lines" if name.startswith(_PROPERTY) else _KINDS.get(name, "line")
    return Field(name, title_of(terminology, name), kind, shown(kind, cells.get(name)))


def shown(kind: Kind, value: Any) -> str:
    """Write the value of a cell as its field shows it: days Jalali, several values in lines."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case list() if kind == "designations":
            return "\n".join(f"{one['use']} | {one['language'] or ''} | {one['value']}" for one in value)
        case list():
            return "\n".join(map(str, value))
        case _ if kind == "day":
            return format_jalali(date.fromisoformat(value))
        case _:
            return str(value)


def wanted(kind: Kind, sent: str) -> Any:
    """Read what a field was sent with as the value that an edit wants; the desk checks it."""
    text = sent.replace("\r\n", "\n").strip()
    if kind == "truth":
        return text == "1"
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "designations":
        return [_designation(line) for line in lines]
    if kind == "lines":
        return lines
    return text or None


def _designation(line: str) -> dict[str, str | None]:
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) < 3:
        return {"use": None, "language": None, "value": line}
    return {"use": parts[0] or None, "language": parts[1] or None, "value": parts[2]}
