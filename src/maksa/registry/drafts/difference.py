"""How two states of a list differ: two streams in the order of codes, walked side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from maksa.editions.content import FIXED_FIELDS, UNIT, concept_fields, concept_parts, mapping_fields
from maksa.model.concept import Concept, Mapping

EXAMPLES = 10
"""How many codes of each kind a difference names."""

Content = tuple[str, ...]
"""What counts of a concept, or of the rows of a source code, when it is compared."""

_USAGE, _ROW, _CHANGED = 8, 9, 10
_MAPPING_ROW = 8
_Left = TypeVar("_Left")
_Right = TypeVar("_Right")


@dataclass(frozen=True, slots=True)
class Codes:
    """How many codes, and the first few of them in code order."""

    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a draft differs from what it replaces: the draft before it, or an edition (`against` names it).

    A code is changed when its content differs; its row, its use and when it changed do not count.
    """

    against: str
    added: Codes
    removed: Codes
    changed: Codes
    unchanged: int

    @property
    def none(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.added.count or self.removed.count or self.changed.count)


def differ(
    before: Iterable[tuple[str, Content]], after: Iterable[tuple[str, Content]], *, against: str
) -> Difference:
    """Compare two states of a list, each a stream in code order with each code once."""
    added, removed, changed = _Collected(), _Collected(), _Collected()
    unchanged = 0
    for code, old, new in side_by_side(before, after):
        if old is None:
            added.take(code)
        elif new is None:
            removed.take(code)
        elif old != new:
            changed.take(code)
        else:
            unchanged += 1
    return Difference(against, added.codes(), removed.codes(), changed.codes(), unchanged)


def side_by_side(
    left: Iterable[tuple[str, _Left]], right: Iterable[tuple[str, _Right]]
) -> Iterator[tuple[str, _Left | None, _Right | None]]:
    """Walk two streams in code order at once: each code with what each side has of it, None for nothing."""
    lefts, rights = iter(left), iter(right)
    a, b = next(lefts, None), next(rights, None)
    while a is not None and b is not None:
        if a[0] < b[0]:
            yield a[0], a[1], None
            a = next(lefts, None)
        elif b[0] < a[0]:
            yield b[0], None, b[1]
            b = next(rights, None)
        else:
            yield a[0], a[1], b[1]
            a, b = next(lefts, None), next(rights, None)
    while a is not None:
        yield a[0], a[1], None
        a = next(lefts, None)
    while b is not None:
        yield b[0], None, b[1]
        b = next(rights, None)


def content(concept: Concept, *, with_usage: bool = False) -> Content:
    """Give what counts of a concept when it is compared: not its row, its last change and (mostly) its use."""
    fields = concept_fields(concept)
    fixed = fields[:FIXED_FIELDS]
    fixed[_ROW] = fixed[_CHANGED] = ""
    if not with_usage:
        fixed[_USAGE] = ""
    for part in concept_parts(fields):
        if part[0] == "v":
            part[1] = ""  # The row of a variant.
        fixed += part
    return tuple(fixed)


def mapping_groups(mappings: Iterable[Mapping]) -> list[tuple[str, tuple[Mapping, ...]]]:
    """Gather the rows of a map by what they map, in the order of it; rows of one source keep their order."""
    groups: defaultdict[str, list[Mapping]] = defaultdict(list)
    for mapping in mappings:
        groups[UNIT.join((mapping.source_terminology, mapping.source_code))].append(mapping)
    return [(key, tuple(groups[key])) for key in sorted(groups)]


def mappings_content(mappings: Iterable[Mapping]) -> Content:
    """Give what counts of the rows of one source code when they are compared: not their row numbers."""
    return tuple(
        text
        for fields in map(mapping_fields, mappings)
        for text in (*fields[:_MAPPING_ROW], *fields[_MAPPING_ROW + 1 :])
    )


@dataclass(slots=True)
class _Collected:
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def take(self, code: str) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(code.rpartition(UNIT)[2])

    def codes(self) -> Codes:
        return Codes(self.count, tuple(self.examples))
