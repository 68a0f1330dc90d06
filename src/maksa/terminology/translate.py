"""What does a code become in another list? Every map in force is asked; "no map" is an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from maksa.errors import EditionUnreadable, UnknownEdition
from maksa.model.concept import Mapping
from maksa.model.jalali import today
from maksa.model.translation import Cardinality, MapMatch, Translation
from maksa.model.verdict import Coding
from maksa.terminology.also_known import also_known
from maksa.terminology.bounds import sound
from maksa.terminology.map_ends import Target, source_of, target_of
from maksa.terminology.map_sentences import no_map_of, no_row_of
from maksa.terminology.refusals import bad_choice
from maksa.terminology.resolve import Opened, Resolver
from maksa.text import Text

_NOWHERE = frozenset({"retired", "not-related-to"})
_NARROWEST_FIRST = (
    "equivalent",
    "source-is-narrower-than-target",
    "source-is-broader-than-target",
    "related-to",
)


@dataclass(frozen=True, slots=True)
class _Maps:
    """The maps in force on a day."""

    resolver: Resolver
    opened: tuple[Opened, ...]
    day: date

    def pairs(self, one: Opened) -> list[tuple[str, str]]:
        """List the source and the target of the rows of a map, by the ids of the lists."""
        rows = one.provider.mapped_between()
        return [(self.list_of(source), self.list_of(target)) for source, target in rows]

    def list_of(self, name: str) -> str:
        """Give the id of the list that a row names; the name itself for one that only maps know."""
        return self.resolver.recognised(name) or name

    def asked(self, sent: str) -> str:
        """Give the list that a question names. Raises: UnknownTerminology for one that not even a map knows."""
        known = {name for one in self.opened for pair in self.pairs(one) for name in pair}
        return sent if sent in known else self.resolver.canonical(sent)

    def leading(self, sources: set[str], target: str | None) -> list[Opened]:
        """List the maps that have one of these sources, and this target when there is one."""
        return [
            one
            for one in self.opened
            if any(source in sources and target in (None, goal) for source, goal in self.pairs(one))
        ]


def translate(
    resolver: Resolver,
    terminology: str,
    code: str,
    *,
    target: str | None = None,
    map_id: str | None = None,
    on: date | None = None,
) -> Translation:
    """Give what a code becomes in other lists, by all maps in force on a day, or by one of them.

    The code is recognised as in a lookup; of a list registered by its form only, by that form. A code that its
    list does not have is answered all the same when a map has a row for it. A service is asked under its LOINC
    number too, and a LOINC number under the services that carry it (`MapMatch.via`), where that says more.
    Order:  usable targets, equivalent ones first; then decided "no map"; then targets that may not be used; then
            rows that the newest list of the map lacks.
    Raises: UnknownTerminology (source or target), UnknownEdition, UnknownCode, BadParameter (no such map).
    Cost:   some five index reads a map.
    """
    day = today() if on is None else on
    maps = _Maps(resolver, tuple(_in_force(resolver, map_id, day)), day)
    source = source_of(resolver, maps.asked(sound(terminology)), sound(code), day)
    wanted = None if target is None else maps.asked(sound(target))
    also = also_known(resolver, source.coding, source.concept, day)
    sources = {source.coding.terminology, *(coding.terminology for coding in also)}
    asked = maps.leading(sources, wanted)
    matches = [
        match
        for one in asked
        for match in _matches(maps, one, source.coding.terminology, source.spellings, wanted)
    ]
    for coding in also:
        for one in asked:
            found = _matches(maps, one, coding.terminology, (coding.code,), wanted)
            matches += [replace(match, via=coding) for match in found if match not in matches]
    if not matches and source.refusal is not None:
        raise source.refusal
    return Translation(
        source=source.coding,
        day=day,
        matches=tuple(sorted(matches, key=_rank)),
        maps=tuple(one.entry.manifest.ref for one in asked),
        edition=source.edition,
        reason=None if matches else _reason(maps, source.coding, wanted, asked),
    )


def _in_force(resolver: Resolver, map_id: str | None, day: date) -> Iterator[Opened]:
    library = resolver.library
    held = [one for one in library.ids() if any(e.manifest.kind == "map" for e in library.entries(one))]
    if map_id is not None:
        name = resolver.recognised(map_id)
        if name is None or name not in held:
            raise bad_choice("map", map_id, held)
        yield resolver.opened(name, on=day)
        return
    for one in held:
        # One that is not in force, or torn, stops no other; `readyz` and `doctor` tell of torn ones.
        with suppress(UnknownEdition, EditionUnreadable):
            yield resolver.opened(one, on=day)


def _matches(
    maps: _Maps, one: Opened, terminology: str, spellings: Sequence[str], wanted: str | None
) -> Iterator[MapMatch]:
    """Yield the rows that a map has for a code, by the first spelling of it that has any."""
    for spelling in spellings:
        rows = [
            row
            for row in one.provider.mappings(spelling)
            if maps.list_of(row.source_terminology) == terminology
        ]
        if rows:
            kept = [row for row in rows if wanted in (None, maps.list_of(row.target_terminology))]
            yield from (_match(maps, one, row, rows) for row in kept)
            return


def _match(maps: _Maps, one: Opened, row: Mapping, rows: Sequence[Mapping]) -> MapMatch:
    target: Target | None = None
    if row.target_code is not None:
        goal = maps.list_of(row.target_terminology)
        target = target_of(maps.resolver, goal, row.target_code, maps.day)
    return MapMatch(
        map=one.entry.manifest.ref,
        target=None if target is None else target.coding,
        relationship=row.relationship,
        cardinality=_cardinality(one, row, rows),
        condition=row.condition,
        comment=row.comment,
        decision=row.decision,
        issues=() if target is None else target.issues,
        target_edition=None if target is None else target.edition,
    )


def _cardinality(one: Opened, row: Mapping, rows: Sequence[Mapping]) -> Cardinality:
    """Count the targets of the source and the sources of the target; rows that lead nowhere count only themselves."""
    if row.target_code is None:
        return "1:0"
    targets = {
        other.target_code
        for other in rows
        if other.relationship not in _NOWHERE
        and (other.target_terminology, other.condition) == (row.target_terminology, row.condition)
    }
    sources = one.provider.sources(row.target_terminology, row.target_code, condition=row.condition, limit=2)
    many_targets = len({*targets, row.target_code} - {None}) > 1
    many_sources = len({*sources, row.source_code}) > 1
    if many_sources:
        return "n:n" if many_targets else "n:1"
    return "1:n" if many_targets else "1:1"


def _rank(match: MapMatch) -> tuple[int, int]:
    nearness = (
        _NARROWEST_FIRST.index(match.relationship)
        if match.relationship in _NARROWEST_FIRST
        else len(_NARROWEST_FIRST)
    )
    if match.usable:
        return 0, nearness
    if match.relationship == "retired":
        return 3, 0
    return (1 if match.target is None else 2), nearness


def _reason(maps: _Maps, source: Coding, wanted: str | None, asked: Sequence[Opened]) -> Text:
    if asked:
        return no_row_of(source, [one.provider.terminology.id for one in asked])
    held = [(one.provider.terminology.id, *pair) for one in maps.opened for pair in maps.pairs(one)]
    return no_map_of(source.terminology, wanted, held)
