"""Publishing: from a draft to a signed edition on the shelf. The only place that writes edition files."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.editions.writer import EditionHead, Written, write_edition
from maksa.errors import BadInput, WrongState
from maksa.intake.result import Finding
from maksa.model.edition import EditionEntry, Manifest
from maksa.registry.database import Registry
from maksa.registry.delivery.edition_notices import tell_of_edition
from maksa.registry.drafts.carry import CarryForward
from maksa.registry.drafts.description import united_description
from maksa.registry.drafts.drafts import (
    Draft,
    decided_mappings,
    delete_draft,
    draft_concepts,
    find_draft,
    holds_draft,
    read_draft,
)
from maksa.registry.drafts.loss import require_content, require_few_retired
from maksa.registry.drafts.published import (
    concepts_of,
    description_of,
    edition_before,
    find_entry,
    mappings_of,
    read_entry,
    spelled_on_shelf,
)
from maksa.registry.drafts.sameness import what_differs
from maksa.registry.journal import is_noted, write_entry
from maksa.registry.letters import record_letter
from maksa.registry.lock import locked
from maksa.registry.maps.findings import map_findings
from maksa.registry.names import check_terminology_id
from maksa.registry.quality.gate import require_publishable
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.review.life import Life
from maksa.registry.review.publishable import require_publisher, require_revision
from maksa.terminology.bounds import sound
from maksa.text import Text

_MAX_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that now stands on the shelf; `unchanged`: it stood there before with the same content.

    `base` names the edition that it follows in time, None if none. `carried` counts the codes of the base
    that the new list does not have: kept as retired (of a part: kept as they were). `findings` tell of a map what
    a curator should look at.
    """

    entry: EditionEntry
    unchanged: bool
    base: str | None = None
    carried: int = 0
    findings: tuple[Finding, ...] = ()


def publish(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    *,
    number: int | None = None,
    retire_missing: bool = False,
    despite: str | None = None,
    who: Who = OPERATOR,
) -> Published:
    """Publish the draft of an edition: carry forward, write, sign, place, tie its letter, drop the draft.

    Nothing of it is visible before it is whole; after a kill the same call finishes the work. With `number` it
    publishes that draft and no other of the same name. `retire_missing` says that most codes of the edition
    before may end; `despite` is the reason to publish a draft with errors of quality, which the journal keeps.
    Raises: UnknownEdition (no such draft and no such edition), Refused (role, four eyes), WrongState (an edition of this name stands
            with other content, or is withdrawn; the draft is empty, has errors of quality, would retire most codes of the edition
            before, or is not the one of `number`; a property changed its type; another publisher of the list
            is at work for a minute; the disk is full; the draft is not agreed, as its home asks, or its review does
            not stand; it was changed meanwhile), EditionUnreadable (the edition before is damaged, so
            that nothing can be carried forward). Nothing is published then.
    Cost:   some 60 µs a concept; memory grows with the vocabulary of the list.
    """
    registry = _desk(registry, who)
    shelf.refresh()
    draft = find_draft(registry, terminology, edition)
    held = spelled_on_shelf(shelf, terminology)
    if draft is None and number is None and (held is None or find_entry(shelf, held, edition) is None):
        read_draft(registry, terminology, edition)  # Says that there is none, and which there are.
    name = draft.terminology.id if draft is not None else held or terminology
    with _alone(shelf, name) as folder:
        draft = find_draft(registry, name, edition)
        if number is not None and (draft is None or draft.number != number):
            raise _another_draft(f"{name} {edition}")
        if draft is None:
            return Published(read_entry(shelf, name, edition), unchanged=True)
        _check_list(shelf, draft)
        entry = find_entry(shelf, name, edition)
        if entry is not None:
            _require_same(registry, shelf, draft, entry)
            published = Published(entry, unchanged=True)
        else:
            life = _require_allowed(registry, shelf, draft, who, despite=despite)
            published = _write_and_place(
                registry, shelf, draft, folder, life=life, retire_missing=retire_missing
            )
        _tie_letter(registry, shelf, draft)
        _finish(registry, draft, published)
    return replace(published, entry=read_entry(shelf, name, edition))


def _require_allowed(
    registry: Registry, shelf: Shelf, draft: Draft, who: Who, *, despite: str | None
) -> Life:
    """Ask all that stands against publishing a draft: nothing in it, who publishes, its review, its errors."""
    require_content(draft)
    with _reading(registry, draft) as connection:
        life = require_publisher(connection, shelf, draft, who)
    require_publishable(registry, shelf, draft, despite=despite)
    return life


def withdraw(
    registry: Registry, shelf: Shelf, terminology: str, edition: str, reason: str, *, who: Who = OPERATOR
) -> EditionEntry:
    """Withdraw a published edition, so that the one before it answers again; its file stays.

    Raises: UnknownTerminology, UnknownEdition, WrongState (withdrawn before), BadInput (no reason), Refused (role).
    """
    registry = _desk(registry, who)
    if not reason.strip() or len(reason) > _MAX_REASON:
        raise BadInput(
            Text(
                fa=f"دلیل پس‌گرفتن انتشار «{edition[:64]}» را در 1 تا {_MAX_REASON} نویسه بنویسید.",
                en=f"Say in 1 to {_MAX_REASON} characters why the edition '{edition[:64]}' is withdrawn.",
            )
        )
    with _to_change(shelf, terminology, edition, withdrawn=False) as entry, registry.writing() as connection:
        manifest, why = entry.manifest, sound(reason.strip())
        subject = f"{manifest.terminology} {edition}"
        write_entry(registry, connection, "withdraw", subject, hash=manifest.content_hash, reason=why)
        tell_of_edition(connection, manifest, "withdrawn", reason=why)
        shelf.withdraw(manifest.terminology, edition, why)
    return read_entry(shelf, terminology, edition)


def restore(
    registry: Registry, shelf: Shelf, terminology: str, edition: str, *, who: Who = OPERATOR
) -> EditionEntry:
    """Undo a withdrawal; its signed record goes from the shelf into the journal.

    Raises: UnknownTerminology, UnknownEdition, WrongState (not withdrawn), Refused (role).
    """
    registry = _desk(registry, who)
    with _to_change(shelf, terminology, edition, withdrawn=True) as entry, registry.writing() as connection:
        name = entry.manifest.terminology
        record = shelf.withdrawal(name, edition)
        write_entry(registry, connection, "restore", f"{name} {edition}", withdrawal=record)
        tell_of_edition(connection, entry.manifest, "restored")
        shelf.restore(name, edition)
    return read_entry(shelf, terminology, edition)


def _desk(registry: Registry, who: Who) -> Registry:
    """Give the registry in whose journal the acts are theirs. Raises: Refused (role)."""
    with registry.reading() as connection:
        require_access(connection, who, "edition-publish")
    return acting(registry, who)


@contextmanager
def _to_change(shelf: Shelf, terminology: str, edition: str, *, withdrawn: bool) -> Iterator[EditionEntry]:
    """Be the only writer of an edition that is withdrawn, or is not. Raises: WrongState when it is otherwise."""
    shelf.refresh()
    name = read_entry(shelf, terminology, edition).manifest.terminology
    with _alone(shelf, name):
        entry = read_entry(shelf, name, edition)
        if entry.withdrawn != withdrawn:
            raise WrongState(
                Text(
                    fa=f"انتشار «{edition}» از «{name}» {'از پیش پس گرفته شده' if entry.withdrawn else 'پس گرفته نشده'} است.",
                    en=f"The edition '{edition}' of '{name}' is {'withdrawn already' if entry.withdrawn else 'not withdrawn'}.",
                )
            )
        yield entry


@contextmanager
def _alone(shelf: Shelf, terminology: str) -> Iterator[Path]:
    """Be the only writer of a list's folder, and find it as it stands now, without what a kill left there."""
    folder = shelf.folder_of(terminology)
    with locked(folder, terminology):
        for path in folder.glob(".*"):
            if not path.name.startswith(".lock-"):
                path.unlink(missing_ok=True)
        shelf.refresh()
        yield folder


def _check_list(shelf: Shelf, draft: Draft) -> None:
    described = draft.terminology
    check_terminology_id(described.id, shelf.ids())
    kinds = {entry.manifest.kind for entry in shelf.entries(described.id)}
    if kinds - {described.kind}:
        raise WrongState(
            Text(
                fa=f"«{described.id}» هم‌اکنون با نوع دیگری (فهرست یا نگاشت) منتشر شده است.",
                en=f"'{described.id}' is published as the other kind (list or map).",
            ),
            mend=Text(fa="شناسهٔ دیگری برگزینید.", en="Choose another id."),
        )


def _require_same(registry: Registry, shelf: Shelf, draft: Draft, entry: EditionEntry) -> None:
    name = f"{draft.terminology.id} {draft.edition}"
    if entry.withdrawn:
        raise WrongState(
            Text(
                fa=f"انتشار «{name}» پس گرفته شده است.",
                en=f"The edition '{name}' is withdrawn.",
            ),
            mend=Text(
                fa="آن را بازگردانید، یا با نام انتشار دیگری منتشر کنید.",
                en="Restore it, or publish under another edition name.",
            ),
        )
    with _reading(registry, draft) as connection:
        difference = what_differs(connection, shelf, draft, entry)
    if difference is not None:
        raise WrongState(
            Text(
                fa=f"انتشار «{name}» با محتوای دیگری منتشر شده است: {difference.fa}.",
                en=f"The edition '{name}' stands published with other content: {difference.en}.",
            ),
            mend=Text(
                fa="انتشار منتشرشده تغییر نمی‌کند؛ با نام انتشار تازه‌ای وارد کنید.",
                en="A published edition never changes; import under a new edition name.",
            ),
        )


def _write_and_place(
    registry: Registry, shelf: Shelf, draft: Draft, folder: Path, *, life: Life, retire_missing: bool
) -> Published:
    options = draft.options
    entries = shelf.entries(draft.terminology.id)
    base = edition_before(entries, effective=options.effective, sample=options.sample, but=draft.edition)
    sequence = _next_sequence(folder)
    carry = CarryForward(
        sequence=sequence,
        effective=options.effective,
        base=base.manifest.edition if base else "",
        partial=options.partial,
        window=options.transition_until,
    )
    described = united_description(draft.terminology, description_of(shelf, base))
    head = EditionHead(described, draft.edition, sequence, options.effective, options.sample, draft.rows)
    path = folder / f".publishing-{secrets.token_hex(8)}"
    try:
        with _reading(registry, draft) as connection:
            written = write_edition(
                path,
                head,
                carry.concepts(draft_concepts(connection, draft), concepts_of(shelf, base)),
                carry.mappings(decided_mappings(connection, draft), mappings_of(shelf, base)),
            )
        if not retire_missing:
            require_few_retired(draft.name, carry.base, retired=carry.retired, standing=carry.standing)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
        with (
            registry.writing() as connection
        ):  # From here on no edit comes in: it would be lost with the draft.
            require_revision(connection, draft, life)
            shelf.place(path, _manifest(head, written, entries))
    except (OSError, sqlite3.Error) as error:
        raise _not_written(head, error) from error
    finally:
        path.unlink(missing_ok=True)
    entry = read_entry(shelf, draft.terminology.id, draft.edition)
    findings = map_findings(registry, shelf, draft)
    return Published(
        entry, unchanged=False, base=carry.base or None, carried=carry.carried, findings=findings
    )


@contextmanager
def _reading(registry: Registry, draft: Draft) -> Iterator[Connection]:
    """Read a draft that stands: one that was replaced since it was found would be read as an empty one."""
    with registry.reading() as connection:
        if not holds_draft(connection, draft):
            raise _another_draft(draft.name)
        yield connection


def _another_draft(name: str) -> WrongState:
    return WrongState(
        Text(
            fa=f"پیش‌نویس «{name}» همان نیست که ذخیره شد: کار دیگری آن را در این میان جایگزین، منتشر یا حذف کرده است.",
            en=f"The draft '{name}' is not the one that was saved: meanwhile another process replaced, published or discarded it.",
        ),
        mend=Text(
            fa="ببینید چه بر جاست («maksa drafts list» و «maksa list») و دوباره وارد کنید.",
            en="See what stands ('maksa drafts list', 'maksa list') and import again.",
        ),
    )


def _finish(registry: Registry, draft: Draft, published: Published) -> None:
    """Drop the draft and tell the journal; what a kill left untold is told now."""
    manifest, letter = published.entry.manifest, draft.options.letter
    with registry.writing() as connection:
        if published.unchanged and is_noted(connection, "publish", draft.name):
            why = "an edition stands with this content"
            write_entry(registry, connection, "draft-discard", draft.name, draft=draft.number, why=why)
        else:
            write_entry(
                registry,
                connection,
                "publish",
                draft.name,
                draft=draft.number,
                sequence=manifest.sequence,
                hash=manifest.content_hash,
                published=manifest.published.isoformat(),
                base=published.base,
                carried=published.carried,
                letter=None if letter is None else letter.number,
            )
            tell_of_edition(connection, manifest, "published")
        delete_draft(connection, registry, draft, "published")


def _not_written(head: EditionHead, error: Exception) -> WrongState:
    name = f"{head.terminology.id} {head.edition}"
    return WrongState(
        Text(
            fa=f"انتشار «{name}» نوشته نشد: {error}. چیزی منتشر نشده و پیش‌نویس بر جاست.",
            en=f"The edition '{name}' could not be written: {error}. Nothing was published; the draft stands.",
        ),
        mend=Text(
            fa="جای خالی دیسک و اجازه‌های پوشهٔ خانه را بررسی و دوباره منتشر کنید.",
            en="Check the free space of the disk and the permissions of the home, and publish again.",
        ),
    )


def _next_sequence(folder: Path) -> int:
    # Counted by name: a manifest that cannot be read keeps its number.
    return 1 + max((int(path.name[:6]) for path in folder.glob("[0-9]*.json")), default=0)


def _manifest(head: EditionHead, written: Written, entries: Sequence[EditionEntry]) -> Manifest:
    last = max((entry.manifest for entry in entries), key=lambda m: m.sequence, default=None)
    return Manifest(
        terminology=head.terminology.id,
        kind=head.terminology.kind,
        edition=head.edition,
        sequence=head.sequence,
        effective=head.effective,
        count=written.count,
        rows=head.rows,
        sample=head.sample,
        file_hash=written.file_hash,
        content_hash=written.content_hash,
        previous_hash=None if last is None else last.content_hash,
        schema_version=written.schema_version,
        sqlite_version=written.sqlite_version,
        published=datetime.now(UTC).replace(microsecond=0),
        key_id="",  # Who signs fills in these two.
        signature="",
    )


def _tie_letter(registry: Registry, shelf: Shelf, draft: Draft) -> None:
    letter = draft.options.letter
    if letter is not None:
        announced = (draft.terminology.id, draft.edition)
        record_letter(registry, shelf, replace(letter, announces=(*letter.announces, announced)))
