"""Which files had which hash when they were last read whole, so that a start does not hash gigabytes again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from pathlib import Path

from maksa.editions.connection import unreadable

_Stamp = list[int]


class VerifiedFiles:
    """Remembers size, times and inode of hashed files; a change of any of them means hashing again.

    The change time is the kernel's own: no program sets it back. Bytes that rot without a write are found by
    `maksa doctor`, which hashes everything.
    """

    def __init__(self, memory: Path) -> None:
        """Remember in a JSON file; losing it costs time only."""
        self._memory = memory
        self._known: dict[str, tuple[_Stamp, str]] = self._recall()

    def check(self, path: Path, wanted: str) -> None:
        """Make sure that a file has a hash. Raises: EditionUnreadable when it is missing or its bytes differ."""
        try:
            stamp = _stamp(path)
            if self._known.get(str(path)) == (stamp, wanted):
                return
            with path.open("rb") as stream:
                actual = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise unreadable(
                path, fa="پرونده نیست یا باز نمی‌شود", en="the file is missing or does not open"
            ) from error
        if actual != wanted:
            raise unreadable(
                path,
                fa="بایت‌های آن با درهم‌ساز مانیفست یکی نیست (بریده یا دست‌کاری شده است)",
                en="its bytes do not have the hash of its manifest (it is torn or was altered)",
            )
        self._keep(path, stamp, actual)

    def remember(self, path: Path, known_hash: str) -> None:
        """Remember the hash of a file that was written and hashed just now."""
        self._keep(path, _stamp(path), known_hash)

    def forget(self) -> None:
        """Forget everything: each file is hashed anew when it is checked next."""
        self._known = {}
        with contextlib.suppress(OSError):  # On a read-only disk the memory of this process is what counts.
            self._memory.unlink(missing_ok=True)

    def _keep(self, path: Path, stamp: _Stamp, known_hash: str) -> None:
        self._known[str(path)] = (stamp, known_hash)
        with contextlib.suppress(OSError):  # A home on a read-only disk serves all the same.
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._memory.parent / f".{secrets.token_hex(8)}"
            fresh.write_text(json.dumps({**self._recall(), **self._known}), encoding="utf-8")
            fresh.replace(self._memory)

    def _recall(self) -> dict[str, tuple[_Stamp, str]]:
        try:
            return {
                str(path): (list(stamp), str(known_hash))
                for path, (stamp, known_hash) in json.loads(self._memory.read_bytes()).items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _stamp(path: Path) -> _Stamp:
    state: os.stat_result = path.stat()
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
