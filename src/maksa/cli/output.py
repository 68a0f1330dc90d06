"""How answers are printed: tables for a terminal, tab-separated lines for a pipe, JSON for machines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import click
import msgspec

from maksa.cli.options import Session
from maksa.text import Text

_HALF_SPACE = "\u200c"


def say(session: Session, text: Text) -> None:
    """Print a sentence of an answer."""
    click.echo(printable(text.in_language(session.language)))


def note(session: Session, text: Text) -> None:
    """Tell of progress or of a circumstance, on standard error."""
    click.echo(printable(text.in_language(session.language)), err=True)


def print_json(answer: Any) -> None:
    """Print an answer as JSON, indented; every character as it is."""
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())


def print_table(session: Session, headers: Sequence[Text], rows: Iterable[Sequence[object]]) -> None:
    """Print rows: fitted to the width of a terminal, or one line a row with tabs when piped."""
    names = [header.in_language(session.language) for header in headers]
    cells = ([_cell(value) for value in row] for row in rows)
    if sys.stdout.isatty():
        from maksa.cli.terminal import draw_table  # noqa: PLC0415 - A pipe need not wait for rich to load.

        draw_table(names, cells)
        return
    for line in chain([names], cells):
        click.echo("\t".join(line))


@contextmanager
def working(session: Session, text: Text) -> Iterator[None]:
    """Show on a terminal's standard error that a longer work is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from maksa.cli.terminal import spinner  # noqa: PLC0415 - As above.

    with spinner(printable(text.in_language(session.language))):
        yield


@contextmanager
def advancing() -> Iterator[Callable[[str, float], None]]:
    """Show on a terminal's standard error how far a long work is: told its name and a part of it, 0 to 1."""
    if not sys.stderr.isatty():
        yield lambda _name, _done: None
        return
    from maksa.cli.terminal import progress_bar  # noqa: PLC0415 - As above.

    with progress_bar() as advance:
        yield lambda name, done: advance(printable(name), done)


def printable(text: str) -> str:
    """Give a text without control characters, which a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in {_HALF_SPACE, "\n"} else " " for c in text)


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value)).replace("\n", " ")
