"""`maksa export`: a map in a format that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from maksa.cli.asking import shelf_of
from maksa.cli.export_fhir import write_concept_map
from maksa.cli.export_sssom import write_sssom
from maksa.cli.export_tables import write_csv, write_xlsx
from maksa.cli.exported import ExportedMap
from maksa.cli.options import Session, on_day, shared
from maksa.cli.output import print_json, say
from maksa.errors import BadParameter
from maksa.model.concept import Mapping, Terminology
from maksa.terminology.registered import registered_lists
from maksa.terminology.resolve import Resolver
from maksa.text import Text

_RETIRED = "retired"
_FORMATS: dict[str, Callable[[Path, ExportedMap], None]] = {
    "sssom": write_sssom,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "fhir-r4": lambda path, exported: write_concept_map(path, exported, version="4.0.1"),
    "fhir-r5": lambda path, exported: write_concept_map(path, exported, version="5.0.0"),
}


@click.command("export")
@click.argument("name", metavar="MAP")
@on_day
@click.option("--format", "form", required=True, type=click.Choice(tuple(_FORMATS)), help="The format.")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where it is written."
)
@shared
def command(
    session: Session, *, name: str, on: date | None, edition: str | None, form: str, output: Path
) -> None:
    """Write a map in a format that other programs read, and that an import reads again.

    Rows that only earlier editions had are left out. The file appears when all of it is written.
    """
    shelf = shelf_of(session.home)
    resolver = Resolver(shelf)
    opened = resolver.opened(name, on=on, edition=edition)
    described = opened.provider.terminology
    if described.kind != "map":
        raise _no_map(described.id)
    every = shelf.provider(described.id, opened.entry.manifest.edition).all_mappings()
    rows = tuple(row for row in every if row.relationship != _RETIRED)
    exported = ExportedMap(described, opened.entry, rows, _urls(resolver, rows))
    _write_whole(output, _FORMATS[form], exported)
    left_out = len(every) - len(rows)
    if session.json:
        manifest = opened.entry.manifest
        told = {"map": manifest.terminology, "edition": manifest.edition, "hash": manifest.content_hash}
        print_json({**told, "format": form, "rows": len(rows), "left_out": left_out})
        return
    file = output.name
    say(session, Text(f"{len(rows)} ردیف در {file} نوشته شد.", f"{len(rows)} rows were written to {file}."))
    if left_out:
        say(
            session,
            Text(
                f"{left_out} ردیف که تنها در انتشارهای پیشین بود نوشته نشد.",
                f"{left_out} rows that only earlier editions had were left out.",
            ),
        )


def _write_whole(output: Path, write: Callable[[Path, ExportedMap], None], exported: ExportedMap) -> None:
    if not output.parent.is_dir():
        raise BadParameter(
            "output",
            Text(f"پوشهٔ {output.parent} نیست.", f"There is no folder {output.parent}."),
            mend=Text("پوشه‌ای بدهید که هست.", "Name a folder that exists."),
        )
    if output.is_dir():
        raise BadParameter(
            "output",
            Text(f"{output} پوشه است و پرونده نیست.", f"{output} is a folder, not a file."),
            mend=Text("نام پرونده‌ای را بدهید.", "Name a file."),
        )
    prefix = f".{output.name}-"
    with TemporaryDirectory(prefix=prefix, dir=output.parent, ignore_cleanup_errors=True) as folder:
        made = Path(folder) / output.name
        write(made, exported)
        made.replace(output)


def _urls(resolver: Resolver, rows: Sequence[Mapping]) -> dict[str, str]:
    """Give the canonical URL of each list of a map that has one."""
    held = set(resolver.library.ids())
    urls = {}
    for name in sorted({end for row in rows for end in (row.source_terminology, row.target_terminology)}):
        described: Terminology | None = registered_lists().get(name)
        if described is None and name in held:
            newest = resolver.library.entries(name)[-1].manifest.edition
            described = resolver.library.provider(name, newest).terminology
        if described is not None and described.url:
            urls[name] = described.url
    return urls


def _no_map(name: str) -> BadParameter:
    return BadParameter(
        "map",
        Text(
            f"{name} فهرست است و این دستور نگاشت می‌نویسد.",
            f"{name} is a list, and this command writes maps.",
        ),
        mend=Text(
            f"کدهای فهرست را با «maksa codes {name} --json» بگیرید.",
            f"Take the codes of a list with 'maksa codes {name} --json'.",
        ),
    )
