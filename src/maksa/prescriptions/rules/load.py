"""Read the files of rules into records, strictly: an unknown word, type, part or a rule id that stands twice is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from maksa.errors import BadInput
from maksa.model.codeform import CHECKS, CodeForm
from maksa.model.jalali import parse_day
from maksa.prescriptions.report import MessageType
from maksa.prescriptions.rules.records import (
    KINDS,
    PARTS,
    Field,
    IdentifierForm,
    MessageRules,
    RuleBook,
    Units,
)
from maksa.text import Text

MESSAGE_FILES: Final = ("medication", "imaging", "laboratory", "dispensed")
PART_FILES: Final = ("provider", "area")
_HEAD = frozenset({"id", "version", "effective", "fa", "en"})
_MESSAGE = frozenset({"message", "root", "blocks", "code", "issued", "marks", "same", "elements"})
_ELEMENT = frozenset({"path", "rule", "fa", "en"})
_OPTIONS = frozenset(
    {"type", "required", "terminologies", "value_sets", "identifiers", "personal", "most"},
)
_IDENTIFIER = frozenset({"type", "rule", "fa", "en"})
_LOOK = frozenset({"issuers", "pattern", "check"})
_TITLE = Text("پیام", "Message")


@cache
def rule_book() -> RuleBook:
    """Give the rules that come with the program."""
    folder = files("maksa.prescriptions.rules")
    names = ("envelope", "values", *PART_FILES, *MESSAGE_FILES)
    return read_rules({name: folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in names})


def read_rules(texts: Mapping[str, str]) -> RuleBook:
    """Read the texts of the rule files, by name. Raises: BadInput naming the file and what is wrong in it."""
    tables = {name: _parsed(name, text) for name, text in texts.items()}
    parts = {name: _part(name, tables[name]) for name in PART_FILES}
    _known("envelope", tables["envelope"], _HEAD | {"elements"})
    envelope = _rows("envelope", tables["envelope"], parts)
    messages: dict[MessageType, MessageRules] = {}
    for name in MESSAGE_FILES:
        rules = _message(name, tables[name], envelope, parts)
        messages[rules.message] = rules
    values = tables["values"]
    _known("values", values, _HEAD | {"identifiers", "agreements", "units"})
    return RuleBook(
        messages=messages,
        shape=_merged([rules.field for rules in messages.values()]),
        identifiers={one.type: one for one in map(_identifier, values["identifiers"])},
        agreements={code: tuple(issuers) for code, issuers in values["agreements"].items()},
        units=_units(values["units"]),
    )


def spelled(name: str) -> str:
    """Give the one spelling of a name in which case, underscores and dashes say nothing."""
    return name.replace("_", "").replace("-", "").casefold()


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
        parse_day(table["effective"])
    except (tomllib.TOMLDecodeError, KeyError, BadInput) as error:
        raise _wrong(name, f"{type(error).__name__}: {error}") from None
    return table


def _known(
    name: str, row: Mapping[str, Any], needed: frozenset[str], more: frozenset[str] = frozenset()
) -> None:
    unknown, missing = row.keys() - needed - more, needed - row.keys()
    if unknown or missing:
        place = row.get("path") or row.get("type") or "head"
        raise _wrong(name, f"{place}: unknown {sorted(unknown)}, missing {sorted(missing)}")


def _part(name: str, table: Mapping[str, Any]) -> Field:
    _known(name, table, _HEAD | {"elements"})
    return _tree(name, _rows(name, table, {}))


_Rows = dict[str, Field]


def _rows(name: str, table: Mapping[str, Any], parts: Mapping[str, Field], under: str = "") -> _Rows:
    """Read the rows of a file: path without brackets to field, a path after the one that holds it."""
    rows: _Rows = {}
    seen: set[str] = set()
    for row in table["elements"]:
        _known(name, row, _ELEMENT, _OPTIONS)
        path = under + row["path"]
        if row["rule"] in seen or path in rows:
            raise _wrong(name, f"{path} or {row['rule']} stands twice")
        seen.add(row["rule"])
        rows[path] = _field(name, path, row, parts)
    return rows


def _field(name: str, path: str, row: Mapping[str, Any], parts: Mapping[str, Field]) -> Field:
    kind = row.get("type", "group")
    children: Mapping[str, Field] = {}
    if kind in parts:
        children, kind = parts[kind].children, "group"
    if kind not in KINDS:
        raise _wrong(name, f"{path}: the type {kind} is not known; known are {', '.join((*KINDS, *parts))}")
    return Field(
        name=path.rpartition(".")[2].removesuffix("[]"),
        rule=row["rule"],
        kind=kind,
        title=Text(row["fa"], row["en"]),
        required=row.get("required", False),
        many=path.endswith("[]"),
        most=row.get("most"),
        terminologies=tuple(row.get("terminologies", ())),
        value_sets=row.get("value_sets", {}),
        identifiers=tuple(row.get("identifiers", ())),
        personal=row.get("personal", False),
        children=children,
    )


def _tree(name: str, rows: _Rows) -> Field:
    """Hang the fields under each other; the root stands for the message, or the part, itself."""
    root = Field("", "message", "group", _TITLE, required=True)
    trees: dict[str, tuple[Field, dict[str, Field]]] = {"": (root, {})}
    for path, field in rows.items():
        parent = path.rpartition(".")[0]
        if parent not in trees:
            raise _wrong(name, f"{path} stands before what holds it")
        trees[parent][1][field.name] = field
        trees[path] = (field, dict(field.children))
    for path in reversed(list(trees)):
        field, children = trees[path]
        whole = _named(replace(field, children=children))
        if path:
            trees[path.rpartition(".")[0]][1][field.name] = whole
        else:
            root = whole
    return root


def _named(field: Field) -> Field:
    leaves = PARTS.get(field.kind, ())
    names = (*leaves, *field.children)
    return replace(field, spellings={spelled(name): name for name in names} | {name: name for name in names})


def _message(
    name: str, table: Mapping[str, Any], envelope: _Rows, parts: Mapping[str, Field]
) -> MessageRules:
    _known(name, table, _HEAD | _MESSAGE)
    title = Text(table["fa"], table["en"])
    rows = dict(envelope)
    block = f"Composition.{table['blocks'][0]}"
    rows[block] = Field(table["blocks"][0], f"{table['id']}.block", "group", title)
    rows |= _rows(name, table, parts, f"{block}.")
    return MessageRules(
        id=table["id"],
        version=table["version"],
        effective=parse_day(table["effective"]),
        title=title,
        message=table["message"],
        root=table["root"],
        blocks=tuple(table["blocks"]),
        code=table["code"],
        issued=table["issued"],
        marks=tuple(table["marks"]),
        same=tuple(table["same"]),
        field=_with_aliases(_tree(name, rows), table["blocks"]),
    )


def _with_aliases(root: Field, blocks: Iterable[str]) -> Field:
    """Let the block stand under each of its names."""
    composition = root.children["Composition"]
    first, *others = blocks
    block = composition.children[first]
    children = dict(composition.children)
    for other in others:
        children[other] = replace(block, name=other, required=False)
    whole = _named(replace(composition, children=children))
    return _named(replace(root, children={**root.children, "Composition": whole}))


def _merged(fields: list[Field]) -> Field:
    """Give one field with the children of all; what is a list in one is a list."""
    names = dict.fromkeys(name for field in fields for name in field.children)
    children = {
        name: _merged([field.children[name] for field in fields if name in field.children]) for name in names
    }
    spellings = {spelling: name for field in fields for spelling, name in field.spellings.items()}
    many = any(field.many for field in fields)
    return replace(fields[0], many=many, children=children, spellings=spellings)


def _identifier(row: Mapping[str, Any]) -> IdentifierForm:
    _known("values", row, _IDENTIFIER, _LOOK)
    check = row.get("check")
    if check is not None and check not in CHECKS:
        raise _wrong("values", f"the check digit {check} is not known")
    return IdentifierForm(
        type=row["type"],
        rule=row["rule"],
        title=Text(row["fa"], row["en"]),
        issuers=tuple(row.get("issuers", ())),
        form=CodeForm(pattern=row.get("pattern"), check=check),
    )


def _units(table: Mapping[str, Any]) -> Units:
    return Units(**{name: frozenset(table[name]) for name in ("words", "prefixes", "metric", "plain")})


def _wrong(name: str, what: str) -> BadInput:
    return BadInput(
        Text(
            fa=f"فایل قاعده‌های {name}.toml درست نیست: {what}.",
            en=f"The rules {name}.toml are not right: {what}.",
        ),
        mend=Text(fa="فایل را درست کنید.", en="Correct the file."),
    )
