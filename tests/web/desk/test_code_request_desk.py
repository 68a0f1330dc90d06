"""Requests for missing codes at the desk: who sees which, acts, batches, statistics, and clients with scopes."""

from __future__ import annotations

import pytest
from asking import KEY
from described import Described
from records import CSV, OTHER, REQUESTS, ask_for, client_of, other_insurer

from maksa.registry.journal import list_journal
from maksa.registry.requests.code_requests import do_act
from maksa.web.app import create_app
from maksa.web.settings import WebSettings


def numbers(answer):
    """Give the numbers of the requests of an answer."""
    return [one["request"]["number"] for one in answer.json()["items"]]


def test_a_party_sees_its_own_requests_and_the_centre_all(home, ask, staff):
    """By list, by history, and by asking for another party; an unknown number reads as another party's."""
    other_insurer(home.registry)
    mine, theirs = ask_for(home.registry, "tamin")[0], ask_for(home.registry, OTHER)[0]
    officer, curator = staff.hire("sara", "insurer-officer", party="tamin"), staff.hire("maryam", "curator")

    assert numbers(ask.get(REQUESTS, headers=officer)) == [mine]
    assert numbers(ask.get(REQUESTS, headers=curator)) == [mine, theirs]
    assert ask.get(f"{REQUESTS}?party={OTHER}", headers=officer).status == 403
    assert ask.get(f"{REQUESTS}/{mine}/history", headers=officer).status == 200
    hidden = [ask.get(f"{REQUESTS}/{one}/history", headers=officer) for one in (theirs, 999)]
    assert [one.status for one in hidden] == [404, 404]
    assert hidden[0].json()["detail"].replace(str(theirs), "999") == hidden[1].json()["detail"]


def test_requests_are_narrowed_and_paged(home, ask, staff):
    """By state, list, words in any order and spelling, and time; page after page in the order of numbers."""
    registry, header = home.registry, staff.hire("maryam", "curator")
    wanted = [ask_for(registry, None, text)[0] for text in ("گل ختمی سفید", "برگ زيتون", "ريشهٔ ختمي")]
    do_act(registry, wanted[1], "accept")

    def found(query):
        return numbers(ask.get(f"{REQUESTS}?{query}", headers=header))

    assert found("q=ختمی") == [wanted[0], wanted[2]]
    assert found("q=سفید ختمی".replace(" ", "%20")) == [wanted[0]]
    assert found("state=accepted") == [wanted[1]]
    assert found("terminology=HERBS&overdue=true") == []
    first = ask.get(f"{REQUESTS}?limit=2", headers=header)
    assert (first.json()["total"], first.json()["next_after"]) == (3, wanted[1])
    last = ask.get(f"{REQUESTS}?limit=2&after={wanted[1]}", headers=header)
    assert (numbers(last), last.json()["next_after"]) == ([wanted[2]], None)


def test_a_curator_leads_a_request_to_a_code(home, ask, staff):
    """Each act tells what is allowed next; the journal names the curator; a code must be there."""
    number, _ = ask_for(home.registry, "tamin")
    header = staff.hire("maryam", "curator")

    def act(**doing):
        return ask.post_json(f"{REQUESTS}/{number}/acts", doing, headers=header)

    begun = act(act="accept").json()
    assert {one["act"] for one in begun["allowed"]} == {"work", "ask", "done-existing", "refuse"}
    assert begun["clock"]["left"] > 0
    assert act(act="ask", said="کدام گونه؟").json()["clock"]["stopped"]
    wrong = act(act="work")
    assert (wrong.status, "answer" in wrong.json()["known"]) == (409, True)
    assert act(act="done-existing", code="99999").json()["parameter"] == "code"
    assert act(act="refuse").json()["parameter"] == "reason"
    assert act(act="refuse", said="x", code="00125").json()["parameter"] == "code"
    done = act(act="done-existing", code="۰۰۱۲۵").json()
    assert done["request"]["result"]["code"] == "00125"
    assert [one["actor"] for one in done["steps"]][1:] == ["maryam"] * 3
    assert list_journal(home.registry)[0].actor == "maryam"


def test_a_party_answers_for_its_own_requests_only(home, ask, staff):
    """An officer answers what was asked of their party, is told so for another's, and does no act of the desk."""
    other_insurer(home.registry)
    mine, theirs = ask_for(home.registry, "tamin")[0], ask_for(home.registry, OTHER)[0]
    for number in (mine, theirs):
        do_act(home.registry, number, "accept")
        do_act(home.registry, number, "ask", said="کدام؟")
    officer = staff.hire("sara", "insurer-officer", party="tamin")

    def act(number, **doing):
        return ask.post_json(f"{REQUESTS}/{number}/acts", doing, headers=officer)

    allowed = ask.get(f"{REQUESTS}/{mine}/history", headers=officer).json()["allowed"]
    assert allowed == [{"act": "answer", "says": "answer"}]
    assert act(theirs, act="answer", said="x").status == 404
    assert act(mine, act="refuse", said="x").status == 403
    assert act(mine, act="answer", said="ریشه").json()["request"]["state"] == "in-work"


def test_the_asker_answers_and_appeals_with_the_token_alone(home, ask):
    """No sign-in; without the token, or with another's, nothing is found; what is said is in no journal."""
    number, token = ask_for(home.registry, None)
    _, other = ask_for(home.registry, None, "زیتون")
    do_act(home.registry, number, "accept")
    do_act(home.registry, number, "ask", said="کدام؟")

    def say(act, said, token=token):
        headers = {"x-maksa-request-token": token} if token else {}
        return ask.post_json(f"{REQUESTS}/{number}/{act}", {"said": said}, headers=headers)

    assert say("answer", "x", token="").json()["parameter"] == "x-maksa-request-token"
    assert say("answer", "x", token=other).status == 404
    assert say("appeal", "x").status == 409
    assert say("answer", " ").json()["parameter"] == "answer"
    assert say("answer", "ریشهٔ آن را").json()["request"]["state"] == "in-work"
    do_act(home.registry, number, "refuse", said="نیست")
    assert say("appeal", "هست").json()["request"]["state"] == "appeal"
    do_act(home.registry, number, "refuse", said="نیست")
    again = say("appeal", "هست")
    assert (again.status, "once" in again.json()["detail"]) == (409, True)
    assert "ریشهٔ" not in str(list_journal(home.registry))


def test_a_batch_is_filed_for_ones_own_party_once(home, ask, staff):
    """Rows of another party are set aside; the same file again files nothing; of another party it is another file."""
    other_insurer(home.registry)
    sara, other = (
        staff.hire("sara", "insurer-officer", party="tamin"),
        staff.hire("omid", "insurer-officer", party=OTHER),
    )
    table = f"terminology,text,organisation\nherbs,گل گاوزبان,\nherbs,پونه,{OTHER}\nnolist,x,\n".encode()

    def send(header):
        return ask("POST", f"{REQUESTS}/batch", headers={**CSV, **header}, body=table).json()

    first, again, others = send(sara), send(sara), send(other)
    assert [first[name] for name in ("rows", "filed", "held", "set_aside")] == [3, 1, 0, 2]
    assert [again[name] for name in ("filed", "held", "set_aside")] == [0, 1, 2]
    assert [others[name] for name in ("filed", "held", "set_aside")] == [2, 0, 1]
    assert again["items"][0]["number"] == first["items"][0]["number"] != others["items"][0]["number"]
    assert OTHER in first["items"][1]["reason"]["en"]
    assert {one["request"]["organisation"] for one in ask.get(REQUESTS, headers=sara).json()["items"]} == {
        "tamin"
    }


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "text/csv", 400),
        (b"PK\x03\x04broken", "text/csv", 400),
        (b"a,b\n1,2\n", "text/csv", 400),
    ],
)
def test_what_is_no_table_files_nothing(home, ask, staff, body, kind, status):
    """A body of another type, an empty or broken file, and one without the columns are refused whole."""
    header = staff.hire("sara", "insurer-officer", party="tamin")

    answer = ask("POST", f"{REQUESTS}/batch", headers={"content-type": kind, **header}, body=body)
    assert answer.status == status
    assert ask.get(REQUESTS, headers=header).json()["total"] == 0


def test_statistics_are_those_that_one_sees(home, ask, staff):
    """The centre counts all, a party its own."""
    other_insurer(home.registry)
    ask_for(home.registry, "tamin")
    ask_for(home.registry, OTHER)
    sara, maryam = staff.hire("sara", "insurer-officer", party="tamin"), staff.hire("maryam", "curator")

    counted = [ask.get(f"{REQUESTS}/statistics", headers=one).json()["total"] for one in (sara, maryam)]
    assert counted == [1, 2]
    assert ask.get(f"{REQUESTS}/statistics?terminology=nolist", headers=maryam).status == 404


def test_a_client_files_and_sees_in_the_name_of_its_party(home, ask):
    """The scope is needed, the organisation is its party, and another's name is refused; anonymous filing stays."""
    other_insurer(home.registry)
    header = client_of(home.registry)
    plain = client_of(home.registry, "tamin", ("read",), "reader")
    wanted = {"terminology": "herbs", "text": "گل ختمی"}
    filed = ask.post_json(REQUESTS, wanted, headers=header)
    refused = ask.post_json(REQUESTS, wanted, headers=plain)

    assert filed.json()["request"]["organisation"] == "tamin"
    assert (refused.status, refused.json()["known"]) == (403, ["requests"])
    other = ask.post_json(REQUESTS, {**wanted, "organisation": OTHER}, headers=header)
    assert other.json()["parameter"] == "organisation"
    assert ask.post_json(REQUESTS, wanted).status == 201
    assert ask.get(REQUESTS, headers=header).json()["total"] == 1
    assert ask.get(REQUESTS, headers=plain).status == 403
    assert ask.post_json(f"{REQUESTS}/1/acts", {"act": "accept"}, headers=header).status == 403
    assert ask.get("/api/v1/people", headers=header).status == 403
    assert ask.post_json(REQUESTS, wanted, headers={"authorization": "bearer x.y.z"}).status == 401


def test_where_reads_are_not_public_a_token_needs_the_scope_to_read(home):
    """Without one 401, with one that may only file 403; to file, that one is enough."""
    filing = client_of(home.registry, scopes=("requests",))
    reading = client_of(home.registry, scopes=("read",), name="reader")
    ask = Described(
        create_app(
            home.service,
            home.clients,
            KEY,
            WebSettings(public_reads=False, access_log=False),
            requests=home.requests,
            home=home,
        )
    )
    path = "/api/v1/terminologies"

    assert [ask.get(path, headers=one).status for one in ({}, filing, reading)] == [401, 403, 200]
    wanted = {"terminology": "herbs", "text": "گل ختمی"}
    assert [ask.post_json(REQUESTS, wanted, headers=one).status for one in ({}, filing, reading)] == [
        401,
        201,
        403,
    ]
