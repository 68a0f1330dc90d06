"""Drafts: what an import gave, kept until it is published or discarded, and how it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, delete, insert, select

from maksa.editions.content import (
    concept_fields,
    concept_from_fields,
    fields_of,
    mapping_fields,
    mapping_from_fields,
    record,
    terminology_from_json,
    terminology_json,
)
from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, UnknownEdition
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
from maksa.registry.drafts.published import concepts_of, edition_before, mappings_of
from maksa.registry.journal import write_entry
from maksa.registry.letters import checked_letter
from maksa.registry.maps.decisions import decided_rows
from maksa.registry.names import check_edition_name, check_terminology_id
from maksa.registry.tables import draft as drafts
from maksa.registry.tables import draft_concept, draft_mapping
from maksa.terminology.registered import registered_lists
from maksa.text import Text

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What is said of the edition to be.

    `effective`: its first day (None: holds always). `partial`: a part of the list, so codes that it does not
    name stay as they are. `letter`: the letter that announces it, tied to it when it is published.
    """

    effective: date | None = None
    sample: bool = False
    partial: bool = False
    letter: Letter | None = None


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
    registry: Registry, imported: ImportedList, edition: str, *, source: Source, options: DraftOptions
) -> SavedDraft:
    """Save an imported list as the draft of an edition, replacing an earlier draft of the same edition.

    Raises: BadInput (the name of list or edition, a code that stands twice, a property that the list does not
            define, a control character, a sample with a letter), WrongState (another draft's list, or one known by its form, has
            this id in other letter case).
    Cost:   about 15 µs a concept; beyond the list itself, memory for its order only.
    """
    check_edition_name(edition)
    if options.letter is not None:
        _check_announceable(options)
        options = replace(options, letter=checked_letter(options.letter))
    concepts = sorted(imported.concepts, key=_code)
    _check_concepts(imported.terminology, concepts)
    with registry.writing() as connection:
        drafted = connection.scalars(select(drafts.c.terminology).distinct())
        check_terminology_id(imported.terminology.id, (*drafted, *registered_lists()))
        earlier = _find(connection, imported.terminology.id, edition)
        difference = None
        if earlier is not None:
            difference = differ(
                _draft_states(connection, earlier), _states(concepts, imported.mappings), against="draft"
            )
            _delete(connection, earlier.number)
        number = _insert_head(connection, imported, edition, source, options)
        _insert_lines(
            connection,
            draft_concept,
            ({"draft": number, "code": c.code, "line": record(concept_fields(c))} for c in concepts),
        )
        _insert_lines(
            connection,
            draft_mapping,
            (
                {"draft": number, "ordinal": ordinal, "line": record(mapping_fields(mapping))}
                for ordinal, mapping in enumerate(imported.mappings)
            ),
        )
        saved = _draft_of(connection.execute(select(drafts).where(drafts.c.id == number)).one())
        write_entry(registry, connection, "draft-save", saved.name, **_told(saved))
        return SavedDraft(saved, difference)


def list_drafts(registry: Registry) -> tuple[Draft, ...]:
    """List the drafts in the order of list and edition."""
    with registry.reading() as connection:
        rows = connection.execute(select(drafts).order_by(drafts.c.terminology, drafts.c.edition))
        return tuple(_draft_of(row) for row in rows)


def find_draft(registry: Registry, terminology: str, edition: str) -> Draft | None:
    """Give one draft, or None; the id of the list in any letter case."""
    with registry.reading() as connection:
        return _find(connection, _spelled(connection, terminology), edition)


def read_draft(registry: Registry, terminology: str, edition: str) -> Draft:
    """Give one draft. Raises: UnknownEdition naming the drafts that there are."""
    found = find_draft(registry, terminology, edition)
    if found is None:
        raise UnknownEdition(
            Text(
                fa=f"پیش‌نویسی با نام «{edition[:64]}» از فهرست «{terminology[:64]}» نیست.",
                en=f"There is no draft '{edition[:64]}' of the list '{terminology[:64]}'.",
            ),
            mend=Text(fa="نخست فهرست را وارد کنید.", en="Import the list first."),
            known=tuple(f"{d.terminology.id} {d.edition}" for d in list_drafts(registry)[:20]),
        )
    return found


def discard_draft(registry: Registry, terminology: str, edition: str) -> None:
    """Throw a draft away. Raises: UnknownEdition."""
    drop_draft(registry, read_draft(registry, terminology, edition))


def drop_draft(registry: Registry, draft: Draft, *, why: str | None = None) -> None:
    """Delete exactly this draft; one that was saved after it stays."""
    with registry.writing() as connection:
        if delete_draft(connection, draft):
            write_entry(registry, connection, "draft-discard", draft.name, draft=draft.number, why=why)


def delete_draft(connection: Connection, draft: Draft) -> bool:
    """Delete exactly this draft in a transaction that says why in the journal; tell whether it was there."""
    return _delete(connection, draft.number)


def holds_draft(connection: Connection, draft: Draft) -> bool:
    """Tell whether exactly this draft stands, in the state that the transaction sees from here on."""
    return connection.scalar(select(drafts.c.id).where(drafts.c.id == draft.number)) is not None


def draft_concepts(connection: Connection, draft: Draft) -> Iterator[Concept]:
    """Yield the concepts of a draft in code order, a batch at a time."""
    types = {definition.code: definition.type for definition in draft.terminology.properties}
    for line in _lines(connection, draft_concept, draft.number, "code"):
        yield concept_from_fields(fields_of(line), types)


def draft_mappings(connection: Connection, draft: Draft) -> Iterator[Mapping]:
    """Yield the rows of the draft of a map in the order of the source, a batch at a time."""
    for line in _lines(connection, draft_mapping, draft.number, "ordinal"):
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


def _check_announceable(options: DraftOptions) -> None:
    if options.sample:
        raise BadInput(
            Text(
                fa="نمونه را نامه‌ای ابلاغ نمی‌کند: «نمونه» و «نامه» با هم داده شده‌اند.",
                en="No letter announces a sample: a sample and a letter are both given.",
            ),
            mend=Text(fa="یکی از آن دو را بردارید.", en="Leave one of them away."),
        )


def _told(draft: Draft) -> dict[str, Any]:
    """Give what the journal says of a draft that was saved."""
    effective = draft.options.effective
    return {
        "draft": draft.number,
        "file": draft.source.name,
        "file_hash": draft.source.hash,
        "count": draft.count,
        "rows": draft.rows,
        "effective": None if effective is None else effective.isoformat(),
        "partial": draft.options.partial,
        "sample": draft.options.sample,
    }


def _check_concepts(terminology: Terminology, concepts: Sequence[Concept]) -> None:
    for concept, following in pairwise(concepts):
        if concept.code == following.code:
            raise BadInput(
                Text(
                    fa=f"کد «{concept.code}» دو بار آمده است.",
                    en=f"The code '{concept.code}' stands twice.",
                )
            )
    known = {definition.code for definition in terminology.properties}
    for concept in concepts:
        for prop in concept.properties:
            if prop.code not in known:
                raise BadInput(
                    Text(
                        fa=f"ویژگی «{prop.code}» کد «{concept.code}» در فهرست {terminology.id} تعریف نشده است.",
                        en=f"The property '{prop.code}' of code '{concept.code}' is not defined in the list {terminology.id}.",
                    ),
                    known=tuple(sorted(known)),
                )


def _insert_head(
    connection: Connection, imported: ImportedList, edition: str, source: Source, options: DraftOptions
) -> int:
    number: int = connection.scalars(
        insert(drafts)
        .returning(drafts.c.id)
        .values(
            terminology=imported.terminology.id,
            edition=edition,
            description=terminology_json(imported.terminology),
            source=msgspec.json.encode(source).decode(),
            options=msgspec.json.encode(options).decode(),
            size=len(imported.concepts) + len(imported.mappings),
            rows=imported.rows,
            saved=datetime.now(UTC),
        )
    ).one()
    return number


def _insert_lines(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _lines(connection: Connection, table: Table, number: int, order: str) -> Iterator[str]:
    question = select(table.c.line).where(table.c.draft == number).order_by(table.c[order])
    with connection.scalars(question.execution_options(yield_per=_BATCH)) as lines:
        yield from lines


def _find(connection: Connection, terminology: str, edition: str) -> Draft | None:
    row = connection.execute(
        select(drafts).where(drafts.c.terminology == terminology, drafts.c.edition == edition)
    ).one_or_none()
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
