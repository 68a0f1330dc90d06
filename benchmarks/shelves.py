"""A home with one large generated edition, made once for a run of a benchmark."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from generated import LIST, concepts
from maksa.editions.writer import EditionHead, write_edition
from maksa.home import Home, open_home
from maksa.model.edition import SCHEMA_VERSION, Manifest
from maksa.registry.parties.clients import add_sandbox_client


def home_with(count: int, folder: Path) -> Home:
    """Make a home whose only list holds `count` generated concepts, with the sandbox client."""
    home = open_home(folder, create=True)
    add_sandbox_client(home.registry)
    path = home.shelf.folder_of(LIST.id) / ".benchmark"
    written = write_edition(path, EditionHead(LIST, "1", 1, None, sample=False, rows=count), concepts(count))
    home.shelf.place(
        path,
        Manifest(
            terminology=LIST.id,
            kind=LIST.kind,
            edition="1",
            sequence=1,
            effective=None,
            count=written.count,
            rows=count,
            sample=False,
            file_hash=written.file_hash,
            content_hash=written.content_hash,
            previous_hash=None,
            schema_version=SCHEMA_VERSION,
            sqlite_version=written.sqlite_version,
            published=datetime.now(UTC),
            key_id="",
            signature="",
        ),
    )
    return home
