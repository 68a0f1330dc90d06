"""Open a table for a check: its kind is told by its content, never by its name alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from maksa.audit.batch import Kind, Table
from maksa.audit.columns import Wanted
from maksa.audit.from_csv import read_csv
from maksa.audit.from_parquet import read_parquet
from maksa.audit.sentences import unreadable
from maksa.errors import IntakeError
from maksa.intake.bounds import MAX_FILE, MAX_ZIP_DIRECTORY, MIB
from maksa.intake.source import SIGNATURES

_ARROW = (b"ARROW1", "Arrow IPC")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def open_table(path: Path, asked: Wanted) -> Iterator[Table]:
    """Open a CSV, XLSX or Parquet file and find its columns; the batches are read as they are asked for.

    Limits: XLSX `MAX_FILE` bytes. Raises: IntakeError when it is missing, empty, torn or of another kind, or a
    column is missing; BadParameter when `asked` does not fit it.
    """
    name = path.name
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise unreadable(name, "چنین فایلی نیست", "there is no such file") from None
    except (OSError, ValueError) as error:
        raise unreadable(name, "باز نمی‌شود", f"it does not open ({type(error).__name__})") from None
    with file:
        size = file.seek(0, 2)
        file.seek(0)
        kind = kind_of(name, file)
        if kind == "parquet":
            yield read_parquet(name, path, size, asked)
        elif kind == "csv":
            yield read_csv(name, file, size, asked)
        else:
            if size > MAX_FILE:
                mib = MAX_FILE // MIB
                raise unreadable(name, f"بزرگ‌تر از {mib} مبی‌بایت است", f"it is over {mib} MiB")
            # The readers of workbooks load slowly, and other tables need not wait for them.
            from maksa.audit.from_xlsx import read_xlsx  # noqa: PLC0415

            yield read_xlsx(name, path, file, asked)


def kind_of(name: str, file: BinaryIO) -> Kind:
    """Tell the kind of a file that stands at its beginning. Raises: IntakeError for any other kind."""
    start = file.read(4096)
    file.seek(0)
    if not start:
        raise unreadable(name, "خالی است", "it is empty")
    for signature, kind in (*SIGNATURES, _ARROW):
        if start.startswith(signature):
            raise unreadable(name, f"از نوع {kind} است", f"it is a {kind} file")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK"):
        return _kind_of_archive(name, file)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        raise _message(name, "JSON")
    if text.startswith(b"<"):
        raise _message(name, "XML")
    if b"\x00" in start and not start.startswith(_UTF16_MARKS):
        raise unreadable(name, "متن نیست (بایت صفر دارد)", "it is no text (it holds NUL bytes)")
    return "csv"


def _kind_of_archive(name: str, file: BinaryIO) -> Kind:
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    directory = int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0
    names: list[str] = []
    if 0 < directory <= MAX_ZIP_DIRECTORY:
        with suppress(zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
            names = zipfile.ZipFile(file).namelist()
    file.seek(0)
    if not names:
        raise unreadable(name, "بایگانی ZIP سالمی نیست", "it is no sound ZIP archive")
    if "xl/workbook.xml" not in names:
        raise _message(name, "ZIP")
    return "xlsx"


def _message(name: str, kind: str) -> IntakeError:
    return unreadable(
        name,
        f"از نوع {kind} است و جدول نیست",
        f"it is {kind}, not a table",
    )
