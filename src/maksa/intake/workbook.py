"""The parts of an XLSX workbook, read as bounded streams: sheet names, shared strings, styles, rows."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from maksa.errors import IntakeError
from maksa.intake.bounds import (
    MAX_ROWS,
    MAX_STRINGS,
    MAX_XML_PIECE,
    MAX_ZIP_DIRECTORY,
    MAX_ZIP_PART,
    MAX_ZIP_RATIO,
    MIB,
)
from maksa.intake.file_sentences import over_bound, unreadable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_END_OF_DIRECTORY = b"PK\x05\x06"
_BUILTIN_DAYS = frozenset(
    str(number) for number, form in BUILTIN_FORMATS.items() if is_date_format(form)
) | frozenset(map(str, (*range(27, 37), *range(50, 59))))


class Workbook:
    """An open workbook; `sheets` are its sheet names in order, `first` is the part of the first, `from_1904` tells its calendar."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        """Open the archive and read the list of sheets. Raises: IntakeError, or what a damaged archive raises."""
        self._name = name
        _check_directory(name, file)
        self._archive = zipfile.ZipFile(file)
        self._parts = {entry.filename: entry for entry in self._archive.infolist()}
        if "xl/workbook.xml" not in self._parts:
            raise unreadable(
                name, "بایگانی ZIP است ولی کارپوشهٔ XLSX نیست", "it is a ZIP archive but no XLSX workbook"
            )
        self.from_1904 = False
        found: list[tuple[str, str]] = []
        for element in self._pieces("xl/workbook.xml", f"{MAIN}sheet", f"{MAIN}workbookPr"):
            if element.tag == f"{MAIN}sheet":
                found.append((element.get("name", ""), element.get(f"{_REL}id", "")))
            else:
                self.from_1904 = element.get("date1904") in {"1", "true"}
        if not found:
            raise unreadable(name, "هیچ برگه‌ای ندارد", "it has no sheets")
        self.sheets = [sheet for sheet, _ in found]
        self.first = self._path_of(found[0][1])

    def sheet_rows(self) -> Iterator[Element]:
        """Give the row elements of the first sheet; each is only good until the next is asked for."""
        return self._pieces(self.first, f"{MAIN}row", until=f"{MAIN}sheetData")

    def shared_strings(self) -> list[str]:
        """Give the shared strings, in order; ruby text is left out."""
        if "xl/sharedStrings.xml" not in self._parts:
            return []
        strings: list[str] = []
        length = 0
        for element in self._pieces("xl/sharedStrings.xml", f"{MAIN}si"):
            texts = (*element.iterfind(f"{MAIN}t"), *element.iterfind(f"{MAIN}r/{MAIN}t"))
            strings.append("".join(text.text or "" for text in texts))
            length += len(strings[-1])
            if length > MAX_STRINGS or len(strings) > MAX_ROWS:
                raise over_bound(
                    self._name, "متن‌های آن از اندازه بیرون است", "its shared strings are over the bound"
                )
        return strings

    def day_styles(self) -> frozenset[str]:
        """Give the numbers of the cell styles that show a number as a day."""
        if "xl/styles.xml" not in self._parts:
            return frozenset()
        days = set(_BUILTIN_DAYS)
        styles: list[str] = []
        for element in self._pieces("xl/styles.xml", f"{MAIN}numFmt", f"{MAIN}cellXfs"):
            if element.tag == f"{MAIN}numFmt":
                if is_date_format(element.get("formatCode", "")):
                    days.add(element.get("numFmtId", ""))
            else:
                styles = [form.get("numFmtId", "") for form in element.iterfind(f"{MAIN}xf")]
        return frozenset(str(place) for place, form in enumerate(styles) if form in days)

    def _path_of(self, relation: str) -> str:
        for element in self._pieces("xl/_rels/workbook.xml.rels", f"{_PACKAGE}Relationship"):
            if element.get("Id") == relation:
                target = element.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        raise unreadable(self._name, "برگهٔ نخست آن یافت نشد", "its first sheet was not found")

    def _pieces(self, part: str, *tags: str, until: str | None = None) -> Iterator[Element]:
        """Yield the elements of these tags as they end, and forget them after; stop when `until` ends."""
        with self._archive.open(self._checked(part)) as stream:
            bounded = _BoundedStream(self._name, cast("BinaryIO", stream))
            open_elements: list[Element] = []
            for event, element in iterparse(bounded, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    open_elements.append(element)
                    continue
                open_elements.pop()
                if element.tag == until:
                    return
                if element.tag in tags:
                    yield element
                    bounded.taken = 0
                    element.clear()
                    if open_elements:
                        open_elements[-1].clear()

    def _checked(self, part: str) -> zipfile.ZipInfo:
        entry = self._parts.get(part)
        if entry is None:
            raise unreadable(self._name, f"بخش {part} را ندارد", f"it lacks the part {part}")
        packed_hard = entry.file_size > MIB and entry.file_size > MAX_ZIP_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MAX_ZIP_PART or packed_hard:
            raise _bomb(self._name, part, entry)
        return entry


class _BoundedStream:
    """A stream that ends the reading when one piece of XML grows over its bound; `taken` restarts with each."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name = name
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        chunk = self._stream.read(size if size >= 0 else MAX_XML_PIECE)
        self.taken += len(chunk)
        if self.taken > MAX_XML_PIECE:
            raise over_bound(
                self._name,
                f"یک ردیف یا متن آن بزرگ‌تر از {MAX_XML_PIECE // MIB} مبی‌بایت است",
                f"one of its rows or strings is over {MAX_XML_PIECE // MIB} MiB",
            )
        return chunk


def _check_directory(name: str, file: BinaryIO) -> None:
    """Refuse an archive whose directory is huge before it is loaded."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    place = tail.rfind(_END_OF_DIRECTORY)
    if place < 0 or len(tail) < place + 22:
        raise unreadable(name, "بایگانی ZIP سالمی نیست", "it is no sound ZIP archive")
    if int.from_bytes(tail[place + 12 : place + 16], "little") > MAX_ZIP_DIRECTORY:
        raise over_bound(
            name, "فهرست بایگانی آن از اندازه بیرون است", "the directory of its archive is over the bound"
        )
    file.seek(0)


def _bomb(name: str, part: str, entry: zipfile.ZipInfo) -> IntakeError:
    return over_bound(
        name,
        f"بخش {part} از {entry.compress_size} بایت به {entry.file_size} بایت باز می‌شود",
        f"its part {part} unpacks from {entry.compress_size} to {entry.file_size} bytes",
    )
