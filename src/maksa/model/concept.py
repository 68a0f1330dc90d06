"""A terminology and its concepts, as every room below and above the shelf knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from maksa.model.codeform import CodeForm
from maksa.text import Text

PropertyType = Literal["string", "code", "decimal", "integer", "boolean", "date"]
PropertyValue = str | Decimal | int | bool | date
Status = Literal["active", "retired"]
StatusOnDay = Literal["active", "retired", "not-yet-effective"]


class Designation(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Another title of a concept: `language` is fa, en or None; `use` says what it is.

    Uses: `synonym`, `persian`, `english` (parts split from a glued title), `short`, `abbreviation`.
    """

    value: str
    language: str | None = None
    use: str = "synonym"


class Property(msgspec.Struct, frozen=True, gc=False):
    """One typed value of a concept; a set is several properties of the same code. Decimals stay decimals."""

    code: str
    value: PropertyValue


@dataclass(frozen=True, slots=True)
class Variant:
    """A further row of the same code with other content: kept, reported, never merged."""

    display: str
    designations: tuple[Designation, ...] = ()
    properties: tuple[Property, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a list. `display` is the published title, trimmed and otherwise unaltered.

    `effective_from` and `effective_to` are the first and the last day on which it holds; after the last day
    and until `transition_until` its use is a warning, not an error. `usage` is a count of use, where known:
    it ranks ties of a search. `row` is its row in the source (1 is the header). `changed` is the sequence
    of the edition in which its content last changed; `carried_from` names the last edition that had it,
    when later lists no longer do.
    """

    code: str
    display: str
    status: Status = "active"
    designations: tuple[Designation, ...] = ()
    properties: tuple[Property, ...] = ()
    parents: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    transition_until: date | None = None
    replaced_by: str | None = None
    not_selectable: bool = False
    variants: tuple[Variant, ...] = ()
    usage: int = 0
    row: int | None = None
    changed: int = 0
    carried_from: str | None = None

    def status_on(self, day: date) -> StatusOnDay:
        """Give the state on a day: its own dates decide, and its status where no last day is known."""
        if self.effective_from is not None and day < self.effective_from:
            return "not-yet-effective"
        if self.effective_to is not None:
            return "retired" if day > self.effective_to else "active"
        return self.status

    def titles(self) -> tuple[str, ...]:
        """Give every title that validation accepts: display, designations, and those of the variants."""
        return (
            self.display,
            *(d.value for d in self.designations),
            *(t for v in self.variants for t in (v.display, *(d.value for d in v.designations))),
        )

    def values(self, code: str) -> tuple[PropertyValue, ...]:
        """Give the values of one property, in order; empty when it has none."""
        return tuple(p.value for p in self.properties if p.code == code)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided a row of a map, when, why, and by which letter; it outlives every re-import of the map."""

    by: str
    on: date
    why: str
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row of a map: a source code, what it becomes, and why. `target_code` None is a decided "no map"."""

    source_terminology: str
    source_code: str
    target_terminology: str
    target_code: str | None
    relationship: str = "equivalent"
    condition: str | None = None
    comment: str | None = None
    row: int | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class PropertyDefinition:
    """What a property means; `repeats` says that it is a set."""

    code: str
    type: PropertyType
    title: Text
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class ValueSet:
    """The concepts of one list whose property has one of the values, for example all CT studies."""

    id: str
    title: Text
    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terminology:
    """A coding list, as its editions describe it.

    `spellings` are other ways in which real traffic writes the id: data, never a guess. `content` is FHIR's:
    `complete`, `fragment`, `supplement`, or `not-present` for a list registered by its form only.
    """

    id: str
    title: Text
    kind: Literal["terminology", "map"] = "terminology"
    code_form: CodeForm = field(default_factory=CodeForm)
    properties: tuple[PropertyDefinition, ...] = ()
    value_sets: tuple[ValueSet, ...] = ()
    spellings: tuple[str, ...] = ()
    content: Literal["complete", "fragment", "supplement", "not-present"] = "complete"
    case_sensitive: bool = False
    supplements: str | None = None
    url: str | None = None
    publisher: Text | None = None
    list_number: int | None = None
    """The row of the list in the table of letter 110/130, where it has one."""
