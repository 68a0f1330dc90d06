"""Whose a client is, what it may, and how often."""

from __future__ import annotations

import pytest
from staff import found

from maksa.errors import BadInput, NotFound, OverQuota
from maksa.model.clients import Client
from maksa.registry.journal import list_journal
from maksa.registry.parties.clients import Grant, add_client, grant_client, list_clients
from maksa.registry.parties.directory import Directory
from maksa.registry.parties.quotas import QuotaCounter


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at the beginning of a day until it is moved."""
    now = [86_400 * 20_000.0]
    monkeypatch.setattr("maksa.registry.parties.quotas.time.time", lambda: now[0])
    return now


def asked(counter, client, times):
    """Count questions until one is refused; give how many were not."""
    for number in range(times):
        try:
            counter.count(client)
        except OverQuota:
            return number
    return times


def test_a_client_asks_as_often_a_minute_as_it_may(clock):
    """One more is refused with the seconds to wait; then the next minute begins."""
    counter, client = QuotaCounter(), Client("a", "A", "a", (), per_minute=3)
    clock[0] += 20

    assert asked(counter, client, 9) == 3
    with pytest.raises(OverQuota, match="3 times a minute") as refusal:
        counter.count(client)
    assert refusal.value.seconds == 40
    clock[0] += 40
    assert asked(counter, client, 9) == 3


def test_a_day_bounds_what_its_minutes_allow(clock):
    """Questions that were refused are not counted."""
    counter, client = QuotaCounter(), Client("a", "A", "a", (), per_minute=3, per_day=5)

    assert asked(counter, client, 9) == 3
    clock[0] += 60
    assert asked(counter, client, 9) == 2
    with pytest.raises(OverQuota, match="5 times a day"):
        counter.count(client)
    clock[0] += 86_400
    assert asked(counter, client, 9) == 3


def test_clients_are_counted_apart_and_without_a_quota_not_at_all(clock):
    """One that asks too much takes nothing from the others."""
    counter = QuotaCounter()

    assert asked(counter, Client("a", "A", "a", (), per_minute=1), 5) == 1
    assert asked(counter, Client("b", "B", "b", (), per_minute=2), 5) == 2
    assert asked(counter, Client("c", "C", "c", ()), 500) == 500


def test_what_is_over_is_forgotten(clock, monkeypatch):
    """Memory has a bound; what is being counted stays."""
    monkeypatch.setattr("maksa.registry.parties.quotas._MOST_COUNTED", 10)
    counter = QuotaCounter()
    for number in range(10):
        counter.count(Client(str(number), "", "", (), per_minute=1))
    clock[0] += 60

    counter.count(Client("new", "", "", (), per_minute=1))

    assert len(counter._counts) == 1


def test_a_grant_is_kept_and_holds_at_the_doors(registry, clock):
    """Party, scopes and quotas are listed, in the journal, and the directory counts."""
    found(registry)
    add_client(registry, "lab", name="Lab")
    grant = Grant("tamin", ("discrepancies", "read"), per_minute=2, per_day=10)

    client = grant_client(registry, "lab", grant)

    assert list_clients(registry) == (client,)
    assert (client.party, client.scopes) == ("tamin", ("read", "discrepancies"))
    assert list_journal(registry)[0].details == {
        "party": "tamin",
        "scopes": ["read", "discrepancies"],
        "per_minute": 2,
        "per_day": 10,
    }
    directory = Directory(registry)
    assert [directory.current("lab") for _ in range(2)] == [client, client]
    with pytest.raises(OverQuota):
        directory.current("lab")


def test_a_client_without_a_grant_may_read_without_a_bound(registry):
    """As every client before there were grants; a grant can be replaced."""
    made = add_client(registry, "lab", name="Lab").client
    assert (made.party, made.scopes, made.per_minute, made.per_day) == (None, ("read",), None, None)

    grant_client(registry, "lab", Grant(per_day=1))

    assert grant_client(registry, "lab", Grant()) == made


@pytest.mark.parametrize(
    ("grant", "error"),
    [
        (Grant(scopes=()), BadInput),
        (Grant("tamin", scopes=("publish",)), BadInput),
        (Grant(scopes=("requests",)), BadInput),
        (Grant("nobody"), NotFound),
        (Grant(per_minute=0), BadInput),
        (Grant(per_day=10**12), BadInput),
    ],
    ids=repr,
)
def test_a_grant_that_makes_no_sense_is_refused(registry, grant, error):
    """And what held before goes on."""
    found(registry)
    made = add_client(registry, "lab", name="Lab").client

    with pytest.raises(error):
        grant_client(registry, "lab", grant)

    assert list_clients(registry) == (made,)
