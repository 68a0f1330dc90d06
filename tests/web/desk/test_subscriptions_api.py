"""Subscriptions through the native API: whose they are, a secret once, and how deliveries went."""

from __future__ import annotations

import pytest
from receivers import loopback, tell, webhook
from records import client_of, other_insurer

from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.journal import list_journal

PATH = "/api/v1/subscriptions"
SECRET_PATH = "/hook?key=very-secret"
HOOK = {
    "target": {"kind": "list", "list": "HERBS"},
    "channel": "webhook",
    "address": f"https://receiver.example{SECRET_PATH}",
}
MAIL = {"target": {"kind": "letters"}, "channel": "email", "address": "somebody@example.org"}


@pytest.fixture
def people(home, staff):
    """Hire people of two insurers and of the centre, and register clients of one insurer."""
    other_insurer(home.registry)
    return {
        "maryam": staff.hire("maryam", "curator"),
        "ada": staff.hire("ada", "administrator"),
        "officer": staff.hire("officer", "insurer-officer", party="tamin"),
        "second": staff.hire("second", "insurer-officer", party="tamin"),
        "idle": staff.hire("idle", party="tamin"),
        "other": staff.hire("other", "insurer-officer", party="salamat"),
        "api": client_of(home.registry, "tamin", ("read",), name="tamin-api"),
        "deaf": client_of(home.registry, "tamin", ("adoption",), name="deaf"),
    }


@pytest.fixture
def say(ask, people):
    """Ask in somebody's name: a GET, a POST of a body, or another method."""

    def send(who, path="", sent=None, method="GET"):
        if sent is None:
            return ask(method, f"{PATH}{path}", headers=people[who])
        return ask.post_json(f"{PATH}{path}", sent, headers=people[who])

    return send


@pytest.fixture
def mine(say):
    """Let the officer subscribe for themselves, and give the answer."""
    made = say("officer", "", HOOK)
    assert made.status == 201, made.text
    return made.json()


def numbers(answer):
    """Give the numbers of what is listed."""
    return [one["number"] for one in answer.json()["items"]]


def test_a_webhook_is_made_with_a_secret_that_is_shown_once(say, mine, home):
    """Neither secret nor address is told again: not in an answer, not in the journal."""
    one = mine["subscription"]
    shown = say("officer", f"/{one['number']}")

    assert mine["secret"].startswith("whsec_")
    assert (one["owner_kind"], one["owner"], one["target"]["list"]) == ("person", "officer", "herbs")
    assert (one["address"], one["state"]) == ("receiver.example", "active")
    assert shown.json() == one
    journal = str(list_journal(home.registry))
    for told in (shown.text, say("officer").text, journal):
        assert mine["secret"] not in told
        assert "very-secret" not in told
    assert "secret" not in shown.headers.get("location", "")


def test_an_address_of_mail_waits_until_it_confirms(say):
    """It has no secret, and is shown by its domain."""
    made = say("officer", "", MAIL).json()

    assert (made["secret"], made["subscription"]["state"]) == (None, "unconfirmed")
    assert made["subscription"]["address"] == "s…@example.org"


def test_one_sees_ones_own_those_of_the_party_and_of_its_clients(say, mine):
    """Not those of another person of the same party; a client sees its own alone; each kind can be asked for."""
    of_party = say("officer", "", {**HOOK, "owner": "party"}).json()["subscription"]["number"]
    of_client = say("officer", "", {**HOOK, "owner": "client", "client": "tamin-api"}).json()
    own = mine["subscription"]["number"]
    by_client = say("api", "", MAIL).json()["subscription"]["number"]
    of_client = of_client["subscription"]["number"]

    assert numbers(say("officer")) == [own, of_party, of_client, by_client]
    assert numbers(say("second")) == [of_party, of_client, by_client]
    assert numbers(say("api")) == [of_client, by_client]
    assert numbers(say("officer", "?owner=me")) == [own]
    assert numbers(say("officer", "?owner=party")) == [of_party]
    assert numbers(say("officer", "?owner=client&client=tamin-api")) == [of_client, by_client]
    assert numbers(say("officer", f"?limit=1&after={own}")) == [of_party]
    assert say("officer", "?limit=1").json()["next_after"] == own
    for who in ("idle", "other", "maryam", "ada"):
        assert numbers(say(who)) == []


@pytest.mark.parametrize("who", ["second", "idle", "other", "maryam", "ada", "api"])
def test_somebody_elses_reads_as_one_that_there_is_not(say, mine, who):
    """To see it, to change it, to hear of its deliveries: the same sentence as for a number that nobody has."""
    number = mine["subscription"]["number"]
    for method, path, sent in (
        ("GET", "", None),
        ("DELETE", "", None),
        ("POST", "/pause", {}),
        ("POST", "/resume", None),
        ("POST", "/replay", {"start": 1}),
        ("POST", "/secret", {}),
        ("GET", "/attempts", None),
    ):
        theirs, nobodys = (say(who, f"/{one}{path}", sent, method) for one in (number, 99))
        assert (theirs.status, nobodys.status) == (404, 404), (method, path, theirs.text)
        assert theirs.json()["detail"] == nobodys.json()["detail"].replace("99", str(number))
    assert say("officer", f"/{number}").json() == mine["subscription"]


@pytest.mark.parametrize(
    ("who", "sent"),
    [
        ("idle", {"owner": "party"}),
        ("idle", {"owner": "client", "client": "tamin-api"}),
        ("other", {"owner": "client", "client": "tamin-api"}),
        ("ada", {"owner": "client", "client": "tamin-api"}),
        ("api", {"owner": "party"}),
        ("api", {"owner": "client", "client": "deaf"}),
        ("deaf", {}),
        ("officer", {"target": {"kind": "discrepancies", "about": "salamat"}}),
    ],
)
def test_nobody_subscribes_in_anothers_name_or_to_anothers_affairs(say, who, sent):
    """The sentence says in whose name it may be done; nothing is made."""
    refused = say(who, "", {**HOOK, **sent})

    assert refused.status == 403, refused.text
    assert numbers(say("officer")) == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"target": {"kind": "code", "list": "herbs"}}, 400),
        ({"target": {"kind": "list", "list": "nothing"}}, 404),
        ({"target": {"kind": "odd"}}, 400),
        ({"address": "ftp://receiver.example/x"}, 400),
        ({"address": "nowhere"}, 400),
        ({"topics": ["odd"]}, 400),
        ({"channel": "pigeon"}, 400),
        ({"owner": "client"}, 400),
        ({"owner": "party", "odd": 1}, 400),
        ({"target": {"kind": "request", "about": "77"}}, 403),
    ],
)
def test_what_cannot_be_subscribed_to_is_named(say, sent, status):
    """With what is known in its place."""
    answer = say("officer", "", {**HOOK, **sent})

    assert answer.status == status, answer.text
    assert "detail_fa" in answer.json()


def test_a_subscription_is_paused_resumed_replayed_rotated_and_ended(say, mine):
    """Each act answers how it stands then; what its state does not allow is 409; an ended one is forgotten but for its record."""
    number = mine["subscription"]["number"]
    paused = say("officer", f"/{number}/pause", {"why": "تعمیر"})
    twice = say("officer", f"/{number}/pause", {})
    resumed = say("officer", f"/{number}/resume", method="POST")
    beyond = say("officer", f"/{number}/replay", {"start": 1_000})
    replayed = say("officer", f"/{number}/replay", {"start": 1})
    rotated = say("officer", f"/{number}/secret", {"hours": 1})
    too_long = say("officer", f"/{number}/secret", {"hours": 10_000})
    ended = say("officer", f"/{number}", method="DELETE")

    assert (paused.json()["state"], paused.json()["why"], twice.status) == ("paused", "تعمیر", 409)
    assert (resumed.json()["state"], beyond.status, replayed.json()["cursor"]) == ("active", 400, 0)
    assert rotated.json()["secret"].startswith("whsec_")
    assert rotated.json()["secret"] != mine["secret"]
    assert too_long.status == 400
    assert (ended.json()["state"], ended.json()["address"]) == ("ended", "")
    assert say("officer", f"/{number}/resume", method="POST").status == 409


def test_attempts_tell_how_deliveries_went(say, people, home):
    """Newest first: what arrived, and what the other side said when it did not."""
    with webhook() as receiver:
        made = say("officer", "", {**HOOK, "address": receiver.url, "target": {"kind": "letters"}})
        number, secret = made.json()["subscription"]["number"], made.json()["secret"]
        keys = DeliveryKeys(home.token_key)
        receiver.status = 500
        tell(home.registry, "110/1")
        deliver_once(home.registry, home.shelf, keys, loopback())
        failing = say("officer", f"/{number}").json()
        receiver.status = 200
        deliver_once(home.registry, home.shelf, keys, loopback())
        attempts = say("officer", f"/{number}/attempts").json()["items"]

        assert failing["failures"] == 1
        assert [one["arrived"] for one in attempts] == [True, False]
        assert "500" in attempts[1]["said"]
        assert receiver.subjects(secret) == ["110/1"]
        assert say("officer", f"/{number}/attempts?limit=1").json()["items"] == attempts[:1]


def test_nobody_is_answered_without_a_token(ask, home):
    """Subscriptions are for the desk and for clients."""
    assert [ask.get(PATH).status, ask.get(f"{PATH}/1").status] == [401, 401]
