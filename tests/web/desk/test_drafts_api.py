"""Drafts through the native API: from the edition in force over edits, review and vote to an edition."""

from __future__ import annotations

import pytest

from maksa.registry.journal import list_journal

DRAFT = "/api/v1/drafts/herbs/1405"
TITLE = "بابونهٔ آلمانی"


@pytest.fixture
def people(staff):
    """Hire all who lead a draft to an edition; give their headers."""
    return {
        "maryam": staff.hire("maryam", "curator"),
        "sara": staff.hire("sara", "curator"),
        "reza": staff.hire("reza", "reviewer"),
        **{login: staff.hire(login, "committee-member") for login in ("nima", "shirin", "dara")},
        "parvin": staff.hire("parvin", "publisher"),
        "tamin": staff.hire("officer", "insurer-officer", party="tamin"),
        "ada": staff.hire("ada", "administrator"),
    }


@pytest.fixture
def say(ask, people):
    """Ask in somebody's name: a GET, or a POST of a body."""

    def send(login, path, sent=None, method=None):
        if sent is None:
            return ask(method or "GET", path, headers=people[login])
        return ask.post_json(path, sent, headers=people[login])

    return send


@pytest.fixture
def draft(say):
    """Begin a draft of the herbs."""
    begun = say(
        "maryam", "/api/v1/drafts", {"terminology": "HERBS", "edition": "1405", "effective": "1405/01/01"}
    )
    assert begun.status == 201, begun.text
    return begun.json()


def row(say, code, login="maryam"):
    """Give a row of the draft."""
    return say(login, f"{DRAFT}/rows/{code}").json()["row"]


def change(say, login, code, seen, **cells):
    """Change cells of a row."""
    return say(login, f"{DRAFT}/edits", {"edits": [{"key": code, "seen": seen, "cells": cells}]})


def test_a_draft_begins_with_what_is_in_force(say, draft):
    """Its rows are those of the edition, page by page, each with what an edit must name."""
    first = say("reza", f"{DRAFT}/rows?limit=2").json()
    next_page = say("reza", f"{DRAFT}/rows?limit=2&after={first['next_after']}").json()

    assert (draft["state"], draft["edits"], draft["effective"]["jalali"]) == ("editing", 0, "1405/01/01")
    assert [one["key"] for one in first["items"]] < [one["key"] for one in next_page["items"]]
    assert "display" in first["columns"]
    assert all(one["seen"] and one["cells"]["display"] for one in first["items"])


def test_two_people_who_edit_one_row_lose_nothing(say, draft):
    """The second is shown both sides and what to send to put theirs in place; edits of other rows stand beside each other."""
    seen = row(say, "00125")["seen"]
    mine = change(say, "maryam", "00125", seen, display=TITLE)
    theirs = change(say, "sara", "00125", seen, display="بابونه")
    problem = theirs.json()
    clash = problem["clashes"][0]
    again = change(say, "sara", "00125", clash["seen"], display=clash["yours"]["display"])
    undone = say("sara", f"{DRAFT}/undo", {"edit": again.json()["items"][0]["number"]})

    assert (mine.status, theirs.status) == (200, 409)
    assert problem["type"] == "urn:maksa:problem:wrong-state"
    assert (clash["theirs"]["display"], clash["yours"]["display"], clash["by"]) == (TITLE, "بابونه", "maryam")
    assert (again.status, undone.status) == (200, 200)
    assert row(say, "00125")["cells"]["display"] == TITLE
    assert [one["by"] for one in say("reza", f"{DRAFT}/edits?key=00125").json()["items"]] == [
        "sara",
        "sara",
        "maryam",
    ]


def test_a_comment_stays_open_until_somebody_answers_it(say, draft):
    """It stands at its row, and in the list of what is open."""
    said = say("reza", f"{DRAFT}/comments", {"text": "نام انگلیسی هم لازم است", "key": "00125"}).json()
    assert [one["number"] for one in say("maryam", f"{DRAFT}/comments?open=true").json()["items"]] == [
        said["number"]
    ]
    assert row(say, "00125")["comments"][0]["by"] == "reza"

    answered = say("maryam", f"{DRAFT}/comments/{said['number']}/resolution", {"text": "افزوده شد"})

    assert (answered.status, answered.json()["resolved_by"]) == (200, "maryam")
    assert say("maryam", f"{DRAFT}/comments?open=true").json()["items"] == []


def test_a_governed_home_publishes_what_a_committee_agreed_to(ask, say, people, draft, home):
    """Edit, submit, review by another, a vote with quorum and minutes, publication: each by its role, all in the journal."""
    rules = ask(
        "PUT",
        "/api/v1/governance",
        headers={**people["ada"], "content-type": "application/json"},
        body=b'{"on": true, "quorum": 3, "majority": 50}',
    )
    change(say, "maryam", "00125", row(say, "00125")["seen"], display=TITLE)
    too_early = say("parvin", f"{DRAFT}/publication", {})
    own_eyes = say("maryam", f"{DRAFT}/review", {"approve": True})
    sent = say("maryam", f"{DRAFT}/submission", {"said": "یک عنوان"})
    approved = say("reza", f"{DRAFT}/review", {"approve": True})
    for login in ("nima", "shirin"):
        assert say(login, f"{DRAFT}/votes", {"choice": "for"}).status == 200
    minutes = {"text": "صورت‌جلسه", "day": "1404/12/01", "present": ["نیما", "شیرین", "دارا"]}
    no_quorum = say("nima", f"{DRAFT}/minutes", minutes)
    say("dara", f"{DRAFT}/votes", {"choice": "against", "reason": "زود است"})
    closed_by_others = [
        say(login, f"{DRAFT}/minutes", minutes).status for login in ("parvin", "maryam", "ada")
    ]
    closed = say("nima", f"{DRAFT}/minutes", minutes)
    published = say("parvin", f"{DRAFT}/publication", {})
    found = ask.get("/api/v1/terminologies/herbs/concepts/00125?edition=1405").json()

    assert rules.json() == {"on": True, "quorum": 3, "majority": 50}
    assert [one.status for one in (too_early, own_eyes, sent, approved, no_quorum)] == [
        409,
        403,
        200,
        200,
        409,
    ]
    assert closed_by_others == [403, 403, 403]
    assert closed.json()["draft"]["state"] == "agreed"
    assert (
        closed.json()["minutes"][0] | {"in_favour": 2, "against": 1, "quorum": 3}
        == closed.json()["minutes"][0]
    )
    assert published.json() | {"edition": "1405", "unchanged": False, "base": "1"} == published.json()
    assert found["concept"]["display"] == TITLE
    assert {"draft-edit", "draft-act", "draft-vote", "publish"} <= {
        one.act for one in list_journal(home.registry)
    }
    assert say("reza", DRAFT).status == 404


def test_an_edition_is_withdrawn_and_restored_by_a_publisher(ask, say, people, draft):
    """The edition before answers again at once; a curator may not, and is told who may."""
    say("parvin", f"{DRAFT}/publication", {})
    path = "/api/v1/terminologies/herbs/editions/1405/withdrawal"
    refused = say("maryam", path, {"reason": "خطا"})
    withdrawn = say("parvin", path, {"reason": "خطا"})
    restored = say("parvin", path, method="DELETE")

    assert refused.status == 403
    assert "publisher" in refused.json()["mend"]
    assert (withdrawn.json()["withdrawn"], restored.json()["withdrawn"]) == (True, False)


def test_checks_and_impact_are_told_before_publishing(say, draft):
    """A replacement that leads nowhere is an error that blocks; the impact names what changes."""
    change(say, "maryam", "00125", row(say, "00125")["seen"], status="retired", replaced_by="99999")
    quality, impact = say("reza", f"{DRAFT}/quality").json(), say("reza", f"{DRAFT}/impact").json()["impact"]
    blocked = say("parvin", f"{DRAFT}/publication", {})

    assert quality["errors"] == 1
    assert quality["findings"][0]["code"] == "00125"
    assert impact["retired"]["first"][0]["code"] == "00125"
    assert (blocked.status, "99999" in blocked.json()["detail"]) == (409, True)


def test_drafts_are_for_those_who_may_read_all_records(say, draft):
    """An insurer's officer sees none, and is told which roles do."""
    for path in ("/api/v1/drafts", DRAFT, f"{DRAFT}/rows", f"{DRAFT}/quality"):
        answer = say("tamin", path)
        assert (answer.status, "registry-read" in answer.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"edits": []}, "edits"),
        ({"edits": [{"cells": {"display": "x"}, "odd": 1}]}, "odd"),
        ({"edits": [{"key": "00125", "seen": "0" * 64, "cells": {"nothing": "x"}}]}, "nothing"),
        ({"edits": [{"key": "00125", "seen": "0" * 64, "cells": {"display": 5}}]}, "display"),
        ({"edits": "x"}, "edits"),
    ],
)
def test_what_is_no_edit_is_named(say, draft, sent, parameter):
    """The problem names the field, and nothing is written."""
    answer = say("maryam", f"{DRAFT}/edits", sent)

    assert answer.status == 400, answer.text
    assert parameter in answer.text
    assert say("maryam", f"{DRAFT}/edits").json()["items"] == []


def test_discarding_says_what_it_throws_away_and_leaves_nothing(say, draft):
    """A draft that is gone is unknown, and the known ones are named."""
    assert say("maryam", DRAFT, method="DELETE").status == 200
    assert say("maryam", DRAFT).status == 404
    assert say("maryam", "/api/v1/drafts").json()["total"] == 0
