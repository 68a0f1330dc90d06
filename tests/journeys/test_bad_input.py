"""Whatever is given to the command line: one clear sentence, status 2, nothing kept, no traceback, no wait."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

GOOD = "code,display\n1001,بابونه\n"


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    return target.getvalue()


def _noise() -> bytes:
    return b"a" + random.Random(7).randbytes(10 << 20)  # noqa: S311 - The same bytes in every run.


BAD_FILES = {
    "empty.csv": (b"", "empty"),
    "random.csv": (_noise, ""),
    "random.xlsx": (_noise, ""),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "XLS"),
    "bomb.xlsx": (_bomb, ""),
    "no-workbook.xlsx": (b"PK\x03\x04" + b"\0" * 100, ""),
    "broken.json": (b'{"resourceType": "CodeSystem", ', ""),
    "deep.json": (b"[" * 100_000, ""),
    "other.json": (b'{"resourceType": "Patient"}', ""),
    "page.csv": (b"<html></html>", "HTML"),
    "no-code.csv": ("display\nبابونه\n".encode(), "code"),
    "header-only.csv": (b"code,display\n", ""),
    "utf16-half.csv": (b"\xff\xfe" + struct.pack("<H", 0xD800) * 3, ""),
}


def _import(maksa, path, *more):
    return maksa("import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1", *more)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_list(maksa, tmp_path, name):
    """The file is named; no home is made of it."""
    content, word = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(content() if callable(content) else content)

    said = _import(maksa, path)

    assert (said.status, said.out) == (2, ""), said
    assert name in said.err
    assert word in said.err
    assert len(said.err.splitlines()) == 1
    assert not maksa.home.exists()


def test_a_folder_and_a_missing_file(maksa, tmp_path):
    """Neither is a source."""
    assert _import(maksa, tmp_path).status == 2
    assert "no such file" in _import(maksa, tmp_path / "none.csv").err


def test_a_list_in_windows_1256_is_read_and_said(maksa, tmp_path):
    """Its Persian is right, and the encoding is a finding."""
    path = tmp_path / "old.csv"
    path.write_bytes("code,display\n1001,آزمايش كليه\n".encode("windows-1256"))

    said = _import(maksa, path, "--publish")

    assert said.status == 0
    assert "1256" in said.out
    assert maksa("show", "herbs", "1001", "--json").json["concept"]["display"] == "آزمايش كليه"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("search", "x", "--terminology", "nothing"), ["nothing"]),
        (("show", "herbs", "1001", "--on", "1404/13/40"), ["--on", "1404/13/40"]),
        (("show", "herbs", "1001", "--edition", "9"), ["9"]),
        (("codes", "herbs", "--limit", "1000000"), ["limit"]),
        (("codes", "herbs", "--value-set", "none"), ["none"]),
        (("diff", "herbs", "1", "9"), ["9"]),
        (("search", "x" * 100_000), ["1000"]),
    ],
)
def test_a_question_that_cannot_be_asked(maksa, tmp_path, arguments, words):
    """The value and what would be accepted."""
    path = tmp_path / "herbs.csv"
    path.write_text(GOOD, encoding="utf-8")
    assert _import(maksa, path, "--publish").status == 0

    said = maksa(*arguments)

    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in words)
