"""Find the columns of coded fields in the header of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maksa.audit.sentences import list_named_twice, unknown_role
from maksa.intake.file_sentences import doubled_header, missing_column, no_such_header

ROLES: dict[str, tuple[str, ...]] = {
    "terminology": ("Terminology_id", "TerminologyId", "Terminology"),
    "code": ("Coded_string", "CodedString", "Code"),
    "value": ("Value", "Display"),
    "on": ("On", "Date"),
}
"""The columns of a check and the headers by which they are known, the gateway's names for the same fields."""
_REQUIRED = ("terminology", "code")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller says of the columns: headers by role, and the one list of all rows where no column names it."""

    headers: Mapping[str, str]
    terminology: str | None = None


class Bound(NamedTuple):
    """Where each column stands in a table, and the list of all its rows where no column names it."""

    places: Mapping[str, int]
    terminology: str | None


def wanted(headers: Mapping[str, str] | None = None, terminology: str | None = None) -> Wanted:
    """Take what a caller says of the columns; a role may be called by any of its headers.

    Raises: BadParameter for a name that is no column of a check.
    """
    roles = {_key(name): role for role, names in ROLES.items() for name in (role, *names)}
    named: dict[str, str] = {}
    for name, header in (headers or {}).items():
        if _key(name) not in roles:
            raise unknown_role(name, [names[0] for names in ROLES.values()])
        named[roles[_key(name)]] = header
    return Wanted(named, terminology)


def bind(file: str, header: Sequence[str], asked: Wanted) -> Bound:
    """Find the columns in a header; case, spaces and underscores do not matter.

    Raises: IntakeError for a required column that is missing or one that stands twice; BadParameter when a
            column names the list and the caller does too.
    """
    places: dict[str, int] = {}
    for role, spelling in asked.headers.items():
        place = _find(file, header, (spelling,))
        if place is None:
            raise no_such_header(file, ROLES[role][0], spelling, header)
        places[role] = place
    for role, spellings in ROLES.items():
        if role not in places:
            place = _find(file, header, spellings, taken=places)
            if place is not None:
                places[role] = place
    if asked.terminology is not None and "terminology" in places:
        raise list_named_twice(file, header[places["terminology"]])
    for role in _REQUIRED:
        if role not in places and not (role == "terminology" and asked.terminology is not None):
            raise missing_column(file, ROLES[role][0], ROLES[role][1:], header)
    return Bound(places, asked.terminology)


def _find(
    file: str, header: Sequence[str], spellings: Sequence[str], *, taken: Mapping[str, int] | None = None
) -> int | None:
    for spelling in spellings:
        found = [place for place, name in enumerate(header) if _key(name) == _key(spelling)]
        free = [place for place in found if place not in (taken or {}).values()]
        if free and len(found) > 1:
            raise doubled_header(file, header[free[0]])
        if free:
            return free[0]
    return None


def _key(header: str) -> str:
    return "".join(header.casefold().replace("_", "").replace("-", "").split())
