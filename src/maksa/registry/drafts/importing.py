"""The drafts of one import: saved together while other imports of the same lists wait, and dropped together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from maksa.errors import MaksaError
from maksa.intake.result import Intake
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import DraftOptions, SavedDraft, drop_draft, save_draft
from maksa.registry.lock import locked


@contextmanager
def saved_drafts(
    registry: Registry, folder: Path, intake: Intake, edition: str, options: DraftOptions, *, over_edits: bool
) -> Iterator[Sequence[SavedDraft]]:
    """Save every list of an intake as a draft, in its order; a refusal here or in the block leaves none of them.

    `folder` is the home's: imports of the same list take turns there.
    Raises: as save_draft.
    """
    saved: list[SavedDraft] = []
    with ExitStack() as turns:
        for name in sorted({imported.terminology.id.casefold() for imported in intake.lists}):
            turns.enter_context(locked(folder / "cache", f"import {name}"))
        try:
            for imported in intake.lists:
                draft = save_draft(
                    registry, imported, edition, source=intake.source, options=options, over_edits=over_edits
                )
                saved.append(draft)
            yield saved
        except MaksaError as refusal:
            for one in saved:
                drop_draft(registry, one.draft, why=refusal.text.en)
            raise
