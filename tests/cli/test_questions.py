"""Questions on the command line: the answer for people, for a pipe and for machines."""

from __future__ import annotations

import pytest
from running import HERBS

NEW_HERBS = ("00126,نعناع فلفلی تازه,Peppermint,,green", HERBS[2], "00130,زعفران,Saffron,,red")


@pytest.fixture
def two_editions(herbs):
    """A second edition from 1404/01/01: one code gone, one changed, one new."""
    said = herbs.take_in(*NEW_HERBS, edition="2", more=("--publish", "--effective", "1404/01/01"))
    assert said.status == 0
    return herbs


def test_list_shows_what_is_held_and_what_is_known_by_form(herbs):
    """A line a list, parted by tabs in a pipe."""
    lines = herbs("list").out.splitlines()

    assert lines[0].split("\t")[:4] == ["terminology", "edition", "effective", "count"]
    assert next(line for line in lines if line.startswith("herbs\t")).split("\t")[1:5] == [
        "1",
        "-",
        "3",
        "not announced",
    ]
    assert any(line.startswith("SNOMEDCT\t") and "form of codes only" in line for line in lines)


def test_list_as_json_is_the_catalogue_of_the_native_api(herbs):
    """`total`, `items`, `editions`."""
    answer = herbs("list", "--json").json

    assert set(answer) == {"total", "items", "editions"}
    assert [item["count"] for item in answer["items"] if item["id"] == "herbs"] == [3]
    assert answer["editions"][0]["edition"] == "1"


def test_list_of_one_terminology_shows_its_editions(two_editions):
    """Newest first; the one in force is marked."""
    lines = two_editions("list", "herbs").out.splitlines()
    answer = two_editions("list", "HERBS", "--json").json

    assert lines[2].startswith("2\t2\t1404/01/01 (2025-03-21)\t4\t3")
    assert "in force" in lines[2]
    assert [item["edition"] for item in answer["items"]] == ["2", "1"]
    assert answer["terminology"]["id"] == "herbs"


def test_list_since_a_day_has_no_place_beside_a_terminology(herbs):
    """What cannot be answered is refused, not passed over."""
    assert herbs("list", "herbs", "--since", "1400/01/01").status == 2
    assert herbs("list", "--since", "1400/01/01").status == 0


def test_show_tells_everything_of_a_code(herbs):
    """Title, state, other titles, properties, edition."""
    said = herbs("show", "herbs", "۰۰۱۲۵")

    assert said.status == 0
    for piece in (
        "herbs 00125",
        "بابونه آلمانی",
        "active",
        "German chamomile",
        "white",
        "edition: 1, not announced",
    ):
        assert piece in said.out
    assert herbs("show", "herbs", "00125", "--json").json["concept"]["display"] == "بابونه آلمانی"


def test_show_in_persian(herbs):
    """Labels and states are Persian, codes stay in ASCII digits."""
    said = herbs("show", "herbs", "00125", "--lang", "fa", "--edition", "1")

    assert "وضعیت: فعال" in said.out
    assert "انتشار: 1، ابلاغ نشده" in said.out


def test_show_of_a_carried_code_tells_its_last_day(two_editions):
    """A code that the new list lacks is retired the day before it."""
    said = two_editions("show", "herbs", "00125", "--on", "1404/01/01")

    assert "status: retired" in said.out
    assert "effective to: 1403/12/30 (2025-03-20)" in said.out
    assert "last edition that had it: 1" in said.out


def test_show_of_an_unknown_code_is_a_no(herbs):
    """Status 1 and a sentence; JSON says null."""
    said = herbs("show", "herbs", "99999")

    assert (said.status, said.out) == (1, "")
    assert "99999" in said.err
    asked = herbs("show", "herbs", "99999", "--json")
    assert (asked.status, asked.json["concept"]) == (1, None)


@pytest.mark.parametrize("command", [["show", "herps", "1"], ["codes", "herps"], ["diff", "herps", "1", "2"]])
def test_an_unknown_terminology_names_the_nearest(herbs, command):
    """Status 2: the question could not be asked."""
    said = herbs(*command)

    assert (said.status, said.out) == (2, "")
    assert "herps" in said.err
    assert "herbs" in said.err


def test_an_unknown_edition_names_the_known_ones(herbs):
    """Status 2."""
    said = herbs("show", "herbs", "00125", "--edition", "7")

    assert said.status == 2
    assert "1" in said.err.partition("editions")[2]


def test_a_day_and_an_edition_together_are_refused(herbs):
    """Each of them names an edition."""
    said = herbs("show", "herbs", "00125", "--edition", "1", "--on", "1404/01/01")

    assert (said.status, "edition" in said.err) == (2, True)


def test_search_finds_by_the_beginnings_of_words(herbs):
    """In any order, Persian or English."""
    assert "00126" in herbs("search", "فلفل نعن").out
    assert herbs("search", "chamom", "--terminology", "herbs", "--json").json["items"][0]["code"] == "00125"


def test_search_says_how_many_it_did_not_print(herbs):
    """On standard error, so that a pipe gets hits only."""
    said = herbs("search", "0012", "--limit", "1")

    assert len(said.out.splitlines()) == 2
    assert "1-1 of 3" in said.err


def test_search_without_a_hit_is_a_no(herbs):
    """Status 1; an empty list for machines."""
    said = herbs("search", "کاکتوس")
    asked = herbs("search", "کاکتوس", "--json")

    assert (said.status, said.out) == (1, "")
    assert (asked.status, asked.json["total"], asked.json["items"]) == (1, 0, [])


@pytest.mark.parametrize(
    "arguments", [["", "--limit", "1"], ["x", "--limit", "0"], ["x", "--offset", "-1"], ["x" * 2000]]
)
def test_search_out_of_its_bounds_is_refused(herbs, arguments):
    """Status 2."""
    assert herbs("search", *arguments).status == 2


def test_validate_says_yes(herbs):
    """Status 0 and the title."""
    said = herbs("validate", "herbs", "00125", "--value", "بابونه آلماني")

    assert (said.status, said.out) == (0, "valid: herbs 00125 بابونه آلمانی (edition 1)\n")


def test_validate_says_no_and_what_to_do(herbs):
    """Status 1, each issue with its code and its sentence."""
    said = herbs("validate", "herbs", "00125", "--value", "Thyme")

    assert said.status == 1
    assert said.out.startswith("not valid: herbs 00125")
    assert "error display-of-other-code" in said.out


def test_validate_offers_what_may_have_been_meant(herbs):
    """A suggestion where it is certain."""
    said = herbs("validate", "Herbs", "125 00", "--value", "Thyme", "--lang", "fa")

    assert said.status == 1
    assert "معتبر نیست" in said.out
    assert "00127" in said.out


def test_validate_as_json_has_the_fields_of_the_native_api(herbs):
    """A list of one verdict, and the editions behind it."""
    said = herbs("validate", "herbs", "99999", "--value", "Thyme", "--json")

    assert said.status == 1
    assert list(said.json) == ["results", "editions"]
    (verdict,) = said.json["results"]
    assert list(verdict) == ["valid", "terminology", "code", "display", "edition", "issues"]
    assert verdict["valid"] is False
    assert verdict["issues"][0]["code"] == "unknown-code"
    assert [edition["edition"] for edition in said.json["editions"]] == ["1"]


def test_validate_takes_what_no_text_can_hold(herbs):
    """Bytes that are no UTF-8 come as lone surrogates: an answer, not a fault."""
    assert herbs("validate", "herbs", "\udcff", "--json").status == 1
    assert herbs("validate", "\udcff", "1").status == 1


def test_codes_come_a_page_at_a_time(herbs):
    """The next page is named."""
    said = herbs("codes", "herbs", "--limit", "2")
    page = herbs("codes", "herbs", "--limit", "2", "--json").json

    assert [line.split("\t")[0] for line in said.out.splitlines()] == ["code", "00125", "00126"]
    assert "--after 00126" in said.err
    assert (page["total"], page["next_after"]) == (3, "00126")
    assert "00127" in herbs("codes", "herbs", "--after", "00126").out


def test_codes_all_streams_one_json_answer(herbs, monkeypatch):
    """Pages are read one after the other; the answer is one."""
    monkeypatch.setattr("maksa.cli.codes._PAGE_OF_ALL", 2)

    answer = herbs("codes", "herbs", "--all", "--json").json

    assert [item["code"] for item in answer["items"]] == ["00125", "00126", "00127"]
    assert (answer["total"], answer["next_after"]) == (3, None)
    assert len(herbs("codes", "herbs", "--all").out.splitlines()) == 4


def test_codes_of_a_status_on_a_day(two_editions):
    """What is retired on the day, and nothing else."""
    lines = two_editions("codes", "herbs", "--status", "retired", "--on", "1404/01/01").out.splitlines()

    assert [line.split("\t")[0] for line in lines[1:]] == ["00125"]


def test_diff_names_what_changed_in_what(two_editions):
    """Kinds, fields, and a count of each kind."""
    said = two_editions("diff", "herbs", "1", "2")
    answer = two_editions("diff", "herbs", "1", "2", "--json").json

    assert said.status == 0
    assert "00126\tchanged\tdisplay" in said.out
    assert said.out.splitlines()[-1] == "1 added, 1 changed, 1 retired."
    assert answer["counts"] == {"added": 1, "changed": 1, "retired": 1}


def test_diff_of_an_edition_with_itself(herbs):
    """Nothing differs, and that is said."""
    assert herbs("diff", "herbs", "1", "1").out == "Nothing differs.\n"


def test_truth_values_are_words(run):
    """Yes and no in the reader's language."""
    path = run.write("60039,آسیکلوویر,false", "65159,فولیک اسید,true", header="code,display,supplement")
    assert run("import", path, "--profile", "erx", "--edition", "1", "--publish").status == 0

    assert "Is a supplement: no\n" in run("show", "eRx", "60039").out
    assert "Is a supplement: yes\n" in run("show", "eRx", "65159").out
    assert ": خیر\n" in run("show", "eRx", "60039", "--lang", "fa").out
