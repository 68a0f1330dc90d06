"""Letters recorded at the desk, and the files that came with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from maksa.errors import BadParameter
from maksa.model.edition import Letter
from maksa.registry.letters import announced_by, record_letter
from maksa.text import Text
from maksa.web.desk.acting import Acting
from maksa.web.desk.file_names import is_file_name


def record(acting: Acting, letter: Letter, announces: Sequence[tuple[str, str | None]]) -> Letter:
    """Record a letter with what it announces, or add to one that is recorded.

    Raises: Refused, UnknownTerminology, UnknownEdition, and as record_letter.
    """
    acting.require("letter-record")
    named = tuple(announced_by(acting.shelf, *one) for one in announces)
    return record_letter(acting.registry, acting.shelf, replace(letter, announces=named))


def attach(acting: Acting, number: str, name: str, content: bytes) -> Letter:
    """Keep a file that came with a recorded letter. Raises: Refused, NotFound, BadParameter (the name), as record_letter."""
    acting.require("letter-record")
    checked = _checked_name(name)
    held = acting.home.service.letter(number).letter
    with TemporaryDirectory(prefix="maksa-attachment-") as folder:
        path = Path(folder) / checked
        path.write_bytes(content)
        return record_letter(acting.registry, acting.shelf, Letter(held.number, None, ""), [path])


def _checked_name(name: str) -> str:
    plain = name.strip()
    if is_file_name(plain):
        return plain
    raise BadParameter(
        "name",
        Text(
            "نام فایل پیوست پذیرفته نیست، یا بلند است.",
            "The name of the attachment is no plain file name, or long.",
        ),
        mend=Text("نامی کوتاه بی خط مورب بدهید، مانند letter.pdf.", "Give a short one such as letter.pdf."),
    )
