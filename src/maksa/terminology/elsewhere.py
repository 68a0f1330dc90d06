"""Whether a code is plainly one of another list: it exists there, or form and check digit say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maksa.model.verdict import Coding
from maksa.terminology.bounds import MAX_ID
from maksa.terminology.nearest import MOST, Near, coding
from maksa.terminology.registered import registered_lists
from maksa.terminology.resolve import Resolver
from maksa.terminology.titles import is_title_of

PLAIN_LENGTH = 4
"""A code as short as `1` or `26` stands in many lists, so that its being in one says nothing."""


def same_pair(resolver: Resolver, terminology: str | None, code: str, value: str | None, day: date) -> Near:
    """Find the other lists in which this very code has this very value as a title; a single one is certain."""
    if value is None or len(code) > MAX_ID:
        return Near(None, ())
    found = []
    for opened in resolver.others(terminology or "", day):
        concept = opened.provider.concept(code)
        if concept is not None and is_title_of(concept, value):
            found.append(coding(opened.provider, concept))
    return _near(found)


def plain_homes(resolver: Resolver, terminology: str, code: str, day: date) -> Near:
    """Find the other lists that have this code, or whose form and check digit it meets; a single one is certain.

    Only a code of `PLAIN_LENGTH` characters or more is plain.
    """
    if not PLAIN_LENGTH <= len(code) <= MAX_ID:
        return Near(None, ())
    held = [
        coding(opened.provider, concept)
        for opened in resolver.others(terminology, day)
        if (concept := opened.provider.concept(code)) is not None
    ]
    return _near(held or list(_by_form(resolver, terminology, code)))


def _by_form(resolver: Resolver, terminology: str, code: str) -> Iterator[Coding]:
    """Yield the lists registered by form whose check digit the code has; without one a form is no proof."""
    for name, registered in registered_lists().items():
        form = registered.code_form
        if name != terminology and form.check is not None and resolver.form_only(name) is not None:
            for spelling in form.spellings(code):
                if form.fits(spelling):
                    yield Coding(name, spelling, None)
                    break


def _near(found: list[Coding]) -> Near:
    return Near(found[0], ()) if len(found) == 1 else Near(None, tuple(found[:MOST]))
