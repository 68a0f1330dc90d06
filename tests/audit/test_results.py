"""Results are written in three forms with the same content, whole or not at all."""

from __future__ import annotations

import polars as pl
import pytest
from tables import results

import maksa.audit.results as writing
from maksa.audit.results import COLUMNS, open_results
from maksa.errors import BadParameter

FORMS = [".csv", ".xlsx", ".parquet"]


def rows(count, **cells):
    """Give rows of results."""
    row = dict.fromkeys(COLUMNS) | {"file": "t.csv", "valid": False, "message": "آن «نیست»"} | cells
    return pl.DataFrame([row | {"row": number} for number in range(2, count + 2)], schema=COLUMNS)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_every_row_and_column(tmp_path, form):
    """Of all batches, in their order."""
    path = tmp_path / f"r{form}"

    with open_results(path) as written:
        written.write(rows(3))
        written.write(rows(2, code="1234567890123456"))

    read = results(path)
    assert list(read[0]) == list(COLUMNS)
    assert [int(row["row"]) for row in read] == [2, 3, 4, 2, 3]
    assert read[0]["message"] == "آن «نیست»"
    assert read[4]["code"] == "1234567890123456"
    assert str(read[0]["valid"]).casefold() in {"false", "0"}
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_no_failing_row_is_a_file_with_headers(tmp_path, form):
    """It says that all was well, and can be read."""
    path = tmp_path / f"r{form}"

    with open_results(path):
        pass

    assert results(path) == []
    assert path.stat().st_size > 0


@pytest.mark.parametrize("form", FORMS)
def test_an_error_leaves_nothing_and_keeps_what_stood(tmp_path, form):
    """Neither half of the results nor a temporary folder."""
    path = tmp_path / f"r{form}"
    path.write_text("before")

    def break_off():
        with open_results(path) as written:
            written.write(rows(3))
            raise KeyError

    with pytest.raises(KeyError):
        break_off()

    assert path.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", [".csv", ".xlsx"])
def test_no_cell_is_run_by_a_spreadsheet(tmp_path, form):
    """What looks like a formula is text."""
    path = tmp_path / f"r{form}"

    with open_results(path) as written:
        written.write(rows(1, value="=1+1", code="@x"))

    read = results(path)[0]
    assert read["value"] in {"'=1+1", "=1+1"}
    if form == ".csv":
        assert read["code"] == "'@x"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_full_sheet_is_followed_by_another(tmp_path, monkeypatch):
    """A workbook holds a million rows a sheet, and results may be more."""
    monkeypatch.setattr(writing, "_SHEET_ROWS", 4)

    with open_results(tmp_path / "r.xlsx") as written:
        written.write(rows(7))

    sheets = pl.read_excel(tmp_path / "r.xlsx", sheet_id=0)
    assert [sheet.height for sheet in sheets.values()] == [3, 3, 1]


def test_parquet_is_written_in_parts_of_bounded_size(tmp_path, monkeypatch):
    """Many parts are joined at the end, in their order."""
    monkeypatch.setattr(writing, "_PART_ROWS", 4)

    with open_results(tmp_path / "r.parquet") as written:
        for _ in range(5):
            written.write(rows(3))

    assert [row["row"] for row in results(tmp_path / "r.parquet")] == [2, 3, 4] * 5


def test_the_name_tells_the_form(tmp_path):
    """Another ending is refused with those that are known."""
    with pytest.raises(BadParameter, match=r"\.csv, \.xlsx, \.parquet"), open_results(tmp_path / "r.ods"):
        pass
