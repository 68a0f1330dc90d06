"""The records of an import profile: how a source list is read, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from maksa.model.codeform import CodeForm
from maksa.model.concept import PropertyType, Terminology
from maksa.model.persian import title_key
from maksa.text import Text

Target = Literal[
    "code",
    "display",
    "designation",
    "property",
    "status",
    "effective-from",
    "effective-to",
    "transition-until",
    "replaced-by",
    "parent",
    "usage",
    "list",
    "source",
    "target",
    "source-list",
    "target-list",
    "relationship",
    "condition",
    "comment",
    "decided-by",
    "decided-on",
    "reason",
    "letter",
    "ignored",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a source: under which headers it stands, and what becomes of its cells.

    `name` is the standard header. `property_code`, `type` and `title` describe the property that a cell becomes;
    `form` is the form of its codes, `values` maps folded cells to canonical ones, `blank` stands for an empty
    cell. A cell is parted at `separator`; `marks` are the characters of a set written without any. `open` tells
    that the file brought the column, so that nothing is known of its values.
    """

    name: str
    to: Target
    aliases: tuple[str, ...] = ()
    required: bool = False
    property_code: str = ""
    type: PropertyType = "string"
    title: Text | None = None
    language: str | None = None
    use: str = "synonym"
    form: CodeForm = field(default_factory=CodeForm)
    clean: tuple[str, ...] = ()
    marks: str | None = None
    separator: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    blank: str | None = None
    open: bool = False

    @property
    def takes_truth(self) -> bool:
        """Tell whether a truth value of a spreadsheet is a value of this column."""
        return self.type == "boolean" or self.to == "status" or self.open

    @property
    def repeats(self) -> bool:
        """Tell whether one cell may give several values."""
        return self.marks is not None or self.separator is not None


@dataclass(frozen=True, slots=True)
class References:
    """Where a source cites codes of its own list: columns, and the regular expression of a cited code."""

    columns: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class MapForm:
    """Which lists a map leads from and to, and the relationship of a row that states none.

    The first of each side is meant where a row names no list; a side without lists takes any, and each row names it.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    relationship: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Lists whose rows are set aside: a stable reason, the ids, and the sentence that says why."""

    reason: str
    ids: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of source is read.

    `made_of` names the columns from which a code is made when the source has none, behind `prefix`.
    `misfit` says what happens to a code that cannot fit the form; `pad_at_most` bounds how many lost zeros
    are given back. `title_from` names columns, in order, that stand in for a missing title. `lists` are the
    known lists of a file that holds many, or those at the ends of a map.
    """

    name: str
    terminology: Terminology
    columns: tuple[Column, ...]
    misfit: Literal["set-aside", "note"] = "set-aside"
    pad_at_most: int = 4
    made_of: tuple[str, ...] = ()
    prefix: str = ""
    derive: tuple[str, ...] = ()
    duplicates: Literal["variant", "most-seen"] = "variant"
    title_from: tuple[str, ...] = ()
    names_list: bool = False
    open_properties: bool = False
    references: References | None = None
    map: MapForm | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    lists: tuple[Terminology, ...] = ()

    @property
    def groups(self) -> bool:
        """Tell whether a file of this profile holds many lists."""
        return any(column.to == "list" for column in self.columns)

    def known_lists(self) -> dict[str, Terminology]:
        """Give the known lists of a grouped file by every folded spelling of their ids."""
        return {
            title_key(spelling): known for known in self.lists for spelling in (known.id, *known.spellings)
        }

    def for_list(self, terminology: Terminology) -> Profile:
        """Give the same profile for another list."""
        return replace(self, terminology=terminology)
