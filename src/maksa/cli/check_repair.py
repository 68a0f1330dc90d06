"""Write repaired copies of messages: each under a name of its own, never over anything that stands."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath

from maksa.errors import BadParameter
from maksa.prescriptions.batch import Checks, Mending, shown
from maksa.prescriptions.fix import fix
from maksa.prescriptions.report import MessageReport
from maksa.prescriptions.sent import Sent
from maksa.text import Text

_OWNER_ONLY = 0o600
_LONGEST_PART = 120
_ONE_MESSAGE = (".json", ".xml")
_UNSAFE = re.compile(r"[^\w.()+=@ -]|^[. ]+|[. ]+$")


@dataclass(frozen=True, slots=True)
class Repair:
    """Repairs messages into a folder, or into a file, whose name gets numbers when it turns out to be several.

    `base` is the folder that the names of copies leave away.
    """

    checker: Checks
    on: date | None
    target: Path
    one_file: bool
    base: str

    def mend(self, sent: Sent, report: MessageReport) -> Mending | None:
        """Write the copy of a message that has certain mends, and check it again; None when it has none.

        Raises: OSError when the copy cannot be written.
        """
        changes = [change for finding in report.findings for change in finding.changes]
        if not changes:
            return None
        fixed = fix(sent.body, changes)
        if not fixed.made:
            return Mending(None, (), fixed.left, report)
        after = self.checker.check(fixed.body, on=self.on, name=sent.place.name)
        return Mending(shown(self._write(sent, fixed.body)), fixed.made, fixed.left, after)

    def _write(self, sent: Sent, body: bytes) -> Path:
        first = self.target if self.one_file else self.target.joinpath(*self._parts(sent))
        path = first
        for again in count(2):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.touch(mode=_OWNER_ONLY, exist_ok=False)  # It names a patient, as the message does.
                path.write_bytes(body)
                break
            except FileExistsError:
                path = first.with_name(f"{first.stem}-{again}{first.suffix}")
        return path

    def _parts(self, sent: Sent) -> list[str]:
        """Give the path of a message in the folder, each part of it a name that is safe in any system."""
        place = sent.place
        parts = [*PurePosixPath(os.path.relpath(place.file, self.base)).parts]
        if place.member is not None:
            parts += re.split(r"[/\\]", place.member)
        number = place.line if place.line is not None else place.element
        if number is not None:
            parts.append(f"{number}.json")
        return [_UNSAFE.sub("_", part[:_LONGEST_PART]) for part in parts if part not in {"", ".", ".."}]


def repair_to(target: Path, paths: Sequence[Path], checker: Checks, on: date | None) -> Repair:
    """Say where copies go: a file when one file is checked and `target` ends as it does, else a folder.

    Raises: BadParameter when the file stands already, or the folder is not empty: no message is written over.
    """
    one_file = (
        len(paths) == 1 and paths[0].is_file() and target.suffix.lower() == paths[0].suffix.lower() != ""
    )
    if target.exists() and (one_file or not target.is_dir() or any(target.iterdir())):
        raise BadParameter(
            "fix",
            Text(
                f"رونوشت‌ها در «{target}» نوشته نمی‌شود: چیزی در آن هست.",
                f"Copies are not written to '{target}': something stands there.",
            ),
            mend=Text("نام تازه‌ای یا پوشهٔ خالی بدهید.", "Give a new name or an empty folder."),
        )
    base = os.path.commonpath([(path if path.is_dir() else path.parent).absolute() for path in paths])
    return Repair(checker, on, target, one_file, base)
