"""A table as every reader of tables gives it: headers, then rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from maksa.intake.ledger import Remark


class SheetRow(NamedTuple):
    """One row: its number (1 is the header), its cells as text, and the places of numbers that lost digits."""

    number: int
    cells: list[str]
    rounded: tuple[int, ...] = ()


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
