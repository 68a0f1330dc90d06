"""What is this code? Its concept, its state on a day, and the letters behind it."""

from __future__ import annotations

from datetime import date

from maksa.errors import UnknownCode
from maksa.model.concept import Concept
from maksa.model.provider import Provider
from maksa.model.service import Lookup
from maksa.terminology.bounds import MAX_ID, sound
from maksa.terminology.nearest import nearest
from maksa.terminology.refusals import unknown_code
from maksa.terminology.resolve import Opened, Resolver


def lookup(
    resolver: Resolver, terminology: str, code: str, *, on: date | None = None, edition: str | None = None
) -> Lookup:
    """Give the concept of a code; its spelling is repaired when exactly one code can be meant.

    Raises: UnknownTerminology, UnknownEdition, UnknownCode naming near ones, BadParameter.
    """
    opened = resolver.opened(terminology, on=on, edition=edition)
    written = sound(code)
    concept = find(opened.provider, written)
    if concept is None:
        raise unknown(opened, written)
    return seen(opened, concept)


def find(provider: Provider, code: str) -> Concept | None:
    """Give the concept that a spelling means; None when there is none, or more than one can be meant."""
    if len(code) > MAX_ID:
        return None
    concept = provider.concept(code)
    if concept is None:
        codes = provider.recognise(code)
        concept = provider.concept(codes[0]) if len(codes) == 1 else None
    return concept


def seen(opened: Opened, concept: Concept) -> Lookup:
    """Give a concept of an opened edition as answers show it."""
    entry = opened.entry
    return Lookup(
        concept, concept.status_on(opened.day), entry.manifest.ref, entry.letters, entry.manifest.sample
    )


def unknown(opened: Opened, code: str) -> UnknownCode:
    """Refuse a code that an opened edition does not have, naming near ones."""
    if len(code) > MAX_ID:
        return unknown_code(opened.provider.terminology, code, ())
    near = nearest(opened.provider, code, None, opened.day)
    return unknown_code(opened.provider.terminology, code, [one.code for one in near.candidates])
