"""`maksa check` of messages: a batch through the checker, into a report and an exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from maksa import __version__
from maksa.cli.check_asked import Asked
from maksa.cli.failure import NOT_ASKED
from maksa.cli.options import Session
from maksa.cli.output import advancing, printable
from maksa.errors import BadInput
from maksa.prescriptions.batch import Checked, Checks, Outcome, check_each, messages
from maksa.prescriptions.rules import rule_book
from maksa.prescriptions.sent import Unread
from maksa.prescriptions.show_json import IsSample, write_json
from maksa.prescriptions.show_sarif import write_sarif
from maksa.prescriptions.show_text import write_text
from maksa.prescriptions.tally import Tally
from maksa.text import Text

_HELD_BACK = 1_000


def check_messages(session: Session, asked: Asked, checker: Checks, is_sample: IsSample) -> int:
    """Check messages, write the report, and give the exit status.

    0: every message is valid, or its repaired copy is; 1: some is not, or something in the batch was no message;
    2: there was no message at all. Raises: BadInput then, as long as nothing was written; BadParameter, OSError.
    """
    mend = None
    if asked.fix is not None:
        from maksa.cli.check_repair import repair_to  # noqa: PLC0415 - Most checks repair nothing.

        mend = repair_to(asked.fix, asked.paths, checker, asked.on).mend
    tally = Tally()
    with advancing() as advance:
        batch = messages(asked.paths, progress=advance)
        outcomes = _once_asked(check_each(checker, batch, on=asked.on, mend=mend))
        with _written(asked.output) as write:
            for piece in _pieces(session.language, asked, outcomes, tally, is_sample):
                write(piece)
    if not tally.messages:
        return NOT_ASKED
    return 1 if tally.remaining or tally.unread else 0


def _pieces(
    language: str, asked: Asked, outcomes: Iterable[Outcome], tally: Tally, is_sample: IsSample
) -> Iterator[str]:
    match asked.form:
        case "json":
            return write_json(outcomes, tally, is_sample=is_sample)
        case "sarif":
            titles = rule_titles()
            return write_sarif(outcomes, tally, version=__version__, language=language, titles=titles)
        case "html":
            from maksa.cli.check_page import write_page  # noqa: PLC0415 - Templates load slowly.

            today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tehran")).date()
            return write_page(outcomes, tally, on=asked.on, today=today, is_sample=is_sample)
        case "text":
            lines = write_text(outcomes, tally, is_sample=is_sample)
            return (f"{printable(line.in_language(language))}\n" for line in lines)


def rule_titles() -> dict[str, Text]:
    """Name in words what each rule of the book is about."""
    book = rule_book()
    titles = {form.rule: form.title for form in book.identifiers.values()}
    fields = [rules.field for rules in book.messages.values()]
    while fields:
        field = fields.pop()
        titles.setdefault(field.rule, field.title)
        fields.extend(field.children.values())
    return titles


def _once_asked(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Hold back what is no message until there is one, so that nothing is written when there is none."""
    held: list[Outcome] = []
    for one in outcomes:
        held.append(one)
        if isinstance(one, Checked) or len(held) > _HELD_BACK:
            return chain(held, outcomes)
    raise _nothing_asked([one for one in held if isinstance(one, Unread)])


def _nothing_asked(unread: list[Unread]) -> BadInput:
    if not unread:
        return BadInput(
            Text("هیچ پیامی یافت نشد.", "No message was found."),
            mend=Text(
                "فایل JSON، XML، NDJSON یا ZIP، یا پوشه‌ای از آن‌ها بدهید.",
                "Give JSON, XML, NDJSON or ZIP files, or a folder of them.",
            ),
        )
    first = unread[0].error
    if len(unread) == 1:
        return first
    return BadInput(
        Text(
            f"هیچ‌یک از {len(unread)} پیام خوانده نشد. نخستین: {first.text.fa}",
            f"None of {len(unread)} messages could be read. The first: {first.text.en}",
        ),
        mend=first.mend,
    )


@contextmanager
def _written(output: Path | None) -> Iterator[Callable[[str], object]]:
    """Give what writes to standard output, or to a file that appears only when all of it is written."""
    if output is None:
        yield lambda piece: click.echo(piece, nl=False)
        return
    output = output.resolve()  # A link stays, and what it leads to is written.
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream.write
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
