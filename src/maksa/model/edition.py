"""An edition: a frozen, published version of one terminology or map, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from maksa.text import Text

SCHEMA_VERSION = 2
"""The newest version of the edition file: this program reads it and the older ones, and refuses newer ones."""
PLAIN_SCHEMA_VERSION = 1
"""What a file says of itself that readers of version 1 read rightly: each list, and a map without decided rows."""


class EditionRef(msgspec.Struct, frozen=True, gc=False):
    """What every answer carries: which edition of which list, and its content hash (hex SHA-256)."""

    terminology: str
    edition: str
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed of an edition; see docs/edition-format.md (normative).

    `sequence` grows by one with every edition of a list. `effective` is the first day it holds; None holds
    always. `count` is the number of concepts (or mappings), `rows` of the source rows behind them. Hashes are
    hex SHA-256: of the file's bytes, of its content (the same with every version of SQLite), and of the
    content of the edition before it. `published` is the instant of publishing, UTC.
    """

    terminology: str
    kind: Literal["terminology", "map"]
    edition: str
    sequence: int
    effective: date | None
    count: int
    rows: int
    sample: bool
    file_hash: str
    content_hash: str
    previous_hash: str | None
    schema_version: int
    sqlite_version: str
    published: datetime
    key_id: str
    signature: str

    @property
    def ref(self) -> EditionRef:
        """Give what answers carry of this edition."""
        return EditionRef(self.terminology, self.edition, self.content_hash)

    @property
    def changed_on(self) -> date:
        """Give the day from which a client must have seen this edition: the later of effective and published."""
        published = self.published.date()
        return published if self.effective is None else max(self.effective, published)


ADDRESSEE_KINDS = {
    "insurer": Text("بیمه‌گر", "insurer"),
    "vendor": Text("سازندهٔ سامانه", "vendor"),
    "hospital": Text("بیمارستان", "hospital"),
    "university": Text("دانشگاه", "university"),
    "centre": Text("مرکز", "centre"),
    "other": Text("دیگر", "other"),
}
"""The kinds of those whom letters are addressed to, as the parties of the desk have them, and all others."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter: its name, size in bytes and hex SHA-256."""

    name: str
    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter is addressed to: `kind` is one of ADDRESSEE_KINDS."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the ministry (ابلاغیه): `date` is the day it was issued.

    `supersedes` and `refers_to` hold numbers of letters; `announces` holds (terminology, edition or None for
    every edition). It may be tied to an edition after publishing: it is a signed record of its own. A `stub` is
    known only because other letters name it: neither its text nor a file of it is at hand. `superseded_by` is
    no part of the record: who reads all letters tells it from the others.
    """

    number: str
    date: date | None
    subject: str
    signatory: str | None = None
    supersedes: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    announces: tuple[tuple[str, str | None], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    remark: str | None = None
    addressees: tuple[Addressee, ...] = ()
    text: str | None = None
    stub: bool = False
    superseded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An edition as a catalogue shows it: manifest, its letters, and whether it was withdrawn."""

    manifest: Manifest
    letters: tuple[Letter, ...] = ()
    withdrawn: bool = False

    @property
    def announced(self) -> bool:
        """Tell whether a letter stands behind it («ابلاغ شده»)."""
        return bool(self.letters)
