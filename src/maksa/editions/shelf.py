"""The shelf: the folder of editions, which of them stand there, and whether each can be trusted.

    editions/<list id>/000001.sqlite            the edition file
    editions/<list id>/000001.json              its manifest, signed; the edition is there when this is there
    editions/<list id>/000001.withdrawn.json    a signed record that it was withdrawn
    letters/                                    see letters.py

Nothing that stands is ever changed. A file is trusted when its manifest bears a trusted signature and its bytes
have the manifest's hash; what was hashed once is hashed again only when the file system says that it changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from maksa.editions.connection import unreadable
from maksa.editions.keyring import KeyRing
from maksa.editions.letters import LetterFolder
from maksa.editions.manifest import manifest_from_record, manifest_record
from maksa.editions.reader import EditionFile
from maksa.editions.record_files import read_record, sync_folder, write_record
from maksa.editions.verified import VerifiedFiles
from maksa.errors import EditionUnreadable, UnknownEdition, WrongState
from maksa.model.edition import SCHEMA_VERSION, Attachment, EditionEntry, Letter, Manifest
from maksa.text import Text

_LOOK_EVERY = 1.0
"""Seconds between two looks at the folder."""

_Look = frozenset[tuple[str, int, int, int]]


@dataclass(slots=True)
class _Standing:
    """What stood on the shelf at one look."""

    entries: dict[str, tuple[EditionEntry, ...]] = field(default_factory=dict)
    letters: Sequence[Letter] = ()
    files: dict[tuple[str, str], Path] = field(default_factory=dict)
    refused: dict[tuple[str, str], EditionUnreadable] = field(default_factory=dict)
    damaged: dict[str, EditionUnreadable] = field(default_factory=dict)
    problems: list[EditionUnreadable] = field(default_factory=list)
    open: dict[tuple[str, str], EditionFile] = field(default_factory=dict)


class Shelf:
    """The editions of a home (`model.provider.Library`); safe for threads, and for writers in other processes."""

    def __init__(self, home: Path, keyring: KeyRing) -> None:
        """Stand before `home/editions` and `home/letters`; `home/cache` remembers which bytes were hashed."""
        self._folder = home / "editions"
        self._keyring = keyring
        self.letters = LetterFolder(home / "letters", keyring)
        self._verified = VerifiedFiles(home / "cache" / "verified.json")
        self._lock = threading.RLock()
        self._look: _Look = frozenset({("never", 0, 0, 0)})
        self._looked = -_LOOK_EVERY
        self._generation = 0
        self._standing = _Standing()

    @property
    def generation(self) -> int:
        """Give a number that grows when an edition, a letter or a withdrawal comes or goes."""
        if time.monotonic() - self._looked >= _LOOK_EVERY:
            self.refresh()
        return self._generation

    def refresh(self) -> None:
        """Look at the folder now."""
        with self._lock:
            look = self._look_at_folder()
            self._looked = time.monotonic()
            if look != self._look:
                self._standing = self._read_all()
                self._look = look
                self._generation += 1

    def ids(self) -> Sequence[str]:
        """List the ids of the lists held, in the order of ids."""
        standing = self._now()
        return tuple(sorted({*standing.entries, *standing.damaged}, key=str.casefold))

    def damage(self, terminology: str) -> EditionUnreadable | None:
        """Give why it cannot be told which edition of a list is in force; None when that is known.

        A manifest, or the record of a withdrawal, that is torn or not signed may hide the edition in force: then
        no other may answer in its place.
        """
        return self._now().damaged.get(terminology)

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give what is known to be refused, without opening what nobody asked for. Cost: none."""
        standing = self._now()
        return [*standing.problems, *standing.refused.values()]

    def entries(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions of a list, newest first (effective day, then sequence); empty when none is held."""
        return self._now().entries.get(terminology, ())

    def provider(self, terminology: str, edition: str) -> EditionFile:
        """Open one edition.

        Raises: UnknownEdition; EditionUnreadable when its file is torn, altered or of a newer schema.
        Cost:   a dictionary look-up once open; the first time a hash of the file, unless hashed before.
        """
        standing = self._now()
        key = (terminology, edition)
        provider = standing.open.get(key)
        if provider is None:
            with self._lock:
                provider = standing.open.get(key) or self._open(standing, key)
                standing.open[key] = provider
        return provider

    def file(self, terminology: str, edition: str) -> Path:
        """Give the path of an edition's file, for download. Raises: as `provider`."""
        self.provider(terminology, edition)
        return self._standing.files[terminology, edition]

    def problems(self) -> Sequence[EditionUnreadable]:
        """Open every edition and give each refusal: torn, altered, unsigned, of a newer schema."""
        standing = self._now()
        found = list(standing.problems)
        for terminology, edition in standing.files:
            try:
                self.provider(terminology, edition)
            except EditionUnreadable as problem:
                found.append(problem)
        return found

    def whole_problems(self) -> Sequence[EditionUnreadable]:
        """Give what `problems` gives, with every file hashed anew: it finds bytes that rotted without a write.

        Cost: reads every byte of every edition.
        """
        with self._lock:
            self._verified.forget()
            self._standing = self._read_all()
        return self.problems()

    def all_letters(self) -> Sequence[Letter]:
        """Give every letter that can be trusted, in the order of date and number. Cost: none."""
        return self._now().letters

    def letter(self, number: str) -> Letter | None:
        """Give the letter of a number, or None. Raises: EditionUnreadable for an altered letter."""
        held = (letter for letter in self.all_letters() if letter.number == number)
        return next(held, None) or self.letters.get(number)

    def attachment(self, number: str, name: str) -> tuple[Attachment, Path] | None:
        """Give an attachment of a letter and where it lies. Raises: EditionUnreadable for an altered letter."""
        letter = self.letters.get(number)
        for attachment in letter.attachments if letter is not None else ():
            if attachment.name == name:
                return attachment, self.letters.attachment_path(number, name)
        return None

    def folder_of(self, terminology: str) -> Path:
        """Give the folder of a list, made if need be; temporary files of a writer begin with a dot there."""
        folder = self._folder / quote(terminology, safe=" ")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def place(self, written: Path, manifest: Manifest) -> Manifest:
        """Put a written edition file on the shelf in one step, and give its manifest as signed.

        The file is moved from `written` (same file system), then the manifest appears: only then the edition
        is there. Raises: WrongState when that sequence stands already, or without a signing key;
        EditionUnreadable when a manifest of the list is damaged.
        """
        self.refresh()
        damage = self.damage(manifest.terminology)
        if damage is not None:  # What the new edition follows, and what its number is, cannot be told.
            raise damage
        folder = self.folder_of(manifest.terminology)
        record = folder / f"{manifest.sequence:06d}.json"
        if record.exists():
            raise WrongState(
                Text(
                    fa=f"شمارهٔ {manifest.sequence} از «{manifest.terminology}» هم‌اکنون منتشر شده است.",
                    en=f"Number {manifest.sequence} of '{manifest.terminology}' is published already.",
                )
            )
        signed = self._keyring.sign(manifest_record(manifest))
        target = folder / f"{manifest.sequence:06d}.sqlite"
        written.replace(target)
        sync_folder(folder)
        self._verified.remember(target, manifest.file_hash)
        write_record(record, signed, self._keyring)
        self.refresh()
        return manifest_from_record(signed, path=record)

    def withdraw(self, terminology: str, edition: str, reason: str) -> None:
        """Withdraw an edition: the one before it answers again. It stays on the shelf. Raises: UnknownEdition."""
        manifest = self._manifest(terminology, edition)
        record = {
            "terminology": terminology,
            "edition": edition,
            "sequence": manifest.sequence,
            "content_hash": manifest.content_hash,
            "reason": reason,
            "withdrawn": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_record(self._withdrawal(manifest), record, self._keyring)
        self.refresh()

    def restore(self, terminology: str, edition: str) -> None:
        """Undo a withdrawal. Raises: UnknownEdition."""
        self._withdrawal(self._manifest(terminology, edition)).unlink(missing_ok=True)
        self.refresh()

    def withdrawal(self, terminology: str, edition: str) -> dict[str, Any]:
        """Give the signed record of the withdrawal of an edition that is withdrawn. Raises: UnknownEdition."""
        return read_record(self._withdrawal(self._manifest(terminology, edition)))

    def _manifest(self, terminology: str, edition: str) -> Manifest:
        self.refresh()
        for entry in self.entries(terminology):
            if entry.manifest.edition == edition:
                return entry.manifest
        raise _unknown_edition(terminology, edition, self.entries(terminology))

    def _withdrawal(self, manifest: Manifest) -> Path:
        return self.folder_of(manifest.terminology) / f"{manifest.sequence:06d}.withdrawn.json"

    def _now(self) -> _Standing:
        if time.monotonic() - self._looked >= _LOOK_EVERY:
            self.refresh()
        return self._standing

    def _look_at_folder(self) -> _Look:
        paths = [*self._folder.glob("*/[0-9]*"), *self.letters.folder.glob("*.json")]
        seen = set()
        for path in paths:
            try:
                state = path.stat()
            except FileNotFoundError:  # Renamed between the two calls: the next look sees it.
                continue
            seen.add((str(path), state.st_mtime_ns, state.st_ctime_ns, state.st_size))
        return frozenset(seen)

    def _read_all(self) -> _Standing:
        standing = _Standing()
        letters, problems = self.letters.read()
        standing.letters = letters
        standing.problems += problems
        found: dict[str, list[EditionEntry]] = {}
        for path in sorted(self._folder.glob("*/[0-9]*.json")):
            if path.name.endswith(".withdrawn.json"):
                continue
            try:
                entry = self._read_entry(path, letters, standing)
            except EditionUnreadable as problem:
                standing.damaged[unquote(path.parent.name)] = problem
                standing.problems.append(problem)
            else:
                found.setdefault(entry.manifest.terminology, []).append(entry)
        for terminology, entries in found.items():
            standing.entries[terminology] = tuple(sorted(entries, key=_in_time, reverse=True))
        return standing

    def _read_entry(self, path: Path, letters: Sequence[Letter], standing: _Standing) -> EditionEntry:
        record = read_record(path)
        manifest = manifest_from_record(record, path=path)
        if not self._keyring.trusts(record):
            raise unreadable(
                path,
                fa="امضای مانیفست درست نیست یا از کلید ناشناخته است",
                en="the signature of its manifest does not hold or is of a key that is not trusted",
            )
        withdrawn = self._is_withdrawn(path, manifest)
        key = (manifest.terminology, manifest.edition)
        standing.files[key] = path.with_suffix(".sqlite")
        # A letter announces the ministry's list, never a sample of it.
        wanted = set() if manifest.sample else {key, (manifest.terminology, None)}
        announced = tuple(letter for letter in letters if wanted.intersection(letter.announces))
        return EditionEntry(manifest, announced, withdrawn)

    def _is_withdrawn(self, path: Path, manifest: Manifest) -> bool:
        withdrawal = path.with_name(f"{path.stem}.withdrawn.json")
        if not withdrawal.exists():
            return False
        record = read_record(withdrawal)
        return self._keyring.trusts(record) and record.get("content_hash") == manifest.content_hash

    def _open(self, standing: _Standing, key: tuple[str, str]) -> EditionFile:
        path = standing.files.get(key)
        if path is None:
            raise standing.damaged.get(key[0]) or _unknown_edition(*key, standing.entries.get(key[0], ()))
        if key in standing.refused:
            raise standing.refused[key]
        entry = next(e for e in standing.entries[key[0]] if e.manifest.edition == key[1])
        if entry.manifest.schema_version > SCHEMA_VERSION:
            raise unreadable(
                path,
                fa=f"ساختار آن ({entry.manifest.schema_version}) تازه‌تر از این برنامه ({SCHEMA_VERSION}) است",
                en=f"its schema ({entry.manifest.schema_version}) is newer than this program ({SCHEMA_VERSION})",
            )
        try:
            self._verified.check(path, entry.manifest.file_hash)
            return EditionFile(path)
        except EditionUnreadable as problem:
            standing.refused[key] = (
                problem  # Hashing a large altered file again for every question is no answer.
            )
            raise


def _in_time(entry: EditionEntry) -> tuple[date, int]:
    return entry.manifest.effective or date.min, entry.manifest.sequence


def _unknown_edition(terminology: str, edition: str, entries: Sequence[EditionEntry]) -> UnknownEdition:
    known = tuple(entry.manifest.edition for entry in entries)
    return UnknownEdition(
        Text(
            fa=f"«{terminology}» انتشار «{edition}» ندارد؛ انتشارهای آن: {'، '.join(known) or 'هیچ'}.",
            en=f"'{terminology}' has no edition '{edition}'; it has: {', '.join(known) or 'none'}.",
        ),
        known=known,
    )
