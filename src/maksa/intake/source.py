"""Open a source file: its size, its hash, and its format, which its content decides and never its name alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from maksa.intake.bounds import MAX_FILE, MIB
from maksa.intake.file_sentences import over_bound, unreadable

Format = Literal["csv", "xlsx", "fhir-json", "sssom"]

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\xd0\xcf\x11\xe0", "XLS (Excel 97)"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "ELF"),
)
"""How files begin that hold no table for anybody here, and what they are called."""
_PARQUET = (b"PAR1", "Parquet")
_SSSOM_COLUMNS = (b"subject_id", b"object_id")
_SSSOM_HEAD = re.compile(rb"#\s*(curie_map|mapping_set_id|mapping_set_version)\s*:")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class OpenSource(NamedTuple):
    """An open file and what is known of it; `file` stands at its beginning."""

    name: str
    file: BinaryIO
    size: int
    hash: str
    format: Format


@contextmanager
def open_source(path: Path) -> Iterator[OpenSource]:
    """Open a source file for reading.

    Limits: `MAX_FILE` bytes. Cost: one pass over the file for its hash.
    Raises: IntakeError when it is missing, no file, empty, too large, or of a kind that no reader takes.
    """
    name = path.name
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise unreadable(name, "چنین فایلی نیست", "there is no such file") from None
    except (OSError, ValueError) as error:
        raise unreadable(name, "باز نمی‌شود", f"it does not open ({type(error).__name__})") from None
    with file:
        try:
            size, digest = _measure(name, file)
            file.seek(0)
            start = file.read(4096)
            file.seek(0)
        except OSError as error:
            raise unreadable(name, "خواندنش شکست خورد", f"reading failed ({type(error).__name__})") from None
        yield OpenSource(name, file, size, digest, _format_of(name, start))


def _measure(name: str, file: BinaryIO) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    while chunk := file.read(MIB):
        size += len(chunk)
        if size > MAX_FILE:
            raise over_bound(
                name, f"بزرگ‌تر از {MAX_FILE // MIB} مبی‌بایت است", f"it is over {MAX_FILE // MIB} MiB"
            )
        digest.update(chunk)
    if size == 0:
        raise unreadable(name, "خالی است", "it is empty")
    return size, digest.hexdigest()


def _format_of(name: str, start: bytes) -> Format:
    for signature, kind in (*SIGNATURES, _PARQUET):
        if start.startswith(signature):
            raise unreadable(name, f"از نوع {kind} است", f"it is a {kind} file")
    if start.startswith(b"PK"):
        return "xlsx"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "fhir-json"
    if text.startswith(b"<"):
        raise unreadable(name, "از نوع HTML یا XML است", "it is an HTML or XML file")
    if b"\x00" in start and not start.startswith(_UTF16_MARKS):
        raise unreadable(name, "متن نیست (بایت صفر دارد)", "it is no text (it holds NUL bytes)")
    return "sssom" if _is_sssom(text) else "csv"


def _is_sssom(text: bytes) -> bool:
    """Tell whether a text begins as an SSSOM file: with its metadata as comments, or with its columns."""
    if _SSSOM_HEAD.search(text):
        return text.startswith(b"#")
    header = text.partition(b"\n")[0].split(b"\t")
    return all(name in header for name in _SSSOM_COLUMNS)
