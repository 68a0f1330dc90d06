"""`maksa import`: every row accounted for, nothing written that was not meant, the same again does nothing."""

from __future__ import annotations

import csv

import pytest
from running import HERBS, Runner

BROKEN = ("00125,بابونه آلمانی,German chamomile,,white", ",بی‌کد,No code,,", "00127,آویشن,Thyme,00999,green")


def _everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_import_is_a_draft_until_it_is_published(run: Runner):
    """It says how to publish it; doors do not see it before."""
    said = run.take_in(*HERBS)

    assert said.status == 0
    assert "3 rows read = 3 accepted + 0 repaired + 0 set aside" in said.out
    assert "maksa publish herbs 1" in said.out
    assert run("show", "herbs", "00125").status == 2

    assert run("publish", "herbs", "1").status == 0
    assert run("show", "herbs", "00125").status == 0


def test_findings_are_told_with_row_and_mend(run: Runner):
    """What was set aside comes first; the import is done all the same."""
    said = run.take_in(*BROKEN)

    assert said.status == 0
    assert "3 rows read = 2 accepted + 0 repaired + 1 set aside" in said.out
    assert said.out.splitlines()[1].startswith("set aside, ")
    assert "row 3" in said.out


def test_strict_makes_a_row_that_was_set_aside_a_no(run: Runner):
    """Status 1; without such a row 0."""
    assert run.take_in(*BROKEN, more=("--strict",)).status == 1
    assert run.take_in(*HERBS, more=("--strict",)).status == 0


def test_lines_of_findings_are_limited_and_the_rest_is_counted(run: Runner):
    """`--show 1` prints one of each kind."""
    rows = [f",title {number},,," for number in range(5)]

    said = run.take_in(*HERBS, *rows, more=("--show", "1"))

    assert "… and 4 more" in said.out
    assert said.out.count("  row ") == 1


def test_all_findings_go_to_a_file(run: Runner):
    """CSV that a spreadsheet reads; of a dry run too."""
    target = run.folder / "findings.csv"

    assert run.take_in(*BROKEN, more=("--findings", target, "--dry-run")).status == 0

    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert "set-aside" in {row["kind"] for row in rows}
    assert "3" in {row["row"] for row in rows}


def test_findings_never_overwrite_the_source(run: Runner):
    """The source is refused as the file of findings."""
    path = run.write(*HERBS)
    before = path.read_bytes()

    said = run(
        "import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1", "--findings", path
    )

    assert said.status == 2
    assert path.read_bytes() == before


def test_a_spreadsheet_does_not_run_a_finding(run: Runner):
    """A cell that looks like a formula is quoted."""
    from maksa.cli.import_report import _cell

    assert _cell("=1+1") == "'=1+1"
    assert (_cell("title"), _cell(7), _cell(None)) == ("title", 7, None)


def test_json_holds_the_whole_account(run: Runner):
    """Source, counts, lists, every finding in both languages."""
    answer = run.take_in(*BROKEN, more=("--json",)).json

    assert answer["counts"] == {"read": 3, "accepted": 2, "repaired": 0, "set_aside": 1}
    assert answer["source"]["name"] == "herbs.csv"
    assert answer["lists"][0]["state"] == "draft"
    assert {finding["kind"] for finding in answer["findings"]} >= {"set-aside"}
    assert all(finding["message"] and finding["message_en"] for finding in answer["findings"])


def test_a_dry_run_makes_no_home(run: Runner):
    """Nothing at all is written, and no home need be named."""
    path = run.write(*HERBS)
    before = _everything(run.folder)
    arguments = (
        "import",
        path,
        "--profile",
        "generic",
        "--terminology",
        "herbs",
        "--edition",
        "1",
        "--dry-run",
    )

    assert "dry run" in run(*arguments).out
    assert run.bare(*arguments).status == 0
    assert _everything(run.folder) == before


def test_a_dry_run_changes_no_home(herbs: Runner):
    """It tells the differences from draft and edition, and every byte of the home stays."""
    herbs.take_in(*HERBS, edition="2")
    path = herbs.write(HERBS[0], "00126,نعناع,Mint,,green", "00130,زعفران,Saffron,,red")
    before = _everything(herbs.home)

    said = herbs(
        "import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "2", "--dry-run"
    )

    assert said.status == 0
    assert (
        "against the draft before it: 1 added (00130), 1 gone (00127), 1 changed (00126), 1 the same"
        in said.out
    )
    assert "against edition 1: 1 added (00130), 1 gone (00127), 1 changed (00126), 1 the same" in said.out
    assert _everything(herbs.home) == before


def test_a_dry_run_foresees_a_refusal(herbs: Runner):
    """Other content under a published name: status 2 here too; the same content: 0."""
    assert herbs.take_in(*HERBS[:2], more=("--dry-run",)).status == 2
    assert herbs.take_in(*HERBS, more=("--dry-run",)).status == 0


def test_a_second_import_tells_the_difference_from_the_draft(run: Runner):
    """What the draft had before, and what it has now."""
    run.take_in(*HERBS)

    said = run.take_in(*HERBS[:2], "00131,سنبل,Valerian,,")
    same = run.take_in(*HERBS[:2], "00131,سنبل,Valerian,,")

    assert "1 added (00131), 1 gone (00127), 0 changed, 2 the same" in said.out
    assert "nothing differs from the draft before it" in same.out


@pytest.mark.parametrize("more", [(), ("--publish",)])
def test_the_same_content_again_does_nothing(herbs: Runner, more):
    """Published or not said so: status 0, no draft, no further edition."""
    said = herbs.take_in(*HERBS, more=more)

    assert said.status == 0
    assert "the same content is published already; nothing was done" in said.out
    assert herbs("drafts", "list").out == "There are no drafts.\n"
    assert len(herbs("list", "herbs", "--json").json["items"]) == 1


@pytest.mark.parametrize("more", [(), ("--publish",)])
def test_other_content_under_a_published_name_is_refused(herbs: Runner, more):
    """Status 2, the first difference is named, no draft is left."""
    said = herbs.take_in(*HERBS[:2], "00127,آویشن دیگر,Thyme,,green", more=more)

    assert (said.status, said.out) == (2, "")
    assert "00127" in said.err
    assert herbs("drafts", "list").out == "There are no drafts.\n"


def test_codes_that_a_new_list_lacks_are_carried_forward(herbs: Runner):
    """Never lost: told when it is published."""
    said = herbs.take_in(*HERBS[:2], edition="2", more=("--publish", "--effective", "1404/01/01"))

    assert "1 code carried forward" in said.out
    assert "published, 3 codes in the edition" in said.out


def test_a_part_of_a_list_retires_nothing(herbs: Runner):
    """`--partial`: what it does not name stays active."""
    herbs.take_in(HERBS[0].replace("white", "yellow"), edition="2", more=("--publish", "--partial"))

    assert herbs("validate", "herbs", "00127", "--value", "Thyme").status == 0


def test_a_letter_comes_with_an_import(herbs: Runner):
    """Number, day and subject; reachable from the code."""
    herbs.take_in(
        *HERBS,
        "00131,سنبل,Valerian,,",
        edition="2",
        more=(
            "--publish",
            "--letter",
            "۱۱۰/۷۷۷",
            "--issued",
            "1404/02/03",
            "--subject",
            "ابلاغ گیاهان",
        ),
    )

    assert "letter 110/777, 1404/02/03 (2025-04-23): ابلاغ گیاهان" in herbs("show", "herbs", "00131").out


def test_a_sample_is_marked(run: Runner):
    """In every answer."""
    run.take_in(*HERBS, more=("--publish", "--sample"))

    assert "sample, not official" in run("show", "herbs", "00125").out
    assert run("search", "Thyme", "--json").json["editions"][0]["sample"] is True


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--profile", "herbals"), ["herbals", "rvu3"]),
        (("--columns", "code"), ["--columns", "code"]),
        (("--columns", "code=nothing"), ["nothing", "display"]),
        (("--issued", "1404/01/01"), ["--letter"]),
        (("--letter", "??"), ["??"]),
        (("--effective", "1404/13/01"), ["--effective", "1404/13/01"]),
        (("--edition", "a/b"), ["a/b"]),
        (("--terminology", "no id!"), ["no id!"]),
    ],
)
def test_what_cannot_be_understood_is_refused(run: Runner, more, words):
    """Status 2, naming the value; nothing is kept."""
    said = run.take_in(*HERBS, more=more)

    assert (said.status, said.out) == (2, "")
    assert all(word in said.err for word in words), said.err
    assert run.home.exists() is False or run("drafts", "list").out == "There are no drafts.\n"


def test_columns_are_mapped_to_the_files_own_headers(run: Runner):
    """Any header can be the code."""
    path = run.write("00125,بابونه", header="شناسه,display")

    said = run(
        "import",
        path,
        "--profile",
        "generic",
        "--terminology",
        "herbs",
        "--edition",
        "1",
        "--columns",
        "code=شناسه",
    )

    assert said.status == 0
    assert "1 accepted" in said.out


def test_an_import_needs_a_home_before_it_reads(run: Runner):
    """No home named: said at once."""
    path = run.write(*HERBS)

    said = run.bare("import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1")

    assert said.status == 2
    assert "MAKSA_HOME" in said.err


THRITA = "terminology_id,code,display\nthritaEHR.gender,1,مرد\nthritaEHR.gender,2,زن\nthritaEHR.maritalStatus,1,مجرد\n"


def test_a_file_of_many_lists_is_taken_or_refused_whole(run: Runner):
    """A list that stands with other content refuses all of them: nothing is published, no draft is left."""
    path = run.folder / "thrita.csv"
    path.write_text(THRITA, encoding="utf-8")
    arguments = ("import", path, "--profile", "thrita", "--edition", "1", "--publish")
    path.write_text("\n".join(THRITA.splitlines()[:3]) + "\n", encoding="utf-8")
    assert run(*arguments).status == 0

    path.write_text(THRITA.replace("زن", "مؤنث"), encoding="utf-8")
    said = run(*arguments)

    assert said.status == 2
    assert "thritaEHR.gender" in said.err
    assert run("drafts", "list").out == "There are no drafts.\n"
    assert "thritaEHR.maritalStatus" not in run("list").out

    path.write_text(THRITA, encoding="utf-8")
    states = {one["terminology"]: one["state"] for one in run(*arguments, "--json").json["lists"]}
    assert states == {"thritaEHR.gender": "unchanged", "thritaEHR.maritalStatus": "published"}


def test_an_account_in_persian(run: Runner):
    """Counts, findings and what became of it; digits stay ASCII."""
    said = run.take_in(*BROKEN, more=("--publish", "--lang", "fa"))

    assert "3 ردیف خوانده = 2 پذیرفته + 0 تعمیرشده + 1 کنار گذاشته" in said.out
    assert "ردیف 3" in said.out
    assert "منتشر شد، با 2 کد در انتشار" in said.out


@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--partial",), ("--retire-missing",)])
def test_a_file_without_a_usable_row_retires_nothing(herbs: Runner, more):
    """Status 2 with a way on; the list stands as before, and no draft is left."""
    said = herbs.take_in(",بی‌کد,,,", edition="2", more=("--publish", *more))

    assert (said.status, said.out) == (2, "")
    assert "no row of its source was usable" in said.err
    assert [one["edition"] for one in herbs("list", "herbs", "--json").json["items"]] == ["1"]
    assert herbs("drafts", "list").out == "There are no drafts.\n"


@pytest.mark.usefixtures("_losses_count_from_the_first_code")
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_an_import_that_would_retire_most_of_the_list_is_refused(herbs: Runner, more):
    """The counts and both ways out are told, before anything is published; a draft alone is allowed."""
    said = herbs.take_in(HERBS[0], edition="2", more=("--publish", *more))

    assert said.status == 2
    assert all(word in said.err for word in ("2 of the 3", "--partial", "--retire-missing"))
    assert herbs("drafts", "list").out == "There are no drafts.\n"
    assert herbs.take_in(HERBS[0], edition="2", more=more).status == 0


def test_both_ways_out_of_a_great_loss(herbs: Runner):
    """A part keeps the rest; who says so retires it."""
    assert herbs.take_in(HERBS[0], edition="2", more=("--publish", "--partial")).status == 0
    assert herbs("codes", "herbs", "--status", "active", "--json").json["total"] == 3
    assert herbs.take_in(HERBS[0], edition="3", more=("--publish", "--retire-missing")).status == 0
    assert herbs("codes", "herbs", "--status", "active", "--json").json["total"] == 1


@pytest.mark.parametrize("more", [(), ("--publish", "--partial")])
def test_retire_missing_is_for_publishing_a_whole_list(herbs: Runner, more):
    """Elsewhere it would mean nothing, and nothing is ignored in silence."""
    said = herbs.take_in(*HERBS, edition="2", more=("--retire-missing", *more))

    assert (said.status, "--retire-missing" in said.err) == (2, True)
