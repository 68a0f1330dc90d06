"""Quality, impact and transitions on the command line: from a file to the verdict of each day."""

from __future__ import annotations

import pytest
from running import HERBS, Runner

DAYS = ("1403/12/30", "1404/01/01", "1404/01/31", "1404/02/01")
"""The eve, the first day, the last day and the day after of a window of a month."""
HEADER = "code,display,display_en,replaced_by,status"
BAD = ("00125,بابونه آلمانی,German chamomile,,active", "00128,پونه,Pennyroyal,00999,retired")
DATED = "code,display,display_en,effective_from,effective_to,transition_until,replaced_by,status"


def states(run: Runner, code: str, days=DAYS) -> list[str]:
    """Judge a code on each day: fine, or the severity with which it is retired or not yet effective."""
    told = []
    for day in days:
        answer = run("validate", "herbs", code, "--on", day, "--json").json
        issues = [one for one in answer["results"][0]["issues"] if one["code"] != "missing-part"]
        told.append(f"{issues[0]['code']} {issues[0]['severity']}" if issues else "fine")
    return told


def take_in_bad(run: Runner, more: tuple[object, ...] = ()):
    """Import a list with a retired code whose replacement is not there."""
    path = run.write(*BAD, header=HEADER)
    return run("import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1", *more)


def test_a_check_tells_rule_by_rule_what_is_wrong(run: Runner):
    """With counts, sentences and the mend; exit status 1 while an error stands, 0 without."""
    take_in_bad(run)

    said = run("drafts", "check", "herbs", "1")

    assert said.status == 1
    assert "herbs 1: 2 codes checked: errors 1, warnings 0, notes 0" in said.out
    assert (
        "error, A code that ends, whose replacement is not in the list (dangling-replacement): 1" in said.out
    )
    assert "  -> Add the replacement to the list, or name another." in said.out
    assert (
        "خطا، کدی که پایان می‌یابد و جایگزینش در فهرست نیست"
        in run("drafts", "check", "herbs", "1", "--lang", "fa").out
    )
    run.take_in(*HERBS)
    assert run("drafts", "check", "herbs", "1").status == 0


def test_a_check_as_json_has_every_count_and_finding(run: Runner):
    """Rule, severity, title, and of each finding code, message and mend in both languages."""
    take_in_bad(run)

    told = run("drafts", "check", "herbs", "1", "--json").json

    assert (told["errors"], told["examined"], told["base"]) == (1, 2, None)
    (rule,) = told["rules"]
    assert (rule["rule"], rule["severity"], rule["count"]) == ("dangling-replacement", "error", 1)
    assert rule["findings"][0]["code"] == "00128"
    assert "00999" in rule["findings"][0]["message"]


def test_only_some_findings_are_printed(run: Runner):
    """As many as told, and how many more there are."""
    run.take_in(*(f"{n},گیاه {n},herb,99999,green" for n in range(100, 130)))

    said = run("drafts", "check", "herbs", "1", "--show", "2").out

    assert said.count("The successor of code") == 2
    assert "… and 28 more" in said


def test_errors_block_publishing_unless_it_is_said_why(run: Runner):
    """The refusal names the first error and the way through; the journal keeps the reason."""
    take_in_bad(run)

    refused = run("publish", "herbs", "1")
    empty = run("publish", "herbs", "1", "--despite-errors", " ")
    done = run("publish", "herbs", "1", "--despite-errors", "ابلاغ فوری")

    assert (refused.status, empty.status, done.status) == (2, 2, 0)
    assert "The replacement of code 00128, 00999" in refused.err
    assert "--despite-errors" in refused.err
    (entry,) = [e for e in run("journal", "--json").json["items"] if e["act"] == "publish-despite"]
    assert (entry["details"]["reason"], entry["details"]["errors"]) == ("ابلاغ فوری", 1)


def test_an_import_that_publishes_is_blocked_too(run: Runner):
    """Nothing is left of it; a dry run foresees it; with a reason it is published."""
    blocked = take_in_bad(run, more=("--publish",))
    foreseen = take_in_bad(run, more=("--publish", "--dry-run"))
    left = run("drafts", "list").out
    done = take_in_bad(run, more=("--publish", "--despite-errors", "ابلاغ فوری"))

    assert (blocked.status, foreseen.status, done.status) == (2, 2, 0)
    assert "00999" in foreseen.err
    assert left == "There are no drafts.\n"


def test_a_dry_run_without_a_home_foresees_errors_too(run: Runner):
    """The list alone shows them."""
    path = run.write(*BAD, header=HEADER)
    asked = ("import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1", "--dry-run")

    assert run.bare(*asked).status == 0
    assert run.bare(*asked, "--publish").status == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--despite-errors", "x"), "--publish"),
        (("--transition", "30"), "--effective"),
        (("--effective", "1404/01/01", "--transition", "30", "--transition-until", "1404/02/01"), "both"),
        (("--effective", "1404/01/01", "--transition-until", "1403/12/30"), "first day of the edition"),
        (("--effective", "1404/01/01", "--transition", "30", "--partial"), "part of a list"),
        (("--effective", "1404/01/01", "--transition", "99999999999"), "too many"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(run: Runner, more, said):
    """One sentence names them and the mend; nothing is read or written."""
    refused = run.take_in(*HERBS, more=more)

    assert refused.status == 2
    assert said in refused.err
    assert not run.home.exists()


@pytest.mark.parametrize("more", [("--transition", "31"), ("--transition-until", "1404/01/31")])
def test_codes_that_an_import_ends_are_warned_of_in_its_window(herbs: Runner, more):
    """From the file to the verdict of each day: by days or by the last day."""
    herbs.take_in(*HERBS[:2], edition="2", more=("--effective", "1404/01/01", *more, "--publish"))

    assert states(herbs, "00127") == ["fine", "retired warning", "retired warning", "retired error"]
    assert states(herbs, "00125") == ["fine"] * 4


def test_a_replaced_code_has_its_verdict_on_each_day(herbs: Runner):
    """The window written into a draft, published, asked day by day."""
    herbs.take_in(*HERBS, "00128,نعناع تازه,Fresh mint,,green", edition="2")

    days = ("--new-from", "1404/01/01", "--old-until", "1404/01/31")
    said = herbs("drafts", "window", "herbs", "2", "--code", "00126", "--replaced-by", "00128", *days)
    herbs("publish", "herbs", "2")

    assert said.status == 0
    assert states(herbs, "00126") == ["fine", "retired warning", "retired warning", "retired error"]
    assert states(herbs, "00128") == ["not-yet-effective error", "fine", "fine", "fine"]


def test_days_in_the_other_order_have_their_verdicts_too(herbs: Runner):
    """The old ends before the new begins: neither holds in between, and the check says so."""
    herbs.take_in(*HERBS, "00128,نعناع تازه,Fresh mint,,green", edition="2")

    days = ("--new-from", "1404/02/01", "--old-until", "1404/01/01")
    herbs("drafts", "window", "herbs", "2", "--code", "00126", "--replaced-by", "00128", *days)
    checked = herbs("drafts", "check", "herbs", "2")
    herbs("publish", "herbs", "2")

    assert "transition-gap" in checked.out
    assert checked.status == 0
    assert states(herbs, "00126") == ["fine", "fine", "retired error", "retired error"]
    assert states(herbs, "00128") == ["not-yet-effective error"] * 3 + ["fine"]


@pytest.mark.parametrize("overlap", [True, False])
def test_a_file_that_says_its_own_days_has_the_same_verdicts(run: Runner, overlap):
    """Dates in the columns of the list, in both orders, without any command."""
    last, until, first = (
        ("1403/12/30", "1404/01/31", "1404/01/01") if overlap else ("1404/01/01", "", "1404/02/01")
    )
    path = run.write(
        f"1,نعناع,Mint,,{last},{until},2,active", f"2,نعناع تازه,Fresh mint,{first},,,,active", header=DATED
    )
    run("import", path, "--profile", "generic", "--terminology", "herbs", "--edition", "1", "--publish")

    old = ["fine", "retired warning", "retired warning", "retired error"]
    assert states(run, "1") == (old if overlap else ["fine", "fine", "retired error", "retired error"])
    assert states(run, "2") == ["not-yet-effective error"] * (1 if overlap else 3) + ["fine"] * (
        3 if overlap else 1
    )


def test_the_days_of_an_edition_are_told_to_its_draft(herbs: Runner):
    """Its first day, and the last day of all that it ends; as JSON too."""
    herbs.take_in(*HERBS[:2], edition="2")
    days = ("--new-from", "1404/01/01", "--old-until", "1404/01/31")

    said = herbs("drafts", "window", "herbs", "2", *days)
    told = herbs("drafts", "window", "herbs", "2", *days, "--json").json
    herbs("publish", "herbs", "2")

    assert "from 1404/01/01 (2025-03-21)" in said.out
    assert (told["effective"], told["transition_until"]) == ("2025-03-21", "2025-04-20")
    assert states(herbs, "00127") == ["fine", "retired warning", "retired warning", "retired error"]


def test_a_window_needs_both_codes_or_none(herbs: Runner):
    """And keeps a reason with the edits of rows only."""
    herbs.take_in(*HERBS, edition="2")
    days = ("--new-from", "1404/01/01", "--old-until", "1404/01/31")

    half = herbs("drafts", "window", "herbs", "2", "--code", "00126", *days)
    reason = herbs("drafts", "window", "herbs", "2", "--why", "x", *days)

    assert (half.status, reason.status) == (2, 2)
    assert "--replaced-by" in half.err
    assert "--why" in reason.err


def test_the_impact_tells_what_breaks_for_whom_and_from_when(herbs: Runner):
    """Codes with their days, maps with their rows, and whom it concerns, in both languages and as JSON."""
    rows = herbs.write("00127,A", name="uses.csv", header="source,target")
    ends = ("--source-list", "herbs", "--target-list", "uses")
    asked = ("--profile", "generic-map", "--terminology", "herb-uses", "--edition", "1", *ends, "--publish")
    assert herbs("import", rows, *asked).status == 0
    herbs.take_in(*HERBS[:2], edition="2", more=("--effective", "1404/01/01", "--transition", "31"))

    said = herbs("drafts", "impact", "herbs", "2").out
    told = herbs("drafts", "impact", "herbs", "2", "--json").json

    assert "'herbs 2', follows '1', from 1404/01/01 (2025-03-21)" in said
    assert "  00127 آویشن, from 1404/01/01 (2025-03-21), warned of until 1404/01/31 (2025-04-20)" in said
    assert "Map 'herb-uses 1', rows (1 with a code that retires, 0 with one that changes): 1" in said
    assert "  00127 (retires) -> uses A" in said
    assert "نگاشت «herb-uses 1»" in herbs("drafts", "impact", "herbs", "2", "--lang", "fa").out
    assert (told["retired"]["count"], told["maps"][0]["retired"]) == (1, 1)
    assert told["retired"]["first"][0]["since"] == "2025-03-21"
