"""What becomes of an import: drafts, editions, or (of a dry run) a look at what would become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from maksa.errors import MaksaError, WrongState
from maksa.home import Home, open_home
from maksa.intake.result import ImportedList, Intake, Source
from maksa.model.edition import EditionEntry
from maksa.registry.database import Registry, open_registry, sqlite_url
from maksa.registry.difference import Difference
from maksa.registry.drafts import (
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
from maksa.registry.publish import publish
from maksa.registry.published import find_entry, spelled_on_shelf
from maksa.registry.sameness import what_differs
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list. `unchanged`: an edition of this name and content stood already.

    `from_draft` and `from_edition` are the differences from the draft that it replaced and from the edition
    that it follows, None where there is none. `carried` counts the codes kept of that edition.
    """

    imported: ImportedList
    edition: str
    state: Literal["dry-run", "draft", "published", "unchanged"]
    from_draft: Difference | None = None
    from_edition: Difference | None = None
    entry: EditionEntry | None = None
    carried: int = 0


def keep(
    path: Path, intake: Intake, edition: str, options: DraftOptions, *, publish_now: bool
) -> tuple[Outcome, ...]:
    """Save every list of an intake as a draft, and publish it if told; the home is made if need be.

    An edition of this name that stands is compared with the draft at once: the same content is no draft.
    Raises: as save_draft and publish; then none of these drafts is left.
    """
    home = open_home(path, create=True)
    saved: list[tuple[ImportedList, SavedDraft]] = []
    try:
        for imported in intake.lists:
            draft = save_draft(home.registry, imported, edition, source=intake.source, options=options)
            saved.append((imported, draft))
        # Those that stand already can be refused: they come first, so that a refusal publishes nothing.
        saved.sort(key=lambda pair: not _stands(home, pair[1].draft))
        return tuple(_settle(home, imported, draft, publish_now=publish_now) for imported, draft in saved)
    except MaksaError:
        for _, draft in saved:
            drop_draft(home.registry, draft.draft)
        raise


def preview(path: Path | None, intake: Intake, edition: str, options: DraftOptions) -> tuple[Outcome, ...]:
    """Tell what would become of every list, and write nothing: the drafts lie in a registry that is thrown away.

    Raises: WrongState when the import would be refused.
    """
    home = open_home(path) if path is not None and (path / "keys" / "token.key").is_file() else None
    with _scratch() as scratch:
        return tuple(
            _foresee(home, scratch, imported, edition, source=intake.source, options=options)
            for imported in intake.lists
        )


def _settle(home: Home, imported: ImportedList, saved: SavedDraft, *, publish_now: bool) -> Outcome:
    draft = saved.draft
    from_edition = difference_from_published(home.registry, home.shelf, draft)
    if not publish_now and not _stands(home, draft):
        return Outcome(imported, draft.edition, "draft", saved.difference, from_edition)
    done = publish(home.registry, home.shelf, draft.terminology.id, draft.edition)
    state: Literal["unchanged", "published"] = "unchanged" if done.unchanged else "published"
    return Outcome(imported, draft.edition, state, saved.difference, from_edition, done.entry, done.carried)


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
    *,
    source: Source,
    options: DraftOptions,
) -> Outcome:
    if home is not None:
        _copy_draft(home.registry, scratch, imported.terminology.id, edition)
    saved = save_draft(scratch, imported, edition, source=source, options=options)
    if home is None:
        return Outcome(imported, edition, "dry-run")
    entry = find_entry(home.shelf, imported.terminology.id, edition)
    if entry is not None:
        _require_same(scratch, home, saved.draft, entry)
    from_edition = difference_from_published(scratch, home.shelf, saved.draft)
    return Outcome(imported, edition, "dry-run", saved.difference, from_edition, entry)


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
