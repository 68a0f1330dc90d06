"""`maksa maps` and `maksa export` on a home: decided at the desk, published, written and read again."""

from datetime import date

import pytest

from maksa.model.jalali import format_jalali

HEADER = "source,target,condition"


@pytest.fixture
def uses(herbs):
    """Run commands on a home with herbs, and a published map of them."""
    path = herbs.write("00125,a,", "00126,b,", name="uses.csv", header=HEADER)
    made = imported(herbs, path, "1", "--publish")
    assert made.status == 0
    return herbs


def imported(run, path, edition, *more):
    """Import a file as the map of uses."""
    ends = ("--source-list", "herbs", "--target-list", "things")
    named = ("--profile", "generic-map", "--terminology", "uses", "--edition", edition)
    return run("import", path, *named, *ends, *more)


def test_a_decision_holds_in_the_next_edition(uses):
    """It is listed with who, when and why, and wins over the file, which is told."""
    decided = uses(
        "maps", "decide", "uses", "۰۰۱۲۵", "--no-map", "--why", "none fits", "--letter", "110/1",
        "--actor", "Dr. Rah",
    )  # fmt: skip
    assert decided.status == 0
    [row] = uses("maps", "decisions", "uses", "--json").json["items"]
    assert row["source"] == {"terminology": "herbs", "code": "00125"}
    assert (row["decision"]["by"], row["decision"]["why"], row["decision"]["letter"]) == (
        "Dr. Rah",
        "none fits",
        "110/1",
    )

    again = imported(uses, uses.folder / "uses.csv", "2", "--publish", "--json")

    assert "decision-overrules" in {finding["code"] for finding in again.json["findings"]}
    told = uses("export", "uses", "--format", "csv", "--output", uses.folder / "out.csv")
    assert told.status == 0
    assert "herbs,00125,things,no-map,,,,Dr. Rah," in (uses.folder / "out.csv").read_text("utf-8-sig")


def test_a_dry_run_knows_the_decisions(uses):
    """What it tells is what an import would do."""
    uses("maps", "decide", "uses", "00125", "--target", "c", "--why", "x")

    seen = imported(uses, uses.folder / "uses.csv", "2", "--dry-run", "--json").json

    assert [finding["code"] for finding in seen["findings"]] == ["decision-overrules"]
    assert seen["lists"][0]["difference_from_edition"]["changed"]["examples"] == ["00125"]


def test_a_decision_is_taken_back(uses):
    """Once; a second time there is none."""
    uses("maps", "decide", "uses", "00125", "--target", "c", "--why", "x")

    assert uses("maps", "undecide", "uses", "00125").status == 0
    assert uses("maps", "undecide", "uses", "00125").status == 2
    assert uses("maps", "decisions", "uses", "--json").json["total"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("uses", "00125", "--why", "x"), "one of --target and --no-map"),
        (("uses", "00125", "--why", "x", "--target", "a", "--no-map"), "one of --target and --no-map"),
        (("uses", "00125", "--why", " ", "--no-map"), "Say in 1 to"),
        (("uses", "00125", "--why", "x", "--target", "a", "--relationship", "cousin"), "cousin"),
        (("uses", "00125", "--why", "x", "--target", "a", "--target-list", "y"), "no list 'y' at this end"),
        (("uses", "", "--why", "x", "--target", "a"), "cannot be a code of herbs"),
        (("uses", "00125", "--why", "x", "--target", " "), "cannot be a code of things"),
        (("nothing", "00125", "--why", "x", "--no-map"), "Known: uses"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(uses, words, said):
    """One sentence says what is wrong."""
    refused = uses("maps", "decide", *words)

    assert refused.status == 2
    assert said in refused.err


def test_a_decision_tells_of_an_unknown_source_and_of_the_one_before(uses):
    """A slip of the pen is seen at once, and what it stood in place of."""
    uses("maps", "decide", "uses", "99999", "--target", "c", "--why", "x", "--condition", "insurer=a")
    again = uses("maps", "decide", "uses", "99999", "--no-map", "--why", "x", "--condition", "insurer=a")

    assert again.status == 0
    assert "herbs 99999, is not in that list" in again.out
    assert "Decided: herbs 99999 -> no-map (insurer=a)." in again.out
    assert "In place of the earlier decision: herbs 99999 -> things c (insurer=a)." in again.out
    persian = uses("maps", "decisions", "uses", "--lang", "fa").out
    assert "نامرتبط" in persian


def test_the_day_of_a_decision_stands_in_the_readers_calendar(uses):
    """Jalali for who reads Persian, ISO for who reads English; the same where an import contradicts it."""
    uses("maps", "decide", "uses", "00125", "--target", "c", "--why", "x", "--actor", "Dr. Rah")
    [row] = uses("maps", "decisions", "uses", "--json").json["items"]
    iso = row["decision"]["on"]
    jalali = format_jalali(date.fromisoformat(iso))

    again = imported(uses, uses.folder / "uses.csv", "2", "--publish", "--lang", "fa")

    assert f"تصمیم Dr. Rah در {jalali}" in again.out
    assert f"تصمیم: Dr. Rah، {jalali}: x" in uses("translate", "herbs", "00125", "--lang", "fa").out
    assert f"decision: Dr. Rah, {iso}: x" in uses("translate", "herbs", "00125").out


def test_only_a_map_is_exported(uses):
    """A list has its codes; a folder must be there, and is no file."""
    assert "is a folder" in uses("export", "uses", "--format", "csv", "--output", uses.folder).err
    assert "codes herbs" in uses("export", "herbs", "--format", "csv", "--output", uses.folder / "x").err
    missing = uses.folder / "none" / "x"
    assert "no folder" in uses("export", "uses", "--format", "csv", "--output", missing).err
