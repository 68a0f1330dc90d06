"""`maksa import`: a source list into a draft, with an account of every row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from maksa.cli.import_outcome import keep, preview
from maksa.cli.import_report import print_import_json, print_import_text, write_findings
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import working
from maksa.errors import BadParameter
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.edition import Letter
from maksa.registry.drafts import DraftOptions
from maksa.text import Text


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--profile", required=True, metavar="NAME", help="How the file is read; an unknown one names all."
)
@click.option("--edition", required=True, metavar="NAME", help="The edition that it becomes.")
@click.option("--terminology", metavar="ID", help="The list, for the profile 'generic'.")
@click.option("--columns", multiple=True, metavar="NAME=HEADER", help="The file's own header of a column.")
@click.option(
    "--effective", type=DAY, metavar="DAY", help="The first day it holds; without it, it always does."
)
@click.option("--letter", metavar="NUMBER", help="The letter that announces it.")
@click.option("--issued", type=DAY, metavar="DAY", help="The day of the letter.")
@click.option("--subject", metavar="TEXT", help="The subject of the letter.")
@click.option("--partial", is_flag=True, help="It is a part: codes that it does not name stay as they are.")
@click.option("--sample", is_flag=True, help="It is a sample and marked so in every door.")
@click.option("--publish", "publish_now", is_flag=True, help="Publish it at once.")
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
@shared
def command(
    session: Session,
    *,
    file: Path,
    profile: str,
    edition: str,
    terminology: str | None,
    columns: tuple[str, ...],
    effective: date | None,
    letter: str | None,
    issued: date | None,
    subject: str | None,
    partial: bool,
    sample: bool,
    publish_now: bool,
    dry_run: bool,
    strict: bool,
    findings_file: Path | None,
    show: int,
) -> int:
    """Import a source list into a draft, or publish it at once.

    FILE is a CSV, an XLSX workbook or a FHIR CodeSystem as JSON. Every row is accepted, repaired or set aside
    with its reason. A home that does not exist is made. The same content again does nothing; other content
    under the name of a published edition is refused.
    """
    options = DraftOptions(effective, sample, partial, _letter(letter, issued, subject))
    read_as = load_profile(profile)
    home = session.given_home if dry_run else session.home  # Named before the work begins, not after it.
    _check_findings_file(findings_file, file)
    with working(session, Text(f"{file.name} خوانده می‌شود…", f"Reading {file.name} …")):
        intake = take_in(file, read_as, terminology=terminology, columns=_columns(columns))
    if findings_file is not None:
        write_findings(findings_file, intake.findings)
    with working(session, Text("سنجیده و ذخیره می‌شود…", "Comparing and saving …")):
        if home is None or dry_run:
            outcomes = preview(home, intake, edition, options)
        else:
            outcomes = keep(home, intake, edition, options, publish_now=publish_now)
    if session.json:
        print_import_json(intake, outcomes)
    else:
        print_import_text(session, intake, outcomes, show=show)
    return 1 if strict and intake.counts.set_aside else 0


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


def _columns(pairs: tuple[str, ...]) -> dict[str, str] | None:
    named: dict[str, str] = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        if not (name.strip() and equals and header.strip()):
            raise BadParameter(
                "columns",
                Text(
                    f"--columns «{pair[:60]}» جفت نام و سرستون نیست.",
                    f"--columns: '{pair[:60]}' is no pair of name and header.",
                ),
                mend=Text("مانند --columns 'code=کد' بدهید.", "Write it as --columns 'code=کد'."),
            )
        named[name.strip()] = header.strip()
    return named or None
