"""`maksa backup`: a consistent copy of a home in one file."""

from __future__ import annotations

from pathlib import Path

import click

from maksa.cli.archive import write_archive
from maksa.cli.asking import shelf_of
from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, say, working
from maksa.text import Text


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.tar.gz")
@shared
def command(session: Session, *, file: Path) -> None:
    """Write a consistent copy of a home into one file.

    Editions, letters, keys and registry are in it, so it must be kept as safe as the home. The home may be
    in use. A file that exists is not overwritten.
    """
    shelf_of(session.home)  # Says so when it is no home.
    with working(session, Text("پشتیبان نوشته می‌شود…", "Writing the backup …")):
        count = write_archive(session.home.absolute(), file)
    if session.json:
        print_json({"file": str(file), "files": count, "bytes": file.stat().st_size})
    else:
        size = file.stat().st_size
        say(session, Text(f"{file}: {count} پرونده، {size} بایت.", f"{file}: {count} files, {size} bytes."))
