"""The impact of a draft before it is published: what breaks, for whom, from when."""

from __future__ import annotations

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.drafts.difference import side_by_side
from maksa.registry.drafts.drafts import Draft
from maksa.registry.drafts.published import concepts_of, description_of, edition_before
from maksa.registry.impact.concerned import (
    ObservedUses,
    RegistryUses,
    discrepancies_affected,
    fields_bound,
    lists_uploaded,
    maps_affected,
    requests_affected,
)
from maksa.registry.impact.records import Impact, PartyUse
from maksa.registry.impact.touched import all_members, members_of, standing, touching
from maksa.registry.quality.check import as_written
from maksa.text import Text


def impact_of(registry: Registry, shelf: Shelf, draft: Draft, *, uses: ObservedUses | None = None) -> Impact:
    """Tell what publishing the draft of a list would do. `uses` says who used the list; else the adoption board does.

    Traffic is counted by list, never by code: `uses` tells who uses the list at all.
    Raises: BadParameter (a map: `map_findings` tells of those), EditionUnreadable (the edition before is damaged),
            WrongState (no room for temporary files).
    Cost:   some 50 µs a concept of draft and edition before, 10 µs a row of all maps; memory for a batch.
    """
    if draft.terminology.kind == "map":
        raise _is_map(draft)
    name, options = draft.terminology.id, draft.options
    base = edition_before(
        shelf.entries(name), effective=options.effective, sample=options.sample, but=draft.edition
    )
    members = members_of(draft.terminology, description_of(shelf, base))
    with touching(options) as touched:
        with registry.reading() as connection:
            new = ((concept.code, concept) for concept in as_written(connection, draft))
            old = ((concept.code, concept) for concept in concepts_of(shelf, base))
            for code, before, after in side_by_side(old, new):
                touched.take(code, after, before)
                stays = before if after is None and options.partial else after
                for one in members:
                    one.take(code, standing(stays), standing(before))
        touched.finish()
        day = max(options.effective or today(), today())
        counted = (uses or RegistryUses(registry)).uses_of(name)
        records, first_records = discrepancies_affected(registry, name, touched)
        requests, first_requests = requests_affected(registry, name, touched)
        return Impact(
            terminology=name,
            edition=draft.edition,
            draft=draft.number,
            base=None if base is None else base.manifest.edition,
            effective=options.effective,
            transition_until=options.transition_until,
            retired=touched.changes("retired"),
            changed=touched.changes("changed"),
            added=touched.changes("added"),
            maps=maps_affected(registry, shelf, name, day, touched),
            value_sets=tuple(all_members(members)),
            fields=fields_bound(name),
            uses=tuple(PartyUse(*one) for one in sorted(counted.items(), key=_most_used)),
            discrepancies=records,
            first_discrepancies=first_records,
            requests=requests,
            first_requests=first_requests,
            uploads=lists_uploaded(registry, name),
        )


def _most_used(one: tuple[str | None, int]) -> tuple[int, str]:
    party, count = one
    return -count, party or ""


def _is_map(draft: Draft) -> BadParameter:
    return BadParameter(
        "terminology",
        Text(
            fa=f"«{draft.terminology.id}» نگاشت است؛ آنچه نگاشت می‌شکند خود نگاشت است.",
            en=f"'{draft.terminology.id}' is a map; nothing else depends on its codes.",
        ),
        mend=Text(
            fa="یافته‌های آن را با «maksa drafts check» ببینید.",
            en="See its findings with 'maksa drafts check'.",
        ),
    )
