"""`maksa restore`: a home from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from maksa.cli.archive import read_archive
from maksa.cli.doctor import report
from maksa.cli.options import Session, shared
from maksa.cli.output import working
from maksa.cli.wholeness import examine
from maksa.text import Text


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.tar.gz")
@shared
def command(session: Session, *, file: Path) -> int:
    """Make a home from a backup, and check it.

    The home must not exist, or be an empty folder. Exit status 1 when the restored home has problems.
    """
    home = session.home.absolute()
    with working(session, Text("پشتیبان بازگردانده می‌شود…", "Restoring the backup …")):
        read_archive(file, home)
        found = examine(home)
    report(session, found)
    return 1 if found.problems else 0
