"""The life of a draft: every state, act and role, each done or refused with the reason; and what is kept of it."""

from dataclasses import replace
from datetime import date

import pytest
from colleagues import (
    ALL_ROLES,
    CURATOR,
    MEMBERS,
    MINUTES,
    OF_ROLE,
    REVIEWER,
    SECOND,
    THYME_READ,
    WHERE,
    bring_to,
    edit,
    gather,
    standing_list,
)
from desk import draft
from herbs import MINT, SAGE, THYME, herbs, use, uses

from maksa.errors import BadParameter, Refused, WrongState
from maksa.model.concept import Decision
from maksa.registry.drafts.drafts import discard_draft
from maksa.registry.drafts.edits import undo_edits
from maksa.registry.journal import journal_problems, list_journal
from maksa.registry.maps.decisions import decide
from maksa.registry.outbox import read_notices
from maksa.registry.parties.access import may
from maksa.registry.review.acting import OPERATOR
from maksa.registry.review.desk import recall_draft, review_draft, submit_draft
from maksa.registry.review.standing import draft_standing, list_standings, past_drafts, what_may
from maksa.registry.review.states import table
from maksa.registry.review.tables import draft_life
from maksa.registry.review.votes import cast_vote, close_vote

STATES = ("editing", "in-review", "returned", "reviewed", "in-vote", "agreed", "rejected")
GRID = """
          editing in-review returned reviewed in-vote agreed rejected
edit         x        x        x        x        x      x       x
submit       x        .        x        .        .      .       .
approve      .        x        .        .        .      .       .
return       .        x        .        .        .      .       .
recall       .        x        x        x        x      x       x
vote         .        .        .        x        x      .       .
agree        .        .        .        .        x      .       .
reject       .        .        .        .        x      .       .
"""
HEAD, *ROWS = (line.split() for line in GRID.strip().splitlines())
ALLOWED = {
    (act, state) for act, *marks in ROWS for state, mark in zip(HEAD, marks, strict=True) if mark == "x"
}

DO = {
    "edit": lambda registry, shelf, who: edit(registry, shelf, ("1", None, {"display": "?"}), who=who),
    "submit": lambda registry, shelf, who: submit_draft(registry, *WHERE, who=who),
    "approve": lambda registry, shelf, who: review_draft(registry, *WHERE, approve=True, who=who),
    "return": lambda registry, shelf, who: review_draft(registry, *WHERE, approve=False, reason="-", who=who),
    "recall": lambda registry, shelf, who: recall_draft(registry, *WHERE, "دلیل", who=who),
    "vote": lambda registry, shelf, who: cast_vote(registry, *WHERE, "for", who=who),
    "agree": lambda registry, shelf, who: close_vote(registry, *WHERE, MINUTES, who=who),
    "reject": lambda registry, shelf, who: close_vote(registry, *WHERE, MINUTES, who=who),
}


@pytest.fixture
def at_desk(registry, shelf):
    """A published edition of three herbs, and everybody at the desk."""
    gather(registry)
    standing_list(registry, shelf)
    return registry


def state_of(registry):
    """Tell in which state the draft is."""
    return draft_standing(registry, *WHERE).standing.life.state


def test_the_grid_has_every_state_and_act():
    """No state and no act is outside of what is tested here."""
    assert set(table().acts) == {act for act, *_ in ROWS} == set(DO)
    assert set(table().words) == {*STATES, *table().ends}
    assert all(text.fa and text.en for text in table().words.values())


@pytest.mark.parametrize("state", STATES)
def test_every_act_of_every_role_in_a_state_is_done_or_refused_with_the_reason(at_desk, shelf, state):
    """The role is named where the role forbids it, the state where the state does; a refusal changes nothing."""
    bring_to(at_desk, shelf, state)
    for act, transition in table().acts.items():
        for role, who in OF_ROLE.items():
            refusal = what_may(at_desk, *WHERE, who)[act]
            if may((role,), transition.access) and (act, state) in ALLOWED:
                assert refusal is None
                continue
            with pytest.raises(type(refusal)) as refused:
                DO[act](at_desk, shelf, who)
            reason = state if may((role,), transition.access) else transition.access
            word = table().words[reason].en if reason == state else reason
            assert word in refused.value.text.en
            assert refused.value.text.fa != refused.value.text.en
            assert state_of(at_desk) == state


@pytest.mark.parametrize(("act", "state"), sorted(ALLOWED - {("reject", "in-vote"), ("edit", "editing")}))
def test_every_act_that_is_allowed_leads_where_the_table_says(at_desk, shelf, act, state):
    """The state, the step, the notice and the journal are written together."""
    bring_to(at_desk, shelf, state)
    role = next(role for role in OF_ROLE if may((role,), table().acts[act].access))
    before = len(read_notices(at_desk, topic="draft", limit=1_000))
    if act == "edit":
        edit(at_desk, shelf, ("9", None, {"display": "ریحان"}), who=OF_ROLE[role])
    else:
        DO[act](at_desk, shelf, OF_ROLE[role])

    detail = draft_standing(at_desk, *WHERE)
    target = table().acts[act].target
    assert (detail.standing.life.state, detail.steps[-1].act) == (target, act)
    if target != state:  # A further vote is no step of its own.
        assert detail.steps[-1].actor == OF_ROLE[role].login
    notices = read_notices(at_desk, topic="draft", limit=1_000)[before:]
    assert [notice.subject for notice in notices] == ["herbs 2"] * (target != state)
    assert list_journal(at_desk, limit=1)[0].actor == OF_ROLE[role].login
    assert list(journal_problems(at_desk)) == []


def test_the_operator_does_what_needs_no_person(at_desk, shelf):
    """Edit, submit and recall are the operator's too; a review and a vote are a person's, and it is said whose."""
    submit_draft(at_desk, *WHERE)
    for act in ("approve", "return", "vote", "agree"):
        refusal = what_may(at_desk, *WHERE, OPERATOR)[act]
        assert isinstance(refusal, Refused)
        assert "--by" in str(refusal)
    recall_draft(at_desk, *WHERE, "دوباره")

    assert state_of(at_desk) == "editing"


@pytest.mark.parametrize("part", ["imported", "edited", "undid", "submitted"])
def test_four_eyes_see_a_draft(at_desk, shelf, part):
    """Who imported, edited or submitted a draft may not review it, though the role allows it: it is said which."""
    discard_draft(at_desk, *WHERE)
    importing = at_desk.acting_as(ALL_ROLES.login if part == "imported" else "operator")
    draft(importing, herbs(MINT, THYME, SAGE), "2")
    edit(at_desk, shelf, ("2", THYME, {"display": "باغی"}), who=ALL_ROLES if part == "edited" else CURATOR)
    if part == "undid":
        undo_edits(at_desk, shelf, *WHERE, who=ALL_ROLES)
    submit_draft(at_desk, *WHERE, who=ALL_ROLES if part == "submitted" else SECOND)

    for approve in (True, False):
        with pytest.raises(Refused, match="Four eyes") as refusal:
            review_draft(at_desk, *WHERE, approve=approve, reason="-", who=ALL_ROLES)
        assert ("submitted" if part == "submitted" else "imported or edited") in refusal.value.text.en
        assert "چهار چشم" in refusal.value.text.fa
    review_draft(at_desk, *WHERE, approve=True, who=REVIEWER)

    detail = draft_standing(at_desk, *WHERE)
    assert (ALL_ROLES.login in detail.involved.makers) == (part != "submitted")
    if part != "submitted":
        with pytest.raises(Refused, match=r"Four eyes.*imported or edited"):
            cast_vote(at_desk, *WHERE, "for", who=ALL_ROLES)


def test_who_reviewed_does_not_vote_in_any_round(at_desk, shelf):
    """A reviewer of the first round, who is a member too, does not vote in the second."""
    submit_draft(at_desk, *WHERE, who=CURATOR)
    review_draft(at_desk, *WHERE, approve=False, reason="ناقص", who=ALL_ROLES)
    submit_draft(at_desk, *WHERE, who=CURATOR)
    review_draft(at_desk, *WHERE, approve=True, who=REVIEWER)

    with pytest.raises(Refused, match=r"Four eyes.*reviewed"):
        cast_vote(at_desk, *WHERE, "for", who=ALL_ROLES)


def test_an_edited_draft_starts_again_from_the_first_vote(at_desk, shelf):
    """Votes of an earlier round do not count; the new submission has a hash of its own."""
    bring_to(at_desk, shelf, "in-vote")
    first = draft_standing(at_desk, *WHERE)
    edit(at_desk, shelf, ("9", None, {"display": "ریحان"}))
    submit_draft(at_desk, *WHERE, who=CURATOR)
    review_draft(at_desk, *WHERE, approve=True, who=REVIEWER)

    second = draft_standing(at_desk, *WHERE)

    assert (len(first.tally.votes), len(second.tally.votes)) == (3, 0)
    assert (first.standing.life.round, second.standing.life.round) == (1, 2)
    assert first.standing.life.hash != second.standing.life.hash
    assert second.steps[-1].hash == second.standing.life.hash


def test_a_review_is_of_exactly_what_was_submitted(registry, shelf):
    """A decision on a map changes what would be published: the review of the earlier content is refused."""
    gather(registry)
    where = ("herb-uses", "1")
    draft(registry, uses(use("1", "a")), "1")
    submit_draft(registry, *where, who=CURATOR)
    decide(registry, "herb-uses", replace(use("1", "b"), decision=Decision("x", date(2025, 1, 1), "دلیل")))

    with pytest.raises(WrongState, match="no longer what was submitted"):
        review_draft(registry, *where, approve=True, who=REVIEWER)
    recall_draft(registry, *where, "تصمیم تازه", who=CURATOR)
    submit_draft(registry, *where, who=CURATOR)
    assert review_draft(registry, *where, approve=True, who=REVIEWER).state == "reviewed"


def test_reasons_that_are_asked_for_must_be_given(at_desk, shelf):
    """A return and a recall say why; an empty text is none."""
    submit_draft(at_desk, *WHERE, note="فقط عنوان‌ها", who=CURATOR)
    for reason in (None, "  "):
        with pytest.raises(BadParameter, match="reason"):
            review_draft(at_desk, *WHERE, approve=False, reason=reason, who=REVIEWER)
    with pytest.raises(BadParameter, match="reason"):
        recall_draft(at_desk, *WHERE, "", who=CURATOR)

    assert draft_standing(at_desk, *WHERE).steps[-1].said == "فقط عنوان‌ها"


def test_an_empty_draft_is_not_submitted(registry):
    """There is nothing to look at."""
    gather(registry)
    draft(registry, herbs(), "2")

    with pytest.raises(WrongState, match="no codes"):
        submit_draft(registry, *WHERE, who=CURATOR)


def test_what_was_done_to_a_draft_outlives_it(at_desk, shelf):
    """A discarded draft keeps its steps, and the list of drafts shows those that stand."""
    submit_draft(at_desk, *WHERE, who=CURATOR)
    discard_draft(at_desk, *WHERE, who=SECOND)
    edit(at_desk, shelf, ("2", THYME_READ, {"display": "باغی"}), who=SECOND)

    (past,) = past_drafts(at_desk, *WHERE)
    (now,) = list_standings(at_desk)

    assert (past.life.state, [step.act for step in past.steps]) == ("discarded", ["submit", "discarded"])
    assert (now.life.state, now.life.maker, now.work.edits) == ("editing", "nader", 1)
    assert read_notices(at_desk, topic="draft", limit=100)[-1].text.en == "The draft 'herbs 2' was discarded."
    with pytest.raises(Refused, match="draft-edit"):
        discard_draft(at_desk, *WHERE, who=MEMBERS[0])


def test_a_draft_that_was_saved_before_lives_were_kept_is_in_editing_and_nobodys(registry):
    """It goes the same way as any other; who imported it is not known."""
    gather(registry)
    draft(registry, herbs(MINT), "2")
    with registry.writing() as connection:
        connection.execute(draft_life.delete())
    (before,) = list_standings(registry)

    submit_draft(registry, *WHERE, who=CURATOR)

    assert (before.life.state, before.life.maker) == ("editing", "")
    assert draft_standing(registry, *WHERE).involved.makers == frozenset()
    assert review_draft(registry, *WHERE, approve=True, who=REVIEWER).state == "reviewed"
