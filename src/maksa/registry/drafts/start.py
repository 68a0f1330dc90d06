"""Starting a draft at the desk: from the edition that the new one will follow."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, WrongState
from maksa.intake.result import Source
from maksa.model.edition import EditionEntry
from maksa.registry.database import Registry
from maksa.registry.drafts.carry import RETIRED
from maksa.registry.drafts.drafts import (
    Draft,
    DraftOptions,
    check_draft_id,
    find_within,
    insert_head,
    keep_size,
    told_of,
)
from maksa.registry.drafts.lines import insert_concepts, insert_mappings
from maksa.registry.drafts.published import (
    concepts_of,
    edition_before,
    find_entry,
    mappings_of,
    read_list,
)
from maksa.registry.drafts.rules import checked_announcement
from maksa.registry.journal import write_entry
from maksa.registry.names import check_edition_name
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.terminology.bounds import sound
from maksa.text import Text

_PLAIN = DraftOptions()


def start_draft(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    options: DraftOptions = _PLAIN,
    *,
    who: Who = OPERATOR,
) -> Draft:
    """Start the draft of a new edition as a copy of the edition that it will follow: what stands in it, not what it carries.

    Raises: UnknownTerminology, WrongState (a draft or an edition of this name stands, or no edition is before it),
            BadInput (the name; a sample with a letter), BadParameter (a part of a list), Refused (role).
    Cost:   some 40 µs a concept, for which other writers wait; memory for a page of them.
    """
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-edit")
        held = find_within(connection, terminology, edition)
        if held is not None:
            raise WrongState(
                Text(fa=f"پیش‌نویس «{held.name}» هم‌اکنون هست.", en=f"The draft '{held.name}' stands already."),
                mend=Text(fa="همان را ویرایش کنید.", en="Edit that one."),
            )
        return begin_from_edition(connection, desk, shelf, terminology, edition=edition, options=options)


def begin_from_edition(
    connection: Connection,
    desk: Registry,
    shelf: Shelf,
    terminology: str,
    *,
    edition: str,
    options: DraftOptions,
) -> Draft:
    """Start a draft in a transaction in which there is none. Raises: as `start_draft`."""
    check_edition_name(edition)
    if options.partial:
        raise BadParameter(
            "partial",
            Text(
                fa="پیش‌نویسی که از انتشار پیشین ساخته می‌شود همهٔ فهرست را دارد، نه بخشی از آن.",
                en="A draft that is started from an edition holds the whole list, not a part of it.",
            ),
            mend=Text(fa="--partial را بردارید.", en="Leave 'partial' away."),
        )
    options = replace(options, letter=checked_announcement(options.letter, sample=options.sample))
    shelf.refresh()
    name = read_list(shelf, sound(terminology))
    require_unpublished(shelf, name, edition)
    check_draft_id(connection, name)
    base = _base(shelf, name, edition, options)
    described = shelf.provider(name, base.manifest.edition).terminology
    number = insert_head(connection, desk, described, edition, source=_source(shelf, base), options=options)
    standing = (concept for concept in concepts_of(shelf, base) if concept.carried_from is None)
    rows = (mapping for mapping in mappings_of(shelf, base) if mapping.relationship != RETIRED)
    size = insert_concepts(connection, number, standing) + insert_mappings(connection, number, rows)
    draft = keep_size(connection, number, size=size, rows=base.manifest.rows)
    write_entry(desk, connection, "draft-start", draft.name, **told_of(draft))
    return draft


def require_unpublished(shelf: Shelf, terminology: str, edition: str) -> None:
    """See that no edition of this name stands: it would never change. Raises: WrongState."""
    if find_entry(shelf, terminology, edition) is not None:
        raise WrongState(
            Text(
                fa=f"انتشار «{terminology} {edition}» منتشر شده است و تغییر نمی‌کند.",
                en=f"The edition '{terminology} {edition}' is published and never changes.",
            ),
            mend=Text(fa="نام انتشار تازه‌ای بدهید.", en="Give the name of a new edition."),
        )


def _base(shelf: Shelf, name: str, edition: str, options: DraftOptions) -> EditionEntry:
    entries = shelf.entries(name)
    base = edition_before(entries, effective=options.effective, sample=options.sample, but=edition)
    if base is None:
        standing = tuple(
            f"{entry.manifest.edition} ({entry.manifest.effective or '-'}{', sample' if entry.manifest.sample else ''})"
            for entry in entries
            if not entry.withdrawn
        )
        raise WrongState(
            Text(
                fa=f"فهرست «{name}» پیش از {options.effective or 'همهٔ تاریخ‌ها'} انتشاری ندارد که پیش‌نویس از آن ساخته شود.",
                en=f"The list '{name}' has no edition before {options.effective or 'all dates'} from which a draft could start.",
            ),
            mend=Text(
                fa="روز اجرای انتشار تازه را با --effective بدهید؛ پس از نمونه تنها نمونه می‌آید (--sample).",
                en="Say with --effective from when the new edition holds; a sample is followed by samples only (--sample).",
            ),
            known=standing[:20],
        )
    return base


def _source(shelf: Shelf, base: EditionEntry) -> Source:
    manifest = base.manifest
    size = shelf.file(manifest.terminology, manifest.edition).stat().st_size
    return Source(f"{manifest.terminology} {manifest.edition}", size, manifest.file_hash, "edition")
