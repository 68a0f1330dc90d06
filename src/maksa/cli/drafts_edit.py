"""`maksa drafts edit | undo | history | rows`: the grid on the command line."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from maksa.cli.drafts_output import (
    edit_record,
    print_edited,
    print_edits,
    print_rows,
    row_record,
)
from maksa.cli.options import DAY, Command, Session, acting, shared
from maksa.cli.output import print_json, say
from maksa.cli.person import at_desk, by_person
from maksa.errors import BadInput, BadParameter
from maksa.home import open_home
from maksa.registry.drafts.changes import AS_IT_STANDS, RowEdit
from maksa.registry.drafts.drafts import DraftOptions
from maksa.registry.drafts.edits import edit_draft, undo_edits
from maksa.registry.drafts.history import list_edits
from maksa.registry.drafts.rows import RowFilter, page_rows
from maksa.text import Text

_LARGEST_FILE = 16 * 1024 * 1024
_MOST_SHOWN = 1_000


def starting(command: Command) -> Command:
    """Give a command what is said of an edition that is started by it."""
    command = click.option(
        "--effective", type=DAY, metavar="DAY", help="Of a draft that is started: the first day it holds."
    )(command)
    return click.option("--sample", is_flag=True, help="Of a draft that is started: it is a sample.")(command)


def options_of(effective: date | None, *, sample: bool) -> DraftOptions:
    """Give the options of a draft that is started."""
    return DraftOptions(effective=effective, sample=sample)


@click.command("edit")
@click.argument("terminology")
@click.argument("edition")
@click.argument("row", required=False)
@click.option(
    "--set", "cells", multiple=True, metavar="NAME=VALUE", help="A cell; given again, a further value of it."
)
@click.option("--remove", is_flag=True, help="Take the row away.")
@click.option("--seen", metavar="HASH", help="The state of the row that you saw; as it stands by default.")
@click.option(
    "--rows",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="JSON",
    help="Many rows at once: an array of {key, seen, cells}; cells null takes a row away.",
)
@click.option("--why", metavar="TEXT", help="The reason, for the history.")
@starting
@by_person
@acting
def edit(
    session: Session,
    *,
    terminology: str,
    edition: str,
    row: str | None,
    cells: tuple[str, ...],
    remove: bool,
    seen: str | None,
    file: Path | None,
    why: str | None,
    effective: date | None,
    sample: bool,
    by: str | None,
) -> None:
    """Change, add or remove rows of a draft, all or none.

    ROW is a code or, of a map, the ordinal of a row (none for a new row). Without a draft one is started from the
    edition before.
    """
    edits = (
        [_one(row, cells, seen, remove=remove)] if file is None else _many(file, row, cells, remove=remove)
    )
    home, who = at_desk(session, by)
    edited = edit_draft(
        home.registry,
        home.shelf,
        terminology,
        edition,
        edits,
        why=why,
        starting=options_of(effective, sample=sample),
        who=who,
    )
    print_edited(session, edited)


@click.command("undo")
@click.argument("terminology")
@click.argument("edition")
@click.argument("number", type=int, required=False)
@click.option("--why", metavar="TEXT", help="The reason, for the history.")
@by_person
@acting
def undo(
    session: Session, *, terminology: str, edition: str, number: int | None, why: str | None, by: str | None
) -> None:
    """Take back the newest edits, or the one of a NUMBER when nothing later touched its row."""
    home, who = at_desk(session, by)
    print_edited(
        session, undo_edits(home.registry, home.shelf, terminology, edition, number, why=why, who=who)
    )


@click.command("history")
@click.argument("terminology")
@click.argument("edition")
@click.argument("row", required=False)
@click.option("--before", type=int, metavar="NUMBER", help="Only edits before this one.")
@click.option("--limit", type=click.IntRange(1, _MOST_SHOWN), default=100, show_default=True)
@shared
def history(
    session: Session, *, terminology: str, edition: str, row: str | None, before: int | None, limit: int
) -> None:
    """List the edits of a draft, or of one ROW of it, newest first."""
    registry = open_home(session.home).registry
    edits = list(list_edits(registry, terminology, edition, key=row, before=before, limit=limit))
    if session.json:
        print_json({"items": [edit_record(one) for one in edits]})
    elif edits:
        print_edits(session, edits)
    else:
        say(session, Text("ویرایشی نیست.", "There are no edits."))


@click.command("rows")
@click.argument("terminology")
@click.argument("edition")
@click.argument("keys", metavar="[ROW]...", nargs=-1)
@click.option("--text", metavar="WORDS", help="Words of a title, or the beginning of a code.")
@click.option("--changed", is_flag=True, help="Only rows that were edited, removed ones too.")
@click.option("--commented", is_flag=True, help="Only rows with open comments.")
@click.option("--status", metavar="STATUS", help="active or retired.")
@click.option("--after", metavar="ROW", help="Only rows after this one.")
@click.option("--limit", type=click.IntRange(1, _MOST_SHOWN), default=100, show_default=True)
@shared
def rows(
    session: Session,
    *,
    terminology: str,
    edition: str,
    keys: tuple[str, ...],
    text: str | None,
    changed: bool,
    commented: bool,
    status: str | None,
    after: str | None,
    limit: int,
) -> None:
    """List rows of a draft; as JSON with all their cells and the state that an edit names."""
    wanted = RowFilter(text, changed, commented, status, keys or None)
    page = page_rows(open_home(session.home).registry, terminology, edition, wanted, after=after, limit=limit)
    if session.json:
        print_json({"items": [row_record(row) for row in page.rows], "next": page.next})
        return
    if page.rows:
        print_rows(session, page.rows)
    else:
        say(session, Text("ردیفی نیست.", "There are no such rows."))
    if page.next is not None:
        say(session, Text(f"ادامه: --after {page.next}", f"More: --after {page.next}"))


COMMANDS = (edit, undo, history, rows)
"""The commands of this file, in the order of help."""


def _one(row: str | None, pairs: tuple[str, ...], seen: str | None, *, remove: bool) -> RowEdit:
    if remove == bool(pairs):
        raise BadParameter(
            "set",
            Text("یکی از --set و --remove را بدهید.", "Give one of --set and --remove."),
        )
    values: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name.strip() and equals):
            raise BadParameter(
                "set",
                Text(
                    f"--set «{pair[:60]}» جفت نام و مقدار نیست.",
                    f"--set: '{pair[:60]}' is no pair of name and value.",
                ),
                mend=Text("مانند --set display=عنوان بدهید.", "Write it as --set display=TITLE."),
            )
        values[name.strip()].append(value)
    cells = {name: _value(name, texts) for name, texts in values.items()}
    return RowEdit(row, seen or AS_IT_STANDS, None if remove else cells)


def _value(name: str, texts: list[str]) -> object:
    if name == "designations":
        return [{"value": text} for text in texts]
    return texts[0] if len(texts) == 1 else texts


def _many(file: Path, row: str | None, pairs: tuple[str, ...], *, remove: bool) -> list[RowEdit]:
    if row is not None or pairs or remove:
        raise BadParameter(
            "rows",
            Text(
                "--rows جای ردیف، --set و --remove را می‌گیرد.",
                "--rows stands in place of a row, --set and --remove.",
            ),
        )
    if file.stat().st_size > _LARGEST_FILE:
        raise _unreadable(file, Text("بزرگ‌تر از 16 مگابایت است", "it is larger than 16 MB"))
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise _unreadable(file, Text("JSON درستی نیست", "it is no JSON")) from None
    if not isinstance(told, list):
        raise _unreadable(file, Text("آرایه نیست", "it is no array"))
    return [_row_edit(file, place, entry) for place, entry in enumerate(told, 1)]


def _row_edit(file: Path, place: int, entry: Any) -> RowEdit:
    if (
        not isinstance(entry, dict)
        or not set(entry) <= {"key", "seen", "cells"}
        or "cells" not in entry
        or not isinstance(entry["cells"], dict | None)
        or not all(isinstance(entry.get(name), str | None) for name in ("key", "seen"))
    ):
        raise _unreadable(
            file,
            Text(
                f"مورد {place} شیئی با key و seen و cells نیست",
                f"entry {place} is no object of key, seen and cells",
            ),
        )
    return RowEdit(entry.get("key"), entry.get("seen", AS_IT_STANDS), entry["cells"])


def _unreadable(file: Path, why: Text) -> BadInput:
    return BadInput(
        Text(f"«{file.name}» خوانده نشد: {why.fa}.", f"'{file.name}' was not read: {why.en}."),
        mend=Text(
            'مانند [{"key": "00125", "cells": {"display": "…"}}] بنویسید.',
            'Write it as [{"key": "00125", "cells": {"display": "…"}}].',
        ),
    )
