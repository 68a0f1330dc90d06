"""`maksa requests`: from filing to a decision at the terminal."""

from __future__ import annotations

import pytest


@pytest.fixture
def file(herbs):
    """File a request and give it."""

    def send(text="گل ختمی", *more):
        return herbs("requests", "file", "herbs", text, "--json", *more).json

    return send


def test_a_request_is_led_from_filing_to_a_new_code(herbs, file):
    """Each act says the new state; the record shows history, clock and what may be done next."""
    filed = file("گل ختمی", "--contact", "tel:1", "--use-case", "جوشانده")
    number = filed["request"]["number"]
    herbs("requests", "accept", number, "--actor", "curator")
    herbs("requests", "work", number)
    herbs("requests", "ask", number, "کدام گونه؟")
    herbs("requests", "answer", number, "سفید")
    missing = herbs("requests", "done", number, "--new", "00999")
    done = herbs("requests", "done", number, "--new", "00126")
    shown = herbs("requests", "show", number, "--json").json

    assert filed["token"]
    assert filed["request"]["allowed"] == ["accept", "done-existing", "refuse"]
    assert (missing.status, "00999" in missing.err) == (2, True)
    assert done.out == f"Request {number}: done, herbs 00126.\n"
    assert [step["act"] for step in shown["steps"]] == ["file", "accept", "work", "ask", "answer", "done-new"]
    assert shown["steps"][1]["actor"] == "curator"
    assert shown["request"]["contact"] == "tel:1"
    assert "token" not in shown["request"]


def test_a_code_of_a_draft_is_a_new_code_too(herbs, file):
    """The desk may close a request before the edition is out; an existing code must be in force."""
    number = file()["request"]["number"]
    herbs("requests", "accept", number)
    herbs("requests", "work", number)
    herbs.take_in("00140,گل ختمی,Althaea,,white", edition="2", more=("--partial",))

    assert herbs("requests", "done", number, "--existing", "00140").status == 2
    assert herbs("requests", "done", number, "--new", "۰۰۱۴۰", "--json").json["result"]["code"] == "00140"


def test_an_act_that_is_not_allowed_says_why(herbs, file):
    """State, act and what is allowed, in the language asked for; one of --new and --existing is given."""
    number = file()["request"]["number"]
    refused = herbs("requests", "work", number)
    persian = herbs("requests", "appeal", number, "چرا", "--lang", "fa")

    assert refused.status == 2
    assert refused.err == (
        f"maksa: Request {number} is in the state 'new', in which 'work' is not allowed. "
        "Allowed now: accept, done-existing, refuse.\n"
    )
    assert "در وضعیت «تازه»" in persian.err
    assert herbs("requests", "done", number).status == 2
    assert herbs("requests", "show", 99).status == 2


def test_a_refusal_and_an_appeal_are_told_to_the_asker(herbs, file):
    """The notices stand in order, and a reader goes on after the last that arrived."""
    number = file()["request"]["number"]
    herbs("requests", "refuse", number, "در فهرست هست")
    herbs("requests", "appeal", number, "نیست")
    notices = herbs("requests", "notices", "--json").json["items"]
    after = herbs("requests", "notices", "--after", notices[0]["number"], "--request", number)

    assert [one["request"] for one in notices] == [number] * 3
    assert "در فهرست هست" in notices[1]["text"]["fa"]
    assert len(after.out.splitlines()) == 3
    assert "appeal" in after.out


def test_lists_are_narrowed_by_state_list_and_number(herbs, file):
    """What is asked for is given and nothing else; none is said in words."""
    first, second = file()["request"]["number"], file("گل گاوزبان")["request"]["number"]
    herbs("requests", "refuse", first, "هست")

    def numbers(*more):
        return [one["number"] for one in herbs("requests", "list", "--json", *more).json["items"]]

    assert numbers() == [first, second]
    assert numbers("--state", "refused") == [first]
    assert numbers("--terminology", "HERBS", "--after", first) == [second]
    assert herbs("requests", "list", "--overdue").out == "There is no request.\n"
    assert "گل گاوزبان" in herbs("requests", "list", "--lang", "fa").out
    assert herbs("requests", "list", "--terminology", "nolist").status == 2


def test_what_may_be_there_already_is_shown_when_filing_and_later(herbs, file):
    """The likeliest first, with its reason."""
    filed = herbs("requests", "file", "herbs", "بابونه المانى")
    shown = herbs("requests", "show", 1)

    for said in (filed, shown):
        assert "list\t00125\t100" in said.out
        assert "the same title" in said.out
    assert "allowed: accept, done-existing, refuse" in shown.out


def test_a_batch_is_accounted_for_row_by_row(herbs):
    """Filed, filed before or set aside: the numbers add up to the rows."""
    path = herbs.write("herbs,گل ختمی", "nolist,گل", name="batch.csv", header="terminology,text")
    first = herbs("requests", "import", path)
    again = herbs("requests", "import", path, "--json").json

    assert "2 rows: 1 filed, 0 filed before, 1 set aside." in first.out
    assert (again["rows"], again["filed"], again["filed-before"], again["set-aside"]) == (2, 0, 1, 1)
    assert "nolist" in again["items"][1]["reason"]["en"]


def test_statistics_count_and_measure(herbs, file):
    """Counts, medians and shares, in words and as JSON."""
    herbs("requests", "refuse", file()["request"]["number"], "هست")
    counted = herbs("requests", "statistics", "--json").json

    assert (counted["total"], counted["states"]) == (1, {"refused": 1})
    assert counted["decided"] == {"count": 1, "median": "0", "target": 30, "in_time": "1.00"}
    assert "100% within 7" in herbs("requests", "statistics", "--terminology", "herbs").out
    assert "none yet" in herbs("requests", "statistics", "--since", "1500/01/01").out
