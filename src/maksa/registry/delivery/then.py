"""The shelf as it stood at an instant: what was published by then, and withdrawn and not restored by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable
from maksa.model.edition import Attachment, EditionEntry, Letter, Manifest
from maksa.model.provider import Provider
from maksa.registry.tables import journal


class ThenLibrary:
    """A library (`model.provider.Library`) of the editions that were visible at an instant."""

    def __init__(self, shelf: Shelf, connection: Connection, instant: datetime) -> None:
        """Look at a shelf as it stood at an instant; the journal tells what was withdrawn then. Used in one thread."""
        self._shelf = shelf
        self._connection = connection
        self._instant = instant
        self._entries: dict[str, Sequence[EditionEntry]] = {}

    @property
    def generation(self) -> int:
        """Give the generation of the shelf; then does not change."""
        return self._shelf.generation

    def ids(self) -> Sequence[str]:
        """List the ids of the lists that had an edition."""
        return tuple(name for name in self._shelf.ids() if self.entries(name))

    def damage(self, terminology: str) -> EditionUnreadable | None:
        """Give what the shelf gives."""
        return self._shelf.damage(terminology)

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give what the shelf gives."""
        return self._shelf.refusals()

    def entries(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions of a list that stood on the shelf, newest first, withdrawn as they were then."""
        found = self._entries.get(terminology)
        if found is None:
            found = [
                replace(entry, withdrawn=self._was_withdrawn(entry))
                for entry in self._shelf.entries(terminology)
                if self._stood(entry.manifest)
            ]
            self._entries[terminology] = found
        return found

    def provider(self, terminology: str, edition: str) -> Provider:
        """Open one edition. Raises: as the shelf."""
        return self._shelf.provider(terminology, edition)

    def attachment(self, number: str, name: str) -> tuple[Attachment, Path] | None:
        """Give what the shelf gives."""
        return self._shelf.attachment(number, name)

    def all_letters(self) -> Sequence[Letter]:
        """Give what the shelf gives."""
        return self._shelf.all_letters()

    def letter(self, number: str) -> Letter | None:
        """Give what the shelf gives."""
        return self._shelf.letter(number)

    def file(self, terminology: str, edition: str) -> Path:
        """Give what the shelf gives."""
        return self._shelf.file(terminology, edition)

    def _stood(self, manifest: Manifest) -> bool:
        """Tell whether an edition was there; its manifest tells the second, and within that the journal decides."""
        if manifest.published > self._instant:
            return False
        if manifest.published + timedelta(seconds=1) <= self._instant:
            return True
        noted = select(journal.c.at).where(
            journal.c.act == "publish", journal.c.subject == f"{manifest.terminology} {manifest.edition}"
        )
        at = self._connection.scalar(noted.order_by(journal.c.number.desc()).limit(1))
        return at is None or at <= self._instant.isoformat(timespec="milliseconds")

    def _was_withdrawn(self, entry: EditionEntry) -> bool:
        manifest = entry.manifest
        acts = select(journal.c.act).where(
            journal.c.subject == f"{manifest.terminology} {manifest.edition}",
            journal.c.act.in_(("withdraw", "restore")),
        )
        by_then = acts.where(journal.c.at <= self._instant.isoformat(timespec="milliseconds"))
        last = self._connection.scalar(by_then.order_by(journal.c.number.desc()).limit(1))
        if last is not None:
            return bool(last == "withdraw")
        if not entry.withdrawn or self._connection.execute(acts.limit(1)).first() is not None:
            return False
        # Withdrawn in another home: only the signed record tells when.
        record = self._shelf.withdrawal(manifest.terminology, manifest.edition)
        return datetime.fromisoformat(str(record["withdrawn"])) <= self._instant
