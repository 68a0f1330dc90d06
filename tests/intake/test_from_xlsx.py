"""The XLSX reader: what is stored is what is seen, and what is harmful is refused."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from sources import SHEET, TEXT_ROW, adds_up, archive, concepts, one, raw_workbook, said

from maksa.errors import IntakeError
from maksa.intake import from_xlsx, workbook

STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<si><t>code</t></si><si><t>display</t></si>"
    "<si><r><t>one </t></r><r><t>two</t></r><rPh><t>ruby</t></rPh></si></sst>"
)
DAYS = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def book(*rows, sheets=("S",), formats=None):
    """Give the bytes of a workbook that openpyxl writes."""
    written = openpyxl.Workbook()
    sheet = written.active
    sheet.title = sheets[0]
    for name in sheets[1:]:
        written.create_sheet(name).append(["x"])
    for row in rows:
        sheet.append(row)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    buffer = io.BytesIO()
    written.save(buffer)
    return buffer.getvalue()


def stored(packed):
    """Give the same archive, not packed: its texts stand in it as they are."""
    with zipfile.ZipFile(io.BytesIO(packed)) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    return archive(parts, compression=zipfile.ZIP_STORED)


def test_a_sixteen_digit_text_stays(sources):
    """An IRC code that stands as text keeps all its digits."""
    intake = sources.take(book(["irc", "display"], ["0123456789012345", "الف"]), "irc")

    assert one(intake).code == "0123456789012345"
    assert intake.source.format == "xlsx"
    assert intake.source.encoding is None


def test_a_sixteen_digit_number_has_lost_digits(sources):
    """A number of sixteen digits was rounded by the spreadsheet: set aside, with the mend."""
    intake = sources.take(book(["irc", "display"], [1234567890123450, "a"], ["0123456789012345", "b"]), "irc")

    (finding,) = said(intake, "lost-digits")
    assert (finding.kind, finding.row, finding.column) == ("set-aside", 2, "irc")
    assert "text" in finding.mend.en
    assert list(concepts(intake)) == ["0123456789012345"]
    assert adds_up(intake)


def test_a_long_number_outside_the_profile_does_no_harm(sources):
    """A rounded number in a column that is not read does not cost the row."""
    intake = sources.take(book(["code", "display", "x"], ["1", "a", 1234567890123450]))

    assert one(intake).code == "1"


def test_numbers_dates_and_truth_come_as_text(sources):
    """A number has no exponent and no float noise, a date is ISO, a truth value true or false."""
    intake = sources.take(
        book(
            ["code", "display", "property:n", "property:d", "property:t", "property:z"],
            [817, "a", 0.1 + 0.2, date(2023, 6, 17), True, 0.0],
            [818.0, "b", 1.5e-7, date(2024, 1, 1), False, 100],
        )
    )

    first, second = concepts(intake)["817"], concepts(intake)["818"]
    assert [str(prop.value) for prop in first.properties] == ["0.3", "2023-06-17", "true", "0"]
    assert [str(prop.value) for prop in second.properties] == ["0.00000015", "2024-01-01", "false", "100"]


def test_a_custom_date_format_is_a_date(sources):
    """A number that a custom format shows as a day is that day."""
    intake = sources.take(
        book(["code", "display", "effective_from"], ["1", "a", 45094], formats={"C2": 'yyyy"/"mm"/"dd'})
    )

    assert one(intake).effective_from == date(2023, 6, 17)


def test_the_calendar_of_1904_is_honoured(sources):
    """A workbook may count its days from 1904."""
    rows = (
        '<row><c t="str"><v>code</v></c><c t="str"><v>display</v></c><c t="str"><v>effective_from</v></c></row>'
        '<row><c t="str"><v>1</v></c><c t="str"><v>a</v></c><c s="0"><v>43632</v></c></row>'
    )

    intake = sources.take(raw_workbook(rows, properties='<workbookPr date1904="1"/>', styles=DAYS))

    assert one(intake).effective_from == date(2023, 6, 17)


@pytest.mark.parametrize("serial", ["0.5", "99999999999"])
def test_a_serial_that_is_no_day_stays_a_number(sources, serial):
    """A time of day, or a day past the calendar, is shown as its number."""
    rows = (
        '<row><c t="str"><v>code</v></c><c t="str"><v>display</v></c><c t="str"><v>property:d</v></c></row>'
        f'<row><c t="str"><v>1</v></c><c t="str"><v>a</v></c><c s="0"><v>{serial}</v></c></row>'
    )

    assert one(sources.take(raw_workbook(rows, styles=DAYS))).values("d") == (serial,)


@pytest.mark.parametrize("value", ["x", "NaN", "1E+300"])
def test_a_number_that_is_none_is_kept_as_it_stands(sources, value):
    """What a number cell holds is never lost."""
    rows = TEXT_ROW + f'<row><c t="str"><v>1</v></c><c><v>{value}</v></c></row>'

    assert one(sources.take(raw_workbook(rows))).display == value


def test_left_out_rows_and_cells_keep_their_places(sources):
    """A sheet may leave out blank rows and cells; numbers and columns stay right."""
    rows = (
        '<row r="2"><c r="A2" t="str"><v>code</v></c><c r="B2" t="str"><v>x</v></c>'
        '<c r="C2" t="str"><v>display</v></c></row>'
        '<row r="5"><c r="A5" t="str"><v>1</v></c><c r="C5" t="str"><v>a</v></c></row>'
        '<row r="6"><c r="A6"/></row>'
    )

    intake = sources.take(raw_workbook(rows))

    assert one(intake).row == 5
    assert "3 rows" in said(intake, "blank-rows")[0].text.en


def test_rich_and_shared_texts_are_joined(sources):
    """A shared text is its parts, without the ruby that explains its sound."""
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>7</v></c><c t="s"><v>2</v></c></row>'
    )

    assert one(
        sources.take(raw_workbook(rows, strings=STRINGS, target="/xl/worksheets/sheet1.xml"))
    ).display == ("one two")


def test_other_sheets_are_named(sources):
    """Only the first sheet is read, and the others are told."""
    intake = sources.take(book(["code", "display"], ["1", "a"], sheets=("first", "second")))

    assert "second" in said(intake, "other-sheets")[0].text.en


BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
    '<c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
)
BROKEN = {
    "entities": raw_workbook("", sheet=BILLION_LAUGHS),
    "no sheet part": raw_workbook(TEXT_ROW, target="worksheets/none.xml"),
    "no relation": raw_workbook(TEXT_ROW).replace(b"rId1", b"rId2", 1),
    "no sheets": archive({"xl/workbook.xml": "<workbook/>"}),
    "no XML": raw_workbook("", sheet="not xml"),
    "no workbook": archive({"readme.txt": "x"}),
    "an empty sheet": raw_workbook(""),
    "a shared text that is not there": raw_workbook(TEXT_ROW + '<row><c t="s"><v>9</v></c></row>'),
    "a negative shared text": raw_workbook(TEXT_ROW + '<row><c t="s"><v>-1</v></c></row>'),
    "rows out of order": raw_workbook(TEXT_ROW + '<row r="3"/><row r="3"/>'),
    "a cut archive": book(["code", "display"], ["1", "a"])[:-60],
    "a torn archive": stored(raw_workbook(TEXT_ROW)).replace(b"inlineStr", b"inlineXtr"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_workbook_is_one_clear_error(sources, content):
    """Whatever is wrong with a workbook, the answer is one sentence."""
    with pytest.raises(IntakeError):
        sources.take(content if content.startswith(b"PK") else b"PK" + content)


def test_a_zip_bomb_is_refused(sources):
    """A part that unpacks a thousandfold is refused before it is unpacked."""
    bomb = raw_workbook("", sheet=SHEET.format(rows="<row/>" * 1_000_000))

    with pytest.raises(IntakeError, match="unpacks from"):
        sources.take(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused(sources):
    """What the archive declares bounds what is unpacked, whatever it holds."""
    bomb = bytearray(raw_workbook("", sheet=SHEET.format(rows=" " * 50_000)))
    size = len(SHEET.format(rows=" " * 50_000))
    forged = bytes(bomb).replace(size.to_bytes(4, "little"), (400).to_bytes(4, "little"))

    with pytest.raises(IntakeError):
        sources.take(forged)


def test_one_huge_row_is_refused(sources):
    """One row of many megabytes is no row of a list."""
    rows = "".join(f'<c t="str"><v>{number:08d}{number * 7919 % 100003}</v></c>' for number in range(140_000))

    with pytest.raises(IntakeError, match="over 4 MiB"):
        sources.take(raw_workbook(f"<row>{rows}</row>"))


def test_columns_are_bounded(sources):
    """A cell in the last column of the sheet is over the bound."""
    with pytest.raises(IntakeError, match="over 1000 columns"):
        sources.take(raw_workbook(TEXT_ROW + '<row r="2"><c r="XFD2" t="str"><v>a</v></c></row>'))


def test_rows_are_bounded(sources):
    """A row number beyond all sheets is refused, and not counted up to."""
    with pytest.raises(IntakeError, match="over 5000000 rows"):
        sources.take(raw_workbook(TEXT_ROW + '<row r="99999999"/>'))


def test_a_huge_directory_is_refused(sources):
    """An archive of very many parts is refused before its directory is loaded."""
    content = bytearray(book(["code", "display"], ["1", "a"]))
    place = content.rfind(b"PK\x05\x06")
    content[place + 12 : place + 16] = (5 * 1024 * 1024).to_bytes(4, "little")

    with pytest.raises(IntakeError, match="directory of its archive"):
        sources.take(bytes(content))


def test_shared_strings_are_bounded(sources, monkeypatch):
    """The shared strings of a workbook have a bound."""
    monkeypatch.setattr(workbook, "MAX_STRINGS", 5)

    with pytest.raises(IntakeError, match="shared strings"):
        sources.take(raw_workbook(TEXT_ROW, strings=STRINGS))


def test_a_stored_archive_is_read_too(sources):
    """An archive need not be packed."""
    assert one(sources.take(stored(book(["code", "display"], ["1", "a"])))).code == "1"


def test_entities_are_forbidden_by_the_parser():
    """The XML parser in use is the defused one."""
    assert workbook.iterparse.__module__ == "defusedxml.common"
    assert from_xlsx.DefusedXmlException.__module__ == "defusedxml.common"


def test_an_error_cell_is_no_code_and_no_title(sources):
    """A formula that failed costs its row, with the reason; in a column that is not read it does no harm."""
    header = '<row><c t="str"><v>code</v></c><c t="str"><v>display</v></c><c t="str"><v>x</v></c></row>'
    rows = header + "".join(
        f'<row><c t="{kind}"><v>{code}</v></c><c t="{title_kind}"><v>{title}</v></c><c t="e"><v>#N/A</v></c></row>'
        for kind, code, title_kind, title in [
            ("e", "#REF!", "str", "a"),
            ("str", "2", "e", "#BUSY!"),
            ("str", "3", "str", "c"),
        ]
    )

    intake = sources.take(raw_workbook(rows))

    assert [(f.kind, f.row, f.column) for f in said(intake, "error-cell")] == [
        ("set-aside", 2, "code"),
        ("set-aside", 3, "display"),
    ]
    assert list(concepts(intake)) == ["3"]
    assert adds_up(intake)


def test_a_truth_value_is_taken_only_where_one_belongs(sources):
    """TRUE is no code and no title; a status and a column of truth values take it."""
    made = sources.take(
        book(["code", "display", "status"], [True, "a", None], ["2", False, None], ["3", "c", False])
    )
    drugs = sources.take(book(["irc", "display", "supplement"], ["0123456789012345", "a", True]), "irc")

    assert [(f.kind, f.row, f.column) for f in said(made, "truth-value")] == [
        ("set-aside", 2, "code"),
        ("set-aside", 3, "display"),
    ]
    assert {code: concept.status for code, concept in concepts(made).items()} == {"3": "retired"}
    assert one(drugs).values("supplement") == (True,)


def test_a_code_over_two_lines_is_set_aside(sources):
    """A line break in a code cell of a workbook is treated as in a text."""
    intake = sources.take(book(["code", "display"], ["1\n2", "a"], ["3", "b"]))

    assert said(intake, "line-break-in-code")[0].row == 2
    assert list(concepts(intake)) == ["3"]
