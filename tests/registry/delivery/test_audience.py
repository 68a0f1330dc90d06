"""Who is told what: public notices everybody, private ones those whom they concern, as things stand at delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from asking_codes import WANTED, keep
from compared_lists import compared, difference
from desk import issue
from herbs import MINT, herbs
from receivers import loopback, tell
from staff import found, hire

from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import subscribe
from maksa.registry.discrepancies.register import Decided, assign, decide
from maksa.registry.discrepancies.uploads import record_upload
from maksa.registry.outbox import append_notice
from maksa.registry.parties.clients import Grant, add_client, grant_client, revoke_client
from maksa.registry.parties.parties import Party, add_party
from maksa.registry.parties.people import disable_person, set_roles
from maksa.text import Text

TAMIN = Owner("party", "tamin")


@pytest.fixture
def told(registry, shelf, keys, receiver):
    """Subscribe an owner, let everything happen that may, and give what it was told of: topic and subject."""
    found(registry)

    def told_to(owner, target=Target("everything"), **more):  # noqa: B008
        wanted = WantedSubscription(owner, target, "webhook", receiver.url, **more)
        secret = subscribe(registry, shelf, keys, wanted).secret
        happen(registry, shelf)
        deliver_once(registry, shelf, keys, loopback())
        return [(event["data"]["topic"], event["subject"]) for event in receiver.events(secret)]

    return told_to


def happen(registry, shelf):
    """Let an edition, a letter, two requests, two discrepancies, a draft and an adoption be told of."""
    issue(registry, shelf, herbs(MINT), "1", effective=date(2024, 3, 20))
    tell(registry, "110/1")
    keep(registry, type(WANTED)("herbs", "الف", organisation="tamin"))
    keep(registry, type(WANTED)("herbs", "ب", organisation="salamat"))
    record_upload(registry, compared(difference("1"), party="tamin"))
    record_upload(registry, compared(difference("1"), party="salamat"))
    assign(registry, [1, 2], owner="maryam")
    decide(registry, [1], Decided("accepted", "seen"))
    for topic, subject in (
        ("adoption", "tamin"),
        ("adoption", "salamat"),
        ("adoption", "herbs"),
        ("draft", "herbs 2"),
    ):
        with registry.writing() as connection:
            append_notice(connection, topic, subject, Text("ی", "e"), at=datetime.now(UTC))


PUBLIC = [("edition", "herbs 1"), ("letter", "110/1"), ("adoption", "herbs")]
OF_TAMIN = [("code-request", "1"), ("discrepancy", "1"), ("discrepancy", "1"), ("adoption", "tamin")]


def same(told, *expected):
    """Tell whether exactly these were told, drafts of the publishing itself aside, in whatever order of kinds."""
    return sorted(one for one in told if one != ("draft", "herbs 1")) == sorted(
        one for part in expected for one in part
    )


def test_a_party_is_told_of_the_public_and_of_its_own(told):
    """Of other parties' requests, discrepancies and adoption, and of drafts, it hears nothing."""
    assert same(told(TAMIN), PUBLIC, OF_TAMIN)


def test_a_reader_of_all_records_is_told_of_everything(registry, told):
    """A curator of the centre."""
    hire(registry, "maryam", roles=("curator",))
    everything = [
        ("code-request", "2"),
        ("discrepancy", "2"),
        ("adoption", "salamat"),
        ("draft", "herbs 2"),
    ]
    assert same(told(Owner("person", "maryam")), PUBLIC, OF_TAMIN, everything)


def test_a_client_is_told_of_what_its_scopes_allow(registry, told):
    """Its party's discrepancies, and not the requests that it may not file."""
    add_client(registry, "his-1", name="HIS")
    grant_client(registry, "his-1", Grant("tamin", scopes=("read", "discrepancies")))
    of_it = [one for one in OF_TAMIN if one[0] == "discrepancy"]
    assert same(told(Owner("client", "his-1")), PUBLIC, of_it)


def test_roles_count_as_they_are_at_delivery(registry, shelf, keys, receiver):
    """Who lost the role is told no more of others; who was disabled is told nothing, until access is given again."""
    found(registry)
    hire(registry, "maryam", roles=("curator",))
    wanted = WantedSubscription(Owner("person", "maryam"), Target("everything"), "webhook", receiver.url)
    secret = subscribe(registry, shelf, keys, wanted).secret
    set_roles(registry, "maryam", ())
    happen(registry, shelf)
    disable_person(registry, "maryam")
    assert deliver_once(registry, shelf, keys, loopback()).arrived == 0
    disable_person(registry, "maryam", disabled=False)
    deliver_once(registry, shelf, keys, loopback())

    assert sorted((e["data"]["topic"], e["subject"]) for e in receiver.events(secret)) == sorted(PUBLIC)


def test_a_revoked_client_is_told_nothing(registry, shelf, keys, receiver):
    """From then on."""
    add_client(registry, "his-1", name="HIS")
    wanted = WantedSubscription(Owner("client", "his-1"), Target("letters"), "webhook", receiver.url)
    subscribe(registry, shelf, keys, wanted)
    tell(registry, "1")
    revoke_client(registry, "his-1")

    assert deliver_once(registry, shelf, keys, loopback()).arrived == 0


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target("letters"), [("letter", "110/1")]),
        (Target("discrepancies", about="tamin"), [("discrepancy", "1")] * 2),
    ],
)
def test_a_target_keeps_what_is_of_it(told, target, expected):
    """And nothing else."""
    assert told(TAMIN, target) == expected


def test_topics_keep_some_of_a_target(told):
    """The kinds of notices that were named."""
    assert told(TAMIN, topics=("letter", "adoption")) == [
        ("letter", "110/1"),
        ("adoption", "tamin"),
        ("adoption", "herbs"),
    ]


def test_a_list_brings_all_that_concerns_it(registry, shelf, keys, receiver):
    """Its editions and what else names it, as far as the owner may see that."""
    found(registry)
    issue(registry, shelf, herbs(MINT), "0", effective=date(2023, 3, 21))
    wanted = WantedSubscription(TAMIN, Target("list", "herbs"), "webhook", receiver.url)
    secret = subscribe(registry, shelf, keys, wanted).secret
    happen(registry, shelf)
    deliver_once(registry, shelf, keys, loopback())

    events = [(event["data"]["topic"], event["subject"]) for event in receiver.events(secret)]
    assert sorted(events) == sorted(
        [
            ("edition", "herbs 1"),
            ("code-request", "1"),
            ("discrepancy", "1"),
            ("discrepancy", "1"),
            ("adoption", "herbs"),
        ]
    )


def test_a_pause_is_told_to_the_owner_and_the_centre(registry, shelf, keys, receiver):
    """By another subscription of theirs; other parties hear nothing, and what is of no known topic only the centre."""
    found(registry)
    owners = (TAMIN, Owner("party", "centre"), Owner("party", "salamat"))
    add_party(registry, Party("salamat", "سلامت", "insurer"))
    for owner in owners:
        subscribe(
            registry, shelf, keys, WantedSubscription(owner, Target("everything"), "webhook", receiver.url)
        )
    for topic, subject in (
        ("subscription", "1"),
        ("subscription", "99"),
        ("weather", "1"),
        ("discrepancy", "x"),
    ):
        with registry.writing() as connection:
            append_notice(connection, topic, subject, Text("ی", "e"), at=datetime.now(UTC))
    deliver_once(registry, shelf, keys, loopback(workers=1))

    told = [headers["Webhook-Id"].rpartition("-")[2] for headers, _ in receiver.arrived]
    assert told == ["s1"] + ["s2"] * 4
