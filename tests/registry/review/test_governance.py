"""Governed homes: nothing is published without the committee, by no way; others are as they were."""

from dataclasses import replace

import pytest
from colleagues import (
    ADMINISTRATOR,
    ALL_ROLES,
    CURATOR,
    MEMBERS,
    PUBLISHER,
    WHERE,
    bring_to,
    edit,
    gather,
    standing_list,
)
from desk import draft, issue
from herbs import MINT, SAGE, THYME, herbs

from maksa.errors import BadParameter, Refused, WrongState
from maksa.registry.drafts import publish as publishing
from maksa.registry.drafts.drafts import draft_concepts, find_draft, held_draft
from maksa.registry.drafts.publish import publish, restore, withdraw
from maksa.registry.drafts.published import find_entry
from maksa.registry.journal import list_journal
from maksa.registry.review.governance import Governance, govern, governance
from maksa.registry.review.standing import past_drafts
from maksa.registry.samples import load_samples
from maksa.registry.tables import draft_concept

NOT_AGREED = ("editing", "in-review", "returned", "reviewed", "in-vote", "rejected")


@pytest.fixture
def at_desk(registry, shelf):
    """A published edition of three herbs, the draft of the next, and everybody at the desk."""
    gather(registry)
    standing_list(registry, shelf)
    return registry


def test_a_home_of_which_nothing_was_said_is_not_governed(registry):
    """It is turned on and off by the operator or an administrator; the journal has it, once."""
    gather(registry)
    assert governance(registry) == Governance(on=False)

    assert govern(registry, on=True, quorum=5, majority=66) == Governance(on=True, quorum=5, majority=66)
    govern(registry, on=True)
    assert govern(registry, on=False, who=ADMINISTRATOR) == Governance(on=False, quorum=5, majority=66)

    assert [e.actor for e in list_journal(registry) if e.act == "govern"] == ["root", registry.actor]
    with pytest.raises(Refused, match="home-govern"):
        govern(registry, on=True, who=CURATOR)


@pytest.mark.parametrize(
    ("name", "value"), [("quorum", 0), ("quorum", 101), ("majority", 49), ("majority", 100)]
)
def test_rules_that_nobody_could_meet_are_refused(registry, name, value):
    """A quorum of none and a majority of all and more."""
    with pytest.raises(BadParameter) as refusal:
        govern(registry, on=True, **{name: value})

    assert refusal.value.parameter == name


@pytest.mark.parametrize("state", NOT_AGREED)
def test_in_a_governed_home_only_an_agreed_draft_is_published(at_desk, shelf, state):
    """The publisher is told the state; the draft stays."""
    govern(at_desk, on=True)
    bring_to(at_desk, shelf, state)

    with pytest.raises(WrongState, match="committee decides") as refusal:
        publish(at_desk, shelf, *WHERE, who=PUBLISHER)

    assert refusal.value.known == ("agreed",)
    assert find_draft(at_desk, *WHERE) is not None
    assert find_entry(shelf, *WHERE) is None


def test_an_agreed_draft_is_published_by_a_publisher_only(at_desk, shelf):
    """Neither by the operator, nor by a curator, nor a member of the committee."""
    govern(at_desk, on=True)
    bring_to(at_desk, shelf, "agreed")
    with pytest.raises(Refused, match="person who signed in"):
        publish(at_desk, shelf, *WHERE)
    for who in (CURATOR, MEMBERS[0]):
        with pytest.raises(Refused, match="edition-publish"):
            publish(at_desk, shelf, *WHERE, who=who)

    publish(at_desk, shelf, *WHERE, who=PUBLISHER)

    assert list_journal(at_desk, limit=1)[0].actor == PUBLISHER.login
    past = past_drafts(at_desk, *WHERE)[-1]
    assert (past.life.state, len(past.minutes)) == ("published", 1)


def test_an_agreed_draft_that_was_changed_behind_the_desk_is_not_published(at_desk, shelf):
    """The vote is of the content by its hash, whoever got at the table."""
    govern(at_desk, on=True)
    bring_to(at_desk, shelf, "agreed")
    with at_desk.writing() as connection:
        connection.execute(draft_concept.delete().where(draft_concept.c.code == "3"))

    with pytest.raises(WrongState, match="no longer what was submitted"):
        publish(at_desk, shelf, *WHERE, who=PUBLISHER)


def test_in_another_home_the_operator_publishes_as_ever_and_a_publisher_with_four_eyes(at_desk, shelf):
    """What nobody submitted is published directly; by a person who is not its only editor."""
    edit(
        at_desk,
        shelf,
        ("1", replace(MINT, changed=1), {"display": "پونه"}),
        where=("herbs", "3"),
        who=ALL_ROLES,
    )
    with pytest.raises(Refused, match="Four eyes"):
        publish(at_desk, shelf, "herbs", "3", who=ALL_ROLES)
    publish(at_desk, shelf, "herbs", "3", who=PUBLISHER)
    publish(at_desk, shelf, *WHERE)

    assert find_entry(shelf, *WHERE) is not None


def test_who_edited_with_others_may_publish(at_desk, shelf):
    """Not its only editor: another pair of eyes was on it."""
    edit(at_desk, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}), who=ALL_ROLES)

    publish(at_desk, shelf, *WHERE, who=ALL_ROLES)

    assert find_entry(shelf, *WHERE) is not None


@pytest.mark.parametrize(
    ("state", "published"),
    [
        ("in-review", False),
        ("returned", False),
        ("reviewed", True),
        ("in-vote", True),
        ("agreed", True),
        ("rejected", False),
    ],
)
def test_in_another_home_a_submitted_draft_needs_its_review(at_desk, shelf, state, published):
    """Once somebody asked for a review, the review decides; by the operator too."""
    bring_to(at_desk, shelf, state)
    if published:
        publish(at_desk, shelf, *WHERE)
        return

    with pytest.raises(WrongState, match="submitted for review"):
        publish(at_desk, shelf, *WHERE)


def test_an_edit_after_the_review_needs_another_one(at_desk, shelf):
    """A draft that was ever submitted is not published from editing."""
    bring_to(at_desk, shelf, "reviewed")
    edit(at_desk, shelf, ("9", None, {"display": "ریحان"}))

    with pytest.raises(WrongState, match="submitted for review"):
        publish(at_desk, shelf, *WHERE)


def test_samples_are_loaded_in_a_governed_home(registry, shelf):
    """They are no list of the committee; but a sample is no way around it for a list that is real."""
    govern(registry, on=True)

    assert load_samples(registry, shelf).published
    draft(registry, herbs(MINT), "s", sample=True)
    publish(registry, shelf, "herbs", "s")
    govern(registry, on=False)
    issue(registry, shelf, herbs(MINT, THYME), "1")
    govern(registry, on=True)
    draft(registry, herbs(SAGE), "t", sample=True)
    with pytest.raises(Refused, match="person who signed in"):
        publish(registry, shelf, "herbs", "t")


def test_rollback_stays_in_the_hands_of_operator_and_publisher(at_desk, shelf):
    """Withdrawing and restoring an edition needs no vote; of people, the publisher's role."""
    govern(at_desk, on=True)
    withdraw(at_desk, shelf, "herbs", "1", "اشتباه")
    restore(at_desk, shelf, "herbs", "1", who=PUBLISHER)
    with pytest.raises(Refused, match="edition-publish"):
        withdraw(at_desk, shelf, "herbs", "1", "اشتباه", who=CURATOR)


def test_an_edit_while_the_edition_is_written_is_not_lost(at_desk, shelf, monkeypatch):
    """The draft changed between its reading and its placing: nothing is published, and the edit stands."""
    require_few = publishing.require_few_retired

    def edit_then(*arguments, **named):
        edit(at_desk, shelf, ("9", None, {"display": "ریحان"}))
        return require_few(*arguments, **named)

    monkeypatch.setattr(publishing, "require_few_retired", edit_then)
    with pytest.raises(WrongState, match="changed while it was being published"):
        publish(at_desk, shelf, *WHERE)

    assert find_entry(shelf, *WHERE) is None
    with at_desk.reading() as connection:
        codes = [c.code for c in draft_concepts(connection, held_draft(connection, *WHERE))]
    assert codes == ["1", "2", "3", "9"]
