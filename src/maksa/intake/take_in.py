"""Take in a source list: read the file, clean it, account for every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from maksa.errors import BadParameter
from maksa.intake.file_sentences import counted_together, no_rows, split, tidied, trimmed, unreadable
from maksa.intake.from_csv import read_csv
from maksa.intake.from_fhir import FhirReader
from maksa.intake.from_xlsx import read_xlsx
from maksa.intake.gather import gather, with_definitions
from maksa.intake.headers import bind
from maksa.intake.ledger import Ledger
from maksa.intake.lists import is_list_id
from maksa.intake.map_files import MapEnds, is_standard, map_sheet, take_map, with_ends
from maksa.intake.maps import read_map
from maksa.intake.profile_records import Profile
from maksa.intake.result import ImportedList, Intake, Source
from maksa.intake.rows import TableReader
from maksa.intake.settle import Settler
from maksa.intake.sheet import Sheet
from maksa.intake.source import OpenSource, open_source
from maksa.model.concept import Terminology
from maksa.model.persian import title_key
from maksa.text import Text

_SUMMARIES = (
    ("trimmed", trimmed),
    ("title-cleaned", tidied),
    ("title-split", split),
    ("counted-together", counted_together),
)


def take_in(
    path: Path | str,
    profile: Profile,
    *,
    terminology: str | None = None,
    columns: Mapping[str, str] | None = None,
    ends: MapEnds | None = None,
) -> Intake:
    """Read a source list by a profile: its lists, its findings, and the fate of every row.

    `terminology` names the list for a profile that fits any (`generic`); `columns` maps a standard header to
    the file's own; `ends` names the lists that a map leads from and to. Order: findings stand in the order of rows, those of the whole file first.
    Raises: IntakeError when the file cannot be read or lacks a column; BadParameter for a parameter.
    Cost: over 15,000 rows a second for a book such as RVU3; memory grows with the concepts.
    """
    ledger = Ledger()
    with open_source(Path(path)) as opened:
        encoding: str | None = "utf-8"
        read_as = with_ends(profile, ends)
        if opened.format in {"fhir-json", "sssom"} and profile.map is not None:
            named = _named(read_as, terminology)
            sheet = map_sheet(opened, named, ledger)
            lists: tuple[ImportedList, ...] = (take_map(sheet, named, ledger),)
        elif opened.format == "fhir-json":
            lists = _take_resource(opened, profile, terminology, ledger)
        else:
            named = _named(read_as, terminology)
            sheet = (read_xlsx if opened.format == "xlsx" else read_csv)(opened.name, opened.file)
            encoding = sheet.encoding
            lists = _take_table(opened.name, sheet, named, columns, ledger)
        if not ledger.counts().read:
            raise no_rows(opened.name)
        source = Source(opened.name, opened.size, opened.hash, opened.format, encoding)
    for code, sentence in _SUMMARIES:
        if ledger.tally[code]:
            ledger.note_file(sentence(ledger.tally[code]))
    return Intake(source, lists, ledger.findings(), ledger.counts())


def _take_table(
    name: str, sheet: Sheet, profile: Profile, columns: Mapping[str, str] | None, ledger: Ledger
) -> tuple[ImportedList, ...]:
    if profile.map is not None and not columns and is_standard(sheet):
        return (take_map(sheet, profile, ledger),)
    bound, remarks = bind(name, sheet.header, profile, columns)
    for remark in (*sheet.remarks, *remarks):
        ledger.note_file(remark)
    if profile.map is not None:
        return (read_map(sheet.rows, profile, bound, len(sheet.header), ledger),)
    settler = Settler(profile, ledger)
    reader = TableReader(profile, bound, len(sheet.header), ledger, settler=settler)
    lists = gather(reader.drafts(sheet.rows), profile, ledger, settler.lists)
    return tuple(with_definitions(imported, reader.added()) for imported in lists)


def _take_resource(
    opened: OpenSource, profile: Profile, terminology: str | None, ledger: Ledger
) -> tuple[ImportedList, ...]:
    if profile.groups:
        raise unreadable(
            opened.name,
            f"CodeSystem است و قالب {profile.name} جدول می‌خواند",
            f"it is a CodeSystem and profile {profile.name} reads tables",
        )
    reader = FhirReader(opened.name, opened.file, opened.size, ledger)
    named = _named(profile, terminology or (reader.id if profile.names_list else None))
    described = named.for_list(reader.describe(named.terminology, own_title=profile.names_list))
    settler = Settler(described, ledger)
    lists = gather(reader.drafts(described, settler), described, ledger, settler.lists)
    return tuple(with_definitions(imported, reader.added()) for imported in lists)


def _named(profile: Profile, terminology: str | None) -> Profile:
    """Give the profile for the list that was named; a profile of one list accepts only its own id."""
    own = profile.terminology
    if profile.names_list:
        if terminology is None or not is_list_id(terminology):
            raise _bad_terminology(profile, terminology)
        return profile.for_list(replace(own, id=terminology, title=Text(terminology, terminology)))
    if terminology is not None and not _is_spelling(own, terminology):
        raise _bad_terminology(profile, terminology)
    return profile


def _is_spelling(known: Terminology, terminology: str) -> bool:
    return title_key(terminology) in map(title_key, (known.id, *known.spellings))


def _bad_terminology(profile: Profile, terminology: str | None) -> BadParameter:
    if not profile.names_list:
        own = profile.terminology.id
        return BadParameter(
            "terminology",
            Text(
                fa=f"قالب {profile.name} فهرست {own} را می‌سازد، نه «{str(terminology)[:60]}».",
                en=f"Profile {profile.name} makes the list {own}, not '{str(terminology)[:60]}'.",
            ),
            mend=Text(
                fa="برای فهرستی دیگر قالب generic و برای نگاشتی دیگر قالب generic-map را بدهید.",
                en="Use the profile generic for another list, and generic-map for another map.",
            ),
            known=(own,),
        )
    return BadParameter(
        "terminology",
        Text(
            fa=f"قالب {profile.name} شناسهٔ فهرست را می‌خواهد؛ «{str(terminology or '')[:60]}» شناسه نیست.",
            en=f"Profile {profile.name} needs the id of the list; '{str(terminology or '')[:60]}' is none.",
        ),
        mend=Text(
            fa="شناسه‌ای از حرف لاتین، رقم، نقطه، خط و زیرخط بدهید، تا 64 نویسه.",
            en="Give an id of Latin letters, digits, dots, hyphens and underscores, up to 64 characters.",
        ),
    )
