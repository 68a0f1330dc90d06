"""What is drawn on a terminal, by rich: tables fitted to its width, and a sign that work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID
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


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """Show bars on standard error, one a name, each told how much of it is done, 0 to 1."""
    tasks: dict[str, TaskID] = {}
    with Progress(console=Console(stderr=True)) as progress:

        def advance(name: str, done: float) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(escape(name), total=1.0)
            progress.update(tasks[name], completed=done)

        yield advance
