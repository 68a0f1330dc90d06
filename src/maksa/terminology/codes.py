"""A list, page by page, in the order of its codes; or only what changed since a day."""

from __future__ import annotations

from datetime import date
from typing import get_args

from maksa.model.concept import StatusOnDay
from maksa.model.provider import ConceptFilter
from maksa.model.service import CodesPage
from maksa.terminology.bounds import MAX_OFFSET, check_limit, check_offset, sound
from maksa.terminology.lookup import seen
from maksa.terminology.refusals import bad_choice, two_pagings
from maksa.terminology.resolve import Opened, Resolver

STATUSES: tuple[str, ...] = get_args(StatusOnDay)


def codes(
    resolver: Resolver,
    terminology: str,
    *,
    limit: int = 100,
    after: str | None = None,
    offset: int = 0,
    status: str | None = None,
    since: date | None = None,
    value_set: str | None = None,
    on: date | None = None,
    edition: str | None = None,
) -> CodesPage:
    """Give a page of a list: the codes after `after`, or those from place `offset` on.

    `since` keeps what changed on that day or later, retired concepts too: in content since then, or by their
    own dates. `total` counts the whole list under the same conditions.
    Raises: UnknownTerminology, UnknownEdition, BadParameter.
    """
    check_limit(limit)
    check_offset(offset, MAX_OFFSET)
    if after is not None and offset:
        raise two_pagings()
    if status is not None and status not in STATUSES:
        raise bad_choice("status", status, STATUSES)
    opened = resolver.opened(terminology, on=on, edition=edition)
    provider = opened.provider
    known = [defined.id for defined in provider.terminology.value_sets]
    if value_set is not None and value_set not in known:
        raise bad_choice("value_set", value_set, known)
    wanted = ConceptFilter(
        day=opened.day,
        status=status,
        changed_after=None if since is None else _last_before(resolver, opened, since),
        dates_from=since,
        value_set=value_set,
    )
    start = None if after is None else sound(after)
    page = provider.page(wanted, after=start, limit=limit + 1, offset=offset)
    shown = page[:limit]
    return CodesPage(
        total=provider.total(wanted),
        concepts=tuple(seen(opened, concept) for concept in shown),
        next_after=shown[-1].code if len(page) > limit else None,
        edition=opened.entry.manifest.ref,
    )


def _last_before(resolver: Resolver, opened: Opened, since: date) -> int:
    """Give the sequence of the last edition before everything that clients must have seen since a day."""
    manifest = opened.entry.manifest
    newer = [
        entry.manifest.sequence
        for entry in resolver.library.entries(manifest.terminology)
        if entry.manifest.sequence <= manifest.sequence and entry.manifest.changed_on >= since
    ]
    return min(newer, default=manifest.sequence + 1) - 1
