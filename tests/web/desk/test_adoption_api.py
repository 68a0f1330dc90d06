"""The adoption board through the native API: who sees what, who declares, obliges, certifies and reminds."""

from __future__ import annotations

import pytest
from adopted import LETTER, settle_desk
from records import client_of

from maksa.registry.journal import list_journal

BOARD = "/api/v1/adoption"
LIVE = {"terminology": "HERBS", "state": "live", "edition": "2", "day": "1403/01/05"}
PASSED = {
    "party": "rayan",
    "system": "his",
    "terminology": "herbs",
    "edition": "2",
    "kit": "vendor-kit",
    "version": "1.0",
    "passed": "1403/02/01",
    "valid_until": "1499/01/01",
    "evidence": "ab" * 32,
    "examiner": "مرکز",
}


@pytest.fixture
def people(home, staff):
    """Settle the board, and give the headers of who acts on it."""
    settle_desk(home)
    return {
        "maryam": staff.hire("maryam", "curator"),
        "audit": staff.hire("audit", "auditor"),
        "tamin": staff.hire("officer", "insurer-officer", party="tamin"),
        "rayan": staff.hire("dev", "vendor-developer", party="rayan"),
        "idle": staff.hire("idle", party="tamin"),
        "his": client_of(home.registry, "rayan", ("read", "adoption"), name="his-api"),
        "reader": client_of(home.registry, "rayan", ("read",), name="reader"),
    }


@pytest.fixture
def say(ask, people):
    """Ask of the board in somebody's name: a GET, or a POST of a body."""

    def send(who, path="", sent=None):
        if sent is None:
            return ask.get(f"{BOARD}{path}", headers=people[who])
        return ask.post_json(f"{BOARD}{path}", sent, headers=people[who])

    return send


def rows(answer):
    """Give party, system and state of each row."""
    return [(one["party"], one["system"], one["state"]) for one in answer.json()["items"]]


def test_the_centre_sees_all_rows_and_narrows_them(say):
    """States are counted whatever state was asked for; what is due, seen and wanted stands in each row."""
    board = say("maryam").json()
    first = board["items"][0]

    assert board["total"] == 2
    assert board["states"] == {"overdue": 2}
    assert board["of_nobody"] == 3
    assert (first["party"], first["system"], first["wanted"], first["letters"]) == (
        "rayan",
        "his",
        "2",
        ["110/7"],
    )
    assert (first["word"]["fa"], first["deadline"]["iso"]) == ("مهلت گذشته", "2024-05-01")
    assert first["observed"]["old"] | {"named": 3, "proves": True} == first["observed"]["old"]
    for query, found in (
        ("party=tamin", 1),
        ("kind=vendor", 1),
        ("system_kind=hospital", 1),
        ("terminology=HERBS", 2),
        ("letter=110/7", 2),
        ("letter=110/8", 0),
        ("state=live", 0),
        ("on=1401/01/01&state=overdue", 0),
    ):
        answer = say("maryam", f"?{query}").json()
        assert answer["total"] == found, query
    assert rows(say("maryam", "?limit=1&after=1")) == [("tamin", None, "overdue")]
    assert say("maryam", "?limit=1").json()["next_after"] == 1


@pytest.mark.parametrize("who", ["rayan", "his"])
def test_others_see_the_rows_of_their_own_party_only(say, who):
    """Another party's name is refused; nothing is told of its clients or of nobody's."""
    board = say(who).json()
    refused = say(who, "?party=tamin")

    assert rows(say(who)) == [("rayan", "his", "overdue")]
    assert (board["of_nobody"], board["states"]) == (None, {"overdue": 1})
    assert (refused.status, "rayan" in refused.json()["detail"]) == (403, True)
    assert [one["client"] for one in say(who, "/old-lists").json()["items"]] == ["his-client"]
    for path in ("/declarations?party=tamin", "/certificates?party=tamin", "/reminders?party=tamin"):
        assert say(who, path).status == 403


def test_a_client_needs_the_scope(say):
    """One that may only read is told which scope it lacks."""
    for path in ("", "/old-lists", "/obligations", "/declarations", "/certificates", "/reminders"):
        refused = say("reader", path)
        assert (refused.status, "adoption" in refused.json()["detail"]) == (403, True)
    assert say("reader", "/declarations", LIVE).status == 403


def test_one_page_says_who_still_uses_an_old_list(say):
    """Each client with its party, the edition in force, and the counts that prove it."""
    found = say("audit", "/old-lists").json()
    trend = say("audit", "/trend?weeks=2&terminology=herbs").json()["items"]
    refused = say("tamin", "/trend")

    assert [(one["client"], one["party"], one["in_force"]) for one in found["items"]] == [
        ("stray", None, "2"),
        ("his-client", "rayan", "2"),
        ("tamin-client", "tamin", "2"),
    ]
    assert all(one["observed"]["old"]["proves"] for one in found["items"])
    assert [(one["questions"], one["old"], one["clients"]) for one in trend] == [(0, 0, 0), (9, 9, 3)]
    assert (refused.status, "registry-read" in refused.json()["detail"]) == (403, True)


def test_an_officer_declares_for_their_own_party(say, home):
    """The day's state follows: live with an old edition in use is a contradiction; the history keeps all."""
    planned = {"terminology": "herbs", "state": "planned", "edition": "2", "day": "1499/01/01"}
    assert say("tamin", "/declarations", planned).status == 201
    declared = say("tamin", "/declarations", LIVE)
    refused = say("tamin", "/declarations", {**LIVE, "party": "rayan", "system": "his"})

    assert declared.status == 201, declared.text
    assert declared.json() | {"party": "tamin", "state": "live", "by": "officer"} == declared.json()
    assert (refused.status, "tamin" in refused.json()["detail"]) == (403, True)
    assert rows(say("tamin")) == [("tamin", None, "contradiction")]
    history = say("tamin", "/declarations").json()["items"]
    assert [one["state"] for one in history] == ["planned", "live"]
    assert say("tamin", f"/declarations?limit=1&after={history[0]['number']}").json()["items"] == history[1:]
    assert say("rayan", "/declarations").json()["items"] == []
    assert [one.act for one in list_journal(home.registry)].count("adoption-declare") == 2


def test_a_client_declares_for_its_party(say):
    """In the journal it is the client that declared."""
    declared = say("his", "/declarations", {**LIVE, "system": "his"})

    assert (declared.status, declared.json()["by"]) == (201, "client his-api")
    assert say("his", "/declarations", {**LIVE, "party": "tamin"}).status == 403


def test_who_keeps_the_board_declares_for_any_party_with_a_reason(say):
    """Without one it is refused; who holds no role may not at all."""
    theirs = {**LIVE, "party": "tamin"}
    without, with_reason = (
        say("maryam", "/declarations", theirs),
        say("maryam", "/declarations", {**theirs, "why": "نامهٔ آن سازمان"}),
    )
    refused = say("idle", "/declarations", LIVE)

    assert (without.status, without.json()["parameter"]) == (400, "why")
    assert (with_reason.status, with_reason.json()["why"]) == (201, "نامهٔ آن سازمان")
    assert (refused.status, "adoption-declare" in refused.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"state": "live"}, "edition"),
        ({"state": "live", "edition": "2"}, "day"),
        ({"state": "live", "edition": "2", "day": "1499/01/01"}, "day"),
        ({"state": "not-applicable"}, "reason"),
        ({"state": "perhaps"}, "state"),
        ({"state": "live", "edition": "2", "day": "never"}, "day"),
        ({"state": "live", "odd": 1}, "odd"),
    ],
)
def test_what_cannot_be_declared_is_named(say, sent, parameter):
    """The problem names the field, and nothing is written."""
    answer = say("tamin", "/declarations", {"terminology": "herbs", **sent})

    assert answer.status == 400, answer.text
    assert parameter in answer.text
    assert say("tamin", "/declarations").json()["items"] == []


def test_obligations_are_recorded_by_a_letter_and_lifted(say):
    """Of one list or of all that the letter announces; everybody may know them; the second time it is given as it is."""
    one = {
        "letter": "110/7",
        "terminology": "herbs",
        "system_kinds": ["laboratory"],
        "deadline": "1404/01/01",
    }
    made = say("maryam", "/obligations", one)
    again = say("maryam", "/obligations", one)
    of_letter = say("maryam", "/obligations", {"letter": "110/7", "party_kinds": ["university"]})
    number = made.json()["items"][0]["number"]
    ended = say("maryam", f"/obligations/{number}/end", {"why": "پس گرفته شد"})
    twice = say("maryam", f"/obligations/{number}/end", {"why": "پس گرفته شد"})
    seen = say("his", "/obligations").json()["items"]

    assert (made.status, again.json()) == (201, made.json())
    assert [one["terminology"] for one in of_letter.json()["items"]] == ["herbs"]
    assert (ended.status, ended.json()["ended"] is not None, twice.status) == (200, True, 409)
    assert [one["ended"] is None for one in seen] == [True, False, True]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"letter": "110/7", "terminology": "herbs"}, 400),
        ({"letter": "9/9", "terminology": "herbs", "party_kinds": ["insurer"]}, 404),
        ({"letter": "110/7", "terminology": "nothing", "party_kinds": ["insurer"]}, 404),
        ({"letter": "110/7", "terminology": "herbs", "party_kinds": ["bank"]}, 400),
        ({"letter": "110/7", "edition": "2", "party_kinds": ["insurer"]}, 400),
    ],
)
def test_who_is_obliged_to_what_must_be_known(say, sent, status):
    """A letter, a list, kinds: what is not known is refused with its sentence, and nothing is written."""
    answer = say("maryam", "/obligations", sent)

    assert (answer.status, len(say("maryam", "/obligations").json()["items"])) == (status, 1), answer.text


def test_a_certificate_stands_in_the_row(say):
    """Its evidence is a hash of the report; the vendor sees it, the insurer does not."""
    made = say("maryam", "/certificates", PASSED)
    wrong = say("maryam", "/certificates", {**PASSED, "evidence": "x"})

    assert (made.status, wrong.status, wrong.json()["parameter"]) == (201, 400, "evidence")
    assert say("rayan").json()["items"][0]["certificate_holds"] is True
    assert say("rayan", "/certificates").json()["items"] == [made.json()]
    assert say("tamin", "/certificates").json()["items"] == []


def test_a_letter_of_reminder_is_given_as_text(say):
    """To one party, or to all of whom something is overdue; each party reads its own; the same letter is not made twice."""
    one = say("maryam", "/reminders", {**LETTER, "party": "rayan"})
    again = say("maryam", "/reminders", {**LETTER, "party": "rayan"})
    every = say("maryam", "/reminders", {**LETTER, "letter": "110/100", "overdue": True})
    text = one.json()["items"][0]["text"]

    assert one.status == 201, one.text
    assert all(word in text for word in ("۱۱۰/۹۹", "شرکت رایان", "۱۱۰/۷", "بسمه تعالی"))
    assert again.json() == one.json()
    assert [one["party"] for one in every.json()["items"]] == ["rayan", "tamin"]
    assert [one["letter"] for one in say("rayan", "/reminders").json()["items"]] == ["110/99", "110/100"]
    assert say("maryam", "/reminders?limit=1&after=1").json()["next_after"] == 2
    assert [one["letter"] for one in say("maryam").json()["items"][0]["reminders"]] == ["110/99", "110/100"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"party": "rayan", "overdue": True}, 400),
        ({"party": "nobody"}, 404),
        ({"party": "centre"}, 409),
        ({"party": "rayan", "answer_by": "1403/01/01"}, 400),
        ({"party": "rayan", "signatory": ["1", "2", "3", "4", "5"]}, 400),
    ],
)
def test_a_reminder_says_whom_and_of_what(say, sent, status):
    """Otherwise no letter is made."""
    assert say("maryam", "/reminders", {**LETTER, **sent}).status == status
    assert say("maryam", "/reminders").json()["total"] == 0


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/obligations", {"letter": "110/7", "terminology": "herbs", "party_kinds": ["insurer"]}),
        ("/obligations/1/end", {"why": "x"}),
        ("/certificates", PASSED),
        ("/reminders", {**LETTER, "party": "rayan"}),
    ],
)
def test_the_board_is_kept_by_who_may(say, path, sent):
    """Anybody else is refused with their role, the act and who may."""
    for who in ("audit", "tamin", "rayan", "his"):
        refused = say(who, path, sent)
        assert (refused.status, "adoption-keep" in refused.json()["detail"]) == (403, True)
        assert "curator" in refused.json()["mend"]


@pytest.mark.parametrize("query", ["state=odd", "kind=odd", "system_kind=odd", "on=never", "weeks=3"])
def test_an_unknown_filter_is_named(say, query):
    """With what is known in its place."""
    answer = say("maryam", f"?{query}")

    assert answer.status == 400
    assert answer.json().get("known") or answer.json().get("mend")


def test_nobody_is_answered_without_a_token(ask, people):
    """The board is for the desk."""
    assert ask.get(BOARD).status == 401
