"""Maps in the formats that are made for them, and the lists that an import names at their ends."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from maksa.errors import BadParameter
from maksa.intake.from_concept_map import MAP_HEADER, read_concept_map
from maksa.intake.from_sssom import read_sssom
from maksa.intake.headers import BoundColumn
from maksa.intake.ledger import Ledger
from maksa.intake.lists import is_list_id
from maksa.intake.maps import read_map
from maksa.intake.profile import load_profile
from maksa.intake.profile_records import Profile
from maksa.intake.result import ImportedList
from maksa.intake.sheet import Sheet
from maksa.intake.source import OpenSource
from maksa.text import Text

STANDARD = "generic-map"
"""The profile whose columns are the standard ones of maps."""


class MapEnds(NamedTuple):
    """The lists that a map leads from and to, as whoever imports it says; None where the rows say it."""

    source: str | None = None
    target: str | None = None


def map_sheet(opened: OpenSource, profile: Profile, ledger: Ledger) -> Sheet:
    """Read a ConceptMap or an SSSOM file as a table of the standard columns. Raises: IntakeError."""
    if opened.format == "sssom":
        return read_sssom(opened.name, opened.file, profile.known_lists())
    return read_concept_map(opened.name, opened.file, opened.size, ledger)


def is_standard(sheet: Sheet) -> bool:
    """Tell whether a table has the standard columns of maps, as an export writes them whatever the profile."""
    return tuple(header.strip() for header in sheet.header) == MAP_HEADER


def take_map(sheet: Sheet, profile: Profile, ledger: Ledger) -> ImportedList:
    """Read a table of the standard columns by a profile of a map."""
    for remark in sheet.remarks:
        ledger.note_file(remark)
    columns = {column.name: column for column in load_profile(STANDARD).columns}
    bound = [BoundColumn(place, name, columns[name]) for place, name in enumerate(MAP_HEADER)]
    return read_map(sheet.rows, profile, bound, len(sheet.header), ledger)


def with_ends(profile: Profile, ends: MapEnds | None) -> Profile:
    """Give the profile for the ends that were named. Raises: BadParameter when it has no such end."""
    form = profile.map
    if ends is None or ends == MapEnds():
        return profile
    if form is None:
        raise BadParameter(
            "source-list" if ends.source else "target-list",
            Text(
                fa=f"قالب {profile.name} فهرست می‌خواند و دو سر ندارد.",
                en=f"The profile {profile.name} reads a list, which has no two ends.",
            ),
            mend=Text(
                fa=f"برای نگاشت قالب {STANDARD} را بدهید.", en=f"Use the profile {STANDARD} for a map."
            ),
        )
    sources = _end("source-list", ends.source, form.sources)
    targets = _end("target-list", ends.target, form.targets)
    return replace(profile, map=replace(form, sources=sources, targets=targets))


def _end(parameter: str, named: str | None, allowed: tuple[str, ...]) -> tuple[str, ...]:
    if named is None:
        return allowed
    if (allowed and named not in allowed) or not is_list_id(named):
        raise BadParameter(
            parameter,
            Text(
                fa=f"«{named[:60]}» فهرستی در این سوی نگاشت نیست.",
                en=f"'{named[:60]}' is no list at this end of the map.",
            ),
            mend=Text(
                fa="یکی از فهرست‌های شناخته را بدهید." if allowed else "شناسهٔ یک فهرست را بدهید.",
                en=f"Give one of: {', '.join(allowed)}." if allowed else "Give the id of a list.",
            ),
            known=allowed,
        )
    return (named,)
