"""A source list, sent as a file, into a draft: read by its profile, with an account of every row."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from maksa.errors import BadParameter, TooLarge
from maksa.intake.profile import load_profile, profile_names
from maksa.intake.result import Finding, Intake
from maksa.intake.take_in import take_in
from maksa.registry.drafts.difference import Difference
from maksa.registry.drafts.drafts import (
    Draft,
    DraftOptions,
    SavedDraft,
    difference_from_published,
)
from maksa.registry.drafts.importing import saved_drafts
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.published import find_entry, spelled_on_shelf
from maksa.registry.maps.findings import map_findings
from maksa.text import Text
from maksa.web.desk.acting import Acting, person_acting
from maksa.web.desk.file_names import is_file_name

MOST_ROWS = 50_000
"""Rows of a file that is sent: some five seconds of a worker; `maksa import` takes larger ones."""
_MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of a workbook once it is unpacked."""
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SentSource:
    """A file that is to become a draft: its name and bytes, the profile that reads it, the edition that it becomes.

    `terminology` names the list for a profile that fits any. `over_edits` replaces a draft that holds somebody's work.
    """

    file: str
    content: bytes
    profile: str
    edition: str
    options: DraftOptions
    terminology: str | None = None
    over_edits: bool = False


@dataclass(frozen=True, slots=True)
class Become:
    """What became of one list: a draft, or (`unchanged`) nothing, since an edition of this name and content stands.

    The differences are those from the draft that it replaced and from the edition that it would follow.
    """

    draft: Draft
    unchanged: bool
    from_draft: Difference | None
    from_edition: Difference | None


@dataclass(frozen=True, slots=True)
class Imported:
    """The account of an import. `findings` are all: set aside ones first, then what to look at, then repairs."""

    intake: Intake
    lists: tuple[Become, ...]
    findings: tuple[Finding, ...]


def profiles() -> Mapping[str, Text]:
    """Give the import profiles by name, each with what it reads: its list's title, or its own name if it fits any list."""
    found = {}
    for name in profile_names():
        profile = load_profile(name)
        own = Text(name, name)
        title = profile.terminology.title
        found[name] = own if profile.names_list else Text(f"{title.fa} ({name})", f"{title.en} ({name})")
    return found


def bring_in(acting: Acting, sent: SentSource) -> Imported:
    """Read a file into drafts, one of each list in it; all or none.

    Raises: Refused (role), TooLarge, BadParameter, IntakeError naming file, row and column; as save_draft and publish.
    Cost: 15,000 rows a second.
    """
    person_acting(acting)
    acting.require("draft-edit")
    profile = load_profile(sent.profile)
    _check_size(sent)
    with TemporaryDirectory(prefix="maksa-import-") as folder:
        path = Path(folder) / (sent.file if is_file_name(sent.file) else "list")
        path.write_bytes(sent.content)
        intake = take_in(path, profile, terminology=sent.terminology)
    if intake.counts.read > MOST_ROWS:
        raise _too_many()
    with saved_drafts(
        acting.registry, acting.home.path, intake, sent.edition, sent.options, over_edits=sent.over_edits
    ) as saved:
        acting.shelf.refresh()
        findings = [
            finding for one in saved for finding in map_findings(acting.registry, acting.shelf, one.draft)
        ]
        lists = tuple(_compared(acting, one) for one in saved)
    order = ("set-aside", "note", "repaired")
    every = sorted((*intake.findings, *findings), key=lambda one: order.index(one.kind))
    return Imported(intake, lists, tuple(every))


def _compared(acting: Acting, saved: SavedDraft) -> Become:
    """Compare a draft with the edition of its name, where one stands: the same content is no draft, other is refused."""
    draft = saved.draft
    from_edition = difference_from_published(acting.registry, acting.shelf, draft)
    held = spelled_on_shelf(acting.shelf, draft.terminology.id)
    stands = held is not None and find_entry(acting.shelf, held, draft.edition) is not None
    if stands:
        # Nothing is published: it says whether the content is that of the edition, and drops the draft.
        publish(acting.registry, acting.shelf, draft.terminology.id, draft.edition, number=draft.number)
    return Become(draft, stands, saved.difference, from_edition)


def _check_size(sent: SentSource) -> None:
    """Refuse what would hold a worker for long, before it is read."""
    if not sent.content:
        raise BadParameter("file", Text("فایل خالی است.", "The file is empty."))
    if sent.content.startswith(b"PK"):
        _check_workbook(sent.content)
    elif max(sent.content.count(b"\n"), sent.content.count(b"\r")) > 2 * MOST_ROWS:
        raise _too_many()  # A cell may hold some line ends; the rows are counted once they are read.


def _check_workbook(content: bytes) -> None:
    left, rows = _MOST_UNPACKED, 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        left, rows = left - len(chunk), rows + chunk.count(b"<row")
                        if left < 0 or rows > MOST_ROWS:
                            raise _too_many()
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        return  # It cannot be unpacked: who reads it says why.


def _too_many() -> TooLarge:
    return TooLarge(
        Text(
            f"فایل بزرگ‌تر از آن است که اینجا خوانده شود: تا {MOST_ROWS} ردیف.",
            f"The file is too large to be read here: up to {MOST_ROWS} rows.",
        ),
        mend=Text(
            "آن را در مرکز با «maksa import» وارد کنید.", "Import it at the centre with 'maksa import'."
        ),
    )
