"""A home: the folder with editions, letters, keys and registry, and what is opened of it.

editions/          the shelf: published editions
letters/           the ministry's letters
keys/              the signing key, the trusted keys, the key of access tokens (token.key): mode 0700
registry.sqlite    everything that changes, unless a database URL is given
cache/             may be deleted at any time
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.errors import BadInput
from maksa.model.clients import ClientDirectory
from maksa.model.service import TerminologyService
from maksa.registry.database import Registry, open_registry, sqlite_url
from maksa.registry.directory import Directory
from maksa.registry.lock import locked
from maksa.registry.unanswered import UnansweredLog
from maksa.terminology.service import LocalTerminology
from maksa.text import Text

_FOLDERS = ("editions", "letters", "cache")
_TOKEN_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Home:
    """An open home: its folder, shelf and registry, the service that answers, who may ask, the key of tokens.

    `unanswered` counts the searches that no title answers; who ends a server calls its `write`.
    """

    path: Path
    shelf: Shelf
    registry: Registry
    service: TerminologyService
    clients: ClientDirectory
    token_key: bytes
    unanswered: UnansweredLog


def open_home(path: Path, *, create: bool = False, registry_url: str | None = None) -> Home:
    """Open a home, or make one first with `create`; several processes may do so at once.

    `registry_url` is an SQLAlchemy URL; None means `registry.sqlite` in the folder.
    Raises: BadInput (the folder is no home, or cannot be made or read), WrongState (the registry is of a
            newer program).
    """
    path = path.absolute()
    try:
        if create:
            _make(path)
        token_key = _token_key(path).read_bytes()
    except FileNotFoundError:
        raise _no_home(path) from None
    except OSError as error:
        raise _unusable(path, error) from None
    registry = open_registry(registry_url or sqlite_url(path / "registry.sqlite"))
    shelf = Shelf(path, KeyRing(path / "keys"))
    unanswered = UnansweredLog(registry)
    service = LocalTerminology(shelf, unanswered=unanswered.note)
    return Home(path, shelf, registry, service, Directory(registry), token_key, unanswered)


def _make(path: Path) -> None:
    for folder in _FOLDERS:
        (path / folder).mkdir(parents=True, exist_ok=True)
    keys = path / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    with locked(path / "cache", "home"):
        KeyRing(keys).create()
        if not _token_key(path).exists():  # Written last: a folder that has it is a whole home.
            _write_secret(_token_key(path), secrets.token_bytes(_TOKEN_KEY_BYTES))


def _token_key(path: Path) -> Path:
    return path / "keys" / "token.key"


def _write_secret(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def _no_home(path: Path) -> BadInput:
    return BadInput(
        Text(fa=f"«{path}» خانهٔ مکسا نیست.", en=f"'{path}' is not a home of Maksa."),
        mend=Text(
            fa="مسیر خانه را درست بدهید، یا آن را با «maksa import» یا «maksa demo» بسازید.",
            en="Give the path of a home, or make one with 'maksa import' or 'maksa demo'.",
        ),
    )


def _unusable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        Text(
            fa=f"پوشهٔ خانه «{path}» به کار نمی‌آید: {error.strerror}.",
            en=f"The folder '{path}' cannot be used as a home: {error.strerror}.",
        ),
        mend=Text(
            fa="پوشه‌ای بدهید که این کاربر در آن بنویسد.",
            en="Give a folder that this user can write to.",
        ),
    )
