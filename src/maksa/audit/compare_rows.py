"""Read the list of a party for a comparison: each of its codes once, with all its rows, and an account of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from maksa.audit.compare_sentences import no_such_list, too_many_codes, unknown_condition
from maksa.intake.profile_records import Profile
from maksa.intake.result import Finding, ImportedList, Source
from maksa.intake.take_in import take_in
from maksa.model.concept import Concept, Property, PropertyValue, Variant
from maksa.model.concept import Mapping as MapRow
from maksa.model.verdict import Coding

MAX_CODES = 200_000
"""Codes of a party's list; a larger one is compared in parts."""


@dataclass(frozen=True, slots=True)
class TheirCode:
    """One code of a party's list: its rows, the titles of each row, its values by property.

    A row has no titles where the list has none. `product` is what the code stands for, in a list that gives codes to
    products.
    """

    code: str
    rows: tuple[int, ...]
    titles: tuple[tuple[str, ...], ...] = ()
    values: Mapping[str, tuple[PropertyValue, ...]] = field(default_factory=dict)
    product: Coding | None = None

    @property
    def display(self) -> str | None:
        """Give the first title, if there is one."""
        return next(self.all_titles(), None)

    @property
    def key(self) -> tuple[str, str]:
        """Give what tells it from all others: the code and the product."""
        return self.code, "" if self.product is None else self.product.code

    def all_titles(self) -> Iterator[str]:
        """Yield the titles of all rows."""
        yield from (title for row in self.titles for title in row)


@dataclass(frozen=True, slots=True)
class TheirList:
    """A party's list as it was read: `read == set_aside + passed_over + repeated + ended + rows of the codes`.

    `id` is the list whose codes these are. `set_aside` are rows that could not be read, with their reasons in
    `findings`; `passed_over` are rows of another condition, or of products without a code; `repeated` are rows identical to an earlier one; `ended`
    are codes that the party itself no longer uses on the day, with their rows.
    """

    id: str
    source: Source
    codes: tuple[TheirCode, ...]
    ended: Mapping[str, tuple[int, ...]]
    findings: tuple[Finding, ...]
    read: int
    set_aside: int
    passed_over: int
    repeated: int


def read_their_list(
    path: Path,
    profile: Profile,
    terminology: str,
    *,
    day: date,
    columns: Mapping[str, str] | None = None,
    condition: str | None = None,
) -> TheirList:
    """Read a party's list by an import profile; `generic` needs no titles here.

    `terminology` is the list of the reference, whose codes `generic` reads. `condition` keeps the rows of a map under
    that condition only, such as `insurer=armed_forces`.
    Limits: `MAX_CODES`. Raises: as take_in; BadParameter (condition), TooLarge.
    """
    intake = take_in(
        path,
        _without_titles(profile) if profile.name == "generic" else profile,
        terminology=terminology if profile.names_list else None,
        columns=columns,
    )
    chosen = _chosen(intake.lists, terminology)
    passed_over = 0
    ended: dict[str, tuple[int, ...]] = {}
    if profile.map is not None:
        kept, passed_over = _of_condition(chosen.mappings, condition)
        coded = [one for one in kept if one.target_code is not None]
        codes = tuple(_of_products(coded))
        passed_over += len(kept) - len(coded)
    elif condition is not None:
        raise unknown_condition(condition, ())
    else:
        codes, ended = _of_concepts(chosen.concepts, day)
    if len(codes) > MAX_CODES:
        raise too_many_codes(len(codes), MAX_CODES)
    counts = intake.counts
    held = sum(len(one.rows) for one in codes) + sum(map(len, ended.values()))
    return TheirList(
        chosen.terminology.id,
        intake.source,
        codes,
        ended,
        tuple(finding for finding in intake.findings if finding.kind == "set-aside"),
        counts.read,
        counts.set_aside,
        passed_over,
        counts.read - counts.set_aside - passed_over - held,
    )


def _without_titles(profile: Profile) -> Profile:
    """Let the code stand in for a title, so that a list of codes and prices alone is read too."""
    columns = tuple(replace(one, required=one.to == "code") for one in profile.columns)
    return replace(profile, columns=columns, title_from=("code",))


def _chosen(lists: tuple[ImportedList, ...], terminology: str) -> ImportedList:
    """Give the only list of a file, or the one that is asked for."""
    if len(lists) == 1:
        return lists[0]
    for one in lists:
        if one.terminology.id == terminology:
            return one
    raise no_such_list(terminology, tuple(one.terminology.id for one in lists))


def _of_condition(mappings: tuple[MapRow, ...], condition: str | None) -> tuple[list[MapRow], int]:
    known = tuple(dict.fromkeys(one.condition for one in mappings if one.condition))
    if condition is None:
        return list(mappings), 0
    kept = [one for one in mappings if one.condition and one.condition.casefold() == condition.casefold()]
    if not kept:
        raise unknown_condition(condition, known)
    return kept, len(mappings) - len(kept)


def _of_products(mappings: Iterable[MapRow]) -> Iterator[TheirCode]:
    """Yield each code of each product once."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for one in mappings:
        if one.target_code is not None:
            key = (one.source_terminology, one.source_code, one.target_code)
            rows.setdefault(key, []).append(one.row or 0)
    for (terminology, product, code), numbers in rows.items():
        yield TheirCode(code, tuple(numbers), product=Coding(terminology, product, None))


def _of_concepts(
    concepts: tuple[Concept, ...], day: date
) -> tuple[tuple[TheirCode, ...], dict[str, tuple[int, ...]]]:
    codes, ended = [], {}
    for concept in concepts:
        rows = (concept.row or 0, *(variant.row or 0 for variant in concept.variants))
        if concept.status_on(day) == "retired":
            ended[concept.code] = rows
            continue
        codes.append(TheirCode(concept.code, rows, tuple(_titles(concept)), _values(concept)))
    return tuple(codes), ended


def _titles(concept: Concept) -> Iterator[tuple[str, ...]]:
    """Yield the titles of each row; a code that stands in for a title is none."""
    rows: tuple[Concept | Variant, ...] = (concept, *concept.variants)
    for row in rows:
        titles = (row.display, *(one.value for one in row.designations))
        if known := tuple(dict.fromkeys(title for title in titles if title != concept.code)):
            yield known


def _values(concept: Concept) -> dict[str, tuple[PropertyValue, ...]]:
    values: dict[str, list[PropertyValue]] = {}
    every: tuple[Property, ...] = (
        *concept.properties,
        *(one for variant in concept.variants for one in variant.properties),
    )
    for one in every:
        values.setdefault(one.code, []).append(one.value)
    return {name: tuple(dict.fromkeys(found)) for name, found in values.items()}
