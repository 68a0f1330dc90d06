"""The error boundary: what went wrong becomes one clear sentence on standard error and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import dataclass

import click

from maksa.errors import IntakeError, MaksaError
from maksa.text import Text

NOT_ASKED = 2
"""The question could not be asked, or the act was refused."""
INTERRUPTED = 130
READER_LEFT = 141
"""What a shell reports of a program that writes into a closed pipe."""
_NAMED = 20


class OutputClosed(Exception):
    """Whoever read our output has left, as `| head` does."""


@dataclass(slots=True)
class Manner:
    """How to speak to whom: the language of sentences, and whether a fault of ours shows where it happened."""

    language: str = "en"
    debug: bool = False


def status_of(error: BaseException, manner: Manner) -> int:
    """Say what went wrong on standard error and give the exit status."""
    match error:
        case OutputClosed():
            _let_output_go()
            return READER_LEFT
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
        case click.ClickException():
            _say(_usage(error), manner)
        case MaksaError():
            _say(sentence(error), manner)
        case OSError():
            _say(_system(error), manner)
        case _:
            _say(_fault(error), manner)
            if manner.debug:
                traceback.print_exception(error)
    return NOT_ASKED


def sentence(error: MaksaError) -> Text:
    """Put an error for people together: what, where, the mend, and the accepted values if nothing names them."""
    place = _place(error)
    mend = error.mend or Text("", "")
    said = Text(
        f"{error.text.fa}{place.fa} {mend.fa}".strip(), f"{error.text.en}{place.en} {mend.en}".strip()
    )
    if error.known and not any(known in said.en for known in error.known):
        names = error.known[:_NAMED]
        more = len(error.known) - len(names)
        fa, en = "، ".join(names), ", ".join(names)
        said = Text(
            f"{said.fa} شناخته‌شده‌ها: {fa}{f' و {more} مورد دیگر' if more else ''}.",
            f"{said.en} Known: {en}{f' and {more} more' if more else ''}.",
        )
    return said


def _place(error: MaksaError) -> Text:
    if not isinstance(error, IntakeError) or (error.row is None and error.column is None):
        return Text("", "")
    fa = [f"ردیف {error.row}"] if error.row is not None else []
    en = [f"row {error.row}"] if error.row is not None else []
    if error.column is not None:
        fa.append(f"ستون {error.column}")
        en.append(f"column {error.column}")
    return Text(f" [{error.file}، {'، '.join(fa)}]", f" [{error.file}, {', '.join(en)}]")


def _usage(error: click.ClickException) -> Text:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "maksa"
    message = " ".join(error.format_message().split())
    return Text(
        f"دستور خوانده نشد: {message} راهنما: {command} --help",
        f"{message} See '{command} --help'.",
    )


def _system(error: OSError) -> Text:
    what = f"'{error.filename}': " if error.filename else ""
    reason = error.strerror or type(error).__name__
    return Text(
        f"سیستم‌عامل نگذاشت: {what}{reason}. فضای دیسک و اجازه‌های پوشه را بررسی کنید.",
        f"The system refused: {what}{reason}. Check the free space and the permissions.",
    )


def _fault(error: BaseException) -> Text:
    return Text(
        f"این خطای خود برنامه است ({type(error).__name__}). «maksa --debug …» جای آن را نشان می‌دهد؛ آن را گزارش کنید.",
        f"This is a fault of maksa itself ({type(error).__name__}). 'maksa --debug …' shows where; please report it.",
    )


def _say(text: Text, manner: Manner) -> None:
    click.echo(f"maksa: {text.in_language(manner.language)}", err=True)


def _let_output_go() -> None:
    # Python flushes standard output once more at its end, into a pipe that nobody reads.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
