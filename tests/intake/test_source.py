"""Opening a source: the content decides what it is, and what no reader takes is one clear error."""

import hashlib
import os

import pytest

from maksa.errors import IntakeError
from maksa.intake import bounds, source
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in

RVU3 = load_profile("rvu3")

NOT_LISTS = {
    "a PDF": b"%PDF-1.7\n...",
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "an old Excel file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a gzip": b"\x1f\x8b\x08" + bytes(20),
    "an HTML page": b"<html><table></table></html>",
    "an HTML page with a mark": b"\xef\xbb\xbf\n <html></html>",
    "NUL bytes": b"code,display\n1,\x00\x00\n",
    "an empty file": b"",
    "a blank file": b"\n\n  \n",
    "a JSON string": b'["code", "display"]',
    "a broken JSON": b'{"resourceType": "CodeSystem",',
    "a ZIP that is no workbook": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("content", NOT_LISTS.values(), ids=NOT_LISTS.keys())
def test_what_is_no_list_is_one_clear_error(sources, content):
    """A file of another kind is refused with its name, the reason in both languages, and the mend."""
    with pytest.raises(IntakeError) as caught:
        sources.take(content, "rvu3")

    error = caught.value
    assert error.file == "list.csv"
    assert "list.csv" in error.text.fa
    assert "list.csv" in error.text.en
    assert error.mend is not None


def test_a_missing_file_is_an_error(sources):
    """A path that does not exist is named."""
    with pytest.raises(IntakeError, match="no such file"):
        take_in(sources.folder / "none.csv", RVU3)


def test_a_folder_is_an_error(sources):
    """A folder is no source."""
    with pytest.raises(IntakeError, match="does not open"):
        take_in(sources.folder, RVU3)


def test_a_path_with_a_nul_is_an_error():
    """A path that no file system takes is an error, no crash."""
    with pytest.raises(IntakeError, match="does not open"):
        take_in("a\x00b.csv", RVU3)


def test_ten_megabytes_of_random_bytes_are_refused(sources):
    """Random bytes are no text."""
    with pytest.raises(IntakeError, match="no text"):
        sources.take(b"\xfe" + os.urandom(10 * 1024 * 1024), "rvu3")


def test_a_file_over_the_bound_is_refused(sources, monkeypatch):
    """A file is measured before it is read."""
    monkeypatch.setattr(source, "MAX_FILE", 10)

    with pytest.raises(IntakeError, match="over 0 MiB") as caught:
        sources.take("code,display\n1,one\n")

    assert "smaller" in caught.value.mend.en


def test_the_source_is_described(sources):
    """An import tells the name, size, hash, format and encoding of its file."""
    content = "code,display\n1,یک\n"

    source_of = sources.take(content, name="نام.csv").source

    assert (source_of.name, source_of.format, source_of.encoding) == ("نام.csv", "csv", "utf-8")
    assert source_of.size == len(content.encode())
    assert source_of.hash == hashlib.sha256(content.encode()).hexdigest()


def test_the_name_does_not_decide_the_format(sources):
    """A CodeSystem called list.csv is read as what it is."""
    intake = sources.take('{"resourceType": "CodeSystem", "concept": [{"code": "a", "display": "A"}]}')

    assert intake.source.format == "fhir-json"


def test_a_failing_disk_is_an_error(sources, monkeypatch):
    """A read that fails half way is an error of the file."""

    def fail(*_):
        raise OSError

    monkeypatch.setattr(source, "_measure", fail)

    with pytest.raises(IntakeError, match="reading failed"):
        sources.take("code,display\n1,one\n")


def test_the_bounds_are_those_promised():
    """The published bounds stand."""
    assert bounds.MAX_FILE == 512 * 1024 * 1024
    assert bounds.MAX_ROWS == 5_000_000
    assert bounds.MAX_ROW == 1_000_000
    assert bounds.MAX_CELL == 32_767
