"""`maksa discrepancies work`: compare the lists that doors received, each in the name of who sent it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from maksa.cli.asking import desk_of
from maksa.cli.discrepancies_upload import Way, compare_file, compared_list
from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, say
from maksa.errors import BadInput, MaksaError, NotFound, WrongState
from maksa.home import Home
from maksa.registry.discrepancies.received import (
    RECEIVED_WORDS,
    Received,
    find_received,
    next_waiting,
    record_compared,
    refuse_received,
)
from maksa.text import Text

_AGAIN_SECONDS = 5
_NAME = 60
"""Characters of a file's name that a temporary one keeps: no system takes much longer ones."""


@click.command("work")
@click.option("--watch", is_flag=True, help="Go on, and look for further lists every few seconds.")
@shared
def work(session: Session, *, watch: bool) -> None:
    """Compare the lists that the doors received, in the order in which they came.

    Each becomes an upload in the name of who sent it, or is kept as refused with its reason. What was cut off is
    done again by the next run; several runs at once do no harm.
    """
    home = desk_of(session)
    done = [] if watch else list(_work(home))
    while watch:
        for one in _work(home):
            print_json(one) if session.json else _tell(session, one)
        time.sleep(_AGAIN_SECONDS)
    if session.json:
        print_json({"total": len(done), "items": done})
        return
    for one in done:
        _tell(session, one)
    if not done:
        say(session, Text("فهرستی در صف سنجش نیست.", "No list waits to be compared."))


def _work(home: Home) -> Iterator[Received]:
    """Compare each list that waits, and give what became of it."""
    last = 0
    while (waiting := next_waiting(home.registry, after=last)) is not None:
        received, content = waiting
        last = received.number
        home.shelf.refresh()
        try:
            _compare(home, received, content)
        except WrongState:
            continue  # Another run was faster.
        yield find_received(home.registry, received.number)


def _compare(home: Home, received: Received, content: bytes) -> None:
    way = Way(received.day, received.profile, partial=received.partial)
    with TemporaryDirectory(prefix="maksa-") as folder:
        file = Path(folder) / re.sub(r"^\.+|[/\\]", "_", received.file)[:_NAME]
        file.write_bytes(content)
        try:
            theirs, comparison = compare_file(home.service, file, received.list, way)
        except (BadInput, NotFound) as wrong:
            refuse_received(home.registry, received, _reason(wrong))
            return
    compared = compared_list(
        received.party, theirs, comparison, reporter=received.reporter, channel=received.channel
    )
    record_compared(home.registry, received, replace(compared, file=received.file))


def _reason(wrong: MaksaError) -> Text:
    mend = wrong.mend or Text("", "")
    return Text(f"{wrong.text.fa} {mend.fa}".strip(), f"{wrong.text.en} {mend.en}".strip())


def _tell(session: Session, one: Received) -> None:
    word = RECEIVED_WORDS[one.state]
    why = Text("", "") if one.reason is None else Text(f": {one.reason.fa}", f": {one.reason.en}")
    said = Text(
        f"{one.number}، {one.party} {one.list}: {word.fa}{why.fa}",
        f"{one.number}, {one.party} {one.list}: {word.en}{why.en}",
    )
    say(session, said)
