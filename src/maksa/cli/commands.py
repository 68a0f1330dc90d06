"""The table of commands: a name, where it is, and one sentence; a command is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, NamedTuple

import click

from maksa.cli.failure import OutputClosed


class Place(NamedTuple):
    """Where a command is defined, and what it does in one sentence (its own help begins with the same)."""

    module: str
    help: str


COMMANDS: dict[str, Place] = {
    "demo": Place("demo", "Load the embedded samples and serve them on this machine."),
    "serve": Place("serve", "Serve a home: the gateway, the native API and the portal."),
    "import": Place("import_file", "Import a source list into a draft, or publish it at once."),
    "export": Place(
        "export", "Write a map in a format that other programs read, and that an import reads again."
    ),
    "maps": Place("maps", "Decide rows of maps, and list what was decided."),
    "publish": Place("publish", "Publish a draft, or withdraw or restore a published edition."),
    "drafts": Place("drafts", "Start, edit, review and vote on drafts, and say how the home is governed."),
    "list": Place("catalogue", "List the terminologies, or the editions of one of them."),
    "show": Place("show", "Show everything that is known of one code."),
    "search": Place("search", "Find codes by words of their titles, or by code."),
    "codes": Place("codes", "List the codes of a terminology in their order."),
    "validate": Place("validate", "Tell whether a code may be used, and why not."),
    "translate": Place("translate", "Tell what a code becomes in other terminologies, by the maps."),
    "relative-value": Place("relative_value", "Tell what a service is worth, in units and in rials."),
    "check": Place(
        "check", "Check messages of e-prescriptions, or tables of coded fields; the content tells which."
    ),
    "convert": Place(
        "convert",
        "Convert a message of an e-prescription to the fields of an insurer, by the maps of the home.",
    ),
    "discrepancies": Place(
        "discrepancies", "Compare parties' lists with the reference, and decide where they differ."
    ),
    "adoption": Place(
        "adoption",
        "See who uses which list: what is due, declared, observed and certified; remind those who do not.",
    ),
    "diff": Place("diff", "Tell what changed from one edition of a terminology to another."),
    "letters": Place("letters", "Record the ministry's letters and tie them to editions."),
    "parties": Place("parties", "Register organisations and the systems that they make or run."),
    "people": Place("people", "Register the people of the desk, their roles and passwords."),
    "clients": Place("clients", "Register client systems of the gateway and end them."),
    "requests": Place(
        "requests", "Take requests for missing codes, and lead them to a code or a reasoned refusal."
    ),
    "subscriptions": Place(
        "subscriptions", "Subscribe parties, people and clients to notices, by webhook or e-mail."
    ),
    "deliver": Place("deliver", "Send what subscribers are to be told of, in order, until it has arrived."),
    "unanswered": Place("unanswered", "List the searches that no title answered, the most frequent first."),
    "journal": Place("journal", "List what was done at the desk, by whom and when, newest first."),
    "doctor": Place("doctor", "Check a home whole: every byte, signature, key and record of it."),
    "backup": Place("backup", "Write a consistent copy of a home into one file."),
    "restore": Place("restore", "Make a home from a backup, and check it."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that `--help` and every command start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is none of this name."""
        del ctx
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        command: click.Command = import_module(f"maksa.cli.{place.module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and tell a reader that left (`| head`) from a failure."""
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise OutputClosed from None
        return answer
