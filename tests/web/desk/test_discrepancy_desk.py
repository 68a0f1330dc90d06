"""The discrepancy register at the desk: who sees which records, decisions, owners, and lists that parties send."""

from __future__ import annotations

import pytest
from records import CSV, DISCREPANCIES, OTHER, client_of, differ, other_insurer

from maksa.registry.discrepancies import received
from maksa.registry.discrepancies.received import list_received
from maksa.registry.journal import list_journal

UPLOADS = f"{DISCREPANCIES}/uploads"
LIST = b"code,display\n00125,\xd8\xa8\xd8\xa7\n"


@pytest.fixture
def officer(staff):
    """Somebody of the insurer."""
    return staff.hire("sara", "insurer-officer", party="tamin")


@pytest.fixture
def curator(staff):
    """Somebody of the centre."""
    return staff.hire("maryam", "curator")


def numbers(answer):
    """Give the numbers of the records of an answer."""
    return [one["number"] for one in answer.json()["items"]]


def send(ask, header, party="tamin", more="", body=LIST):
    """Send a party's list."""
    return ask("POST", f"{UPLOADS}?party={party}&list=HERBS{more}", headers={**CSV, **header}, body=body)


def test_a_party_sees_its_own_records_and_the_centre_all(home, ask, officer, curator):
    """By list, one by one, and by the trend; another party's number reads as one that there is not."""
    other_insurer(home.registry)
    differ(home.registry, "tamin", "1", "2")
    differ(home.registry, OTHER, "3")

    assert numbers(ask.get(DISCREPANCIES, headers=officer)) == [1, 2]
    assert numbers(ask.get(DISCREPANCIES, headers=curator)) == [1, 2, 3]
    assert numbers(ask.get(f"{DISCREPANCIES}?party={OTHER}", headers=curator)) == [3]
    assert ask.get(f"{DISCREPANCIES}?party={OTHER}", headers=officer).status == 403
    assert ask.get(f"{DISCREPANCIES}/trend?party={OTHER}", headers=officer).status == 403
    hidden = [ask.get(f"{DISCREPANCIES}/{one}", headers=officer) for one in (3, 999)]
    assert [one.status for one in hidden] == [404, 404]
    assert hidden[0].json()["detail"].replace("3", "999") == hidden[1].json()["detail"]


def test_a_record_has_both_sides_and_ranked_suggestions(home, ask, curator):
    """With the evidence of each, and the history, oldest first."""
    differ(home.registry, "tamin", "90000")
    answer = ask.get(f"{DISCREPANCIES}/1", headers=curator).json()
    one = answer["discrepancy"]

    assert (one["theirs"]["code"], one["ours"][0]["code"]) == ("90000", "00125")
    assert one["suggestions"][0]["target"]["code"] == "00125"
    assert one["suggestions"][0]["evidence"] == [{"fa": "گواه", "en": "evidence"}]
    assert [step["act"] for step in answer["history"]] == ["opened"]
    assert one["decision"] is None


def test_records_are_narrowed_and_paged(home, ask, curator):
    """By kind, state, owner and time; page after page in the order of numbers."""
    differ(home.registry, "tamin", "1", "2", "3")
    late = {"owner": "sara", "deadline": "1400/01/01"}
    assert ask.post_json(f"{DISCREPANCIES}/2/assignment", late, headers=curator).status == 200

    def found(query):
        return numbers(ask.get(f"{DISCREPANCIES}?{query}", headers=curator))

    assert found("owner=sara") == found("overdue=true") == [2]
    assert found("kind=title-differs&state=open&list=herbs") == [1, 2, 3]
    assert found("state=closed") == []
    page = ask.get(f"{DISCREPANCIES}?limit=2", headers=curator).json()
    assert (page["total"], page["next_after"]) == (3, 2)
    assert found("limit=2&after=2") == [3]
    assert ask.get(f"{DISCREPANCIES}?kind=odd", headers=curator).json()["parameter"] == "kind"


def test_a_record_is_decided_with_a_reason_and_anew_only_when_told(home, ask, curator):
    """The decision names who took it; a second one needs `again` and the history keeps the first."""
    differ(home.registry, "tamin", "90000")
    path = f"{DISCREPANCIES}/1/decision"
    wanted = {"outcome": "party-corrects", "why": "کد منسوخ است", "letter": "110/356"}
    decided = ask.post_json(path, wanted, headers=curator).json()["discrepancy"]
    second = ask.post_json(path, {**wanted, "outcome": "accepted"}, headers=curator)
    third = ask.post_json(path, {**wanted, "outcome": "accepted", "again": True}, headers=curator).json()

    assert decided["state"] == "decided"
    assert decided["decision"] | {"outcome": "party-corrects", "by": "maryam"} == decided["decision"]
    assert (second.status, "party-corrects" in second.json()["detail"]) == (409, True)
    assert third["discrepancy"]["decision"]["outcome"] == "accepted"
    assert third["history"][-1]["details"]["earlier"] == "party-corrects"
    assert list_journal(home.registry)[0].act == "discrepancy-decide"


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"outcome": "odd", "why": "x"}, "outcome"),
        ({"outcome": "accepted"}, "why"),
        ({"outcome": "accepted", "why": ""}, "why"),
        ({"outcome": "accepted", "why": "x", "colour": 1}, "colour"),
        ({"outcome": "accepted", "why": "x", "again": "yes"}, "again"),
    ],
)
def test_what_is_no_decision_is_named(home, ask, curator, sent, named):
    """A missing, odd or unknown field decides nothing."""
    differ(home.registry, "tamin", "90000")
    answer = ask.post_json(f"{DISCREPANCIES}/1/decision", sent, headers=curator)

    assert (answer.status, named in answer.text) == (400, True)
    assert ask.get(f"{DISCREPANCIES}/1", headers=curator).json()["discrepancy"]["state"] == "open"


def test_an_officer_decides_and_assigns_nothing(home, ask, officer):
    """Not even their own party's records."""
    differ(home.registry, "tamin", "90000")

    assert (
        ask.post_json(
            f"{DISCREPANCIES}/1/decision", {"outcome": "accepted", "why": "x"}, headers=officer
        ).status
        == 403
    )
    assert ask.post_json(f"{DISCREPANCIES}/1/assignment", {"owner": "x"}, headers=officer).status == 403


def test_a_list_is_received_and_waits(home, ask, officer, curator):
    """202 with the address of its state; the same file again is the same list; nobody of another party sees it."""
    other_insurer(home.registry)
    first, again = send(ask, officer, more="&file=فهرست.csv"), send(ask, officer)

    assert (first.status, first.headers["location"]) == (202, f"{UPLOADS}/1")
    assert first.json() | {"state": "received", "list": "herbs", "actor": "sara"} == first.json()
    assert again.json()["number"] == 1
    assert ask.get(f"{UPLOADS}/1", headers=officer).json() == first.json()
    assert list_journal(home.registry)[0].act == "discrepancy-receive"
    stranger = client_of(home.registry, OTHER, ("discrepancies",))
    assert ask.get(f"{UPLOADS}/1", headers=stranger).status == 404
    assert ask.get(UPLOADS, headers=stranger).json()["items"] == []
    assert numbers(ask.get(UPLOADS, headers=curator)) == [1]


def test_a_list_is_sent_for_ones_own_party_only(home, ask, staff, officer, curator):
    """Others are refused, also who reads all records; a curator may send what another party reports."""
    other_insurer(home.registry)
    ours = client_of(home.registry, "tamin", ("discrepancies",))
    reader = client_of(home.registry, "tamin", ("read",), "reader")
    both = staff.hire("both", "insurer-officer", "auditor", party="tamin")
    sent = [send(ask, one, OTHER).status for one in (officer, ours, both, curator)]

    assert sent == [403, 403, 403, 202]
    assert [send(ask, one).status for one in (ours, reader)] == [202, 403]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("party=tamin", 400),
        ("list=herbs", 400),
        ("party=nobody&list=herbs", 404),
        ("party=tamin&list=nolist", 404),
        ("party=tamin&list=herbs&profile=odd", 400),
        ("party=tamin&list=herbs&on=x", 400),
        ("party=tamin&list=herbs&channel=%0A", 400),
        ("party=tamin&list=herbs&colour=x", 400),
    ],
)
def test_what_cannot_be_received_is_named(home, ask, curator, query, status):
    """Nothing is kept of it."""
    answer = ask("POST", f"{UPLOADS}?{query}", headers={**CSV, **curator}, body=LIST)

    assert answer.status == status
    assert not list_received(home.registry)


def test_waiting_lists_of_a_party_are_bounded(ask, officer, monkeypatch):
    """One more is refused until some are compared."""
    monkeypatch.setattr(received, "MOST_WAITING", 1)

    assert send(ask, officer).status == 202
    refused = send(ask, officer, body=LIST + b"00126,x\n")
    assert (refused.status, refused.headers["retry-after"]) == (429, "60")


def test_the_trend_of_a_party_stands_upload_by_upload(home, ask, officer):
    """With what each changed in the register."""
    differ(home.registry, "tamin", "1", "2")
    differ(home.registry, "tamin", "2")
    trend = ask.get(f"{DISCREPANCIES}/trend?party=tamin", headers=officer).json()

    assert [one["changes"]["closed"] for one in trend["items"]] == [0, 1]
    assert ask.get(f"{DISCREPANCIES}/trend", headers=officer).json()["parameter"] == "party"
