"""`maksa discrepancies upload`: a party's list through the comparison into the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maksa.cli import discrepancies_words as said
from maksa.cli.asking import desk_of, service_of
from maksa.cli.options import DAY, Session, acting, pairs_of
from maksa.cli.output import note, print_json, print_table, say, working
from maksa.cli.words import COUNT
from maksa.intake.profile import load_profile
from maksa.model.jalali import today
from maksa.model.service import TerminologyService
from maksa.registry.discrepancies.records import plain
from maksa.registry.discrepancies.trend import Changes
from maksa.registry.discrepancies.uploads import ComparedList, preview_upload, record_upload
from maksa.registry.discrepancies.words import KIND_WORDS
from maksa.text import Text

if TYPE_CHECKING:
    from maksa.audit.compare_list import Comparison
    from maksa.audit.compare_rows import TheirList

_SHOWN = 10


@click.command("upload")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--party", required=True, metavar="ID", help="Whose list it is.")
@click.option("--terminology", required=True, metavar="ID", help="The list of the reference.")
@click.option("--on", type=DAY, metavar="DAY", help="The day compared for; today in Tehran by default.")
@click.option(
    "--profile",
    default="generic",
    show_default=True,
    metavar="NAME",
    help="How the file is read: an import profile, of a map too.",
)
@click.option("--columns", multiple=True, metavar="NAME=HEADER", help="The file's own header of a column.")
@click.option(
    "--condition", metavar="TEXT", help="Of a map, the rows of this condition only, as insurer=tamin."
)
@click.option("--partial", is_flag=True, help="It is a part: codes that it lacks are no difference.")
@click.option("--reporter", metavar="NAME", help="Who reports it; the party itself by default.")
@click.option(
    "--channel", metavar="NAME", help="By which way it came, such as a university; direct by default."
)
@click.option("--dry-run", is_flag=True, help="Compare and count; write nothing.")
@acting
def upload_list(
    session: Session,
    *,
    file: Path,
    party: str,
    terminology: str,
    on: date | None,
    profile: str,
    columns: tuple[str, ...],
    condition: str | None,
    partial: bool,
    reporter: str | None,
    channel: str | None,
    dry_run: bool,
) -> None:
    """Compare a party's own list or price list with the reference, and keep every difference.

    FILE is CSV or XLSX. Without a profile it has the columns code and, if it has them, display, display_en, status and
    property:NAME for each value of the list (property:total). A second upload keeps every decision, closes what
    vanished, and reopens what came back changed.
    """
    named = plain("party", party)
    way = Way(today() if on is None else on, profile, pairs_of(columns), condition, partial)
    with working(session, Text("فهرست سنجیده می‌شود…", "Comparing the list …")):
        theirs, comparison = compare_file(service_of(session), file, terminology, way)
    compared = compared_list(
        named, theirs, comparison, reporter=plain("reporter", reporter or named), channel=channel or "direct"
    )
    registry = desk_of(session).registry
    if dry_run:
        number, changes = None, preview_upload(registry, compared)
    else:
        kept = record_upload(registry, compared)
        number, changes = kept.number, kept.changes
    _print(session, theirs, comparison, number, changes)


@dataclass(frozen=True, slots=True)
class Way:
    """How a party's file is read and compared: for a day, by a profile, as a part or as the whole list."""

    day: date
    profile: str = "generic"
    columns: Mapping[str, str] | None = None
    condition: str | None = None
    partial: bool = False


def compare_file(
    service: TerminologyService, file: Path, terminology: str, way: Way
) -> tuple[TheirList, Comparison]:
    """Read a party's file and compare it with a list of the reference. Raises: as read_their_list and compare."""
    # Comparing loads the readers of tables, which the other commands need not wait for.
    from maksa.audit.compare_list import compare  # noqa: PLC0415
    from maksa.audit.compare_rows import read_their_list  # noqa: PLC0415

    read_as = load_profile(way.profile)
    known_as = service.terminology(terminology, on=way.day).terminology.id
    theirs = read_their_list(
        file, read_as, known_as, day=way.day, columns=way.columns, condition=way.condition
    )
    return theirs, compare(service, theirs, known_as, on=way.day, partial=way.partial)


def compared_list(
    party: str, theirs: TheirList, comparison: Comparison, *, reporter: str, channel: str
) -> ComparedList:
    """Make what the register keeps of a comparison. Raises: BadParameter (channel)."""
    return ComparedList(
        party=party,
        list=comparison.terminology,
        file=theirs.source.name,
        file_hash=theirs.source.hash,
        day=comparison.day,
        edition=comparison.edition,
        partial=comparison.partial,
        codes=comparison.codes,
        differences=comparison.differences,
        rows=asdict(comparison.rows),
        kinds=comparison.kinds(),
        reporter=reporter,
        channel=plain("channel", channel),
    )


def _print(
    session: Session, theirs: TheirList, comparison: Comparison, number: int | None, changes: Changes
) -> None:
    if session.json:
        print_json(
            {
                "upload": number,
                "terminology": comparison.terminology,
                "edition": comparison.edition,
                "on": comparison.day,
                "partial": comparison.partial,
                "rows": comparison.rows,
                "kinds": comparison.kinds(),
                "changes": changes,
                "set_aside": [
                    {"row": one.row, "code": one.code, "message": one.text.fa, "message_en": one.text.en}
                    for one in theirs.findings
                ],
                "not_sought": comparison.not_sought,
            }
        )
        return
    rows = comparison.rows
    say(
        session,
        Text(
            f"{rows.read} ردیف: {rows.agreeing} همسان، {rows.differing} مغایر، {rows.set_aside} کنارگذاشته، "
            f"{rows.repeated} تکراری، {rows.ended} پایان‌یافته، {rows.passed_over} بیرون از شرط.",
            f"{rows.read} rows: {rows.agreeing} agree, {rows.differing} differ, {rows.set_aside} set aside, "
            f"{rows.repeated} repeated, {rows.ended} ended, {rows.passed_over} of other conditions.",
        ),
    )
    for finding in theirs.findings[:_SHOWN]:
        note(session, Text(f"ردیف {finding.row}: {finding.text.fa}", f"Row {finding.row}: {finding.text.en}"))
    counted = (
        (KIND_WORDS[kind].in_language(session.language), count) for kind, count in comparison.kinds().items()
    )
    print_table(session, (said.KIND, COUNT), counted)
    say(session, _told(number, changes))
    if comparison.not_sought:
        note(
            session,
            Text(
                f"برای {comparison.not_sought} کد ناشناخته نامزدی جست‌وجو نشد (کران).",
                f"For {comparison.not_sought} unknown codes no candidates were looked for (the bound).",
            ),
        )


def _told(number: int | None, changes: Changes) -> Text:
    fa = "آزمایشی، چیزی نوشته نشد" if number is None else f"فهرست {number} ثبت شد"
    en = "A dry run, nothing is written" if number is None else f"Upload {number} is kept"
    return Text(
        f"{fa}: {changes.new} تازه، {changes.kept} مانده، {changes.changed} دگرگون، {changes.reopened} بازگشوده، "
        f"{changes.closed} بسته؛ اکنون {changes.open} باز و {changes.decided} تصمیم‌گرفته.",
        f"{en}: {changes.new} new, {changes.kept} kept, {changes.changed} changed, {changes.reopened} reopened, "
        f"{changes.closed} closed; now {changes.open} open and {changes.decided} decided.",
    )
