"""Read the fields of the insurers, which are content, into records, strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from maksa.errors import BadInput
from maksa.text import Text

INSURERS = ("tamin", "salamat")
Form = Literal[
    "text",
    "number",
    "day",
    "day-with-slashes",
    "identifier",
    "code",
    "title",
    "words",
    "property",
    "value",
    "absent",
]
_HEAD = frozenset(
    {"id", "version", "effective", "fa", "en", "insurer_codes", "conditions", "items", "head", "item"}
)
_ROW = frozenset(
    {
        "field",
        "messages",
        "from",
        "as",
        "lists",
        "width",
        "optional",
        "elsewhere",
        "must",
        "absent",
        "value",
        "type",
        "property",
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """One field of an insurer, and what fills it; the comments in tamin.toml say what each part means."""

    field: str
    form: Form
    sources: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    width: int = 0
    optional: bool = False
    elsewhere: bool = False
    must: bool = False
    type: str = ""
    property: str = ""
    value: str | int = ""
    absent: Text | None = None


@dataclass(frozen=True, slots=True)
class Insurer:
    """The fields of one insurer: of the order, and of each row of it under `items`."""

    id: str
    version: str
    title: Text
    codes: tuple[str, ...]
    conditions: tuple[str, ...]
    items: str
    head: tuple[Target, ...]
    item: tuple[Target, ...]


@cache
def insurer(name: str) -> Insurer:
    """Give the fields of an insurer of INSURERS."""
    text = files("maksa.prescriptions.convert").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return read_insurer(name, text)


def read_insurer(name: str, text: str) -> Insurer:
    """Read the text of an insurer's file. Raises: BadInput naming the file and what is wrong in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, str(error)) from None
    if table.keys() != _HEAD:
        raise _wrong(name, f"unknown or missing: {sorted(table.keys() ^ _HEAD)}")
    return Insurer(
        id=table["id"],
        version=table["version"],
        title=Text(table["fa"], table["en"]),
        codes=tuple(table["insurer_codes"]),
        conditions=tuple(table["conditions"]),
        items=table["items"],
        head=tuple(_target(name, row) for row in table["head"]),
        item=tuple(_target(name, row) for row in table["item"]),
    )


def _target(name: str, row: Mapping[str, Any]) -> Target:
    unknown = row.keys() - _ROW
    said = "value" if "value" in row else "absent" if "absent" in row else row.get("as")
    form: Form | None = next((one for one in get_args(Form) if one == said), None)
    if unknown or "field" not in row or form is None:
        raise _wrong(name, f"{row.get('field')}: {sorted(unknown) or 'no field, or no known form'}")
    return Target(
        field=row["field"],
        form=form,
        sources=tuple(row.get("from", ())),
        messages=tuple(row.get("messages", ())),
        lists=tuple(row.get("lists", ())),
        width=row.get("width", 0),
        optional=row.get("optional", False),
        must=row.get("must", False),
        elsewhere=row.get("elsewhere", False),
        type=row.get("type", ""),
        property=row.get("property", ""),
        value=row.get("value", ""),
        absent=Text(**row["absent"]) if "absent" in row else None,
    )


def _wrong(name: str, what: str) -> BadInput:
    return BadInput(Text(f"فایل {name}.toml درست نیست: {what}.", f"{name}.toml is not right: {what}."))
