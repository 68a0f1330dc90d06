"""A home: the folder with editions, letters, keys and registry, and what is opened of it.

editions/          the shelf: published editions
letters/           the ministry's letters
keys/              the signing key, the trusted keys, the key of access tokens (token.key): mode 0700
registry.sqlite    everything that changes, unless a database URL is given or MAKSA_REGISTRY_URL names one
cache/             may be deleted at any time
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.errors import BadInput
from maksa.model.adoption import UseCounter, UseKey
from maksa.model.clients import Client, ClientDirectory
from maksa.model.code_request import AskersAct, Candidate, CodeRequest, Filed, RequestDesk, Wanted
from maksa.model.notices import Announcement, NoticeDesk
from maksa.model.service import TerminologyService
from maksa.registry.adoption.use_log import UseLog
from maksa.registry.lock import locked
from maksa.registry.unanswered_log import UnansweredLog
from maksa.terminology.service import LocalTerminology
from maksa.text import Text

if TYPE_CHECKING:
    from maksa.registry.database import Registry
    from maksa.registry.delivery.notice_desk import Desk as DeskOfNotices
    from maksa.registry.parties.directory import Directory
    from maksa.registry.requests.desk import Desk

_FOLDERS = ("editions", "letters", "cache")
_TOKEN_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Home:
    """An open home: its folder, shelf and registry, the service that answers, who may ask, the key of tokens.

    `opening` gives the registry, opened at the first call. `unanswered` counts the searches that no title
    answers, `uses` who asks of which edition; who ends a server calls their `write`. `requests` is the desk of missing-code requests,
    `notices` that of what is announced.
    """

    path: Path
    shelf: Shelf
    service: TerminologyService
    clients: ClientDirectory
    token_key: bytes
    unanswered: UnansweredLog
    requests: RequestDesk
    opening: Callable[[], Registry]
    uses: UseCounter
    notices: NoticeDesk

    @property
    def registry(self) -> Registry:
        """Give the registry. Raises: as open_home, where it is opened only now."""
        return self.opening()

    def acting_as(self, actor: str) -> Home:
        """Give the same home, in whose journal the acts are those of another actor."""
        return replace(self, opening=lambda: self.registry.acting_as(actor))


def open_home(
    path: Path, *, create: bool = False, registry_url: str | None = None, registry_later: bool = False
) -> Home:
    """Open a home, or make one first with `create`; several processes may do so at once. One made here has the known letters.

    `registry_url` is an SQLAlchemy URL; None means that of MAKSA_REGISTRY_URL or, where that is not set,
    `registry.sqlite` in the folder. With `registry_later` the
    registry is opened, and what is wrong with it said, only when something first needs it.
    Raises: BadInput (the folder is no home, or cannot be made or read), WrongState (the registry is of a
            newer program).
    Cost: with the registry, the loading of an SQL toolkit, the larger part of the start of a program.
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
    opening = _opening(path, registry_url)
    if not registry_later:
        opening()
    shelf = Shelf(path, KeyRing(path / "keys"))
    unanswered = UnansweredLog(_writing_to(opening))
    service = LocalTerminology(shelf, unanswered=unanswered.note)
    # The desk's own searches are nobody's, so they are not counted.
    requests = _Requests(opening, LocalTerminology(shelf), token_key)
    if create:
        _ship_letters(shelf)
    return Home(
        path,
        shelf,
        service,
        _Clients(opening),
        token_key,
        unanswered,
        requests,
        opening,
        UseLog(_adding_to(opening)),
        _Notices(opening, shelf, token_key),
    )


def registry_elsewhere() -> str | None:
    """Give the URL of the database that holds the registry instead of a file of the home, if one is set."""
    return os.environ.get("MAKSA_REGISTRY_URL", "").strip() or None


# Those below load the SQL toolkit, so they import what needs it only when they are called.


def _opening(path: Path, url: str | None) -> Callable[[], Registry]:
    @cache
    def opening() -> Registry:
        from maksa.registry.database import open_registry, sqlite_url  # noqa: PLC0415 - As said above.

        return open_registry(url or registry_elsewhere() or sqlite_url(path / "registry.sqlite"))

    return opening


def _writing_to(opening: Callable[[], Registry]) -> Callable[[Mapping[tuple[str, str], int], date], None]:
    def write(counts: Mapping[tuple[str, str], int], day: date) -> None:
        from maksa.registry.unanswered import add_unanswered  # noqa: PLC0415 - As said above.

        add_unanswered(opening(), counts, day)

    return write


def _adding_to(opening: Callable[[], Registry]) -> Callable[[Mapping[UseKey, int], date], None]:
    def add(counts: Mapping[UseKey, int], day: date) -> None:
        from maksa.registry.adoption.uses import add_uses  # noqa: PLC0415 - As said above.

        add_uses(opening(), counts, day)

    return add


def _ship_letters(shelf: Shelf) -> None:
    from maksa.registry.letters import ship_letters  # noqa: PLC0415 - As said above.

    ship_letters(shelf)


class _Requests:
    """The desk of a registry that may not be open yet (meets model.code_request.RequestDesk)."""

    def __init__(self, opening: Callable[[], Registry], service: TerminologyService, key: bytes) -> None:
        @cache
        def desk() -> Desk:
            from maksa.registry.requests.desk import Desk  # noqa: PLC0415 - As said above.

            return Desk(opening(), service, key)

        self._desk = desk

    def similar(self, wanted: Wanted) -> Sequence[Candidate]:
        return self._desk().similar(wanted)

    def file(self, wanted: Wanted, *, address: str) -> Filed:
        return self._desk().file(wanted, address=address)

    def own(self, number: int, token: str) -> CodeRequest:
        return self._desk().own(number, token)

    def act(self, number: int, token: str, act: AskersAct, said: str) -> CodeRequest:
        return self._desk().act(number, token, act, said)


class _Notices:
    """The desk of notices of a registry that may not be open yet (meets model.notices.NoticeDesk)."""

    def __init__(self, opening: Callable[[], Registry], shelf: Shelf, key: bytes) -> None:
        @cache
        def desk() -> DeskOfNotices:
            from maksa.registry.delivery.notice_desk import Desk  # noqa: PLC0415 - As said above.

            return Desk(opening(), shelf, key)

        self._desk = desk

    def editions(self, terminology: str | None = None) -> Sequence[Announcement]:
        return self._desk().editions(terminology)

    def letters(self) -> Sequence[Announcement]:
        return self._desk().letters()

    def confirm(self, number: int, code: str) -> Text:
        return self._desk().confirm(number, code)

    def end(self, number: int, code: str) -> Text:
        return self._desk().end(number, code)


class _Clients:
    """The clients of a registry that may not be open yet (meets model.clients.ClientDirectory)."""

    def __init__(self, opening: Callable[[], Registry]) -> None:
        @cache
        def directory() -> Directory:
            from maksa.registry.parties.directory import Directory  # noqa: PLC0415 - As said above.

            return Directory(opening())

        self._directory = directory

    def authenticate(self, client_id: str, secret: str) -> Client:
        return self._directory().authenticate(client_id, secret)

    def authenticate_user(self, client: Client, username: str, password: str) -> None:
        self._directory().authenticate_user(client, username, password)

    def current(self, client_id: str) -> Client:
        return self._directory().current(client_id)


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
