"""A table as every reader of tables gives it: headers, then rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, TextIO

from maksa.intake.ledger import Remark

Mark = Literal["rounded", "error", "truth", "rows"]
"""What a reader says of a cell beside its text.

A number that lost digits, the error of a formula, a truth value, or a text that looks like swallowed rows.
"""

_NO_MARKS: Mapping[int, Mark] = MappingProxyType({})


class SheetRow(NamedTuple):
    """One row: its number (1 is the header), its cells as text, and what is said of some of them, by place."""

    number: int
    cells: list[str]
    marks: Mapping[int, Mark] = _NO_MARKS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headers, its rows in order (blank ones too, with no cells), and notes on the file.

    `stream` is what the rows are read from; it must live until the file behind it is closed.
    """

    header: tuple[str, ...]
    rows: Iterator[SheetRow]
    encoding: str | None = None
    remarks: tuple[Remark, ...] = ()
    stream: TextIO | None = None
