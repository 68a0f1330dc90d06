"""Drafts: what an import gave, kept until it is published or discarded, and how it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from maksa.editions.content import (
    concept_from_fields,
    fields_of,
    mapping_from_fields,
    terminology_from_json,
    terminology_json,
)
from maksa.editions.shelf import Shelf
from maksa.errors import UnknownEdition
from maksa.intake.result import ImportedList, Source
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import EditionEntry, Letter
from maksa.registry.database import Registry
from maksa.registry.drafts.carry import RETIRED
from maksa.registry.drafts.difference import (
    Codes,
    Content,
    Difference,
    content,
    differ,
    mapping_groups,
    mappings_content,
)
from maksa.registry.drafts.lines import insert_concepts, insert_mappings, stored_lines
from maksa.registry.drafts.published import concepts_of, edition_before, mappings_of
from maksa.registry.drafts.rules import check_concepts, checked_announcement
from maksa.registry.journal import write_entry
from maksa.registry.maps.decisions import decided_rows
from maksa.registry.names import check_edition_name, check_terminology_id
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.review.life import begin_life, end_life, life_of
from maksa.registry.review.states import End
from maksa.registry.review.work import require_replaceable, work_on
from maksa.registry.tables import draft as drafts
from maksa.registry.tables import draft_concept, draft_mapping
from maksa.terminology.bounds import sound
from maksa.terminology.registered import registered_lists
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What is said of the edition to be.

    `effective`: its first day (None: holds always). `partial`: a part of the list, so codes that it does not
    name stay as they are. `letter`: the letter that announces it, tied to it when it is published.
    `transition_until`: until this day the use of a code that this edition ends is a warning, not an error.
    """

    effective: date | None = None
    sample: bool = False
    partial: bool = False
    letter: Letter | None = None
    transition_until: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as lists of drafts show it: which list and edition, from which file, how much, since when (UTC).

    `number` is its own in the registry; a draft that is saved again gets a new one.
    """

    number: int
    terminology: Terminology
    edition: str
    options: DraftOptions
    source: Source
    count: int
    rows: int
    saved: datetime

    @property
    def name(self) -> str:
        """Name the list and the edition."""
        return f"{self.terminology.id} {self.edition}"


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft that was saved; `difference` from the draft that it replaced, None if it is the first."""

    draft: Draft
    difference: Difference | None


def save_draft(
    registry: Registry,
    imported: ImportedList,
    edition: str,
    *,
    source: Source,
    options: DraftOptions,
    over_edits: bool = False,
) -> SavedDraft:
    """Save an imported list as the draft of an edition, replacing an earlier draft of the same edition.

    An earlier one that somebody edited or commented, or that was submitted, is replaced only `over_edits`; the journal
    then says what was replaced, and its edits and comments stay in the registry under its number.
    Raises: BadInput (the name of list or edition, a code that stands twice, a property that the list does not
            define, a control character, a sample with a letter), WrongState (another draft's list, or one known by its form, has
            this id in other letter case; the earlier draft holds work).
    Cost:   about 15 µs a concept; beyond the list itself, memory for its order only.
    """
    check_edition_name(edition)
    options = replace(options, letter=checked_announcement(options.letter, sample=options.sample))
    concepts = sorted(imported.concepts, key=_code)
    check_concepts(imported.terminology, concepts)
    with registry.writing() as connection:
        check_draft_id(connection, imported.terminology.id)
        earlier = _find(connection, imported.terminology.id, edition)
        difference, replaced = None, None
        if earlier is not None:
            replaced = require_replaceable(connection, earlier.number, earlier.name, over_edits=over_edits)
            difference = differ(
                _draft_states(connection, earlier), _states(concepts, imported.mappings), against="draft"
            )
            delete_draft(connection, registry, earlier, "replaced")
        number = insert_head(
            connection, registry, imported.terminology, edition, source=source, options=options
        )
        size = insert_concepts(connection, number, concepts)
        size += insert_mappings(connection, number, imported.mappings)
        saved = keep_size(connection, number, size=size, rows=imported.rows)
        write_entry(registry, connection, "draft-save", saved.name, **told_of(saved), replaced=replaced)
        return SavedDraft(saved, difference)


def list_drafts(registry: Registry) -> tuple[Draft, ...]:
    """List the drafts in the order of list and edition."""
    with registry.reading() as connection:
        return list_within(connection)


def list_within(connection: Connection) -> tuple[Draft, ...]:
    """List the drafts in a transaction; as `list_drafts`."""
    rows = connection.execute(select(drafts).order_by(drafts.c.terminology, drafts.c.edition))
    return tuple(_draft_of(row) for row in rows)


def find_draft(registry: Registry, terminology: str, edition: str) -> Draft | None:
    """Give one draft, or None; the id of the list in any letter case."""
    with registry.reading() as connection:
        return find_within(connection, terminology, edition)


def find_within(connection: Connection, terminology: str, edition: str) -> Draft | None:
    """Give one draft in a transaction, or None; as `find_draft`."""
    return _find(connection, _spelled(connection, terminology), edition)


def read_draft(registry: Registry, terminology: str, edition: str) -> Draft:
    """Give one draft. Raises: UnknownEdition naming the drafts that there are."""
    with registry.reading() as connection:
        return held_draft(connection, terminology, edition)


def held_draft(connection: Connection, terminology: str, edition: str) -> Draft:
    """Give one draft in a transaction. Raises: UnknownEdition naming the drafts that there are."""
    found = find_within(connection, terminology, edition)
    if found is None:
        shown_edition, shown_list = sound(edition[:64]), sound(terminology[:64])
        ordered = select(drafts).order_by(drafts.c.terminology, drafts.c.edition).limit(20)
        raise UnknownEdition(
            Text(
                fa=f"پیش‌نویسی با نام «{shown_edition}» از فهرست «{shown_list}» نیست.",
                en=f"There is no draft '{shown_edition}' of the list '{shown_list}'.",
            ),
            mend=Text(
                fa="نخست فهرست را وارد کنید، یا پیش‌نویس را با «maksa drafts start» بسازید.",
                en="Import the list first, or start the draft with 'maksa drafts start'.",
            ),
            known=tuple(_draft_of(row).name for row in connection.execute(ordered)),
        )
    return found


def discard_draft(registry: Registry, terminology: str, edition: str, *, who: Who = OPERATOR) -> None:
    """Throw a draft away; its history stays. Raises: UnknownEdition, Refused (role)."""
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-edit")
        _drop(connection, desk, held_draft(connection, terminology, edition), why=None)


def drop_draft(registry: Registry, draft: Draft, *, why: str | None = None) -> None:
    """Delete exactly this draft; one that was saved after it stays."""
    with registry.writing() as connection:
        _drop(connection, registry, draft, why=why)


def _drop(connection: Connection, registry: Registry, draft: Draft, *, why: str | None) -> None:
    work = work_on(connection, draft.number)
    if delete_draft(connection, registry, draft, "discarded"):
        told = {"draft": draft.number, "edits": work.edits or None, "comments": work.comments or None}
        write_entry(registry, connection, "draft-discard", draft.name, **told, why=why)


def delete_draft(connection: Connection, registry: Registry, draft: Draft, end: End) -> bool:
    """Delete exactly this draft in a transaction that says why in the journal; tell whether it was there.

    Its life ends; what was said and decided of it stays.
    """
    deleted = _delete(connection, draft.number)
    if deleted:
        life = life_of(connection, draft.number, draft.name)
        end_life(connection, life, end, actor=registry.actor)
    return deleted


def holds_draft(connection: Connection, draft: Draft) -> bool:
    """Tell whether exactly this draft stands, in the state that the transaction sees from here on."""
    return connection.scalar(select(drafts.c.id).where(drafts.c.id == draft.number)) is not None


def draft_concepts(connection: Connection, draft: Draft) -> Iterator[Concept]:
    """Yield the concepts of a draft in code order, a batch at a time."""
    types = {definition.code: definition.type for definition in draft.terminology.properties}
    for line in stored_lines(connection, draft_concept, draft.number, "code"):
        yield concept_from_fields(fields_of(line), types)


def draft_mappings(connection: Connection, draft: Draft) -> Iterator[Mapping]:
    """Yield the rows of the draft of a map in the order of the source, a batch at a time."""
    for line in stored_lines(connection, draft_mapping, draft.number, "ordinal"):
        yield mapping_from_fields(fields_of(line))


def difference_from_published(registry: Registry, shelf: Shelf, draft: Draft) -> Difference | None:
    """Tell how a draft differs from the edition that it would follow; None if there is none.

    `removed` are the codes that publishing would retire: not those retired by earlier editions, and none of a
    part of a list.
    """
    base = edition_before(
        shelf.entries(draft.terminology.id),
        effective=draft.options.effective,
        sample=draft.options.sample,
        but=draft.edition,
    )
    if base is None:
        return None
    with registry.reading() as connection:
        difference = differ(
            _standing(shelf, base),
            _states(draft_concepts(connection, draft), decided_mappings(connection, draft)),
            against=base.manifest.edition,
        )
    return replace(difference, removed=Codes(0, ())) if draft.options.partial else difference


def decided_mappings(connection: Connection, draft: Draft) -> Iterator[Mapping]:
    """Yield the rows of the draft of a map as they would be published: with the decisions of the desk over them."""
    return decided_rows(connection, draft.terminology.id, draft_mappings(connection, draft))


def _draft_states(connection: Connection, draft: Draft) -> Iterator[tuple[str, Content]]:
    """Yield what counts of each code of a draft, in code order."""
    return _states(draft_concepts(connection, draft), draft_mappings(connection, draft))


def _states(concepts: Iterable[Concept], mappings: Iterable[Mapping]) -> Iterator[tuple[str, Content]]:
    for concept in concepts:
        yield concept.code, content(concept)
    for key, group in mapping_groups(mappings):
        yield key, mappings_content(group)


def _standing(shelf: Shelf, base: EditionEntry) -> Iterator[tuple[str, Content]]:
    for concept in concepts_of(shelf, base):
        if concept.carried_from is None:
            yield concept.code, content(concept)
    rows = (mapping for mapping in mappings_of(shelf, base) if mapping.relationship != RETIRED)
    for key, group in mapping_groups(rows):
        yield key, mappings_content(group)


def told_of(draft: Draft) -> dict[str, Any]:
    """Give what the journal says of a draft that came to be."""
    effective, until = draft.options.effective, draft.options.transition_until
    return {
        "draft": draft.number,
        "file": draft.source.name,
        "file_hash": draft.source.hash,
        "count": draft.count,
        "rows": draft.rows,
        "effective": None if effective is None else effective.isoformat(),
        "transition_until": None if until is None else until.isoformat(),
        "partial": draft.options.partial,
        "sample": draft.options.sample,
    }


def check_draft_id(connection: Connection, terminology: str) -> None:
    """Check the id of a list that is to have a draft. Raises: BadInput (form), WrongState (other letter case)."""
    drafted = connection.scalars(select(drafts.c.terminology).distinct())
    check_terminology_id(terminology, (*drafted, *registered_lists()))


def insert_head(
    connection: Connection,
    registry: Registry,
    terminology: Terminology,
    edition: str,
    *,
    source: Source,
    options: DraftOptions,
) -> int:
    """Begin a draft without rows, and its life; gives its number."""
    number: int = connection.scalars(
        insert(drafts)
        .returning(drafts.c.id)
        .values(
            terminology=terminology.id,
            edition=edition,
            description=terminology_json(terminology),
            source=msgspec.json.encode(source).decode(),
            options=msgspec.json.encode(options).decode(),
            size=0,
            rows=0,
            saved=datetime.now(UTC),
        )
    ).one()
    begin_life(connection, number, f"{terminology.id} {edition}", maker=registry.actor)
    return number


def keep_size(connection: Connection, number: int, *, size: int, rows: int) -> Draft:
    """Keep how many concepts or mappings a draft has, and how many rows its source; gives the draft as it is now."""
    connection.execute(update(drafts).where(drafts.c.id == number).values(size=size, rows=rows))
    return _draft_of(connection.execute(select(drafts).where(drafts.c.id == number)).one())


def _find(connection: Connection, terminology: str, edition: str) -> Draft | None:
    if "\0" in terminology + edition:  # No name has one, and PostgreSQL refuses the question.
        return None
    names = (drafts.c.terminology == sound(terminology), drafts.c.edition == sound(edition))
    row = connection.execute(select(drafts).where(*names)).one_or_none()
    return None if row is None else _draft_of(row)


def _spelled(connection: Connection, terminology: str) -> str:
    folded = terminology.strip().casefold()
    held = connection.scalars(select(drafts.c.terminology).distinct())
    return next((other for other in held if other.casefold() == folded), terminology)


def _delete(connection: Connection, number: int) -> bool:
    connection.execute(delete(draft_concept).where(draft_concept.c.draft == number))
    connection.execute(delete(draft_mapping).where(draft_mapping.c.draft == number))
    return bool(connection.execute(delete(drafts).where(drafts.c.id == number)).rowcount)


def _draft_of(row: Row[Any]) -> Draft:
    return Draft(
        number=row.id,
        terminology=terminology_from_json(row.description),
        edition=row.edition,
        options=msgspec.json.decode(row.options, type=DraftOptions),
        source=msgspec.json.decode(row.source, type=Source),
        count=row.size,
        rows=row.rows,
        saved=row.saved,
    )


def _code(concept: Concept) -> str:
    return concept.code
