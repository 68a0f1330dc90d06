"""`maksa import`: a source list into a draft, with an account of every row."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from maksa.cli.asking import desk_of
from maksa.cli.import_outcome import Outcome, Publishing, keep, preview
from maksa.cli.import_publishing import publishing, windowed
from maksa.cli.import_report import all_findings, print_import_json, print_import_text, write_findings
from maksa.cli.options import DAY, Session, acting, pairs_of
from maksa.cli.output import working
from maksa.errors import BadParameter
from maksa.home import Home, open_home
from maksa.intake.map_files import MapEnds
from maksa.intake.profile import load_profile
from maksa.intake.profile_records import Profile
from maksa.intake.result import Finding, Intake
from maksa.intake.take_in import take_in
from maksa.model.edition import Letter
from maksa.registry.drafts.drafts import DraftOptions
from maksa.text import Text


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--profile", required=True, metavar="NAME", help="How the file is read; an unknown one names all."
)
@click.option("--edition", required=True, metavar="NAME", help="The edition that it becomes.")
@click.option("--terminology", metavar="ID", help="The list or map, for 'generic' and 'generic-map'.")
@click.option("--source-list", metavar="ID", help="The list from which a map leads, where no row says it.")
@click.option("--target-list", metavar="ID", help="The list to which a map leads, where no row says it.")
@click.option("--columns", multiple=True, metavar="NAME=HEADER", help="The file's own header of a column.")
@click.option(
    "--effective", type=DAY, metavar="DAY", help="The first day it holds; without it, it always does."
)
@click.option("--letter", metavar="NUMBER", help="The letter that announces it.")
@click.option("--issued", type=DAY, metavar="DAY", help="The day of the letter.")
@click.option("--subject", metavar="TEXT", help="The subject of the letter.")
@click.option("--partial", is_flag=True, help="It is a part: codes that it does not name stay as they are.")
@click.option("--sample", is_flag=True, help="It is a sample and marked so in every door.")
@publishing
@windowed
@click.option(
    "--over-edits",
    is_flag=True,
    help="Replace a draft even if it was edited, commented or submitted; the journal says what was replaced.",
)
@click.option("--dry-run", is_flag=True, help="Read and compare; write nothing but --findings.")
@click.option(
    "--strict", is_flag=True, help="Exit status 1 when a row was set aside; the import is done all the same."
)
@click.option(
    "--findings",
    "findings_file",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Write all findings here.",
)
@click.option(
    "--show", type=click.IntRange(0), default=10, show_default=True, help="Findings of each kind to print."
)
@acting
def command(
    session: Session,
    *,
    file: Path,
    profile: str,
    edition: str,
    terminology: str | None,
    source_list: str | None,
    target_list: str | None,
    columns: tuple[str, ...],
    effective: date | None,
    letter: str | None,
    issued: date | None,
    subject: str | None,
    partial: bool,
    sample: bool,
    publishing: Publishing | None,
    until: date | None,
    over_edits: bool,
    dry_run: bool,
    strict: bool,
    findings_file: Path | None,
    show: int,
) -> int:
    """Import a source list into a draft, or publish it at once.

    FILE is a CSV, an XLSX workbook, a FHIR CodeSystem as JSON or, of a map, SSSOM or a FHIR ConceptMap. Every
    row is accepted, repaired or set aside with its reason. A home that does not exist is made. The same content again does nothing; other content
    under the name of a published edition is refused.
    """
    options = DraftOptions(effective, sample, partial, _letter(letter, issued, subject), until)
    read_as = load_profile(profile)
    if not dry_run:
        _ = session.home  # Named before the work begins, not after it.
    _check_findings_file(findings_file, file)
    ends = MapEnds(source_list, target_list)
    intake = _read(session, file, read_as, terminology, columns=columns, ends=ends)
    _write(findings_file, intake.findings)  # They are of most use when what follows is refused.
    with working(session, Text("سنجیده و ذخیره می‌شود…", "Comparing and saving …")):
        become = _become(session, dry_run=dry_run)
        outcomes = become(intake, edition, options, publishing, over_edits=over_edits)
    _write(findings_file, all_findings(intake, outcomes))
    if session.json:
        print_import_json(intake, outcomes)
    else:
        print_import_text(session, intake, outcomes, show=show)
    return 1 if strict and intake.counts.set_aside else 0


def _become(session: Session, *, dry_run: bool) -> Callable[..., tuple[Outcome, ...]]:
    """Give what makes outcomes of an intake: a look that writes nothing, or the work itself."""
    if dry_run:
        return functools.partial(preview, _home_that_stands(session))
    return functools.partial(keep, desk_of(session, create=True))


def _read(
    session: Session,
    file: Path,
    profile: Profile,
    terminology: str | None,
    *,
    columns: tuple[str, ...],
    ends: MapEnds,
) -> Intake:
    with working(session, Text(f"{file.name} خوانده می‌شود…", f"Reading {file.name} …")):
        return take_in(file, profile, terminology=terminology, columns=pairs_of(columns), ends=ends)


def _write(findings_file: Path | None, findings: Sequence[Finding]) -> None:
    if findings_file is not None:
        write_findings(findings_file, findings)


def _home_that_stands(session: Session) -> Home | None:
    path = session.given_home
    return open_home(path) if path is not None and (path / "keys" / "token.key").is_file() else None


def _check_findings_file(findings: Path | None, source: Path) -> None:
    if findings is not None and findings.exists() and source.exists() and findings.samefile(source):
        raise BadParameter(
            "findings",
            Text("یافته‌ها روی خود فایل منبع نوشته نمی‌شود.", "--findings names the source itself."),
            mend=Text("نام دیگری بدهید.", "Give another name."),
        )


def _letter(number: str | None, issued: date | None, subject: str | None) -> Letter | None:
    if number is not None:
        return Letter(number, issued, subject or "")
    if issued is None and subject is None:
        return None
    raise BadParameter(
        "letter",
        Text(
            "تاریخ یا موضوع نامه داده شده است، بی شمارهٔ آن.",
            "The day or subject of a letter is given, without its number.",
        ),
        mend=Text("شماره را با --letter بدهید.", "Give the number with --letter."),
    )
