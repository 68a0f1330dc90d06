"""What becomes of an import: drafts, editions, or (of a dry run) a look at what would become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.errors import WrongState
from maksa.home import Home
from maksa.intake.result import Finding, ImportedList, Intake, Source
from maksa.model.edition import EditionEntry
from maksa.registry.database import Registry, open_registry, sqlite_url
from maksa.registry.drafts.difference import Difference
from maksa.registry.drafts.drafts import (
    Draft,
    DraftOptions,
    SavedDraft,
    difference_from_published,
    draft_concepts,
    draft_mappings,
    find_draft,
    find_within,
    save_draft,
)
from maksa.registry.drafts.importing import saved_drafts
from maksa.registry.drafts.loss import nothing_usable, require_content, require_few_retired
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.published import find_entry, spelled_on_shelf
from maksa.registry.drafts.sameness import what_differs
from maksa.registry.maps.decisions import copy_decisions
from maksa.registry.maps.findings import map_findings
from maksa.registry.quality.check import check_draft
from maksa.registry.quality.report import require_sound
from maksa.registry.review.governance import governance
from maksa.registry.review.work import require_replaceable
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list. `unchanged`: an edition of this name and content stood already.

    `from_draft` and `from_edition` are the differences from the draft that it replaced and from the edition
    that it follows, None where there is none. `carried` counts the codes kept of that edition. `findings` tell of a
    map what its targets and the decisions on it are about.
    """

    imported: ImportedList
    edition: str
    state: Literal["dry-run", "draft", "published", "unchanged"]
    from_draft: Difference | None = None
    from_edition: Difference | None = None
    entry: EditionEntry | None = None
    carried: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Publishing:
    """How to publish what was imported; `retire_missing`: most codes of the edition before may end by it.

    `despite` is the reason to publish it even with errors of quality.
    """

    retire_missing: bool = False
    despite: str | None = None


def keep(
    home: Home,
    intake: Intake,
    edition: str,
    options: DraftOptions,
    publishing: Publishing | None,
    *,
    over_edits: bool = False,
) -> tuple[Outcome, ...]:
    """Save every list of an intake as a draft, and publish exactly these drafts if told.

    An edition of this name that stands is compared with the draft at once: the same content is no draft.
    Imports of the same list take turns.
    Raises: as save_draft and publish; then none of these drafts is left.
    """
    if publishing is not None and not intake.lists:
        raise nothing_usable(intake.source.name)
    if publishing is not None:
        _require_ungoverned(home, intake, edition, options)
    with saved_drafts(home.registry, home.path, intake, edition, options, over_edits=over_edits) as saved:
        return _settle_all(home, list(zip(intake.lists, saved, strict=True)), publishing)


def preview(
    home: Home | None,
    intake: Intake,
    edition: str,
    options: DraftOptions,
    publishing: Publishing | None,
    *,
    over_edits: bool = False,
) -> tuple[Outcome, ...]:
    """Tell what would become of every list, and write nothing: the drafts lie in a registry that is thrown away.

    Raises: WrongState when the import would be refused.
    """
    if publishing is not None and not intake.lists:
        raise nothing_usable(intake.source.name)
    if publishing is not None and home is not None:
        _require_ungoverned(home, intake, edition, options)
    with _scratch() as (scratch, empty):
        seen = []
        for imported in intake.lists:
            if home is not None:
                _require_replaceable(home.registry, imported.terminology.id, edition, over_edits=over_edits)
            outcome, draft = _foresee(home, scratch, imported, edition, intake.source, options=options)
            if publishing is not None and outcome.entry is None:
                _require_sense(draft, outcome.from_edition, publishing)
                _require_sound(scratch, home.shelf if home else empty, draft, publishing)
            seen.append(outcome)
        return tuple(seen)


def _require_ungoverned(home: Home, intake: Intake, edition: str, options: DraftOptions) -> None:
    """See that what is imported may be published at once, before a draft is replaced for it. Raises: WrongState."""
    if options.sample or not governance(home.registry).on:
        return
    for imported in intake.lists:
        name = imported.terminology.id
        held = spelled_on_shelf(home.shelf, name)
        if held is None or find_entry(home.shelf, held, edition) is None:
            raise WrongState(
                Text(
                    fa=f"«{name} {edition}» بی‌درنگ منتشر نمی‌شود: در این خانه کارگروه تصمیم می‌گیرد.",
                    en=f"'{name} {edition}' is not published at once: the committee decides in this home.",
                ),
                mend=Text(
                    fa="بی --publish وارد کنید و آن را با «maksa drafts submit» برای بازبینی بفرستید.",
                    en="Import it without --publish, and submit it for review with 'maksa drafts submit'.",
                ),
            )


def _settle_all(
    home: Home, saved: list[tuple[ImportedList, SavedDraft]], publishing: Publishing | None
) -> tuple[Outcome, ...]:
    """See that nothing is refused for want of sense before anything is published."""
    home.shelf.refresh()
    waiting = []
    for imported, one in saved:
        stands = _stands(home, one.draft)
        from_edition = difference_from_published(home.registry, home.shelf, one.draft)
        if publishing is not None and not stands:
            _require_sense(one.draft, from_edition, publishing)
            _require_sound(home.registry, home.shelf, one.draft, publishing)
        state: Literal["draft", "unchanged"] = "unchanged" if stands else "draft"
        outcome = Outcome(imported, one.draft.edition, state, one.difference, from_edition)
        findings = map_findings(home.registry, home.shelf, one.draft)
        waiting.append((replace(outcome, findings=findings), one.draft))
    # Those that stand already can be refused: they come first, so that a refusal publishes nothing.
    waiting.sort(key=lambda pair: pair[0].state == "draft")
    return tuple(
        outcome
        if publishing is None and outcome.state == "draft"
        else _publish(home, outcome, draft, publishing)
        for outcome, draft in waiting
    )


def _publish(home: Home, outcome: Outcome, draft: Draft, publishing: Publishing | None) -> Outcome:
    done = publish(
        home.registry,
        home.shelf,
        draft.terminology.id,
        draft.edition,
        number=draft.number,
        retire_missing=publishing is not None and publishing.retire_missing,
        despite=None if publishing is None else publishing.despite,
    )
    state: Literal["unchanged", "published"] = "unchanged" if done.unchanged else "published"
    return replace(outcome, state=state, entry=done.entry, carried=done.carried)


def _require_sense(draft: Draft, from_edition: Difference | None, publishing: Publishing) -> None:
    require_content(draft)
    if from_edition is not None and not publishing.retire_missing:
        retired = from_edition.removed.count
        standing = retired + from_edition.changed.count + from_edition.unchanged
        require_few_retired(draft.name, from_edition.against, retired=retired, standing=standing)


def _require_sound(registry: Registry, shelf: Shelf, draft: Draft, publishing: Publishing) -> None:
    if publishing.despite is None:
        require_sound(check_draft(registry, shelf, draft, least="error"))


def _stands(home: Home, draft: Draft) -> bool:
    held = spelled_on_shelf(home.shelf, draft.terminology.id)
    return held is not None and find_entry(home.shelf, held, draft.edition) is not None


@contextmanager
def _scratch() -> Iterator[tuple[Registry, Shelf]]:
    """Give an empty registry and an empty shelf."""
    with TemporaryDirectory(prefix="maksa-dry-run-", ignore_cleanup_errors=True) as folder:
        shelf = Shelf(Path(folder), KeyRing(Path(folder) / "keys"))
        yield open_registry(sqlite_url(Path(folder) / "registry.sqlite")), shelf


def _foresee(
    home: Home | None,
    scratch: Registry,
    imported: ImportedList,
    edition: str,
    source: Source,
    *,
    options: DraftOptions,
) -> tuple[Outcome, Draft]:
    if home is not None:
        _copy_draft(home.registry, scratch, imported.terminology.id, edition)
        copy_decisions(home.registry, scratch, imported.terminology.id)
    saved = save_draft(scratch, imported, edition, source=source, options=options)
    if home is None:
        return Outcome(imported, edition, "dry-run"), saved.draft
    entry = find_entry(home.shelf, imported.terminology.id, edition)
    if entry is not None:
        _require_same(scratch, home, saved.draft, entry)
    from_edition = difference_from_published(scratch, home.shelf, saved.draft)
    outcome = Outcome(imported, edition, "dry-run", saved.difference, from_edition, entry)
    return replace(outcome, findings=map_findings(scratch, home.shelf, saved.draft)), saved.draft


def _require_replaceable(registry: Registry, terminology: str, edition: str, *, over_edits: bool) -> None:
    with registry.reading() as connection:
        held = find_within(connection, terminology, edition)
        if held is not None:
            require_replaceable(connection, held.number, held.name, over_edits=over_edits)


def _copy_draft(source: Registry, target: Registry, terminology: str, edition: str) -> None:
    held = find_draft(source, terminology, edition)
    if held is None:
        return
    with source.reading() as connection:
        concepts = tuple(draft_concepts(connection, held))
        mappings = tuple(draft_mappings(connection, held))
    copy = ImportedList(held.terminology, concepts, mappings, held.rows)
    save_draft(target, copy, edition, source=held.source, options=held.options)


def _require_same(scratch: Registry, home: Home, draft: Draft, entry: EditionEntry) -> None:
    with scratch.reading() as connection:
        difference = what_differs(connection, home.shelf, draft, entry)
    if difference is not None:
        name = f"{draft.terminology.id} {draft.edition}"
        raise WrongState(
            Text(
                fa=f"واردکردن رد خواهد شد: انتشار «{name}» با محتوای دیگری منتشر شده است: {difference.fa}.",
                en=f"The import would be refused: the edition '{name}' stands published with other content: {difference.en}.",
            ),
            mend=Text(fa="با نام انتشار تازه‌ای وارد کنید.", en="Import under a new edition name."),
        )
