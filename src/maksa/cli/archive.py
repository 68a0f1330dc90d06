"""The file of a backup: a tar.gz of a home, closed by a record of every file in it.

    registry.sqlite  keys/…  letters/…  editions/…  maksa-backup.json

The record comes last and holds size and SHA-256 of every file: an archive without it is torn.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import secrets
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any

from maksa import __version__
from maksa.errors import BadInput, WrongState
from maksa.text import Text

_RECORD = "maksa-backup.json"
_REGISTRY = "registry.sqlite"
_FOLDERS = ("keys", "letters", "editions")
_FORM = 1
_SECRET = 0o600
_MAX_FILES = 1_000_000
_MAX_RECORD = 256 << 20
_MAX_HEADER = 1 << 20
_CHUNK = 1 << 20
_COMPRESSION = 3  # Editions shrink little more at 9, and take five times as long.

Record = dict[str, tuple[int, str]]
"""Of each file its size and hex SHA-256."""


def write_archive(home: Path, file: Path) -> int:
    """Write the copy of a home to a file, which appears whole or not at all; give the number of files in it.

    Raises: BadInput when the file exists or cannot be written.
    """
    if file.exists():
        raise BadInput(
            Text(fa=f"«{file}» هست و رونویسی نمی‌شود.", en=f"'{file}' exists and is not overwritten."),
            mend=Text(fa="نام دیگری بدهید.", en="Give another name."),
        )
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SECRET)
        with os.fdopen(descriptor, "wb") as stream:
            count = _write(home, stream)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return count


def read_archive(file: Path, home: Path) -> None:
    """Make a home of an archive; until every file of it is read and verified there is no home.

    Raises: WrongState (the home exists and is not empty), BadInput (no whole backup of this program).
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise WrongState(
            Text(fa=f"«{home}» خالی نیست.", en=f"'{home}' is not empty."),
            mend=Text(
                fa="پوشه‌ای بدهید که نیست یا خالی است.", en="Name a folder that does not exist or is empty."
            ),
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
    try:
        fresh.mkdir()
        with _sound(file):
            _unpack(file, fresh)
        (fresh / "cache").mkdir()
        for folder in _FOLDERS:
            (fresh / folder).mkdir(exist_ok=True)
        if home.exists():
            home.rmdir()
        fresh.rename(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(home: Path, stream: IO[bytes]) -> int:
    record: Record = {}
    with (
        TemporaryDirectory(dir=home / "cache", prefix=".backup-") as scratch,
        tarfile.open(fileobj=stream, mode="w:gz", compresslevel=_COMPRESSION) as archive,
    ):
        # The registry first: a draft that is published meanwhile is then in the copy twice, never missing.
        registry = Path(scratch) / _REGISTRY
        _copy_registry(home / _REGISTRY, registry)
        _add(archive, registry, _REGISTRY, record)
        for path in _files(home):
            _add(archive, path, path.relative_to(home).as_posix(), record)
        content = json.dumps({"form": _FORM, "version": __version__, "files": record}).encode()
        member = tarfile.TarInfo(_RECORD)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return len(record)


def _copy_registry(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)


def _files(home: Path) -> Iterator[Path]:
    """Yield the files of a home: records as they stood before the look at what they speak of."""
    records = set(_plain(home, "*.json"))
    others = {path for path in _plain(home, "*") if path.suffix != ".json"}
    yield from sorted(records | others)


def _plain(home: Path, pattern: str) -> Iterator[Path]:
    for folder in _FOLDERS:
        for path in (home / folder).rglob(pattern):
            passing = _is_passing(path.relative_to(home).parts)
            if path.is_file() and not path.is_symlink() and not passing:
                yield path


def _is_passing(parts: tuple[str, ...]) -> bool:
    """Tell whether a file is a lock or half-written: its name begins with a dot; an attachment's may."""
    return parts[-1].startswith(".") and not (parts[0] == "letters" and len(parts) == 3)


def _add(archive: tarfile.TarFile, path: Path, name: str, record: Record) -> None:
    with path.open("rb") as stream:
        member = tarfile.TarInfo(name)
        state = os.fstat(stream.fileno())
        member.size, member.mtime, member.mode = state.st_size, int(state.st_mtime), _mode(name)
        hashed = _Hashed(stream)
        archive.addfile(member, hashed)
    record[name] = (member.size, hashed.digest.hexdigest())


def _mode(name: str) -> int:
    return _SECRET if name.startswith("keys/") or name == _REGISTRY else 0o644


class _Hashed:
    """A file that is hashed while tarfile reads it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self.digest.update(chunk)
        return chunk


class _Metered(io.BufferedIOBase):
    """A stream that gives no more than `_MAX_HEADER` bytes for the headers of one member."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        super().__init__()
        self._stream = stream
        self._left: int | None = _MAX_HEADER  # An archive reads its first header when it is opened.

    def read(self, size: int | None = -1, /) -> bytes:
        size = -1 if size is None else size
        if self._left is not None:
            self._left -= size
            if self._left < 0:
                raise tarfile.ReadError("the header of a member is too large")
        return self._stream.read(size)

    def next_of(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._left = _MAX_HEADER
        member = archive.next()
        self._left = None
        return member


@contextmanager
def _sound(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename != str(file):
            raise
        raise _no_backup(file, "چنین فایلی نیست", "there is no such file") from None
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as error:
        raise _no_backup(file, "بریده یا آسیب‌دیده است", "it is torn or damaged") from error
    except OSError as error:
        if error.errno is not None:  # Of the disk, and not of the gzip format.
            raise
        raise _no_backup(
            file, "از نوع gzip نیست یا آسیب دیده است", "it is not gzip, or is damaged"
        ) from error


def _unpack(file: Path, folder: Path) -> None:
    found: Record = {}
    record: Record | None = None
    with gzip.open(file) as packed:
        metered = _Metered(packed)
        archive = tarfile.open(fileobj=metered, mode="r|")  # noqa: SIM115 - It is a view of what is closed.
        while (member := metered.next_of(archive)) is not None:
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None or record is not None or len(found) >= _MAX_FILES:
                raise _strange(file, member.name)
            if member.name == _RECORD:
                record = _read_record(file, stream.read(_MAX_RECORD))
            elif member.name in found or not _is_ours(member.name):
                raise _strange(file, member.name)
            else:
                found[member.name] = _extract(file, stream, member, folder)
    if record is None or record != found:
        raise _no_backup(
            file,
            "بریده است یا فهرست پرونده‌هایش با آن‌ها نمی‌خواند",
            "it is torn, or its record does not fit its files",
        )


def _extract(file: Path, stream: IO[bytes], member: tarfile.TarInfo, folder: Path) -> tuple[int, str]:
    if member.size > shutil.disk_usage(folder).free:
        raise _no_backup(file, "در این دیسک جا نمی‌شود", "it does not fit on this disk")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if member.name.startswith("keys/") else 0o777)
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _mode(member.name))
    with os.fdopen(descriptor, "wb") as written:
        while chunk := stream.read(_CHUNK):
            written.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        written.flush()
        os.fsync(written.fileno())
    return size, digest.hexdigest()


def _is_ours(name: str) -> bool:
    """Tell whether a name lies where a home has files: nothing absolute, no way up, nothing hidden."""
    path = PurePosixPath(name)
    if (
        not path.parts
        or path.as_posix() != name
        or path.is_absolute()
        or "\\" in name
        or "\0" in name
        or ":" in path.parts[0]
    ):
        return False
    if ".." in path.parts or _is_passing(path.parts):
        return False
    return name == _REGISTRY or (path.parts[0] in _FOLDERS and 2 <= len(path.parts) <= 3)


def _read_record(file: Path, content: bytes) -> Record:
    try:
        fields: dict[str, Any] = json.loads(content)
        form = int(fields["form"])
        record = {str(name): (int(size), str(digest)) for name, (size, digest) in fields["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _strange(file, _RECORD) from None
    if form > _FORM:
        raise _no_backup(file, "با برنامهٔ تازه‌تری نوشته شده است", "it was written by a newer program")
    return record


def _strange(file: Path, name: str) -> BadInput:
    shown = name[:80].encode("ascii", "backslashreplace").decode()
    return _no_backup(
        file, f"چیزی در آن است که پشتیبان ندارد: {shown}", f"it holds what no backup holds: {shown}"
    )


def _no_backup(file: Path, fa: str, en: str) -> BadInput:
    return BadInput(
        Text(
            fa=f"«{file}» پشتیبان سالم مکسا نیست: {fa}.", en=f"'{file}' is not a whole backup of Maksa: {en}."
        ),
        mend=Text(
            fa="فایلی بدهید که «maksa backup» نوشته است.", en="Give a file that 'maksa backup' has written."
        ),
    )
