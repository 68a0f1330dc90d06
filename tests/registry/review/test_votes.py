"""The committee's vote: one a person, a quorum, a majority, and minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from colleagues import CURATOR, MEMBERS, MINUTES, WHERE, bring_to, gather, standing_list

from maksa.errors import BadParameter, WrongState
from maksa.registry.journal import list_journal
from maksa.registry.review.governance import Governance, govern
from maksa.registry.review.standing import draft_standing
from maksa.registry.review.votes import Tally, cast_vote, close_vote


@pytest.fixture
def reviewed(registry, shelf):
    """A draft that was reviewed."""
    gather(registry)
    standing_list(registry, shelf)
    bring_to(registry, shelf, "reviewed")
    return registry


def vote(registry, *choices):
    """Let members vote, one after the other."""
    for member, choice in zip(MEMBERS, choices, strict=False):
        tally = cast_vote(registry, *WHERE, choice, reason="دلیل", who=member)
    return tally


def test_a_member_has_one_vote_and_may_change_it_until_the_vote_is_closed(reviewed):
    """The last one counts; the journal has the one before it too."""
    vote(reviewed, "for", "for", "for")

    tally = cast_vote(reviewed, *WHERE, "against", reason="عنوان نادرست است", who=MEMBERS[0])

    assert (tally.in_favour, tally.against, tally.abstained) == (2, 1, 0)
    assert tally.votes[0].reason == "عنوان نادرست است"
    entry = list_journal(reviewed, limit=1)[0]
    assert (entry.act, entry.details["choice"], entry.details["before"]) == ("draft-vote", "against", "for")
    close_vote(reviewed, *WHERE, MINUTES, who=MEMBERS[0])
    with pytest.raises(WrongState, match="agreed"):
        cast_vote(reviewed, *WHERE, "for", who=MEMBERS[0])


def test_a_vote_without_a_quorum_stays_open(reviewed):
    """Abstentions count for the quorum; the refusal says how many are missing."""
    vote(reviewed, "for", "for")
    with pytest.raises(WrongState, match="2 of 3 votes"):
        close_vote(reviewed, *WHERE, MINUTES, who=MEMBERS[0])
    cast_vote(reviewed, *WHERE, "abstain", who=MEMBERS[2])

    assert close_vote(reviewed, *WHERE, MINUTES, who=MEMBERS[3]).outcome == "agreed"


@pytest.mark.parametrize(
    ("majority", "votes", "agreed"),
    [
        (50, (2, 1, 0), True),
        (50, (1, 1, 1), False),
        (50, (0, 0, 3), False),
        (66, (2, 1, 0), True),
        (66, (3, 2, 0), False),
        (99, (4, 0, 1), True),
        (99, (9, 1, 0), False),
    ],
)
def test_the_majority_is_of_the_votes_for_and_against(majority, votes, agreed):
    """Half is no majority, and who abstains is on nobody's side."""
    assert Tally((), *votes).agrees(Governance(on=True, majority=majority)) is agreed


def test_minutes_are_kept_with_the_count_the_rules_and_the_hash(reviewed):
    """Who reads them later sees what was voted on, by which rules, and who was there."""
    govern(reviewed, on=True, quorum=2, majority=60)
    vote(reviewed, "for", "against", "abstain")
    record = replace(MINUTES, attachment="AB" * 32)

    minutes = close_vote(reviewed, *WHERE, record, who=MEMBERS[1])

    detail = draft_standing(reviewed, *WHERE)
    assert list(detail.minutes) == [minutes]
    assert minutes.record == replace(MINUTES, attachment="ab" * 32)
    assert (minutes.in_favour, minutes.against, minutes.abstained) == (1, 1, 1)
    assert (minutes.quorum, minutes.majority, minutes.outcome) == (2, 60, "rejected")
    assert minutes.hash == detail.standing.life.hash
    assert (detail.standing.life.state, minutes.closed_by) == ("rejected", "member2")


@pytest.mark.parametrize(
    ("part", "record"),
    [
        ("text", replace(MINUTES, text=" ")),
        ("text", replace(MINUTES, text="x" * 20_001)),
        ("day", replace(MINUTES, day=MINUTES.day + timedelta(days=1))),
        ("present", replace(MINUTES, present=())),
        ("present", replace(MINUTES, present=(" ",))),
        ("present", replace(MINUTES, present=("x",) * 101)),
        ("attachment", replace(MINUTES, attachment="minutes.pdf")),
    ],
)
def test_minutes_that_say_too_little_are_refused(reviewed, part, record):
    """A text, a day that has come, who was present, and a real hash."""
    vote(reviewed, "for", "for", "for")

    with pytest.raises(BadParameter) as refusal:
        close_vote(reviewed, *WHERE, record, who=MEMBERS[0])

    assert refusal.value.parameter == part
    assert draft_standing(reviewed, *WHERE).standing.life.state == "in-vote"


def test_a_vote_is_one_of_three_and_against_has_a_reason(reviewed):
    """What is no vote opens no vote."""
    with pytest.raises(BadParameter, match="perhaps") as refusal:
        cast_vote(reviewed, *WHERE, "perhaps", who=MEMBERS[0])
    assert refusal.value.known == ("for", "against", "abstain")
    with pytest.raises(BadParameter, match="reason"):
        cast_vote(reviewed, *WHERE, "against", who=MEMBERS[0])

    assert draft_standing(reviewed, *WHERE).standing.life.state == "reviewed"
    assert CURATOR.login in draft_standing(reviewed, *WHERE).involved.makers
