"""The entry point: `maksa COMMAND …`."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from maksa import __version__
from maksa.cli.commands import LazyGroup
from maksa.cli.failure import Manner, status_of


@click.command(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.option("--debug", is_flag=True, help="Show where a fault of the program itself happened.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def maksa(context: click.Context, *, debug: bool) -> None:
    """Maksa (مکسا), the reference of health codes of Iran.

    Exit status: 0 yes or done, 1 the answer is no, 2 the question could not be asked.
    """
    context.ensure_object(Manner).debug = debug


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; nothing leaves here as an exception."""
    _speak_utf8()
    manner = Manner()
    try:
        status = maksa.main(arguments, prog_name="maksa", standalone_mode=False, obj=manner)
    except Exception as error:  # noqa: BLE001 - The last resort: every failure becomes a sentence and a status.
        return status_of(error, manner)
    return int(status or 0)


def _speak_utf8() -> None:
    # Persian must leave a terminal of any locale, and what was sent undecodable must not end in an error.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
