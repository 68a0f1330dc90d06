"""Batches of requests: every row is accounted for, and a batch that was broken off goes on."""

import pytest
import xlsxwriter

from maksa.errors import IntakeError, TooLarge
from maksa.registry.requests import batch as request_batch
from maksa.registry.requests.batch import import_requests
from maksa.registry.requests.code_requests import list_requests
from maksa.terminology.service import LocalTerminology

HEADER = ("فهرست", "عنوان", "کاربرد", "contact")
ROWS = (
    ("herbs", "گل ختمی", "جوشانده", "a@example.org"),
    ("nolist", "گل", "", ""),
    ("herbs", "", "", ""),
    ("herbs", "بابونه المانی", "", ""),
    ("herbs", "گل ختمي", "", ""),
)


@pytest.fixture
def service(toy_shelf):
    """Ask the toy herbs."""
    return LocalTerminology(toy_shelf)


def write_csv(folder, rows=ROWS, header=HEADER):
    """Write a batch as CSV."""
    path = folder / "batch.csv"
    path.write_text("\n".join(",".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return path


def write_xlsx(folder):
    """Write the same batch as a workbook."""
    path = folder / "batch.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(place, 0, row)
    return path


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_every_row_is_filed_or_set_aside_with_its_reason(registry, service, tmp_path, write):
    """The rows add up; what is likely there already is told beside the row, earlier rows too."""
    rows = list(import_requests(registry, service, write(tmp_path)))

    assert [(one.row, one.request is None) for one in rows] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
        (6, False),
    ]
    assert "nolist" in rows[1].reason.en
    assert [(one.found, one.key) for one in rows[3].candidates if one.likely] == [("list", "00125")]
    assert [(one.found, one.key) for one in rows[4].candidates if one.likely] == [("request", "1")]
    assert [one.wanted.origin for one in list_requests(registry)] == ["batch"] * 3


def test_a_batch_that_was_broken_off_goes_on_where_it_stood(registry, service, tmp_path):
    """The same file again files only what is not filed; nothing is filed twice."""
    path = write_csv(tmp_path)
    begun = import_requests(registry, service, path)
    next(begun)
    begun.close()

    again = list(import_requests(registry, service, path))

    assert [one.token is not None for one in again if one.request] == [False, True, True]
    assert len(list_requests(registry)) == 3


def test_a_table_that_cannot_be_read_files_nothing(registry, service, tmp_path, monkeypatch):
    """A missing or an unknown or a doubled column, another kind of file and too many rows are said before any row is filed."""
    for header in (("فهرست", "x"), ("فهرست", "کاربرد"), ("فهرست", "عنوان", "title")):
        with pytest.raises(IntakeError) as refused:
            list(import_requests(registry, service, write_csv(tmp_path, (), header)))
        assert "terminology" in refused.value.known
    (tmp_path / "batch.csv").write_text("{}", encoding="utf-8")
    with pytest.raises(IntakeError, match="no table"):
        list(import_requests(registry, service, tmp_path / "batch.csv"))
    monkeypatch.setattr(request_batch, "MOST_ROWS", 4)
    with pytest.raises(TooLarge, match="4 rows"):
        list(import_requests(registry, service, write_csv(tmp_path)))

    assert list_requests(registry) == []


def test_a_batch_of_a_party_is_filed_in_its_name(registry, service, tmp_path):
    """Rows that name another are set aside; the same file of another party is another batch."""
    rows = (("herbs", "گل ختمی", ""), ("herbs", "پونه", "salamat"), ("herbs", "زیتون", "tamin"))
    path = write_csv(tmp_path, rows, ("terminology", "text", "organisation"))
    ours = list(import_requests(registry, service, path, organisation="tamin"))
    again = list(import_requests(registry, service, path, organisation="tamin"))
    others = list(import_requests(registry, service, path, organisation="salamat"))

    assert [one.request is None for one in ours] == [False, True, False]
    assert "salamat" in ours[1].reason.en
    assert [one.request for one in again] == [one.request for one in ours]
    assert [one.request and one.request.number for one in others] == [3, 4, None]
    asked_by = [one.wanted.organisation for one in list_requests(registry)]
    assert asked_by == ["tamin", "tamin", "salamat", "salamat"]


def test_a_batch_may_be_bounded_further(registry, service, tmp_path):
    """Over the bound nothing is filed."""
    with pytest.raises(TooLarge, match="4 rows"):
        list(import_requests(registry, service, write_csv(tmp_path), most=4))
    assert list_requests(registry) == []
