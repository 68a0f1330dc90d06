"""`maksa backup`: a consistent copy of a home in one file."""

from __future__ import annotations

from pathlib import Path

import click

from maksa.cli.archive import write_archive
from maksa.cli.asking import shelf_of
from maksa.cli.options import Session, shared
from maksa.cli.output import note, print_json, say, working
from maksa.home import registry_elsewhere
from maksa.text import Text


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.tar.gz")
@shared
def command(session: Session, *, file: Path) -> None:
    """Write a consistent copy of a home into one file.

    Editions, letters, keys and registry are in it, so it must be kept as safe as the home. The home may be
    in use. A file that exists is not overwritten. A registry in PostgreSQL is not in it: pg_dump saves that.
    """
    shelf_of(session.home)  # Says so when it is no home.
    with working(session, Text("پشتیبان نوشته می‌شود…", "Writing the backup …")):
        count = write_archive(session.home.absolute(), file)
    if registry_elsewhere() is not None:
        fa = "دفتر در پایگاه دادهٔ MAKSA_REGISTRY_URL است و در این پرونده نیست؛ آن را با pg_dump نگه دارید."
        en = "The registry is in the database of MAKSA_REGISTRY_URL and not in this file; save it with pg_dump."
        note(session, Text(fa, en))
    if session.json:
        print_json({"file": str(file), "files": count, "bytes": file.stat().st_size})
    else:
        size = file.stat().st_size
        say(session, Text(f"{file}: {count} پرونده، {size} بایت.", f"{file}: {count} files, {size} bytes."))
