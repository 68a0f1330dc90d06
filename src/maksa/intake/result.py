"""What an import gives: concepts of one or more lists, and an account of every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maksa.model.concept import Concept, Mapping, Terminology
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read: its name, size in bytes, hex SHA-256, format and (of text) encoding.

    An `edition` is the file of a published edition, of which a draft was made at the desk.
    """

    name: str
    size: int
    hash: str
    format: Literal["csv", "xlsx", "fhir-json", "sssom", "edition"]
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a source: what was repaired, why a row was set aside, or what a curator should look at.

    `code` is a stable name (`duplicate-code`, `text-in-number`, `dangling-reference`, …). `row` 1 is the
    header, as a spreadsheet counts; None speaks of the whole file. `concept` is the code of the row, if known.
    """

    kind: Literal["repaired", "set-aside", "note"]
    code: str
    row: int | None
    column: str | None
    text: Text
    mend: Text | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Every row has one fate: `accepted + repaired + set_aside == read`."""

    read: int
    accepted: int
    repaired: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class ImportedList:
    """One list of a source: its description and its concepts, each code once, in the order of the source.

    A map has `mappings` and no concepts. `rows` counts the source rows behind them (variants too).
    """

    terminology: Terminology
    concepts: tuple[Concept, ...]
    mappings: tuple[Mapping, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Intake:
    """All that one file gave; most files hold one list, `thrita` many."""

    source: Source
    lists: tuple[ImportedList, ...]
    findings: tuple[Finding, ...]
    counts: Counts
