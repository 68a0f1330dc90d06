"""The cells of a row of a draft: what a grid shows of it, and what an author sends to change it."""

from __future__ import annotations

from collections.abc import Mapping as Named
from dataclasses import replace
from datetime import date
from typing import Any

from maksa.editions.content import value_text
from maksa.errors import BadParameter
from maksa.intake.bounds import MAX_CELL, MAX_CODE
from maksa.intake.cells import read_boolean, read_day, read_status, read_value
from maksa.intake.clean import CONTROL
from maksa.intake.lists import is_list_id
from maksa.intake.map_words import NO_RELATION, RELATIONSHIPS, relationship_of
from maksa.intake.sentences import shown
from maksa.model.concept import (
    Concept,
    Designation,
    Mapping,
    Property,
    PropertyDefinition,
    Terminology,
)
from maksa.registry.drafts.lines import RowContent
from maksa.terminology.bounds import sound
from maksa.text import Text

MOST_VALUES = 200
"""Designations, parents, or values of one property that a row may have."""
PROPERTY = "property:"
"""Before the code of a property, in the name of its cell."""

Cells = Named[str, object]
"""Cells by their names, with values as JSON has them; None (or an empty text) is an empty cell."""

_CONCEPT = (
    "display",
    "display_en",
    "status",
    "effective_from",
    "effective_to",
    "transition_until",
    "replaced_by",
    "parent",
    "not_selectable",
    "designations",
)
_DAYS = ("effective_from", "effective_to", "transition_until")
_MAPPING = (
    "source_terminology",
    "source_code",
    "target_terminology",
    "target_code",
    "relationship",
    "condition",
    "comment",
)
_ENGLISH = ("en", "english")
"""Language and use of the designation that `display_en` writes."""


def cell_names(terminology: Terminology) -> tuple[str, ...]:
    """Name the cells that may be changed in a draft of a list or map."""
    if terminology.kind == "map":
        return _MAPPING
    return (*_CONCEPT, *(f"{PROPERTY}{definition.code}" for definition in terminology.properties))


def cells_of(content: RowContent) -> dict[str, object]:
    """Give the cells of a row; those of a concept have its properties by name, and its `code` beside them."""
    if isinstance(content, Mapping):
        return {name: getattr(content, name) for name in _MAPPING}
    values: dict[str, list[str]] = {}
    for prop in content.properties:
        values.setdefault(f"{PROPERTY}{prop.code}", []).append(value_text(prop.value))
    return {
        "code": content.code,
        "display": content.display,
        "status": content.status,
        **{name: None if (day := getattr(content, name)) is None else day.isoformat() for name in _DAYS},
        "replaced_by": content.replaced_by,
        "parent": list(content.parents),
        "not_selectable": content.not_selectable,
        "designations": [
            {"value": d.value, "language": d.language, "use": d.use} for d in content.designations
        ],
        **{name: texts[0] if len(texts) == 1 else texts for name, texts in values.items()},
    }


def content_from_cells(
    terminology: Terminology, code: str | None, cells: Cells, before: RowContent | None
) -> RowContent:
    """Give a row with some of its cells changed; without one before, a new row (of a list, of this code).

    What has no cell (variants, use, row of the source) stays. A changed row of a map is no longer decided.
    Raises: BadParameter naming the cell, the value and what may stand there.
    """
    known = cell_names(terminology)
    for name in cells:
        if name not in known:
            raise BadParameter(
                sound(name[:64]),
                Text(
                    fa=f"ردیف‌های «{terminology.id}» خانه‌ای به نام «{shown(name)}» ندارند.",
                    en=f"Rows of '{terminology.id}' have no cell '{shown(name)}'.",
                ),
                known=known,
            )
    if terminology.kind == "map":
        return _mapping(cells, before if isinstance(before, Mapping) else None)
    concept = before if isinstance(before, Concept) else Concept(code or "", "")
    return _concept(terminology, concept, cells)


def _concept(terminology: Terminology, concept: Concept, cells: Cells) -> Concept:
    changes: dict[str, Any] = {name: _day(name, cells[name]) for name in _DAYS if name in cells}
    if "display" in cells or not concept.display:
        changes["display"] = _needed("display", cells.get("display"))
    if "status" in cells:
        changes["status"] = _status(cells["status"])
    if "replaced_by" in cells:
        changes["replaced_by"] = _text("replaced_by", cells["replaced_by"], MAX_CODE)
    if "parent" in cells:
        changes["parents"] = _texts("parent", cells["parent"], MAX_CODE)
    if "not_selectable" in cells:
        changes["not_selectable"] = _truth("not_selectable", cells["not_selectable"])
    designations = concept.designations
    if "designations" in cells:
        designations = _designations(cells["designations"])
    if "display_en" in cells:
        designations = _with_english(designations, _text("display_en", cells["display_en"]))
    properties = concept.properties
    for definition in terminology.properties:
        name = f"{PROPERTY}{definition.code}"
        if name in cells:
            properties = _with_values(properties, definition, _values(name, definition, cells[name]))
    return replace(concept, **changes, designations=designations, properties=properties)


def _mapping(cells: Cells, before: Mapping | None) -> Mapping:
    sent = dict(cells)
    held = cells_of(before) if before is not None else {"relationship": "equivalent"}
    if "target_code" in sent and not sent["target_code"] and "relationship" not in sent:
        sent["relationship"] = NO_RELATION
    row = {**held, **sent}
    mapping = Mapping(
        source_terminology=_list_id("source_terminology", row.get("source_terminology")),
        source_code=_needed("source_code", row.get("source_code"), MAX_CODE),
        target_terminology=_list_id("target_terminology", row.get("target_terminology")),
        target_code=_text("target_code", row.get("target_code"), MAX_CODE),
        relationship=_relationship(row["relationship"]),
        condition=_text("condition", row.get("condition")),
        comment=_text("comment", row.get("comment")),
        row=None if before is None else before.row,
    )
    if before is not None and replace(before, decision=None) == mapping:
        return before
    return mapping


def _text(name: str, value: object, most: int = MAX_CELL) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(name, value, Text("متن", "a text"))
    text = value.strip()
    if len(text) > most or CONTROL.search(text):
        raise _wrong(
            name,
            text,
            Text(
                f"متنی تا {most} نویسه بی نویسهٔ کنترلی",
                f"a text of at most {most} characters, none a control one",
            ),
        )
    return text or None


def _needed(name: str, value: object, most: int = MAX_CELL) -> str:
    text = _text(name, value, most)
    if text is None:
        raise BadParameter(
            name,
            Text(fa=f"خانهٔ {name} خالی است.", en=f"The cell {name} is empty."),
            mend=Text(fa="آن را پر کنید.", en="Fill it in."),
        )
    return text


def _texts(name: str, value: object, most: int = MAX_CELL) -> tuple[str, ...]:
    values = value if isinstance(value, (list, tuple)) else [value]
    if len(values) > MOST_VALUES:
        raise _wrong(name, f"{len(values)}", Text(f"تا {MOST_VALUES} مقدار", f"at most {MOST_VALUES} values"))
    texts = (_text(name, one, most) for one in values)
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def _day(name: str, value: object) -> date | None:
    text = _text(name, value)
    if text is None:
        return None
    day = read_day(text)
    if day is None:
        raise _wrong(name, text, Text("روزی جلالی یا میلادی", "a day, Jalali or ISO"))
    return day


def _status(value: object) -> str:
    text = _text("status", value)
    status = None if text is None else read_status(text)
    if status is None:
        raise _wrong("status", value, Text("active یا retired", "active or retired"))
    return status


def _truth(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(name, value)
    truth = False if text is None else read_boolean(text)
    if truth is None:
        raise _wrong(name, value, Text("بله یا خیر", "yes or no"))
    return truth


def _designations(value: object) -> tuple[Designation, ...]:
    name = "designations"
    if not isinstance(value, (list, tuple)) or len(value) > MOST_VALUES:
        raise _wrong(
            name, value, Text(f"آرایه‌ای تا {MOST_VALUES} عنوان", f"an array of at most {MOST_VALUES} titles")
        )
    return tuple(dict.fromkeys(_designation(name, one) for one in value))


def _designation(name: str, value: object) -> Designation:
    if not isinstance(value, Named) or not set(value) <= {"value", "language", "use"}:
        raise _wrong(name, value, Text("value و language و use", "value, language and use"))
    return Designation(
        _needed(name, value.get("value")),
        _text(name, value.get("language"), 35),
        _text(name, value.get("use"), 64) or "synonym",
    )


def _with_english(designations: tuple[Designation, ...], english: str | None) -> tuple[Designation, ...]:
    others = tuple(d for d in designations if (d.language, d.use) != _ENGLISH)
    return others if english is None else (Designation(english, *_ENGLISH), *others)


def _values(name: str, definition: PropertyDefinition, value: object) -> tuple[Property, ...]:
    if isinstance(value, (bool, int)):
        value = value_text(value)
    elif isinstance(value, (list, tuple)):
        value = [value_text(one) if isinstance(one, (bool, int)) else one for one in value]
    texts = _texts(name, value)
    if len(texts) > 1 and not definition.repeats:
        raise _wrong(name, "، ".join(texts), Text("تنها یک مقدار", "one value only"))
    return tuple(_property(name, definition, text) for text in texts)


def _property(name: str, definition: PropertyDefinition, text: str) -> Property:
    value = read_value(text, definition.type)
    if value is None:
        raise _wrong(
            name, text, Text(f"مقداری از نوع {definition.type}", f"a value of the type {definition.type}")
        )
    return Property(definition.code, value)


def _with_values(
    properties: tuple[Property, ...], definition: PropertyDefinition, values: tuple[Property, ...]
) -> tuple[Property, ...]:
    """Put the values of a property where those before it stood, or at the end."""
    place = next((n for n, p in enumerate(properties) if p.code == definition.code), len(properties))
    later = tuple(p for p in properties[place:] if p.code != definition.code)
    return (*properties[:place], *values, *later)


def _list_id(name: str, value: object) -> str:
    text = _needed(name, value, MAX_CODE)
    if not is_list_id(text):
        raise _wrong(name, text, Text("شناسهٔ یک فهرست", "the id of a list"))
    return text


def _relationship(value: object) -> str:
    text = _text("relationship", value)
    found = None if text is None else relationship_of(text)
    if found is None:
        raise _wrong("relationship", value, Text("، ".join(RELATIONSHIPS), ", ".join(RELATIONSHIPS)))
    return found.name


def _wrong(name: str, value: object, wanted: Text) -> BadParameter:
    seen = shown(str(value)[:MAX_CODE])
    return BadParameter(
        name,
        Text(fa=f"«{seen}» در خانهٔ {name} نمی‌آید.", en=f"'{seen}' cannot stand in the cell {name}."),
        mend=Text(fa=f"چنین بنویسید: {wanted.fa}.", en=f"Write {wanted.en}."),
    )
