"""The CSV reader: encodings, delimiters, quoted cells, and bounds."""

import pytest
from sources import adds_up, concepts, one, said

from maksa.errors import IntakeError
from maksa.intake import from_csv

TEXT = "code,display\n1,سونوگرافی پا و کلیه\n"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1256", "windows-1256")],
)
def test_a_text_is_read_in_its_encoding(sources, encoding, shown):
    """UTF-8 with and without a mark, UTF-16, and Windows-1256 give the same titles."""
    text = TEXT.replace("ی", "ي") if encoding == "cp1256" else TEXT  # That code page has no Persian yeh.

    intake = sources.take(text.encode(encoding))

    assert one(intake).display == text.split("\n")[1].removeprefix("1,")
    assert intake.source.encoding == shown
    assert bool(said(intake, "encoding")) == (encoding == "cp1256")


def test_damaged_utf8_is_not_guessed(sources):
    """One bad byte in a Persian UTF-8 text does not turn all of it into another alphabet."""
    damaged = ("code,display\n" + "1,سونوگرافی\n" * 5).encode().replace("گ".encode(), b"\xda", 1)

    with pytest.raises(IntakeError, match="damaged UTF-8"):
        sources.take(damaged)


def test_utf8_cut_in_a_letter_is_read_as_one_byte_text(sources):
    """A Latin text that ends in half a letter is of another encoding."""
    intake = sources.take(b"code,display\n1,caf\xc3")

    assert intake.source.encoding == "windows-1256"


@pytest.mark.parametrize("broken", [b"\xff\xfe\x00", b"\xff\xfec\x00\x00\xd8x\x00"])
def test_broken_utf16_is_an_error(sources, broken):
    """A UTF-16 mark before what is no UTF-16 is an error."""
    with pytest.raises(IntakeError, match="not well encoded"):
        sources.take(broken)


def test_broken_utf16_further_down_is_an_error(sources):
    """What breaks after the start of the file is found while it is read."""
    content = ("code,display\n" + "1,one\n" * 40_000).encode("utf-16")[:-1]

    with pytest.raises(IntakeError, match="not well encoded"):
        sources.take(content)


def test_nul_characters_are_refused(sources):
    """NUL characters in UTF-16 are no text either."""
    with pytest.raises(IntakeError, match="NUL characters"):
        sources.take("code,display\n1,a\x00b\n".encode("utf-16"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(sources, delimiter):
    """The delimiter is the one that parts the header."""
    intake = sources.take(f"code{delimiter}display\n1{delimiter}a{delimiter}\n")

    assert one(intake).display == "a"


def test_a_quoted_cell_may_hold_lines(sources):
    """A row is a row of the table, whatever lines its cells hold; rows are counted as a spreadsheet does."""
    intake = sources.take('code,display\n1,"one\ntwo"\n2,three\n')

    assert concepts(intake)["1"].display == "one\ntwo"
    assert concepts(intake)["2"].row == 3


def test_blank_lines_are_counted_in_one_note(sources):
    """A blank row is no row, but keeps its number."""
    intake = sources.take("\ncode,display\n\n1,a\n , \n2,b\n")

    assert intake.counts.read == 2
    assert concepts(intake)["2"].row == 6
    assert "2 rows" in said(intake, "blank-rows")[0].text.en


def test_a_row_without_an_end_is_refused(sources):
    """A row of over a million characters is no row of a list."""
    with pytest.raises(IntakeError, match="over 1000000 characters"):
        sources.take("code,display\n1," + "x" * 1_000_001)


@pytest.mark.parametrize(
    ("content", "row", "says"),
    [
        ('code,display\n1,"abc\n2,c', 2, "row 2 (line 2) is not closed"),
        ('code,display\n1,"a\nb"\n2,"c\n3,d\n', 3, "row 3 (line 4) is not closed"),
        ('code,display\n1,a\n2,"b\n' + "3,c\n" * 40_000, 3, "row 3 (line 3) has over 131072"),
        ('code,display\n1,a\n2,"b\n3,"c"\n4,d\n', 3, "row 3 (line 3), text follows the closing quote"),
        ('"code,display\n1,a\n', 1, "row 1 (line 1) is not closed"),
    ],
)
def test_a_stray_quote_is_an_error_that_names_its_row_and_the_mend(sources, content, row, says):
    """A quote that is never closed, or is closed by the next quoted cell, swallows rows: none goes silently."""
    with pytest.raises(IntakeError) as caught:
        sources.take(content)

    assert caught.value.row == row
    assert says in caught.value.text.en
    assert "Close the quote" in caught.value.mend.en


def test_a_cell_that_holds_whole_rows_is_told(sources):
    """A stray quote and another one further down make one cell of many rows: a finding shows them."""
    intake = sources.take('code,display,x\n1,"abc,-\n2,c,-\n3,d",-\n4,e,-\n')

    (finding,) = said(intake, "rows-in-cell")
    assert (finding.row, finding.column) == (2, "display")
    assert "3 lines" in finding.text.en
    assert adds_up(intake)


@pytest.mark.parametrize("cell", ["Tab/Cap\n", "قرص، کپسول\nشربت", "one, two\nthree\nfour, five"])
def test_lines_of_a_title_are_no_rows(sources, cell):
    """Line breaks that an owner's titles really have raise no finding."""
    intake = sources.take(f'code,display\n1,"{cell}"\n2,c\n')

    assert not said(intake, "rows-in-cell")
    assert intake.counts.accepted == 2


def test_a_code_with_a_line_break_is_set_aside(sources):
    """No code goes over two lines: what stands there is rows that ran together."""
    intake = sources.take('code,display\n"1\n2",c\n"3\n",d\n')

    (finding,) = said(intake, "line-break-in-code")
    assert (finding.kind, finding.row) == ("set-aside", 2)
    assert list(concepts(intake)) == ["3"]
    assert adds_up(intake)


def test_an_error_of_a_spreadsheet_is_no_title(sources):
    """What a failed formula leaves in a CSV is set aside with its reason."""
    intake = sources.take("code,display\n1,#N/A\n#REF!,b\n3,#\n")

    assert [(f.kind, f.row) for f in said(intake, "error-cell")] == [("set-aside", 2), ("set-aside", 3)]
    assert list(concepts(intake)) == ["3"]


def test_a_stray_quote_in_the_book_leaves_no_row_unmentioned(sources, real_data):
    """A quote before one title of the real RVU3 book stops the import and names its row."""
    lines = (real_data / "rvu3_1404.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    plain = next(place for place in range(5_000, len(lines)) if '"' not in lines[place])
    code, rest = lines[plain].split(",", 1)
    lines[plain] = f'{code},"{rest}'

    with pytest.raises(IntakeError) as caught:
        sources.take("".join(lines), "rvu3")

    assert f"(line {plain + 1})" in caught.value.text.en


def test_many_short_lines_in_one_row_are_bounded(sources):
    """Quoted cells that each hold a line do not add up past the bound of a row."""
    with pytest.raises(IntakeError, match="over 1000000 characters"):
        sources.take("code,display\n" + '"aaaaaaaaaaaaaaaaaaaaaaaaa\n",' * 50_000)


def test_columns_are_bounded(sources):
    """A row of over a thousand columns is refused."""
    with pytest.raises(IntakeError, match="over 1000 columns"):
        sources.take("code,display\n" + "," * 1_000)


def test_rows_are_bounded(sources, monkeypatch):
    """A file of too many rows is refused."""
    monkeypatch.setattr(from_csv, "MAX_ROWS", 2)

    with pytest.raises(IntakeError, match="over 2 rows"):
        sources.take("code,display\n1,a\n2,b\n")


def test_a_long_first_cell_does_not_stop_the_search_for_a_delimiter(sources):
    """A header that one delimiter cannot read is tried with the others."""
    with pytest.raises(IntakeError):
        sources.take('"' + "x" * 140_000)


def test_a_cell_over_the_bound_is_set_aside(sources):
    """A cell longer than a spreadsheet holds is set aside with its row; the others stay."""
    intake = sources.take("code,display\n1," + "x" * 32_768 + "\n2,b\n")

    assert [finding.code for finding in intake.findings] == ["cell-too-long"]
    assert list(concepts(intake)) == ["2"]
    assert adds_up(intake)


def test_a_long_cell_outside_the_profile_is_set_aside_too(sources):
    """The bound holds for every cell of a row."""
    intake = sources.take("code,display,x\n1,a," + "x" * 32_768 + "\n2,b,\n")

    assert said(intake, "cell-too-long")[0].column == "3"


def test_shifted_rows_are_set_aside(sources):
    """A row with more cells than the header has lost a quote: its columns cannot be trusted."""
    intake = sources.take("code,display\n1,a,b\n2,c,\n")

    assert said(intake, "too-many-cells")[0].row == 2
    assert list(concepts(intake)) == ["2"]


def test_control_characters_are_taken_out(sources):
    """A control character is repaired and told; an edition would refuse it."""
    intake = sources.take("code,display,x\n1,a\x1fb,\x1b\n".encode("utf-16"))

    assert one(intake).display == "ab"
    assert intake.counts.repaired == 1
    assert said(intake, "control-characters")[0].column == "display"
