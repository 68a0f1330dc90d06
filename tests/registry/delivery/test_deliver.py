"""Delivery: every notice arrives, in order, whatever fails in between; one deliverer at a time."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime

import pytest
from desk import issue
from herbs import MINT, THYME, herbs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receivers import loopback, tell, webhook
from staff import found

from maksa.errors import NotAllowed, WrongState
from maksa.registry.delivery.deliver import deliver_forever, deliver_once
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.lease import Lease, LeaseLost
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import (
    end_subscription,
    find_subscription,
    list_attempts,
    replay,
    resume,
    rotate_secret,
    subscribe,
)
from maksa.registry.drafts.publish import restore, withdraw
from maksa.registry.journal import list_journal
from maksa.registry.outbox import append_notice, read_notices
from maksa.text import Text

EVERYTHING = Target("everything")


@pytest.fixture
def subscribed(registry, shelf, keys, receiver):
    """The centre's own webhook, told of everything but drafts."""
    found(registry)
    return subscribe_to(registry, shelf, keys, receiver, topics=("edition", "letter", "subscription"))


def subscribe_to(registry, shelf, keys, receiver, target=EVERYTHING, owner=Owner("party", "centre"), **more):  # noqa: B008
    """Subscribe a webhook."""
    wanted = WantedSubscription(owner, target, "webhook", receiver.url, **more)
    return subscribe(registry, shelf, keys, wanted)


def test_a_published_edition_reaches_a_webhook_signed(registry, shelf, keys, receiver, subscribed):
    """The event says which edition, its hash and effective day; publishing, withdrawing and restoring come in order."""
    issue(registry, shelf, herbs(MINT, THYME), "1", effective=date(2024, 3, 20))
    withdraw(registry, shelf, "herbs", "1", "خطا")
    restore(registry, shelf, "herbs", "1")

    done = deliver_once(registry, shelf, keys, loopback())

    assert (done.arrived, done.failed, done.more) == (3, 0, False)
    events = receiver.events(subscribed.secret)
    assert [event["type"] for event in events] == [
        "maksa.edition.published",
        "maksa.edition.withdrawn",
        "maksa.edition.restored",
    ]
    facts = events[0]["data"]
    assert (facts["terminology"], facts["edition"], facts["effective"]) == ("herbs", "1", "2024-03-20")
    assert facts["hash"] == shelf.entries("herbs")[0].manifest.content_hash
    assert "خطا" in events[1]["data"]["text"]["fa"]


def test_what_failed_arrives_later_in_order_and_nothing_is_lost(registry, shelf, keys, receiver, subscribed):
    """While the receiver is down each round fails once; after it, everything comes, under ids that never change."""
    receiver.status = 503
    tell(registry, "1", "2", "3")
    for _ in range(3):
        assert deliver_once(registry, shelf, keys, loopback()).failed == 1
    receiver.status = 200
    tell(registry, "4")

    assert deliver_once(registry, shelf, keys, loopback()).arrived == 4
    assert receiver.subjects(subscribed.secret) == ["1", "2", "3", "4"]
    attempts = list_attempts(registry, 1)
    assert [one.said for one in attempts] == ["HTTP 200"] * 4 + ["HTTP 503"] * 3
    assert {one.notice for one in attempts[4:]} == {1}


def test_a_failure_waits_longer_each_time(registry, shelf, keys, receiver, subscribed):
    """The next try stands in the subscription; before it nothing is sent."""
    receiver.status = 500
    tell(registry, "1")
    deliver_once(registry, shelf, keys, loopback(first_wait=1000, longest_wait=4000))
    held = find_subscription(registry, 1)
    wait = (held.next_try - datetime.now(UTC)).total_seconds()

    assert 490 <= wait <= 1000
    assert held.failures == 1
    assert deliver_once(registry, shelf, keys, loopback()).failed == 0


def test_after_days_of_failures_it_is_paused_and_told(registry, shelf, keys, receiver, subscribed):
    """The pause is a notice to its owner and the centre; resumed, it goes on from where it stood."""
    receiver.status = 500
    tell(registry, "1")
    deliver_once(registry, shelf, keys, loopback())
    deliver_once(registry, shelf, keys, loopback(days=0))

    held = find_subscription(registry, 1)
    assert held.state == "paused"
    assert "HTTP 500" in held.why
    (notice,) = read_notices(registry, topic="subscription")
    assert "PATH-SECRET" not in f"{notice} {held} {list_journal(registry)}"
    receiver.status = 200
    assert deliver_once(registry, shelf, keys, loopback()).arrived == 0
    resume(registry, 1)
    assert deliver_once(registry, shelf, keys, loopback()).arrived == 2


def test_a_receiver_that_is_gone_is_paused_at_once(registry, shelf, keys, receiver, subscribed):
    """410 says that it will never listen again."""
    receiver.status = 410
    tell(registry, "1")
    deliver_once(registry, shelf, keys, loopback())

    assert find_subscription(registry, 1).state == "paused"


def test_a_redirect_is_not_followed(registry, shelf, keys, receiver, subscribed):
    """It counts as a failure: another place was never checked."""
    with webhook() as other:
        receiver.status, receiver.headers = 302, {"location": other.url}
        tell(registry, "1")

        assert deliver_once(registry, shelf, keys, loopback()).failed == 1
        assert other.arrived == []


def test_a_slow_receiver_keeps_nobody_waiting(registry, shelf, keys, receiver, subscribed):
    """It is given up after its time; the others have theirs meanwhile."""
    with webhook() as quick:
        new = subscribe_to(registry, shelf, keys, quick)
        arrived = []
        quick.meanwhile = lambda: arrived.append(time.monotonic())
        receiver.meanwhile = lambda: time.sleep(1.5)
        tell(registry, "1", "2", "3")
        began = time.monotonic()

        done = deliver_once(registry, shelf, keys, loopback(send=0.7))

        assert (done.arrived, done.failed) == (3, 1)
        assert quick.subjects(new.secret) == ["1", "2", "3"]
        assert arrived[-1] - began < 1.5


def test_a_turn_ends_and_the_rest_comes_in_the_next(registry, shelf, keys, receiver, subscribed):
    """A long backlog does not hold a round for ever."""
    receiver.meanwhile = lambda: time.sleep(0.2)
    tell(registry, *map(str, range(6)))

    done = deliver_once(registry, shelf, keys, loopback(turn=0.5))
    assert done.more
    assert 1 <= done.arrived < 6
    while deliver_once(registry, shelf, keys, loopback(turn=0.5)).more:
        pass
    assert receiver.subjects(subscribed.secret) == [*map(str, range(6))]


def test_two_deliverers_take_turns(registry, shelf, keys, receiver, subscribed):
    """The second is told that one is at work; of two that run against each other nothing comes twice or out of order."""
    receiver.meanwhile = lambda: time.sleep(0.02)
    tell(registry, *map(str, range(10)))
    rounds = []

    def deliver():
        while find_subscription(registry, 1).cursor < 10:
            rounds.append(deliver_once(registry, shelf, keys, loopback(turn=0.1)))

    both = [threading.Thread(target=deliver) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert receiver.subjects(subscribed.secret) == [*map(str, range(10))]
    assert sum(done.arrived for done in rounds) == 10


def test_a_lease_that_is_held_keeps_others_out_and_one_that_is_over_does_not(
    registry, shelf, keys, receiver, subscribed
):
    """A deliverer that was killed is taken over when its lease is over; it may record nothing any more."""
    killed = Lease(registry, 0.3)
    assert killed.take()
    tell(registry, "1")
    assert deliver_once(registry, shelf, keys, loopback()).busy
    time.sleep(0.35)
    assert deliver_once(registry, shelf, keys, loopback()).arrived == 1
    with pytest.raises(LeaseLost), registry.writing() as connection:
        killed.hold(connection)


def test_replay_sends_again_under_the_same_ids(registry, shelf, keys, receiver, subscribed):
    """From a number on, in order; who keeps the ids sees that they are the same notices."""
    tell(registry, "1", "2", "3")
    deliver_once(registry, shelf, keys, loopback())
    first = [event["id"] for event in receiver.events(subscribed.secret)]
    replay(registry, 1, 2)
    deliver_once(registry, shelf, keys, loopback())

    ids = [event["id"] for event in receiver.events(subscribed.secret)]
    assert ids == [*first, *first[1:]]


def test_a_replay_while_a_notice_is_on_its_way_is_not_lost(registry, shelf, keys, receiver, subscribed):
    """What is recorded of the notice does not move the cursor that was set meanwhile."""
    tell(registry, "1", "2")
    deliver_once(registry, shelf, keys, loopback())
    tell(registry, "3")
    receiver.meanwhile = lambda: replay(registry, 1, 1) if len(receiver.arrived) == 3 else None
    deliver_once(registry, shelf, keys, loopback())
    deliver_once(registry, shelf, keys, loopback())

    assert receiver.subjects(subscribed.secret) == ["1", "2", "3", "1", "2", "3"]


def test_a_rotated_secret_overlaps_the_old_one(registry, shelf, keys, receiver, subscribed):
    """For a while messages bear both signatures; without an overlap the old one verifies nothing."""
    overlapping = rotate_secret(registry, keys, 1, hours=1)
    tell(registry, "1")
    deliver_once(registry, shelf, keys, loopback())
    assert receiver.events(subscribed.secret) == receiver.events(overlapping.secret)

    alone = rotate_secret(registry, keys, 1, hours=0)
    tell(registry, "2")
    deliver_once(registry, shelf, keys, loopback())
    receiver.arrived = receiver.arrived[1:]
    assert receiver.events(alone.secret)
    for outdated in (subscribed.secret, overlapping.secret):
        with pytest.raises(NotAllowed):
            receiver.events(outdated)


def test_an_ended_subscription_gets_nothing_and_keeps_no_address(registry, shelf, keys, receiver, subscribed):
    """Its address and secret are gone from the database."""
    tell(registry, "1")
    end_subscription(registry, 1)

    assert deliver_once(registry, shelf, keys, loopback()).arrived == 0
    assert find_subscription(registry, 1).address == ""


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outages=st.lists(st.sampled_from(["up", "down", "tell", "replay"]), min_size=3, max_size=12))
def test_whatever_happens_every_notice_arrives_and_none_before_an_earlier_one(
    registry, shelf, keys, receiver, outages
):
    """Leaving out what was seen before, the numbers that arrive grow by one, and end with the last notice."""
    found(registry)
    new = subscribe_to(registry, shelf, keys, receiver)
    start = new.subscription.cursor
    receiver.arrived = []
    for happened in outages:
        if happened == "tell":
            tell(registry, "x")
        elif happened == "replay":
            replay(registry, new.subscription.number, start + 1)
        else:
            receiver.status = 200 if happened == "up" else 503
            deliver_once(registry, shelf, keys, loopback())
    receiver.status = 200
    deliver_once(registry, shelf, keys, loopback())
    last = len(read_notices(registry, topic="letter", limit=1_000))

    numbers = [event["data"]["notice"] for event in receiver.events(new.secret)]
    assert list(dict.fromkeys(numbers)) == list(range(start + 1, last + 1))
    assert len({event["id"] for event in receiver.events(new.secret)}) == last - start
    end_subscription(registry, new.subscription.number)


def test_a_deliverer_goes_on_after_a_failure(registry, shelf, keys, receiver, subscribed):
    """A round that fails, of whatever cause, is told and tried again; it ends when it is told to."""
    stop, heard = threading.Event(), []
    outcomes = iter([ZeroDivisionError(), WrongState(Text("خطا", "locked"))])

    def once():
        for error in outcomes:
            raise error
        stop.set()
        return deliver_once(registry, shelf, keys, loopback())

    tell(registry, "1")
    deliver_forever(once, every=0.01, stop=stop, tell=heard.append)

    assert [type(one).__name__ for one in heard] == ["ZeroDivisionError", "WrongState", "Round"]
    assert receiver.subjects(subscribed.secret) == ["1"]


def test_what_cannot_be_told_holds_up_its_own_subscriber_only(registry, shelf, keys, receiver, subscribed):
    """A code's subscriber waits for an edition that this node does not have; the others are told."""
    issue(registry, shelf, herbs(MINT, THYME), "1", effective=date(2024, 3, 20))
    with webhook() as other:
        subscribe_to(registry, shelf, keys, other, Target("code", "herbs", "1"))
        with registry.writing() as connection:
            told = Text("ی", "e")
            append_notice(connection, "edition", "herbs 9", told, at=datetime.now(UTC), act="published")
        done = deliver_once(registry, shelf, keys, loopback())

        assert (done.arrived, done.failed) == (2, 1)
        assert other.arrived == []
    (attempt,) = list_attempts(registry, 2)
    assert "herbs" in attempt.said


def test_a_secret_that_another_key_sealed_is_told(registry, shelf, keys, receiver, subscribed):
    """Nothing is sent unsigned; rotating mends it."""
    tell(registry, "1")
    other = DeliveryKeys(b"o" * 32)
    deliver_once(registry, shelf, other, loopback())
    assert receiver.arrived == []
    assert "rotate" in list_attempts(registry, 1)[0].said

    new = rotate_secret(registry, other, 1, hours=0)
    deliver_once(registry, shelf, other, loopback())
    assert receiver.subjects(new.secret) == ["1"]
