"""The examination of a home: what `doctor` and `restore` look at."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from maksa.cli.asking import shelf_of
from maksa.editions.shelf import Shelf
from maksa.errors import MaksaError, WrongState
from maksa.home import registry_elsewhere
from maksa.model.edition import EditionEntry, Letter
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.drafts.drafts import list_drafts
from maksa.registry.journal import journal_problems
from maksa.registry.parties.clients import list_clients
from maksa.text import Text

_SECRET_FILES = ("signing.pem", "token.key")


@dataclass(frozen=True, slots=True)
class Wholeness:
    """What an examination counted, and every problem that it found."""

    lists: int
    editions: int
    letters: int
    problems: tuple[MaksaError, ...]


def examine(path: Path) -> Wholeness:
    """Examine a home: editions, letters, keys, registry; what was verified before is verified again.

    Raises: BadInput when the folder is no home. Cost: reads every byte of it.
    """
    shelf = shelf_of(path)
    problems = [
        *shelf.whole_problems(),
        *_history(shelf),
        *_attachments(shelf),
        *_keys(path / "keys"),
        *_registry(path / "registry.sqlite", registry_elsewhere()),
    ]
    editions = sum(len(shelf.entries(name)) for name in shelf.ids())
    return Wholeness(len(shelf.ids()), editions, len(shelf.all_letters()), tuple(problems))


def _history(shelf: Shelf) -> Iterator[MaksaError]:
    for name in shelf.ids():
        entries = sorted(shelf.entries(name), key=lambda entry: entry.manifest.sequence)
        yield from _chain(name, entries)
        for entry in entries:
            withdrawal = shelf.folder_of(name) / f"{entry.manifest.sequence:06d}.withdrawn.json"
            if withdrawal.exists() and not entry.withdrawn:
                yield _problem(
                    f"پس‌گرفتن انتشار {entry.manifest.edition} از {name} امضای درستی ندارد و به کار نمی‌آید.",
                    f"The withdrawal of {name} {entry.manifest.edition} is not signed by a trusted key and has no effect.",
                )


def _chain(name: str, entries: Sequence[EditionEntry]) -> Iterator[MaksaError]:
    before: EditionEntry | None = None
    for entry in entries:
        expected = before.manifest.content_hash if before else None
        if entry.manifest.previous_hash != expected:
            yield _problem(
                f"انتشار پیش از {entry.manifest.edition} از {name} نیست یا همان نیست.",
                f"The edition before {name} {entry.manifest.edition} is missing, or is not the one it followed.",
            )
        before = entry


def _attachments(shelf: Shelf) -> Iterator[MaksaError]:
    for letter in shelf.all_letters():
        for attachment in letter.attachments:
            path = shelf.letters.attachment_path(letter.number, attachment.name)
            if not _has_hash(path, attachment.hash):
                yield _bad_attachment(letter, attachment.name)


def _has_hash(path: Path, wanted: str) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == wanted
    except OSError:
        return False


def _bad_attachment(letter: Letter, name: str) -> MaksaError:
    return _problem(
        f"پیوست «{name}» نامهٔ {letter.number} نیست یا دگرگون شده است.",
        f"The attachment '{name}' of letter {letter.number} is missing or altered.",
        mend=Text("آن را از پشتیبان بازگردانید.", "Bring it back from a backup."),
    )


def _keys(folder: Path) -> Iterator[MaksaError]:
    for name in _SECRET_FILES:
        path = folder / name
        if path.is_file():
            yield from _open_to_others(path, f"keys/{name}")
        else:
            yield _problem(f"کلید {name} نیست.", f"The key {name} is missing.")


def _open_to_others(path: Path, name: str) -> Iterator[MaksaError]:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
        yield _problem(
            f"فایل محرمانهٔ {name} را دیگران هم می‌توانند بخوانند ({mode}).",
            f"Others can read {name} (mode {mode}), which holds secrets.",
            mend=Text(f"chmod 600 {name}", f"Run 'chmod 600 {name}'."),
        )


def _registry(path: Path, url: str | None) -> Iterator[MaksaError]:
    said = "ok"
    try:
        if url is None:
            yield from _open_to_others(path, path.name)
        registry = open_registry(url or sqlite_url(path))
        list_clients(registry)
        list_drafts(registry)
        yield from journal_problems(registry)
        if url is None:
            with closing(sqlite3.connect(path)) as connection:
                said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except MaksaError as problem:
        yield problem
    except Exception as error:  # noqa: BLE001 - Whatever a damaged database raises is what we report.
        yield _bad_registry(str(error).splitlines()[0][:200])
    else:
        if said != "ok":
            yield _bad_registry(said)


def _bad_registry(reason: str) -> MaksaError:
    return _problem(
        f"دفتر آسیب دیده است: {reason}",
        f"The registry is damaged: {reason}",
        mend=Text("آن را از پشتیبان بازگردانید.", "Bring it back from a backup."),
    )


def _problem(fa: str, en: str, *, mend: Text | None = None) -> MaksaError:
    return WrongState(Text(fa, en), mend=mend)
