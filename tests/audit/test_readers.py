"""Tables are read the same in every kind, with the row numbers of their source."""

from __future__ import annotations

import csv
import io
import os
import zipfile

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tables import HEADER, frame, read, write

from maksa.audit import from_csv, sheet_scan
from maksa.audit.batch import ROW
from maksa.audit.columns import wanted
from maksa.audit.damage import DAMAGE
from maksa.audit.readers import open_table
from maksa.audit.sentences import too_many_cells
from maksa.audit.sheet_scan import MAX_CELLS
from maksa.errors import BadParameter, IntakeError, MaksaError
from maksa.intake.from_csv import read_csv as read_as_import

ROWS = [("herbs", "00125", "بابونه آلمانی", "1404/01/01"), ("IRC", "1234567890123456", "آ, «ب»", None)]
KINDS = [".csv", ".xlsx", ".parquet"]
CELLS = st.text(alphabet=st.sampled_from('ab,;"\r\n \tآ۵'), max_size=6)


def refusal(path, asked=None):
    """Give the error of reading a table."""
    with pytest.raises(MaksaError) as caught:
        read(path, asked or wanted())
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_rows(tmp_path, kind):
    """Long codes stay text, zeros stay, empty cells are none."""
    assert read(write(tmp_path / f"t{kind}", ROWS), wanted()) == [(2, *ROWS[0]), (3, *ROWS[1])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_content_tells_the_kind_and_not_the_name(tmp_path, kind):
    """A file may be called anything."""
    path = write(tmp_path / f"t{kind}", ROWS).rename(tmp_path / "claims.json")

    assert len(read(path, wanted())) == 2


@pytest.mark.parametrize(
    "header",
    [
        ("TERMINOLOGY_ID", "coded string", "VALUE", "on"),
        ("TerminologyId", "CodedString", "Display", "Date"),
        ("terminology", "code", "value", "ON"),
    ],
)
def test_the_gateways_names_are_known(tmp_path, header):
    """Whatever the case, with or without underscores."""
    assert read(write(tmp_path / "t.csv", ROWS, header), wanted())[0] == (2, *ROWS[0])


def test_columns_may_have_other_names_and_stand_among_others(tmp_path):
    """--columns names them; a column that is asked for by no one is passed over."""
    path = write(tmp_path / "t.csv", [("7", "00125", "herbs")], ("claim", "کد", "فهرست"))

    asked = wanted({"Code": "کد", "terminology": "فهرست"})

    assert read(path, asked) == [(2, "herbs", "00125", None, None)]


def test_one_list_for_all_rows(tmp_path):
    """Where no column names the list the caller may, and not both."""
    path = write(tmp_path / "t.csv", [("00125",)], ("code",))

    assert read(path, wanted(terminology="herbs")) == [(2, "herbs", "00125", None, None)]
    assert isinstance(refusal(write(tmp_path / "u.csv", ROWS), wanted(terminology="herbs")), BadParameter)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_column_is_named_with_those_that_were_found(tmp_path, kind):
    """The sentence tells what to do."""
    error = refusal(write(tmp_path / f"t{kind}", [("1", "2")], ("code", "colour")))

    assert "Terminology_id" in str(error)
    assert "'colour'" in str(error)
    assert "--columns" in str(error)


def test_wrong_names_of_columns_are_refused(tmp_path):
    """A header that is not there, a role that does not exist, a header that stands twice."""
    path = write(tmp_path / "t.csv", ROWS)

    assert "'price'" in str(refusal(path, wanted({"code": "price"})))
    with pytest.raises(BadParameter, match="colour"):
        wanted({"colour": "x"})
    (tmp_path / "twice.csv").write_text("Code,Terminology,code\n1,2,3\n")
    assert "twice" in str(refusal(tmp_path / "twice.csv"))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    raw=st.text(alphabet=st.sampled_from('ab,"\r\n آ'), max_size=30),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.sampled_from([32, 48, 1 << 20]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
@example(rows=[("", "", "")], raw="", end="\n", block=32, quoting=csv.QUOTE_ALL)
@example(rows=[("a", "b,c\na,b", "c")], raw="", end="\n", block=1 << 20, quoting=csv.QUOTE_ALL)
@example(rows=[("a", "b,c\na,b", 'a"b')], raw="", end="\n", block=32, quoting=csv.QUOTE_MINIMAL)
@example(rows=[], raw="aaaa", end="\n", block=32, quoting=csv.QUOTE_MINIMAL)
@example(rows=[], raw=",,,", end="\n", block=32, quoting=csv.QUOTE_MINIMAL)
@example(rows=[], raw='"', end="\n", block=48, quoting=csv.QUOTE_MINIMAL)
def test_csv_is_read_as_an_import_reads_it(tmp_path, rows, raw, end, block, quoting):
    """The same rows under the same numbers, or both refuse: however it is quoted, broken or cut into blocks."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=quoting).writerows([("Terminology", "Code", "Value"), *rows])
    content = (text.getvalue() + raw).encode()
    (tmp_path / "t.csv").write_bytes(content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_csv, "_BLOCK", block)
        found = outcome(lambda: read(tmp_path / "t.csv", wanted()))

        marked = outcome(lambda: damaged(tmp_path / "t.csv"))

    assert found == outcome(lambda: imported(content))
    assert marked == outcome(lambda: marked_by_import(content))


def damaged(path, **asked):
    """Give the rows that a reader found damaged, and the issue."""
    with open_table(path, wanted(**asked)) as table:
        batches = [batch.rows for batch in table.batches]
    return [
        row
        for rows in batches
        if DAMAGE in rows.columns
        for row in rows.drop_nulls(DAMAGE).select(ROW, DAMAGE).rows()
    ]


def marked_by_import(content):
    """Give the rows that an import finds to have swallowed others."""
    imported(content)  # For its refusals.
    rows = read_as_import("t.csv", io.BytesIO(content)).rows
    return [(row.number, "rows-in-cell") for row in rows if "rows" in row.marks.values()]


def imported(content):
    """Read rows as an import does; it too refuses a row with too many cells."""
    rows = [(row.number, row.cells) for row in read_as_import("t.csv", io.BytesIO(content)).rows]
    if any(len(cells) > 3 for _, cells in rows if cells):
        raise too_many_cells("t.csv", 0, 4, 3)
    return [(n, *(c or None for c in (*cells, "", "")[:3]), None) for n, cells in rows if cells]


def outcome(reading):
    """Give what was read, without the difference of an empty cell and none; or that it was refused."""
    try:
        rows = reading()
    except IntakeError:
        return "refused"
    return [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp1256", "Windows-1256"), ("utf-16", "utf-16"), ("utf-8-sig", None)]
)
def test_other_encodings_are_read_and_said(tmp_path, encoding, shown):
    """As an import reads them; a mark of UTF-8 is no part of a header."""
    text = "Terminology,Code,Value\nherbs,00125,بابونه\nherbs,00126,نعناع\n"
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))

    assert read(tmp_path / "t.csv", wanted())[1] == (3, "herbs", "00126", "نعناع", None)
    with open_table(tmp_path / "t.csv", wanted()) as table:
        told = " ".join(remark.en for remark in table.remarks).casefold()
    assert (shown or "").casefold() in told
    assert bool(told) == bool(shown)


def test_blank_rows_are_passed_over_and_counted(tmp_path):
    """A row number is that of the source, in CSV and in a workbook."""
    (tmp_path / "t.csv").write_text("\nTerminology,Code\n\na,1\n,\n\nb,2\n\n")
    write(
        tmp_path / "t.xlsx", [("Terminology", "Code"), ("", ""), ("a", "1"), ("", ""), ("b", "2")], ("", "")
    )

    assert [row[:3] for row in read(tmp_path / "t.csv", wanted())] == [(4, "a", "1"), (7, "b", "2")]
    assert [row[:3] for row in read(tmp_path / "t.xlsx", wanted())] == [(4, "a", "1"), (6, "b", "2")]


def test_many_rows_keep_their_numbers_over_batches(tmp_path, monkeypatch):
    """Whatever a block or a batch holds."""
    monkeypatch.setattr(from_csv, "_BLOCK", 1_000)
    rows = [("herbs", str(number), 'a "b"' if number % 7 else "x", None) for number in range(2, 3_000)]
    path = write(tmp_path / "t.csv", rows)

    assert [(row[0], row[2]) for row in read(path, wanted())] == [(n, str(n)) for n in range(2, 3_000)]


def test_numbers_of_parquet_are_codes_and_floats_are_refused(tmp_path):
    """Whole numbers are written in digits; a float could be any code."""
    pl.DataFrame({"terminology": ["RVU3"], "code": [700100]}).write_parquet(tmp_path / "i.parquet")
    pl.DataFrame({"terminology": ["RVU3"], "code": [700100.0]}).write_parquet(tmp_path / "f.parquet")

    assert read(tmp_path / "i.parquet", wanted()) == [(2, "RVU3", "700100", None, None)]
    assert "Float64" in str(refusal(tmp_path / "f.parquet"))


def torn(path):
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def broken_inside(path):
    """Overwrite the middle of a file."""
    content = path.read_bytes()
    path.write_bytes(content[:40] + os.urandom(len(content) // 2) + content[40 + len(content) // 2 :])
    return path


def bomb(path):
    """Write a workbook whose sheet unpacks a thousandfold."""
    write(path, ROWS)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    rows = b"<row r='9'/>" * 500_000
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", rows + b"</sheetData>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def far_cell(path):
    """Write a workbook whose second cell stands in the last corner of the sheet."""
    write(path, [("a", "1", "b", "c")] * 30)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", corner)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def plain(path, content):
    """Write bytes."""
    path.write_bytes(content)
    return path


BAD = {
    "empty": (lambda p: plain(p / "t.csv", b""), "empty"),
    "blank": (lambda p: plain(p / "t.csv", b"\n\n  \n"), "no rows"),
    "random": (lambda p: plain(p / "t.csv", b"a" + os.urandom(10_000_000)), "text"),
    "json": (lambda p: plain(p / "t.csv", b'{"Composition": {}}'), "not a table"),
    "xml": (lambda p: plain(p / "t.csv", b"<?xml version='1.0'?><a/>"), "not a table"),
    "pdf": (lambda p: plain(p / "t.csv", b"%PDF-1.7"), "PDF"),
    "magic alone": (lambda p: plain(p / "t.parquet", b"PAR1" + os.urandom(500) + b"PAR1"), "sound Parquet"),
    "torn parquet": (lambda p: torn(write(p / "t.parquet", ROWS)), "sound Parquet"),
    "torn xlsx": (lambda p: torn(write(p / "t.xlsx", ROWS)), "ZIP archive"),
    "broken xlsx": (lambda p: broken_inside(write(p / "t.xlsx", ROWS * 500)), "t.xlsx"),
    "bomb": (lambda p: bomb(p / "t.xlsx"), "over the bound"),
    "far cell": (lambda p: far_cell(p / "t.xlsx"), "over the bound"),
    "no file": (lambda p: p / "none.csv", "no such file"),
    "folder": (lambda p: p, "does not open"),
    "damaged utf-8": (
        lambda p: plain(p / "t.csv", "Terminology,Code\nه,ککک\n".encode()[:-2] + b"\xff\n"),
        "UTF-8",
    ),
    "open quote": (
        lambda p: plain(p / "t.csv", b'Terminology,Code\na,"' + b"x\n" * 600_000),
        "perhaps a quote is not closed",
    ),
    "open quote, few rows": (
        lambda p: plain(p / "t.csv", b'Terminology,Code\na,b\n\na,"x\nc,d\n'),
        "a quote that opens in row 4 (line 4) is not closed and swallows the rows after it",
    ),
    "text after a quote": (
        lambda p: plain(p / "t.csv", b'Terminology,Code\n"a\nb",x\na,"x\nc,"d"\n'),
        "in a cell that opens with a quote in row 3 (line 4), text follows the closing quote",
    ),
    "shifted": (lambda p: plain(p / "t.csv", b"Terminology,Code\na,b\na,b,c\n"), "3 cells"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path, name):
    """Whatever the bytes, it names the file and the reason."""
    make, said = BAD[name]

    error = refusal(make(tmp_path))

    assert isinstance(error, IntakeError)
    assert said in str(error)


def test_zip_of_other_things_is_no_workbook(tmp_path):
    """An archive of messages is told from a workbook."""
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("message.json", "{}")

    assert "ZIP" in str(refusal(tmp_path / "t.xlsx"))


def test_a_row_that_is_wrong_is_named(tmp_path):
    """By its number in the source, also far down."""
    (tmp_path / "t.csv").write_text("Terminology,Code\n" + "a,b\n" * 1_000 + "a,b,c\n")

    assert refusal(tmp_path / "t.csv").row == 1_002


def test_parquet_that_unpacks_to_too_many_rows_is_refused(tmp_path):
    """A few bytes of one value repeated are no table of claims."""
    one = frame([ROWS[0]], HEADER)
    one.select(pl.all().repeat_by(6_000_000).explode()).write_parquet(
        tmp_path / "t.parquet", compression="zstd"
    )

    assert "unpacks" in str(refusal(tmp_path / "t.parquet"))


def test_the_bound_of_cells_lets_a_full_sheet_of_claims_through():
    """Thirty columns of a full sheet are read."""
    assert MAX_CELLS >= 1_048_576 * 30


def test_a_cell_that_swallowed_rows_is_found_in_any_column(tmp_path):
    """A quote that another one closes further down; a title of several lines is none."""
    (tmp_path / "t.csv").write_text(
        'Terminology,Code,Value,Note\na,1,x,"n\na,2,x,n\na,3,x,n"\na,4,"two\nlines",n\n'
    )

    with open_table(tmp_path / "t.csv", wanted()) as table:
        (batch,) = table.batches

    assert damaged(tmp_path / "t.csv") == [(2, "rows-in-cell")]
    assert "Column Note holds 3 lines here that look like rows" in batch.rows.item(0, f"{DAMAGE}_en")
    assert "Note" in batch.rows.item(0, f"{DAMAGE}_fa")


@pytest.fixture(params=[1 << 20, 40])
def _blocks_of_sheets(request, monkeypatch):
    """A sheet is unpacked in blocks, whatever they cut."""
    monkeypatch.setattr(sheet_scan, "MIB", request.param)


@pytest.mark.usefixtures("_blocks_of_sheets")
def test_a_code_that_a_spreadsheet_has_rounded_is_found(tmp_path):
    """A number of more than fifteen digits, wherever the table begins; the same digits as text are sound."""
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        sheet = book.add_worksheet()
        for row in range(9):
            sheet.write_blank(row, 0, None, book.add_format({"bold": True}))
        sheet.write_row(1, 1, ("Terminology", "Code", "Value", "Other"))
        codes = (1234567890123456, 999999999999999, 12.5, 1e15, 123456789012345678)
        for row, code in enumerate(codes, 3):
            sheet.write_row(row, 1, ("IRC", code, "x"))
        sheet.write_string(8, 2, "1234567890123456")
        sheet.write_number(8, 4, 1234567890123456)

    found = damaged(tmp_path / "t.xlsx")

    assert found == [(4, "lost-digits"), (7, "lost-digits"), (8, "lost-digits")]
    assert [row[2] for row in read(tmp_path / "t.xlsx", wanted())][-1] == "1234567890123456"


def test_only_the_sheet_that_is_read_is_searched_for_rounded_codes(tmp_path):
    """A further sheet says nothing of the first."""
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ("Code", "1"))
        book.add_worksheet().write_column(0, 0, (1e16, 1e16))

    assert damaged(tmp_path / "t.xlsx", terminology="IRC") == []


@pytest.mark.parametrize(
    "text",
    [
        b'<c r="A9"><v>-e</v></c>',
        b'<c r="A9" t="str"><v>1e99</v></c>',
        b'<c r="A9"><v>1e14</v></c>',
    ],
)
def test_what_is_no_long_number_of_a_cell_is_no_rounded_one(text):
    """Whatever it looks like; a damaged workbook is the reader's to tell."""
    scan = sheet_scan._scan("t.xlsx", io.BytesIO(b"<row><v>1e99</v>" + text + b"</row>"))

    assert list(scan.rounded(1, 1_000)) == []
