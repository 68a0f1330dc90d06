"""What becomes of an import: drafts, editions, or (of a dry run) a look at what would become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from maksa.errors import MaksaError, WrongState
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
    drop_draft,
    find_draft,
    save_draft,
)
from maksa.registry.drafts.loss import nothing_usable, require_content, require_few_retired
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.published import find_entry, spelled_on_shelf
from maksa.registry.drafts.sameness import what_differs
from maksa.registry.lock import locked
from maksa.registry.maps.decisions import copy_decisions
from maksa.registry.maps.findings import map_findings
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
    """How to publish what was imported; `retire_missing`: most codes of the edition before may end by it."""

    retire_missing: bool = False


def keep(
    home: Home, intake: Intake, edition: str, options: DraftOptions, publishing: Publishing | None
) -> tuple[Outcome, ...]:
    """Save every list of an intake as a draft, and publish exactly these drafts if told.

    An edition of this name that stands is compared with the draft at once: the same content is no draft.
    Imports of the same list take turns.
    Raises: as save_draft and publish; then none of these drafts is left.
    """
    if publishing is not None and not intake.lists:
        raise nothing_usable(intake.source.name)
    saved: list[tuple[ImportedList, SavedDraft]] = []
    with _alone(home, intake):
        try:
            for imported in intake.lists:
                draft = save_draft(home.registry, imported, edition, source=intake.source, options=options)
                saved.append((imported, draft))
            return _settle_all(home, saved, publishing)
        except MaksaError as refusal:
            for _, draft in saved:
                drop_draft(home.registry, draft.draft, why=refusal.text.en)
            raise


def preview(
    home: Home | None, intake: Intake, edition: str, options: DraftOptions, publishing: Publishing | None
) -> tuple[Outcome, ...]:
    """Tell what would become of every list, and write nothing: the drafts lie in a registry that is thrown away.

    Raises: WrongState when the import would be refused.
    """
    if publishing is not None and not intake.lists:
        raise nothing_usable(intake.source.name)
    with _scratch() as scratch:
        seen = []
        for imported in intake.lists:
            outcome, draft = _foresee(home, scratch, imported, edition, intake.source, options=options)
            if publishing is not None and outcome.entry is None:
                _require_sense(draft, outcome.from_edition, publishing)
            seen.append(outcome)
        return tuple(seen)


@contextmanager
def _alone(home: Home, intake: Intake) -> Iterator[None]:
    with ExitStack() as locks:
        for name in sorted({imported.terminology.id.casefold() for imported in intake.lists}):
            locks.enter_context(locked(home.path / "cache", f"import {name}"))
        yield


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
    )
    state: Literal["unchanged", "published"] = "unchanged" if done.unchanged else "published"
    return replace(outcome, state=state, entry=done.entry, carried=done.carried)


def _require_sense(draft: Draft, from_edition: Difference | None, publishing: Publishing) -> None:
    require_content(draft)
    if from_edition is not None and not publishing.retire_missing:
        retired = from_edition.removed.count
        standing = retired + from_edition.changed.count + from_edition.unchanged
        require_few_retired(draft.name, from_edition.against, retired=retired, standing=standing)


def _stands(home: Home, draft: Draft) -> bool:
    held = spelled_on_shelf(home.shelf, draft.terminology.id)
    return held is not None and find_entry(home.shelf, held, draft.edition) is not None


@contextmanager
def _scratch() -> Iterator[Registry]:
    with TemporaryDirectory(prefix="maksa-dry-run-", ignore_cleanup_errors=True) as folder:
        yield open_registry(sqlite_url(Path(folder) / "registry.sqlite"))


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
