"""Read a profile from TOML, strictly: an unknown key, a wrong type or an unknown name is an error."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, cast, get_args

from maksa.errors import BadInput
from maksa.intake.clean import CLEANING
from maksa.intake.derive import DERIVATIONS
from maksa.intake.profile_records import (
    Column,
    Elsewhere,
    MapForm,
    Profile,
    References,
    Target,
)
from maksa.model.codeform import CHECKS, CodeForm
from maksa.model.concept import PropertyDefinition, PropertyType, Terminology, ValueSet
from maksa.model.persian import title_key
from maksa.text import Text


class _Table:
    """A table of the file whose keys are taken one by one; what is left at the end is an error."""

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, dict):
            raise _wrong(where, "is no table")
        self.where = where
        self._left: dict[str, Any] = dict(content)

    def text(self, key: str, default: str | None = None) -> str | None:
        return cast("str | None", self._take(key, str, default))

    def must(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise _wrong(self.where, f"lacks '{key}'")
        return value

    def one_of(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.text(key, default) or default
        if value not in known:
            raise _wrong(self.where, f"has {key} = '{value}'; known are {', '.join(known)}")
        return value

    def flag(self, key: str) -> bool:
        return bool(self._take(key, bool, default=False))

    def number(self, key: str, default: int | None = None) -> int | None:
        return cast("int | None", self._take(key, int, default))

    def texts(self, key: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = self._take(key, list, [])
        for value in values:
            if not isinstance(value, str) or (known is not None and value not in known):
                raise _wrong(self.where, f"has an unknown value {value!r} in '{key}'")
        return tuple(values)

    def table(self, key: str) -> _Table:
        return _Table(f"{self.where}.{key}", self._left.pop(key, {}))

    def tables(self, key: str) -> list[_Table]:
        content = self._take(key, list, [])
        return [_Table(f"{self.where}.{key}[{place}]", entry) for place, entry in enumerate(content)]

    def named_tables(self, key: str) -> list[tuple[str, _Table]]:
        content = self._take(key, dict, {})
        return [(name, _Table(f"{self.where}.{key}.{name}", entry)) for name, entry in content.items()]

    def title(self) -> Text:
        return Text(fa=self.must("fa"), en=self.must("en"))

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def end(self) -> None:
        if self._left:
            raise _wrong(self.where, f"has unknown keys: {', '.join(self._left)}")

    def _take(self, key: str, kind: type, default: Any) -> Any:
        value = self._left.pop(key, default)
        if value is not default and type(value) is not kind:
            raise _wrong(self.where, f"has a '{key}' that is no {kind.__name__}")
        return value


def read_profile(name: str, text: str) -> Profile:
    """Read a profile from the text of its TOML file.

    Raises: BadInput naming the profile, the table and the key that is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, f"is no TOML: {error}") from error
    top = _Table(name, content)
    columns = tuple(_column(header, table) for header, table in top.named_tables("columns"))
    code, rows = top.table("code"), top.table("rows")
    form = _form(code)
    misfit = code.one_of("misfit", ("set-aside", "note"), "set-aside")
    derived = tuple(_derived(table) for table in top.tables("derived"))
    terminology = _terminology(top, form, _definitions(columns, derived))
    profile = Profile(
        name=name,
        terminology=terminology,
        columns=columns,
        misfit=cast("Any", misfit),
        pad_at_most=code.number("pad_at_most", 4) or 0,
        made_of=code.texts("made_of", tuple(column.name for column in columns)),
        prefix=code.text("prefix", "") or "",
        derive=rows.texts("derive", tuple(DERIVATIONS)),
        duplicates=cast("Any", rows.one_of("duplicates", ("variant", "most-seen"), "variant")),
        title_from=rows.texts("title_from", tuple(column.name for column in columns)),
        names_list=rows.flag("names_list"),
        open_properties=rows.flag("open_properties"),
        references=_references(top),
        map=_map(top),
        elsewhere=tuple(_elsewhere(table) for table in top.tables("elsewhere")),
        lists=tuple(_list(table, terminology) for table in top.tables("lists")),
    )
    for table in (code, rows, top):
        table.end()
    _check_derivations(profile)
    return profile


def _terminology(top: _Table, form: CodeForm, properties: tuple[PropertyDefinition, ...]) -> Terminology:
    table = top.table("list")
    title, publisher = table.table("title"), table.table("publisher")
    content = table.one_of("content", ("complete", "fragment"), "complete")
    terminology = Terminology(
        id=table.must("id"),
        title=title.title(),
        kind=cast("Any", table.one_of("kind", ("terminology", "map"), "terminology")),
        code_form=form,
        properties=properties,
        value_sets=tuple(_value_set(entry, properties) for entry in top.tables("value_sets")),
        spellings=table.texts("spellings"),
        content=cast("Any", content),
        url=table.text("url"),
        publisher=publisher.title() if "fa" in publisher else None,
        list_number=table.number("list_number"),
    )
    for part in (title, publisher, table):
        part.end()
    return terminology


def _column(header: str, table: _Table) -> Column:
    to = cast("Target", table.one_of("to", get_args(Target), "") if "to" in table else table.must("to"))
    is_property = to == "property"
    values = table.table("values")
    column = Column(
        name=header,
        to=to,
        aliases=table.texts("aliases"),
        required=table.flag("required"),
        property_code=(table.text("property") or header) if is_property else "",
        type=cast("PropertyType", table.one_of("type", get_args(PropertyType), "string")),
        title=table.title() if is_property else None,
        language=table.text("language"),
        use=table.text("use", "synonym") or "synonym",
        form=_form(table),
        clean=table.texts("clean", tuple(CLEANING)),
        marks=table.text("marks"),
        separator=table.text("separator"),
        values=_values(values),
        blank=table.text("blank"),
    )
    table.end()
    return column


def _values(table: _Table) -> Mapping[str, str]:
    return {title_key(published): table.must(published) for published in list(table._left)}  # noqa: SLF001


def _form(table: _Table) -> CodeForm:
    pattern, check = table.text("pattern"), table.text("check")
    if check is not None and check not in CHECKS:
        raise _wrong(table.where, f"has check = '{check}'; known are {', '.join(CHECKS)}")
    if pattern is not None:
        _compiled(table.where, pattern)
    return CodeForm(pattern, check, table.number("width"), table.text("example"), table.flag("fold_case"))


def _compiled(where: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise _wrong(where, f"has a pattern that is no regular expression: {error}") from error


def _definitions(
    columns: tuple[Column, ...], derived: tuple[PropertyDefinition, ...]
) -> tuple[PropertyDefinition, ...]:
    return (
        *(
            PropertyDefinition(column.property_code, column.type, column.title, column.repeats)
            for column in columns
            if column.title is not None
        ),
        *derived,
    )


def _derived(table: _Table) -> PropertyDefinition:
    kind = cast("PropertyType", table.one_of("type", get_args(PropertyType), "string"))
    definition = PropertyDefinition(table.must("property"), kind, table.title(), table.flag("repeats"))
    table.end()
    return definition


def _value_set(table: _Table, properties: tuple[PropertyDefinition, ...]) -> ValueSet:
    value_set = ValueSet(table.must("id"), table.title(), table.must("property"), table.texts("values"))
    if value_set.property not in {definition.code for definition in properties}:
        raise _wrong(table.where, f"names an unknown property '{value_set.property}'")
    table.end()
    return value_set


def _references(top: _Table) -> References | None:
    if "references" not in top:
        return None
    table = top.table("references")
    references = References(table.texts("columns"), table.must("pattern"))
    _compiled(table.where, references.pattern)
    table.end()
    return references


def _map(top: _Table) -> MapForm | None:
    if "map" not in top:
        return None
    table = top.table("map")
    form = MapForm(table.texts("sources"), table.texts("targets"), table.must("relationship"))
    table.end()
    return form


def _elsewhere(table: _Table) -> Elsewhere:
    elsewhere = Elsewhere(table.must("reason"), table.texts("ids"), table.title())
    table.end()
    return elsewhere


def _list(table: _Table, of: Terminology) -> Terminology:
    known = Terminology(
        id=table.must("id"),
        title=table.title(),
        code_form=_form(table),
        properties=of.properties,
        spellings=table.texts("spellings"),
        url=table.text("url"),
        content=of.content,
        publisher=of.publisher,
    )
    table.end()
    return known


def _check_derivations(profile: Profile) -> None:
    defined = {definition.code for definition in profile.terminology.properties}
    for step in profile.derive:
        missing = set(DERIVATIONS[step].gives) - defined
        if missing:
            raise _wrong(profile.name, f"derives '{step}' without defining {', '.join(sorted(missing))}")


def _wrong(where: str, what: str) -> BadInput:
    return BadInput(
        Text(
            fa=f"قالب واردکردن درست نیست: {where} {what}.", en=f"The import profile is wrong: {where} {what}."
        ),
        mend=Text(fa="docs/import-profiles.md را ببینید.", en="See docs/import-profiles.md."),
    )
