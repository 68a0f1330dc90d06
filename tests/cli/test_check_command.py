"""`maksa check`: whole files, an account on standard output, an exit status that says it all."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

GOOD, UNKNOWN = "herbs,00127,آویشن", "herbs,99999,هیچ"
HEADER = "Terminology_id,Coded_string,Value"


@pytest.fixture
def table(herbs):
    """Write a table of coded fields."""
    return lambda *rows, header=HEADER, name="claims.csv": herbs.write(*rows, header=header, name=name)


def test_all_valid_is_yes(herbs, table):
    """Exit 0, and the account says how many were checked."""
    said = herbs("check", table(GOOD, GOOD))

    assert said.status == 0
    assert "2 rows, 1 distinct triples: 2 valid (0 with warnings), 0 failing" in said.out
    assert said.err == ""


def test_a_failing_row_is_no(herbs, table):
    """Exit 1; what fails is counted by issue and by list, and shown with its row."""
    said = herbs("check", table(GOOD, UNKNOWN, UNKNOWN, "herbs,127,آویشن"))

    assert said.status == 1
    assert "2 valid (1 with warnings), 2 failing" in said.out
    assert "unknown-code: 2 rows" in said.out
    assert "herbs: 4 rows, 2 failing" in said.out
    assert "claims.csv, row 3, unknown-code: " in said.out


def test_the_answer_in_persian(herbs, table):
    """Sentences of the verdicts too."""
    said = herbs("check", table(UNKNOWN), "--lang", "fa")

    assert "نامعتبر" in said.out
    assert "کد «99999» در herbs نیست" in said.out


def test_json_has_the_whole_account(herbs, table):
    """Counts, lists, editions and the first failing rows."""
    said = herbs("check", table(GOOD, UNKNOWN), "--json")

    answer = said.json
    assert said.status == 1
    assert {name: answer[name] for name in ("rows", "distinct", "valid", "failing", "warned", "issues")} == {
        "rows": 2,
        "distinct": 2,
        "valid": 1,
        "failing": 1,
        "warned": 0,
        "issues": {"unknown-code": 1},
    }
    assert answer["terminologies"] == [{"terminology": "herbs", "rows": 2, "failing": 1}]
    assert answer["files"] == [
        {"name": "claims.csv", "kind": "csv", "encoding": "utf-8", "rows": 2, "remarks": []}
    ]
    assert answer["examples"][0]["row"] == 3
    assert answer["editions"][0]["edition"] == "1"


def test_an_example_has_the_verdict_of_validate(herbs, table):
    """The same sentence as the question asked alone."""
    example = herbs("check", table(UNKNOWN), "--json").json["examples"][0]

    alone = herbs("validate", "herbs", "99999", "--value", "هیچ", "--json").json["results"][0]
    assert example["message"] == alone["issues"][0]["message_en"]


def test_results_name_the_rows(herbs, table):
    """Failing rows, or with --all every one."""
    source, out = table(GOOD, UNKNOWN), herbs.folder / "results.csv"

    assert herbs("check", source, "--out", out).status == 1
    assert [row["row"] for row in read(out)] == ["3"]
    assert herbs("check", source, "--out", out, "--all").status == 1
    assert [(row["row"], row["valid"]) for row in read(out)] == [("2", "true"), ("3", "false")]


def read(path):
    """Read results."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_other_headers_one_list_and_a_day(herbs, table):
    """What the file does not say, the caller does."""
    source = table("00127", "00126", header="کد دارو")

    said = herbs("check", source, "--columns", "code=کد دارو", "--terminology", "herbs", "--on", "1404/01/01")

    assert said.status == 0
    assert "no column Value" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--columns", "code"], "pair"),
        (["--columns", "colour=x"], "colour"),
        (["--terminology", "herbs"], "Terminology_id"),
        (["--out", "results.ods"], ".parquet"),
        (["--out", "no-such-folder/results.csv"], "no-such-folder"),
        (["--all"], "--out"),
        (["--on", "1404/13/01"], "1404/13/01"),
    ],
)
def test_a_question_that_cannot_be_asked(herbs, table, arguments, words):
    """Exit 2, one sentence that names what is wrong; standard output stays empty."""
    said = herbs("check", table(GOOD), *arguments)

    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Terminology_id,Coded_string\n", "no rows"),
        (b"code,colour\n1,2\n", "Terminology_id"),
        (b"\x00\x01" * 5_000_000, "text"),
        (b"PAR1", "Parquet"),
        (b"PK\x03\x04", "ZIP"),
    ],
)
def test_a_file_that_cannot_be_checked(herbs, content, words):
    """Exit 2 and one sentence that names the file."""
    path = herbs.folder / "claims.csv"
    path.write_bytes(content)

    said = herbs("check", path)

    assert (said.status, said.out) == (2, "")
    assert "claims.csv" in said.err
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_the_source_is_never_written_over(herbs, table):
    """Results have a name of their own."""
    source = table(UNKNOWN)
    before = source.read_bytes()

    assert herbs("check", source, "--out", source).status == 2
    assert source.read_bytes() == before


def test_a_bar_is_drawn_for_a_terminal_alone(herbs, table, monkeypatch):
    """On standard error, so that the answer can be piped."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    said = herbs("check", table(GOOD), "--json")

    assert "claims.csv" in said.err
    assert json.loads(said.out)["rows"] == 1


@pytest.mark.parametrize("module", ["maksa.cli.main", "maksa.cli.check", "maksa.web.serve", "maksa.home"])
def test_no_other_door_loads_the_tools_of_bulk_work(module):
    """Polars loads in half a second and keeps threads: neither a worker of the web nor another command has it."""
    code = f"import sys, {module}; print({{'polars', 'fastexcel', 'xlsxwriter', 'maksa.audit'}} & set(sys.modules))"

    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == "set()"
