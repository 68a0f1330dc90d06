"""Who was told what about a code on a day: as it stood published then, and what had arrived by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from desk import issue
from herbs import MINT, SAGE, THYME, herbs
from receivers import loopback
from staff import found

from maksa.errors import UnknownTerminology
from maksa.model.edition import Letter
from maksa.model.jalali import today
from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import subscribe
from maksa.registry.delivery.then import ThenLibrary
from maksa.registry.delivery.told import told
from maksa.registry.drafts.publish import restore, withdraw
from maksa.registry.letters import record_letter

CENTRE, TAMIN = Owner("party", "centre"), Owner("party", "tamin")


def subscribed(registry, shelf, keys, receiver, owner, target):
    """Subscribe a webhook."""
    wanted = WantedSubscription(owner, target, "webhook", receiver.url)
    return subscribe(registry, shelf, keys, wanted).subscription.number


def test_it_names_the_edition_the_state_and_who_had_been_told(registry, one_edition, keys, receiver):
    """With the time and the hash of what each was sent; who subscribed to another code was not told of this one."""
    found(registry)
    for owner, target in [
        (CENTRE, Target("list", "herbs")),
        (TAMIN, Target("code", "herbs", "1")),
        (TAMIN, Target("code", "herbs", "2")),
    ]:
        subscribed(registry, one_edition, keys, receiver, owner, target)
    changed = (replace(MINT, display="نعناع تازه"), replace(THYME, display="x"), SAGE)
    issue(registry, one_edition, herbs(*changed), "2", effective=date(2025, 3, 21))
    record_letter(
        registry, one_edition, Letter("110/9", date(2025, 3, 1), "گیاهان", announces=(("herbs", "2"),))
    )
    deliver_once(registry, one_edition, keys, loopback())

    answer = told(registry, one_edition, "HERBS", "۱", today())

    assert (answer.edition.edition, answer.status, answer.title) == ("2", "active", "نعناع تازه")
    assert [(one.notice.topic, one.notice.subject) for one in answer.notices] == [
        ("edition", "herbs 1"),
        ("edition", "herbs 2"),
        ("letter", "110/9"),
    ]
    assert [[sent.subscription for sent in one.sent] for one in answer.notices] == [[], [1, 2], [1]]
    assert answer.notices[1].sent[1].owner == TAMIN
    hashes = {sent.content_hash for one in answer.notices for sent in one.sent}
    assert len(hashes) == 3
    assert all(len(one) == 64 for one in hashes)


def test_what_came_later_does_not_count(registry, one_edition, keys, receiver):
    """Yesterday nothing of the list was published; a code that the edition lacks has no state."""
    found(registry)
    subscribed(registry, one_edition, keys, receiver, CENTRE, Target("everything"))
    deliver_once(registry, one_edition, keys, loopback())

    before = told(registry, one_edition, "herbs", "1", today() - timedelta(days=1))
    assert (before.edition, before.status, before.notices) == (None, None, ())
    unknown = told(registry, one_edition, "herbs", "77", today())
    assert (unknown.edition.edition, unknown.status, unknown.title) == ("1", None, None)
    with pytest.raises(UnknownTerminology):
        told(registry, one_edition, "herbz", "1", today())


def test_a_withdrawal_counts_from_when_it_was_done_and_until_it_was_undone(registry, one_edition):
    """The journal tells both times."""
    issue(registry, one_edition, herbs(replace(MINT, display="x")), "2", effective=date(2025, 3, 21))
    published = datetime.now(UTC)
    withdraw(registry, one_edition, "herbs", "2", "mistake")
    withdrawn = datetime.now(UTC)
    restore(registry, one_edition, "herbs", "2")

    with registry.reading() as connection:
        seen = [
            ThenLibrary(one_edition, connection, instant).entries("herbs")[0].withdrawn
            for instant in (published, withdrawn, datetime.now(UTC))
        ]
    assert seen == [False, True, False]


def test_a_withdrawal_of_another_home_counts_from_its_signed_record(registry, toy_shelf):
    """A mirror has the files and no journal of them; the record tells the second."""
    toy_shelf.withdraw("herbs", "1", "elsewhere")
    withdrawn = datetime.fromisoformat(toy_shelf.withdrawal("herbs", "1")["withdrawn"])
    with registry.reading() as connection:
        seen = [
            ThenLibrary(toy_shelf, connection, instant).entries("herbs")[0].withdrawn
            for instant in (withdrawn - timedelta(seconds=1), withdrawn)
        ]
    assert seen == [False, True]
    assert told(registry, toy_shelf, "herbs", "00125", today()).edition is None
