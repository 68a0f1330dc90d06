"""Whole files are checked into one account."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables import results, write

from maksa.audit import from_csv, from_parquet
from maksa.audit.account import OTHERS
from maksa.audit.check import check_files
from maksa.audit.columns import wanted
from maksa.audit.triples import TripleCheck
from maksa.errors import IntakeError
from maksa.model.verdict import Triple
from maksa.terminology.service import LocalTerminology

DAY = date(2025, 6, 1)
GOOD = ("herbs", "00127", "آویشن", None)
WARNED = ("herbs", "127", "آویشن", None)
UNKNOWN = ("herbs", "99999", "هیچ", None)
RETIRED = ("herbs", "00128", "آویشن کوهی", None)
ROWS = st.lists(
    st.sampled_from([GOOD, WARNED, UNKNOWN, RETIRED, ("x", "1", "y", None)]), min_size=1, max_size=40
)


@pytest.fixture
def service(toy_shelf):
    """The service over the toy herbs."""
    return LocalTerminology(toy_shelf)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS, kind=st.sampled_from([".csv", ".parquet", ".xlsx"]), form=st.sampled_from([".csv", ".parquet"])
)
def test_the_account_and_the_results_say_what_the_service_says(tmp_path, service, rows, kind, form):
    """Of each row, under its number; and the counts add up."""
    path, out = write(tmp_path / f"t{kind}", rows), tmp_path / f"out{form}"
    verdicts = [service.validate(Triple(*row[:3]), on=DAY) for row in rows]

    account, (file,) = check_files([path], wanted(), TripleCheck(service, on=DAY), out=out)

    failing = {n: v for n, v in enumerate(verdicts, 2) if not v.valid}
    assert [(int(r["row"]), r["issue"]) for r in results(out)] == [
        (n, v.issues[0].code) for n, v in failing.items()
    ]
    assert account.rows == file.rows == len(rows) == account.valid + account.failing
    assert account.failing == len(failing)
    assert account.warned == sum(v.valid and bool(v.issues) for v in verdicts)
    assert sum(account.issues.values()) == sum(len(v.issues) for v in verdicts)
    assert sum(counted.rows for counted in account.lists.values()) == len(rows)
    assert sum(counted.failing for counted in account.lists.values()) == len(failing)


def test_every_row_is_written_when_asked(tmp_path, service):
    """Valid ones with their canonical title."""
    path = write(tmp_path / "t.csv", [GOOD, UNKNOWN, WARNED])

    check_files([path], wanted(), TripleCheck(service, on=DAY), out=tmp_path / "o.csv", every_row=True)

    written = results(tmp_path / "o.csv")
    assert [row["valid"] for row in written] == ["true", "false", "true"]
    assert written[0]["canonical_display"] == "آویشن"
    assert written[2]["severity"] == "warning"
    assert written[2]["suggested_code"] == "00127"


def test_results_can_be_checked_again(tmp_path, service):
    """Their columns have the gateway's names."""
    path = write(tmp_path / "t.csv", [GOOD, UNKNOWN])
    check_files([path], wanted(), TripleCheck(service, on=DAY), out=tmp_path / "o.parquet", every_row=True)

    account, _ = check_files([tmp_path / "o.parquet"], wanted(), TripleCheck(service, on=DAY))

    assert (account.rows, account.failing) == (2, 1)


def test_several_files_are_one_account(tmp_path, service):
    """Each row with the name of its file; a triple of both is asked once."""
    paths = [write(tmp_path / "a.csv", [UNKNOWN]), write(tmp_path / "b.parquet", [GOOD, UNKNOWN])]
    check, told = TripleCheck(service, on=DAY), []

    account, files = check_files(
        paths, wanted(), check, out=tmp_path / "o.csv", progress=lambda name, done: told.append((name, done))
    )

    assert [(row["file"], row["row"]) for row in results(tmp_path / "o.csv")] == [
        ("a.csv", "2"),
        ("b.parquet", "3"),
    ]
    assert (account.rows, check.asked, [file.rows for file in files]) == (3, 2, [1, 2])
    assert told == [("a.csv", 1.0), ("b.parquet", 1.0)]


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".parquet"])
def test_a_table_without_rows_is_no_answer(tmp_path, service, kind):
    """Nothing was checked, which is not the same as all being well."""
    with pytest.raises(IntakeError, match="no rows"):
        check_files([write(tmp_path / f"t{kind}", [])], wanted(), TripleCheck(service))


def test_an_error_far_down_leaves_no_results(tmp_path, service):
    """Results of half a file would be taken for those of the whole."""
    path = write(tmp_path / "t.csv", [UNKNOWN] * 10)
    path.write_text(path.read_text() + "a,b,c,d,e\n")

    with pytest.raises(IntakeError, match="row"):
        check_files([path], wanted(), TripleCheck(service), out=tmp_path / "o.csv")

    assert [one.name for one in tmp_path.glob("*o.csv*")] == []


def test_lists_are_counted_by_name_up_to_a_bound(tmp_path, service):
    """What rows call a list may be anything; further ones are counted together."""
    path = write(tmp_path / "t.csv", [(f"list {number}", "1", "x", None) for number in range(1_200)])

    account, _ = check_files([path], wanted(), TripleCheck(service))

    assert account.lists[OTHERS].rows == 200
    assert len(account.examples) == 10


def test_a_parquet_of_many_batches_keeps_its_numbers(tmp_path, service, monkeypatch):
    """Whatever a batch holds."""
    monkeypatch.setattr(from_parquet, "BATCH_ROWS", 7)
    path = write(tmp_path / "t.parquet", [UNKNOWN if number % 5 == 0 else GOOD for number in range(2, 100)])

    check_files([path], wanted(), TripleCheck(service), out=tmp_path / "o.parquet")

    assert [row["row"] for row in results(tmp_path / "o.parquet")] == list(range(5, 100, 5))


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_damaged_row_fails_with_its_damage_whatever_is_left_of_it(tmp_path, service, language):
    """A good row whose last cell has swallowed two others; those after it are judged as ever."""
    path, out = tmp_path / "t.csv", tmp_path / "out.csv"
    path.write_text(
        "Terminology,Code,Value,Note\nherbs,00127,آویشن,\n"
        'herbs,00127,آویشن,"\nherbs,99999,هیچ,\nherbs,99999,هیچ,"\nherbs,00128,آویشن کوهی,\n'
    )

    account, _ = check_files([path], wanted(), TripleCheck(service, on=DAY, language=language), out=out)

    found = results(out)
    assert [(row["row"], row["issue"], row["valid"]) for row in found] == [
        ("3", "rows-in-cell", "false"),
        ("4", "retired", "false"),
    ]
    assert {"en": "look like rows of the table", "fa": "مانند ردیف‌های جدول"}[language] in found[0]["message"]
    assert (account.rows, account.failing, account.issues["rows-in-cell"]) == (3, 2, 1)


def test_batches_with_and_without_damage_go_into_one_file_of_results(tmp_path, service, monkeypatch):
    """Also when every row is written."""
    monkeypatch.setattr(from_csv, "BATCH_ROWS", 2)
    path, out = tmp_path / "t.csv", tmp_path / "out.parquet"
    row = "herbs,00127,آویشن,\n"
    path.write_text(f'Terminology,Code,Value,Note\n{row * 3}herbs,00127,آویشن,"\n{row}{row[:-1]}"\n{row * 3}')

    account, _ = check_files([path], wanted(), TripleCheck(service, on=DAY), out=out, every_row=True)

    assert [one["issue"] for one in results(out)] == [None] * 3 + ["rows-in-cell"] + [None] * 3
    assert account.failing == 1
