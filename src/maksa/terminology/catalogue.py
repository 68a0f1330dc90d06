"""Which lists are here, in which edition on a day; and the editions of one list."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from maksa.errors import EditionUnreadable, UnknownEdition
from maksa.model.edition import Attachment, EditionEntry
from maksa.model.jalali import today
from maksa.model.service import CatalogueEntry
from maksa.terminology.letters import MAX_NUMBER, written_number
from maksa.terminology.refusals import not_held, unknown_attachment
from maksa.terminology.resolve import Resolver, entry_named


def catalogue(
    resolver: Resolver, *, on: date | None = None, since: date | None = None
) -> Sequence[CatalogueEntry]:
    """List the terminologies with their edition in force on a day; with `since`, those changed on it or later.

    Lists registered by form only never change and stand in the whole catalogue only. A list that is not yet in
    force on the day, or whose file cannot be read, is left out; asking for it by its id says why.
    Order: the row of letter 110/130, then those without one by id.
    """
    day = today() if on is None else on
    entries = []
    for terminology in resolver.known_ids():
        with suppress(UnknownEdition, EditionUnreadable):
            entry = _entry(resolver, terminology, day)
            if since is None or _changed_since(resolver, entry, since, day):
                entries.append(entry)
    return sorted(entries, key=_place)


def one_list(resolver: Resolver, sent: str, *, on: date | None = None) -> CatalogueEntry:
    """Give one list, by any known spelling. Raises: UnknownTerminology; UnknownEdition when not yet in force."""
    return _entry(resolver, resolver.canonical(sent), today() if on is None else on)


def editions(resolver: Resolver, sent: str) -> Sequence[EditionEntry]:
    """List the editions of a list, newest first; none for a list registered by form. Raises: UnknownTerminology."""
    return resolver.library.entries(resolver.canonical(sent))


def edition_file(resolver: Resolver, sent: str, edition: str) -> tuple[EditionEntry, Path]:
    """Give the entry and the file of a named edition. Raises: UnknownTerminology, UnknownEdition."""
    name = resolver.canonical(sent)
    entries = resolver.library.entries(name)
    if not entries:
        raise not_held(name)
    entry = entry_named(name, edition, entries)
    return entry, resolver.library.file(name, edition)


def attachment(resolver: Resolver, number: str, name: str) -> tuple[Attachment, Path]:
    """Give a file that came with a letter. Raises: UnknownLetter when no letter of that number has it."""
    written = written_number(number)
    found = resolver.library.attachment(written, name) if len(written) <= MAX_NUMBER else None
    if found is None:
        raise unknown_attachment(number, name)
    return found


def _entry(resolver: Resolver, name: str, day: date) -> CatalogueEntry:
    registered = resolver.form_only(name)
    if registered is not None:
        return CatalogueEntry(registered, None)
    opened = resolver.opened(name, on=day)
    return CatalogueEntry(opened.provider.terminology, opened.entry)


def _changed_since(resolver: Resolver, entry: CatalogueEntry, since: date, day: date) -> bool:
    """Tell whether an edition came since then; one that came and was withdrawn is a change too."""
    if entry.entry is None:
        return False
    return any(
        other.manifest.changed_on >= since and (other.manifest.effective or day) <= day
        for other in resolver.library.entries(entry.terminology.id)
    )


def _place(entry: CatalogueEntry) -> tuple[bool, int, str]:
    number = entry.terminology.list_number
    return number is None, number or 0, entry.terminology.id.casefold()
