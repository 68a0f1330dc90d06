"""What changed between two editions of a list, code by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from maksa.model.concept import Concept, PropertyValue
from maksa.model.provider import ConceptFilter, Provider
from maksa.model.service import Change, Diff
from maksa.terminology.bounds import MAX_PAGE
from maksa.terminology.resolve import Resolver

_FIELDS = (
    "display",
    "status",
    "designations",
    "parents",
    "effective_from",
    "effective_to",
    "transition_until",
    "replaced_by",
    "not_selectable",
    "variants",
    "usage",
)


def diff(resolver: Resolver, terminology: str, before: str, after: str) -> Diff:
    """Tell what changed from one named edition to another, in the order of codes.

    Raises: UnknownTerminology, UnknownEdition.
    Cost:   reads both editions once, `MAX_PAGE` concepts at a time; memory grows with the changes.
    """
    old = resolver.opened(terminology, edition=before)
    new = resolver.opened(terminology, edition=after)
    if old.provider.ref == new.provider.ref:
        return Diff(old.provider.ref, new.provider.ref, ())
    return Diff(old.provider.ref, new.provider.ref, tuple(_changes(old.provider, new.provider)))


def count_changes(before: Provider, after: Provider) -> Mapping[str, int]:
    """Count what changed from one edition to another, by the kinds of changes. Cost: as `diff`, in constant memory."""
    return Counter(change.kind for change in _changes(before, after))


def substance(concept: Concept) -> Mapping[str, object]:
    """Give what a concept says, by the names that a change uses; a property is `properties.<code>`.

    Where it stood in the source and which edition had it last are not part of what it says.
    """
    fields: dict[str, object] = {name: getattr(concept, name) for name in _FIELDS}
    for prop in concept.properties:
        fields.setdefault(f"properties.{prop.code}", _typed(concept.values(prop.code)))
    fields["variants"] = tuple((v.display, v.designations, v.properties) for v in concept.variants)
    return fields


def _typed(values: tuple[PropertyValue, ...]) -> tuple[tuple[str, PropertyValue], ...]:
    """Keep True apart from 1, and 1.50 from 1.5, which are equal to Python and not to a reader."""
    return tuple((str(value), value) for value in values)


def _changes(old: Provider, new: Provider) -> Iterator[Change]:
    """Walk both lists in the order of codes, side by side."""
    before, after = _concepts(old), _concepts(new)
    left, right = next(before, None), next(after, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.code < right.code):
            yield Change(left.code, "removed", left, None)  # type: ignore[union-attr]
            left = next(before, None)
        elif left is None or right.code < left.code:
            yield Change(right.code, "added", None, right)
            right = next(after, None)
        else:
            change = _changed(left, right)
            if change is not None:
                yield change
            left, right = next(before, None), next(after, None)


def _changed(left: Concept, right: Concept) -> Change | None:
    before, after = substance(left), substance(right)
    fields = tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
    if not fields:
        return None
    kind: Literal["retired", "restored", "changed"] = "changed"
    if left.status != right.status:
        kind = "retired" if right.status == "retired" else "restored"
    return Change(right.code, kind, left, right, fields)


def _concepts(provider: Provider) -> Iterator[Concept]:
    everything = ConceptFilter(day=date.max)
    last: str | None = None
    while page := provider.page(everything, after=last, limit=MAX_PAGE):
        yield from page
        last = page[-1].code
