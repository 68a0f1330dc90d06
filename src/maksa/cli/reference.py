"""The reference of all commands, written from their own help: `python -m maksa.cli.reference > docs/cli.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from maksa.cli.main import maksa

_HEAD = """\
# The command line

Written from the commands' own help by `python -m maksa.cli.reference > docs/cli.md`; a test holds it current.

Exit status: 0 yes or done, 1 the answer is no, 2 the question could not be asked; then one sentence on standard
error names the thing, the value and the mend. Tables are printed for a terminal, lines with tabs into a pipe, and
`--json` gives the shapes of the native API. Progress goes to standard error. Days are Jalali (`1402/03/27`) or ISO,
codes and days in any of the three digit sets.
"""


def reference() -> str:
    """Write the help of every command as one Markdown page."""
    settings = {**maksa.context_settings, "max_content_width": 100, "terminal_width": 100}
    context = click.Context(maksa, info_name="maksa", **settings)
    return "\n".join([_HEAD, *_pages(maksa, context, 2)])


def _pages(group: click.Group, context: click.Context, level: int) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield f"{'#' * level} {inner.command_path}\n\n```\n{inner.get_help()}\n```\n"
        if isinstance(command, click.Group):
            yield from _pages(command, inner, level + 1)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
