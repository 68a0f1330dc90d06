"""`maksa adoption`: the routine of the centre, from a letter to a reminder."""

from __future__ import annotations

import csv
import hashlib
from datetime import timedelta

import openpyxl
import pytest
from running import Runner

from maksa.home import open_home
from maksa.model.adoption import Use
from maksa.model.jalali import format_jalali, today
from maksa.registry.adoption.uses import add_uses

PAST = format_jalali(today() - timedelta(days=9))
DATE = format_jalali(today())
REMIND = ("adoption", "remind", "--number", "110/456", "--date", DATE, "--signatory", "دکتر نمونه", "--out")


@pytest.fixture
def desk(herbs: Runner):
    """A home with herbs, an insurer, a vendor and a duty that is overdue."""
    herbs("parties", "add", "tamin", "--name", "تأمین", "--kind", "insurer")
    herbs("parties", "add", "rayan", "--name", "رایان", "--kind", "vendor", "--system", "his:hospital:هیس")
    herbs("letters", "add", "110/7", "--subject", "گیاهان", "--announces", "herbs")
    said = herbs(
        "adoption", "oblige", "--letter", "110/7", "--party-kind", "insurer", "--system-kind", "hospital",
        "--deadline", PAST,
    )  # fmt: skip
    assert (said.status, said.out) == (0, "Obligation 1: herbs\n")
    return herbs


def edition(run):
    """Give the edition of herbs in force."""
    [one] = [item for item in run("list", "--json").json["items"] if item["id"] == "herbs"]
    return one["edition"]


def declare(run, *more, state="live"):
    """Declare herbs in the hospital system."""
    said = run("adoption", "declare", "--party", "rayan", "--system", "his", "--terminology", "herbs",
               "--state", state, "--why", "letter 12/3", *more)  # fmt: skip
    assert said.status == 0, said.err
    return said


def test_the_board_shows_rows_and_counts_states(desk: Runner):
    """A table on standard output, the counts on standard error; JSON has all of it."""
    said = desk("adoption", "board")

    assert [line.split("\t")[:6] for line in said.out.splitlines()] == [
        ["party", "system", "terminology", "in force", "deadline", "state"],
        ["rayan", "his", "herbs", edition(desk), said.out.splitlines()[1].split("\t")[4], "overdue"],
        ["tamin", "", "herbs", edition(desk), said.out.splitlines()[2].split("\t")[4], "overdue"],
    ]
    assert said.err == "overdue: 2\n"
    found = desk("adoption", "board", "--json", "--party", "tamin").json
    assert (found["total"], found["states"]) == (1, {"overdue": 1})
    [row] = found["items"]
    assert (row["party"]["id"], row["system"], row["declared"]) == ("tamin", None, None)
    assert row["observed"]["old_list_in_use"] is False
    assert "مهلت گذشته" in desk("adoption", "board", "--lang", "fa").out
    assert desk("adoption", "board", "--state", "live").out == "There is no row.\n"


def test_a_declaration_changes_the_state_and_stays_in_the_history(desk: Runner):
    """It needs a reason here; the journal names who recorded it."""
    said = declare(desk, "--edition", edition(desk), "--day", PAST, "--letter", "12/3", "--actor", "Rahimi")

    assert said.out == "Declaration 1 is recorded: live.\n"
    assert (
        desk("adoption", "board", "--party", "rayan", "--json").json["items"][0]["state"] == "declared-only"
    )
    [held] = desk("adoption", "declarations", "--json").json["items"]
    assert (held["actor"], held["letter"], held["why"]) == ("Rahimi", "12/3", "letter 12/3")
    assert "letter 12/3" in desk("adoption", "declarations", "--party", "rayan").out
    missing = desk("adoption", "declare", "--party", "rayan", "--terminology", "herbs", "--state", "live")
    assert (missing.status, "--why" in missing.err) == (2, True)


def test_a_certificate_is_recorded_with_the_hash_of_its_report(desk: Runner):
    """The file itself is not kept."""
    report = desk.folder / "report.txt"
    report.write_text("passed", encoding="utf-8")
    certify = ("adoption", "certify", "--party", "rayan", "--system", "his", "--terminology", "herbs", "--kit", "k",
               "--version", "1", "--passed", PAST, "--valid-until", DATE, "--by", "x", "--evidence", report,
               "--edition", edition(desk))  # fmt: skip

    assert desk(*certify).out == "Certificate 1 is recorded.\n"
    [held] = desk("adoption", "certificates", "--json").json["items"]
    assert held["evidence"] == hashlib.sha256(b"passed").hexdigest()
    assert "k 1" in desk("adoption", "certificates").out
    assert "k 1" in desk("adoption", "board").out


def test_reminders_are_written_as_text_and_pdf(desk: Runner):
    """A letter a party; done again, the same bytes; listed with who was reminded of what."""
    out = desk.folder / "letters"
    said = desk(*REMIND, out, "--all-overdue", "--actor", "Rahimi")

    names = [f"110-456-{party}.{form}" for party in ("rayan", "tamin") for form in ("txt", "pdf")]
    assert said.out.splitlines() == [str(out / name) for name in names]
    assert "شماره: ۱۱۰/۴۵۶" in (out / names[0]).read_text(encoding="utf-8")
    before = [(out / name).read_bytes() for name in names]
    assert before[1].startswith(b"%PDF")
    desk(*REMIND, out, "--all-overdue")
    assert [(out / name).read_bytes() for name in names] == before
    listed = desk("adoption", "reminders", "--json").json
    assert [(one["reminder"]["party"], one["actor"]) for one in listed["items"]] == [
        ("rayan", "Rahimi"),
        ("tamin", "Rahimi"),
    ]
    assert "110/456" in desk("adoption", "reminders", "--party", "tamin").out
    assert desk("adoption", "board", "--json").json["items"][0]["reminders"][0]["letter"] == "110/456"


def test_one_party_is_reminded_or_all(desk: Runner):
    """Neither, both, or an addressee for all is a question that cannot be asked; nothing open is a refusal."""
    out = desk.folder / "letters"
    for wrong in ((), ("--party", "rayan", "--all-overdue"), ("--all-overdue", "--addressee", "x")):
        said = desk(*REMIND, out, *wrong)
        assert (said.status, "--party or --all-overdue" in said.err) == (2, True)
    made = desk(*REMIND, out, "--party", "tamin", "--addressee", "جناب آقای نمونه", "--json").json
    assert made["items"][0]["addressee"] == ["جناب آقای نمونه"]
    declare(desk, "--reason", "no herbs", state="not-applicable")
    refused = desk(*REMIND, out, "--party", "rayan")
    assert (refused.status, "Nothing is open with 'rayan'" in refused.err) == (2, True)
    none = desk(*REMIND, out, "--all-overdue", "--terminology", "LOINC")
    assert (none.status, none.out) == (0, "Nothing is overdue.\n")


def test_a_folder_that_cannot_be_written_to_is_said(desk: Runner):
    """The letter stays recorded and is written by the next call."""
    blocked = desk.folder / "file"
    blocked.write_text("x", encoding="utf-8")
    said = desk(*REMIND, blocked / "below", "--party", "rayan")

    assert (said.status, "cannot be written to" in said.err) == (2, True)
    assert desk(*REMIND, desk.folder / "letters", "--party", "rayan").status == 0


def test_the_board_is_exported_as_csv_and_workbook(desk: Runner):
    """Every column, Persian readable by spreadsheets, nothing that they would compute."""
    desk("parties", "add", "trick", "--name", "=1+1", "--kind", "insurer")
    table, book = desk.folder / "board.csv", desk.folder / "board.xlsx"
    assert desk("adoption", "board", "--format", "csv", "--output", table, "--lang", "fa").status == 0
    assert desk("adoption", "board", "--format", "xlsx", "--output", book).status == 0

    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert (rows[0][0], len(rows)) == ("سازمان", 4)
    assert rows[3][1] == "'=1+1"
    sheet = openpyxl.load_workbook(book).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (cells[0][0], cells[1][0], cells[3][1]) == ("party", "rayan", "=1+1")
    assert sheet["B4"].data_type == "s"
    for wrong in (("--format", "csv"), ("--output", table), ("--format", "csv", "--output", table / "x")):
        assert desk("adoption", "board", *wrong).status == 2


def test_who_still_uses_an_old_list(desk: Runner):
    """The client, what it asked and whether that proves it; and how it went by weeks."""
    assert desk("adoption", "old").out == "There is no sign of an old list.\n"
    registry = open_home(desk.home).registry
    now = edition(desk)
    add_uses(registry, {Use("c", "herbs", now, "retired", "now"): 12}, today())
    add_uses(registry, {Use("c", "herbs", now, "validate", "now"): 100}, today())

    [user] = desk("adoption", "old", "--json").json["items"]
    assert (user["client"], user["party"], user["observed"]["old_list_in_use"]) == ("c", None, True)
    assert "retired codes: 12\tyes" in desk("adoption", "old").out
    weeks = desk("adoption", "trend", "--weeks", "2", "--json").json["items"]
    assert [week["questions"] for week in weeks] == [0, 100]
    assert len(desk("adoption", "trend").out.splitlines()) == 13
    assert "100" in desk("adoption", "board", "--terminology", "herbs").err


def test_duties_are_listed_and_lifted(desk: Runner):
    """With a reason; an edition may be named, and a letter whose addressees are known needs no kinds."""
    named = desk(
        "adoption", "oblige", "--letter", "110/123", "--terminology", f"herbs:{edition(desk)}", "--json"
    )
    assert named.json["items"][0]["system_kinds"][-1] == "health-centre"
    unknown = desk("adoption", "oblige", "--letter", "110/7", "--terminology", "herbs")
    assert (unknown.status, "To whom the letter 110/7 speaks" in unknown.err) == (2, True)

    assert desk("adoption", "lift", "1", "--why", "x").out == "The obligation 1 is lifted.\n"
    listed = desk("adoption", "obligations").out.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["number", "1", "2"]
    assert listed[1].split("\t")[-1] != ""
    assert desk("adoption", "obligations", "--json").json["items"][1]["ended"] is None
    assert desk("adoption", "lift", "1", "--why", "x").status == 2


def test_a_client_is_placed_at_a_system(desk: Runner):
    """What it asks counts for that one."""
    desk("clients", "add", "c", "--name", "C")
    assert desk("adoption", "place", "c", "--system", "his").status == 2
    desk("clients", "grant", "c", "--party", "rayan")

    assert desk("adoption", "place", "c", "--system", "his").out == "c is of rayan his.\n"
    assert desk("adoption", "place", "c", "--json").json == {"party": "rayan", "system": None}
