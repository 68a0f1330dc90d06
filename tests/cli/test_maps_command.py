"""`maksa maps` and `maksa export` on a home: decided at the desk, published, written and read again."""

import pytest

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
        (("uses", "00125", "--why", "x", "--target", "a", "--target-list", "y"), "things"),
        (("nothing", "00125", "--why", "x", "--no-map"), "Known: uses"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused(uses, words, said):
    """One sentence says what is wrong."""
    refused = uses("maps", "decide", *words)

    assert refused.status == 2
    assert said in refused.err


def test_only_a_map_is_exported(uses):
    """A list has its codes, and a folder must be there."""
    assert "codes herbs" in uses("export", "herbs", "--format", "csv", "--output", uses.folder / "x").err
    missing = uses.folder / "none" / "x"
    assert "no folder" in uses("export", "uses", "--format", "csv", "--output", missing).err
