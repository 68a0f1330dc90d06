"""`maksa discrepancies`: upload, list, show, decide, assign, report and trend."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest

from maksa.cli import discrepancies_page
from maksa.home import open_home
from maksa.model.jalali import today
from maksa.registry.discrepancies.received import Sent, receive
from maksa.registry.parties.parties import Party, add_party

LIST = ("00125,بابونه آلمانی", "00126,نعناع کوهی <b>", "90000,آویشن", "00127x,")


@pytest.fixture
def uploaded(herbs):
    """A home whose register has a first upload of an insurer."""
    assert upload(herbs, *LIST, more=("--channel", "دانشگاه نمونه", "--reporter", "vendor-a")).status == 0
    return herbs


def upload(run, *rows, party="insurer", more=()):
    """Upload a list of herbs."""
    path = run.write(*rows, name="theirs.csv", header="code,display")
    return run("discrepancies", "upload", path, "--party", party, "--terminology", "HERBS", *more)


def test_an_upload_accounts_for_rows_and_kinds(herbs):
    """In words, and as JSON; the id of the list in any known spelling."""
    answer = upload(herbs, *LIST, more=("--json",)).json

    assert answer["rows"] | {"differing": 3, "agreeing": 1, "read": 4} == answer["rows"]
    assert answer["kinds"]["title-differs"] == answer["kinds"]["code-differs"] == 1
    assert answer["changes"]["new"] == sum(answer["kinds"].values())
    said = upload(herbs, *LIST, more=("--lang", "fa"))
    assert "4 ردیف: 1 همسان، 3 مغایر" in said.out
    assert "0 تازه، 3 مانده" in said.out


def test_a_dry_run_writes_nothing(herbs):
    """It tells what an upload would do."""
    said = upload(herbs, *LIST, more=("--dry-run", "--json"))

    assert (said.json["upload"], said.json["changes"]["new"]) == (None, 3)
    assert herbs("discrepancies", "list", "--json").json["total"] == 0
    assert "There is no discrepancy." in herbs("discrepancies", "list").out


def test_rows_that_cannot_be_read_are_told(herbs):
    """With their number and the reason."""
    said = upload(herbs, "00125,بابونه آلمانی", ",بی‌کد")

    assert "1 set aside" in said.out
    assert "Row 3" in said.err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--terminology", "nowhere"), "nowhere"),
        (("--profile", "nothing"), "No import profile"),
        (("--condition", "x=y"), "Leave --condition away"),
        (("--columns", "code=nowhere"), "nowhere"),
        (("--party", " "), "party has 1 to 100"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(herbs, more, told):
    """Exit status 2, and nothing is written."""
    said = upload(herbs, *LIST, more=more)

    assert said.status == 2
    assert told in said.err
    assert herbs("discrepancies", "list", "--json").json["total"] == 0


def test_records_are_listed_and_shown(uploaded):
    """Both sides, suggestions with evidence, reporter and channel, history."""
    answer = uploaded("discrepancies", "list", "--kind", "code-differs", "--json").json
    [record] = answer["items"]
    assert (record["code"], record["ours"][0]["code"]) == ("90000", "00127")
    assert record["suggestions"][0]["evidence"][0]["message_en"] == "same title"

    shown = uploaded("discrepancies", "show", record["number"], "--json").json
    assert (shown["reporter"], shown["channel"]) == ("vendor-a", "دانشگاه نمونه")
    assert shown["history"][0]["act"] == "opened"
    said = uploaded("discrepancies", "show", record["number"], "--lang", "fa").out
    assert "کد مرجع: 00127" in said
    assert "ثبت شد" in said
    assert uploaded("discrepancies", "show", 99).status == 2


def test_a_decision_and_an_assignment(uploaded):
    """By whom is told by --actor; a second upload keeps both."""
    decided = ("--as", "accepted", "--why", "دیده شد", "--letter", "110/123", "--actor", "Rahimi")
    assert uploaded("discrepancies", "decide", 1, 2, *decided).status == 0
    assert uploaded("discrepancies", "assign", 1, "--owner", "دفتر", "--deadline", "1404/01/01").status == 0
    assert uploaded("discrepancies", "decide", 1, *decided).status == 2
    upload(uploaded, *LIST)

    record = uploaded("discrepancies", "show", 1, "--json").json
    assert (record["state"], record["decision"]["by"], record["owner"]) == ("decided", "Rahimi", "دفتر")
    assert uploaded("discrepancies", "list", "--overdue", "--json").json["total"] == 1
    assert "decided" in uploaded("discrepancies", "list", "--state", "decided").out


def test_the_trend_of_a_party(uploaded):
    """Counts by upload, oldest first."""
    upload(uploaded, "00125,بابونه آلمانی")

    first, second = uploaded("discrepancies", "trend", "--party", "insurer", "--json").json["items"]
    assert (first["changes"]["open"], second["changes"]["closed"]) == (3, 3)
    assert len(uploaded("discrepancies", "trend", "--party", "insurer").out.splitlines()) == 3
    assert "uploaded no list" in uploaded("discrepancies", "trend", "--party", "other").out


def report(run, form, *more):
    """Write a report and give its path."""
    path = run.folder / f"report.{form}"
    said = run("discrepancies", "report", "--format", form, "--output", path, *more)
    assert said.status == 0, said.err
    return path


def test_the_page_stands_by_itself(uploaded):
    """Persian, right to left, nothing loaded, and what a list says is text."""
    uploaded("discrepancies", "assign", 1, "--owner", "دفتر", "--deadline", "1404/01/01")
    html = report(uploaded, "html").read_text(encoding="utf-8")

    assert '<html lang="fa" dir="rtl">' in html
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", html)
    assert "نعناع کوهی &lt;b&gt;" in html
    assert "مهلت: ۱۴۰۴/۰۱/۰۱ (گذشته)" in html
    assert "@media print" in html


def test_a_long_page_says_what_it_left_out(uploaded, monkeypatch):
    """The sums stay those of all."""
    monkeypatch.setattr(discrepancies_page, "SHOWN_OF_A_KIND", 1)
    upload(uploaded, *(f"9{code:04},عنوان {code}" for code in range(5)), party="other")
    html = report(uploaded, "html", "--party", "other", "--kind", "not-in-reference").read_text(
        encoding="utf-8"
    )

    assert "4 more of this kind" in html
    assert '<td class="count">۵</td>' in html


def test_a_page_of_nothing_says_so(herbs):
    """An empty register is no error."""
    assert "مغایرتی نیست" in report(herbs, "html").read_text(encoding="utf-8")


def test_the_workbook_keeps_codes_as_text(uploaded):
    """From right to left in Persian; no zero is lost and nothing runs."""
    upload(uploaded, "00125,=1+1", party="other")
    sheet = openpyxl.load_workbook(report(uploaded, "xlsx", "--lang", "fa", "--party", "other")).active
    rows = list(sheet.iter_rows(values_only=True))

    assert sheet.sheet_view.rightToLeft
    assert rows[0][:3] == ("شماره", "طرف", "ترمینولوژی")
    assert rows[1][5] == "00125"
    assert rows[1][8] == "=1+1"
    assert sheet.cell(2, 9).data_type == "s"


def test_the_json_is_that_of_the_list(uploaded):
    """The same records, all of them."""
    written = json.loads(report(uploaded, "json").read_text(encoding="utf-8"))
    listed = uploaded("discrepancies", "list", "--json").json

    assert written["total"] == listed["total"] == 3
    assert sorted(written["items"], key=lambda one: one["number"]) == listed["items"]


def test_a_report_has_a_folder_to_stand_in(uploaded):
    """It is written whole or not at all."""
    said = uploaded(
        "discrepancies", "report", "--format", "json", "--output", uploaded.folder / "no" / "r.json"
    )

    assert said.status == 2
    assert "cannot be written" in said.err


def send(run, content, **more):
    """Let a door receive a list, in the name of sara of an insurer."""
    registry = open_home(run.home).registry
    add_party(registry, Party("tamin", "تأمین", "insurer"))
    sent = Sent("tamin", "herbs", today(), "فهرست.csv", content.encode(), "tamin", **more)
    return receive(registry.acting_as("sara"), sent)


def test_work_compares_what_the_doors_received(herbs):
    """Each becomes an upload of who sent it, or is refused with its reason; nothing is done twice."""
    send(herbs, "code,display\n00125,بابونه آلمانی\n90000,آویشن\n")
    send(herbs, "a,b\n1,2\n")
    send(herbs, "code\n00125\n", partial=True)
    done = herbs("discrepancies", "work", "--json").json

    assert [(one["number"], one["state"], one["upload"]) for one in done["items"]] == [
        (1, "compared", 1),
        (2, "refused", None),
        (3, "compared", 2),
    ]
    assert "فهرست.csv" in done["items"][1]["reason"][0]
    trend = herbs("discrepancies", "trend", "--party", "tamin", "--json").json["items"]
    assert [(one["actor"], one["file"], one["partial"]) for one in trend] == [
        ("sara", "فهرست.csv", False),
        ("sara", "فهرست.csv", True),
    ]
    assert "No list waits" in herbs("discrepancies", "work").out


def test_work_tells_what_became_of_each(herbs):
    """In both languages."""
    send(herbs, "code\n00125\n")
    assert "tamin herbs: compared" in herbs("discrepancies", "work").out
    send(herbs, "a,b\n1,2\n")
    assert "خواندنی نبود" in herbs("discrepancies", "work", "--lang", "fa").out


def test_work_watches_until_it_is_stopped(herbs, monkeypatch):
    """It looks again and again, and compares what came meanwhile."""
    naps = []

    def nap(seconds):
        naps.append(seconds)
        if len(naps) == 3:
            raise KeyboardInterrupt
        send(herbs, f"code\n0012{len(naps)}\n")

    monkeypatch.setattr("maksa.cli.discrepancies_work.time.sleep", nap)
    told = herbs("discrepancies", "work", "--watch")

    assert told.out.count("compared") == 2
