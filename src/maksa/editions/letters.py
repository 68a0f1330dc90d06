"""Letters of the ministry as signed records of their own, with the files that came with them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from maksa.editions.connection import unreadable
from maksa.editions.keyring import KeyRing
from maksa.editions.record_files import read_record, write_record
from maksa.errors import EditionUnreadable
from maksa.model.edition import Addressee, Attachment, Letter

_OPTIONAL = ("addressees", "text", "stub")
"""Members of a record that stand only where they say something."""


class LetterFolder:
    """The letters of a home: `<number>.json` each, attachments in a folder named by the number."""

    def __init__(self, folder: Path, keyring: KeyRing) -> None:
        """Read and write letters of a folder."""
        self.folder = folder
        self._keyring = keyring

    def read(self) -> tuple[tuple[Letter, ...], tuple[EditionUnreadable, ...]]:
        """Give all letters in the order of date and number, told what supersedes them, and what was refused."""
        letters: list[Letter] = []
        problems: list[EditionUnreadable] = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                letters.append(self._read_one(path))
            except EditionUnreadable as problem:
                problems.append(problem)
        letters.sort(key=lambda letter: (letter.date or date.min, letter.number))
        return _told_by_the_others(letters), tuple(problems)

    def get(self, number: str) -> Letter | None:
        """Give the letter of a number as it is recorded, or None.

        Raises: EditionUnreadable when its record is not to be trusted.
        """
        path = self._path(number)
        return self._read_one(path) if path.exists() else None

    def holds(self, number: str) -> bool:
        """Tell whether a letter of this number is recorded, whatever its record is worth."""
        return self._path(number).exists()

    def write(self, letter: Letter) -> None:
        """Write or replace the record of a letter, signed."""
        write_record(self._path(letter.number), _letter_record(letter), self._keyring)

    def attachment_path(self, number: str, name: str) -> Path:
        """Give where an attachment of a letter lies."""
        return self.folder / quote(number, safe="") / quote(name, safe=" ()[]-_.,")

    def attach(self, number: str, name: str, content: bytes) -> Attachment:
        """Keep a file that came with a letter and give what its record says of it."""
        path = self.attachment_path(number, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return Attachment(name, len(content), hashlib.sha256(content).hexdigest())

    def _path(self, number: str) -> Path:
        return self.folder / f"{quote(number, safe='')}.json"

    def _read_one(self, path: Path) -> Letter:
        record = read_record(path)
        if not self._keyring.trusts(record):
            raise unreadable(
                path,
                fa="امضای نامه درست نیست یا از کلید ناشناخته است",
                en="its signature does not hold or is of a key that is not trusted",
            )
        return _letter_from_record(record, path)


def _told_by_the_others(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    superseded_by: dict[str, list[str]] = {}
    for letter in letters:
        for number in letter.supersedes:
            superseded_by.setdefault(number, []).append(letter.number)
    return tuple(
        replace(letter, superseded_by=tuple(superseded_by.get(letter.number, ()))) for letter in letters
    )


def _letter_record(letter: Letter) -> dict[str, Any]:
    record = asdict(letter)
    record["date"] = None if letter.date is None else letter.date.isoformat()
    del record["superseded_by"]
    for name in _OPTIONAL:  # A record without them is the one that earlier programs wrote.
        if not record[name]:
            del record[name]
    return record


def _letter_from_record(record: dict[str, Any], path: Path) -> Letter:
    try:
        return Letter(
            number=record["number"],
            date=None if record["date"] is None else date.fromisoformat(record["date"]),
            subject=record["subject"],
            signatory=record["signatory"],
            supersedes=tuple(record["supersedes"]),
            refers_to=tuple(record["refers_to"]),
            announces=tuple((terminology, edition) for terminology, edition in record["announces"]),
            attachments=tuple(Attachment(**attachment) for attachment in record["attachments"]),
            remark=record["remark"],
            addressees=tuple(Addressee(**one) for one in record.get("addressees", ())),
            text=record.get("text"),
            stub=bool(record.get("stub", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(path, fa=f"نامهٔ درستی نیست ({error})", en=f"it is not a letter ({error})") from error
