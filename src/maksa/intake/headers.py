"""Match the headers of a file to the columns of a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from maksa.errors import BadParameter
from maksa.intake.file_sentences import doubled_header, missing_column, no_such_header, unknown_column
from maksa.intake.ledger import Remark
from maksa.intake.profile_records import Column, Profile
from maksa.model.persian import title_key
from maksa.text import Text

_OPEN_PREFIX = "property:"
_MAX_PROPERTY = 64


class BoundColumn(NamedTuple):
    """A column of the profile, where it stands in the file, and its header there."""

    place: int
    header: str
    column: Column


def bind(
    file: str, header: Sequence[str], profile: Profile, named: Mapping[str, str] | None
) -> tuple[list[BoundColumn], list[Remark]]:
    """Find each column of a profile in the header of a file, in the order of the profile.

    `named` maps a column's standard header (or target) to a header of the file and goes before everything
    else; then come exact headers, then aliases, required columns first. Headers are compared folded.
    Raises: IntakeError for a required column that is missing, or a header that stands twice; BadParameter for
    a `named` column that the profile does not have.
    """
    finder = _Finder(file, header)
    places: dict[str, int] = {}
    for key, wanted in (named or {}).items():
        places[_column_named(profile, key)] = finder.take_named(key, wanted)
    columns = sorted(profile.columns, key=lambda column: not column.required)
    for column in columns:
        if column.name not in places and column.required:
            places.update(finder.take(column.name, (column.name, *column.aliases)))
    for spellings in (lambda column: (column.name,), lambda column: column.aliases):
        for column in columns:
            if column.name not in places:
                places.update(finder.take(column.name, spellings(column)))
    for column in columns:
        if column.required and column.name not in places:
            raise missing_column(file, column.name, column.aliases, header)
    bound = [
        BoundColumn(places[column.name], header[places[column.name]], column)
        for column in profile.columns
        if column.name in places
    ]
    return _with_open_columns(bound, finder, profile, places)


def _with_open_columns(
    bound: list[BoundColumn], finder: _Finder, profile: Profile, places: Mapping[str, int]
) -> tuple[list[BoundColumn], list[Remark]]:
    remarks = []
    for place in finder.left():
        name = finder.header[place]
        if profile.open_properties and _open_name(name):
            bound.append(BoundColumn(place, name, _open_column(name)))
        elif name:
            remarks.append(unknown_column(name))
    for name, place in places.items():
        if _open_name(name):
            bound.append(BoundColumn(place, finder.header[place], _open_column(name)))
    return bound, remarks


class _Finder:
    """Headers of a file, each taken once."""

    def __init__(self, file: str, header: Sequence[str]) -> None:
        self._file = file
        self.header = header
        self._taken: set[int] = set()
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(header):
            if name:
                self._places.setdefault(_key(name), []).append(place)

    def take(self, column: str, spellings: Sequence[str]) -> dict[str, int]:
        """Take the first header that has one of the spellings; nothing when none has."""
        for spelling in spellings:
            places = self._places.get(_key(spelling), [])
            free = [place for place in places if place not in self._taken]
            if free and len(places) > 1:
                raise doubled_header(self._file, self.header[free[0]])
            if free:
                self._taken.add(free[0])
                return {column: free[0]}
        return {}

    def take_named(self, column: str, wanted: str) -> int:
        """Take the header that `--columns` names for a column."""
        taken = self.take(column, (wanted,))
        if not taken:
            raise no_such_header(self._file, column, wanted, self.header)
        return taken[column]

    def left(self) -> list[int]:
        """Give the places of headers that nothing took."""
        return [place for place in range(len(self.header)) if place not in self._taken]


def _key(header: str) -> str:
    return title_key(header) or header


def _open_name(name: str) -> bool:
    return name.casefold().startswith(_OPEN_PREFIX) and bool(_property_of(name))


def _property_of(name: str) -> str:
    return name[len(_OPEN_PREFIX) :].strip()[:_MAX_PROPERTY]


def _open_column(name: str) -> Column:
    code = _property_of(name)
    return Column(name=name, to="property", property_code=code, title=Text(code, code), open=True)


def _column_named(profile: Profile, key: str) -> str:
    for column in profile.columns:
        if _key(column.name) == _key(key):
            return column.name
    targets = [column.name for column in profile.columns if key in {column.to, column.property_code}]
    if len(targets) == 1:
        return targets[0]
    if profile.open_properties and _open_name(key):
        return key
    known = tuple(column.name for column in profile.columns)
    raise BadParameter(
        "columns",
        Text(
            fa=f"قالب {profile.name} ستونی به نام «{key[:60]}» ندارد.",
            en=f"Profile {profile.name} has no column '{key[:60]}'.",
        ),
        mend=Text(fa=f"یکی از این‌ها را بدهید: {'، '.join(known)}.", en=f"Give one of: {', '.join(known)}."),
        known=known,
    )
