"""Subscribing: what may be wanted, by whom, where; nothing secret is kept in clear or told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from asking_codes import WANTED, keep
from sqlalchemy import select, text, update
from staff import found, hire

from maksa.errors import BadParameter, NotFound, OverQuota, Refused, UnknownTerminology, WrongState
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import (
    MOST_MAILS,
    confirm,
    end_by_code,
    end_subscription,
    find_subscription,
    list_attempts,
    list_subscriptions,
    pause,
    replay,
    resume,
    rotate_secret,
    subscribe,
)
from maksa.registry.delivery.tables import delivery, subscription, subscription_secret
from maksa.registry.journal import list_journal

TAMIN, CENTRE = Owner("party", "tamin"), Owner("party", "centre")
URL = "https://his.example.ir/maksa?key=IN-THE-URL"
ALL = Target("everything")


@pytest.fixture
def want(registry, shelf, keys):
    """Subscribe somebody."""
    found(registry)

    def subscribe_one(target=ALL, *, owner=TAMIN, channel="webhook", address=URL, **more):
        wanted = WantedSubscription(owner, target, channel, address, **more)
        return subscribe(registry, shelf, keys, wanted)

    return subscribe_one


def mail(want, **more):
    """Subscribe an e-mail address."""
    return want(channel="email", address="desk@Example.IR", **more).subscription


def test_a_secret_is_given_once_and_stands_nowhere_in_clear(registry, want, keys):
    """Neither in the database, nor in the journal or a repr; another home's key opens nothing."""
    new = want()
    assert new.secret.startswith("whsec_")

    with registry.reading() as connection:
        sealed = connection.scalar(select(subscription_secret.c.sealed))
    assert keys.opened(sealed) == new.secret
    assert DeliveryKeys(b"x" * 32).opened(sealed) is None
    told = f"{sealed} {new!r} {new.subscription!r} {list_journal(registry)!r} {keys!r}"
    for secret in (new.secret, new.secret.removeprefix("whsec_"), "IN-THE-URL"):
        assert secret not in told


def test_a_code_is_taken_in_the_spelling_of_its_list(want, one_edition):
    """Any known spelling of a list and a code; one that no edition has yet is watched as it stands."""
    assert want(Target("code", "HERBS", "۱")).subscription.target == Target("code", "herbs", "1")
    assert want(Target("code", "herbs", "77")).subscription.target.code == "77"
    with pytest.raises(BadParameter, match="cannot be a code"):
        want(Target("code", "herbs", "7" * 101))
    with pytest.raises(UnknownTerminology, match="herbz"):
        want(Target("list", "herbz"))


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x.ir/", "https://", "http://u:p@x.ir/", "https://x.ir/#a", "https://x.ir/ا", "https://x.ir/a\r\nX: 1",
     "https://x.ir/" + "a" * 2000, "http://x.ir:99999/", "javascript:alert(1)", "http://[::1", "http://x.ir:0/"],
)  # fmt: skip
def test_a_webhook_takes_only_a_plain_url(want, address):
    """No password in it, no other scheme, nothing that could begin a header."""
    with pytest.raises(BadParameter) as refused:
        want(address=address)
    assert "u:p" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["", "desk", "a@b@c.ir", "a b@c.ir", "a@c.ir\nBcc: all@c.ir", "<a@c.ir>", "a@c.ir, b@c.ir", "a" * 65 + "@c.ir", "ا@c.ir"],
)  # fmt: skip
def test_an_email_subscription_takes_one_plain_address(want, address):
    """Nothing that names two addresses or could begin a header."""
    with pytest.raises(BadParameter):
        want(channel="email", address=address)


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ({"target": Target("list")}, "list"),
        ({"target": Target("code", "herbs")}, "code"),
        ({"target": Target("request")}, "about"),
        ({"target": Target("all")}, "target"),
        ({"topics": ("editions",)}, "topic"),
        ({"channel": "sms"}, "channel"),
        ({"owner": Owner("system", "x")}, "owner"),
        ({"language": "ar"}, "language"),
    ],
)
def test_an_unknown_word_is_an_error_that_names_the_known_ones(want, one_edition, wrong, parameter):
    """Owner, target, channel, topic and language are of short lists."""
    with pytest.raises(BadParameter) as refused:
        want(**wrong)
    assert refused.value.parameter == parameter


@pytest.mark.parametrize(
    "owner", [Owner("party", "nobody"), Owner("person", "x"), Owner("client", "x"), Owner("asker", "9")]
)
def test_an_owner_must_be_registered(want, owner):
    """Nobody else is told anything."""
    with pytest.raises(NotFound):
        want(owner=owner)


def test_private_things_are_for_those_whom_they_concern(registry, want):
    """A party may want its own discrepancies; the centre's readers anybody's; an asker the own request only."""
    hire(registry, "maryam", roles=("curator",))
    hire(registry, "ali", party_id="tamin", roles=("insurer-officer",))
    keep(registry, WANTED)
    keep(registry, WANTED)
    of_centre, of_tamin = (Target("discrepancies", about=party) for party in ("centre", "tamin"))

    for owner in (TAMIN, Owner("person", "ali"), CENTRE, Owner("person", "maryam")):
        assert want(of_tamin, owner=owner)
    assert want(of_centre, owner=Owner("person", "maryam"))
    assert want(Target("request", about="1"), owner=Owner("asker", "1"))
    for target, owner in [
        (of_centre, TAMIN),
        (of_centre, Owner("person", "ali")),
        (Target("request", about="2"), Owner("asker", "1")),
        (ALL, Owner("asker", "1")),
        (Target("request", about="1"), TAMIN),
    ]:
        with pytest.raises(Refused, match="do not concern"):
            want(target, owner=owner)


def test_one_owner_has_a_bound(registry, want, monkeypatch):
    """Those that ended do not count."""
    monkeypatch.setattr("maksa.registry.delivery.subscriptions.MOST_OF_OWNER", 5)
    for _ in range(5):
        want()
    with pytest.raises(OverQuota):
        want()
    end_subscription(registry, 1)
    assert want()


def test_an_address_confirms_by_its_code_alone(registry, want, keys):
    """Another code, that of another deed or subscription, and a missing subscription are one and the same refusal."""
    held, other = mail(want), mail(want)
    assert held.state == "unconfirmed"
    assert held.address == "desk@example.ir"
    right = keys.code("confirm", held.number, held.created)
    refusals = set()
    for number, code in [
        (held.number, "x"),
        (held.number, ""),
        (held.number, "\udcff"),
        (held.number, keys.code("end", held.number, held.created)),
        (held.number, keys.code("confirm", other.number, other.created)),
        (77, right),
        (2**40, right),
    ]:
        with pytest.raises(NotFound) as refused:
            confirm(registry, keys, number, code)
        refusals.add(refused.value.text.en.replace(str(number), "N"))
    assert len(refusals) == 1

    assert confirm(registry, keys, held.number, right.upper()).state == "active"
    assert confirm(registry, keys, held.number, right).state == "active"
    assert find_subscription(registry, other.number).state == "unconfirmed"


def test_a_week_later_a_code_confirms_nothing(registry, want, keys):
    """And a webhook has no code at all."""
    held = mail(want)
    late = datetime.now(UTC) - timedelta(days=8)
    with registry.writing() as connection:
        connection.execute(update(subscription).values(created=late))
    with pytest.raises(WrongState, match="over"):
        confirm(registry, keys, held.number, keys.code("confirm", held.number, late))
    hook = want().subscription
    with pytest.raises(NotFound):
        confirm(registry, keys, hook.number, keys.code("confirm", hook.number, hook.created))


def test_an_address_is_not_flooded_with_questions(registry, want, keys):
    """A few unconfirmed subscriptions a day, whoever makes them; confirmed ones do not count."""
    held = [mail(want) for _ in range(MOST_MAILS)]
    with pytest.raises(OverQuota):
        mail(want, owner=CENTRE)
    confirm(registry, keys, 1, keys.code("confirm", 1, held[0].created))
    assert mail(want, owner=CENTRE)


def test_askers_are_asked_once_for_all_their_requests_of_a_day(registry, keys):
    """The contact of a request is subscribed, unconfirmed; only the first is asked, and its answer confirms all."""
    for _ in range(3):
        keep(registry, WANTED)
    held = list_subscriptions(registry)
    assert [(one.owner.id, one.state, one.asked is None) for one in held] == [
        ("1", "unconfirmed", True),
        ("2", "unconfirmed", False),
        ("3", "unconfirmed", False),
    ]
    confirm(registry, keys, 1, keys.code("confirm", 1, held[0].created))
    assert [one.state for one in list_subscriptions(registry)] == ["active"] * 3


def test_who_reads_a_mail_ends_its_subscription(registry, want, keys):
    """By the code at its foot; a second time nothing changes, and the address is forgotten."""
    held = mail(want)
    code = keys.code("end", held.number, held.created)
    for _ in range(2):
        ended = end_by_code(registry, keys, held.number, code)
        assert (ended.state, ended.address) == ("ended", "")
    for act in (pause, resume, rotate):
        with pytest.raises(WrongState, match="ended"):
            act(registry, held.number)


def rotate(registry, number):
    """Rotate with some keys."""
    return rotate_secret(registry, DeliveryKeys(b"k" * 32), number)


def test_states_lead_only_where_they_may(registry, want, keys):
    """Pausing what is paused, resuming what is active, and rotating a mail are refused with the state."""
    want()
    mail(want)
    pause(registry, 1, "maintenance")
    assert find_subscription(registry, 1).why == "maintenance"
    with pytest.raises(WrongState, match="paused"):
        pause(registry, 1)
    resume(registry, 1)
    with pytest.raises(WrongState, match="active"):
        resume(registry, 1)
    with pytest.raises(WrongState, match="not confirmed"):
        rotate_secret(registry, keys, 2)
    with pytest.raises(WrongState, match="not confirmed"):
        replay(registry, 2, 1)
    with pytest.raises(BadParameter):
        rotate_secret(registry, keys, 1, hours=1000)
    with pytest.raises(BadParameter, match="no notice 5"):
        replay(registry, 1, 5)
    with pytest.raises(NotFound):
        find_subscription(registry, 0)
    assert list_attempts(registry, 1) == []


def test_what_was_done_stands_in_the_journal(registry, want, keys):
    """Each act once, with the owner and the target and no address."""
    want()
    held = mail(want)
    confirm(registry, keys, 2, keys.code("confirm", 2, held.created))
    rotate_secret(registry, keys, 1)
    pause(registry, 1)
    resume(registry, 1)
    replay(registry, 1, 1)
    end_subscription(registry, 1)

    acts = [entry.act for entry in reversed(list_journal(registry)) if entry.act.startswith("subscription")]
    assert acts == [
        f"subscription-{act}"
        for act in ("add", "add", "confirm", "rotate", "pause", "resume", "replay", "end")
    ]
    assert "example" not in f"{list_journal(registry)}"


def test_the_record_of_deliveries_is_never_changed(registry):
    """The database itself refuses, as it does for the outbox."""
    from sqlalchemy.exc import IntegrityError

    with registry.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO outbox (number, at, topic, subject, fa, en) VALUES (1, '2026-01-01', 't', 's', '', '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO subscription (number, owner_kind, owner, target, topics, channel, address, language, state,"
                " created, cursor, failures) VALUES (1, 'party', 'x', 'letters', '', 'webhook', '', 'fa', 'active', '2026-01-01', 0, 0)"
            )
        )
        connection.execute(
            delivery.insert().values(
                subscription=1, notice=1, at=datetime.now(UTC), arrived=True, said="", content_hash="", owner_kind="party",
                owner="x", channel="webhook",
            )
        )  # fmt: skip
    for statement in (delivery.update().values(said="x"), delivery.delete()):
        with pytest.raises(IntegrityError, match="only appended to"), registry.writing() as connection:
            connection.execute(statement)
