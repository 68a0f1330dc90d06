"""What is drawn on a terminal, by rich: tables fitted to its width, and a sign that work goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled


def draw_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw rows under their names; long cells are folded, never cut."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Styled(cell) for cell in row))
    Console().print(table)


def spinner(text: str) -> AbstractContextManager[object]:
    """Show on standard error that a longer work is going on."""
    return Console(stderr=True).status(Styled(text))
