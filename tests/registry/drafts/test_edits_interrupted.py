"""Edits that are killed, laws of undo, and imports over work: nothing is half done and nothing is lost silently."""

import multiprocessing
import os
import signal
from dataclasses import replace

import pytest
from colleagues import CURATOR, MEMBERS, MINUTES, REVIEWER, SECOND, WHERE, bring_to, gather, standing_list
from desk import draft
from herbs import MINT, SAGE, SOURCE, THYME, herbs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import maksa.registry.drafts.edits
import maksa.registry.review.desk
import maksa.registry.review.life
import maksa.registry.review.votes
from maksa.errors import WrongState
from maksa.registry.database import open_registry
from maksa.registry.drafts.changes import AS_IT_STANDS, RowEdit
from maksa.registry.drafts.drafts import (
    DraftOptions,
    discard_draft,
    draft_concepts,
    find_draft,
    held_draft,
    read_draft,
    save_draft,
)
from maksa.registry.drafts.edits import edit_draft, undo_edits
from maksa.registry.drafts.history import list_edits
from maksa.registry.drafts.lines import hash_of, line_of
from maksa.registry.journal import journal_problems, list_journal
from maksa.registry.outbox import read_notices
from maksa.registry.review.comments import add_comment
from maksa.registry.review.desk import review_draft, submit_draft
from maksa.registry.review.standing import draft_standing, past_drafts
from maksa.registry.review.votes import cast_vote, close_vote

FORK = multiprocessing.get_context("fork")
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
LIFE = maksa.registry.review.life

ACTS = {
    "edit": (
        lambda r, s: edit_draft(r, s, *WHERE, [RowEdit("9", None, {"display": "ریحان"})], who=CURATOR),
        "agreed",
        [
            (maksa.registry.drafts.edits, "write_line"),
            (LIFE, "append_notice"),
            (maksa.registry.drafts.edits, "write_entry"),
        ],
    ),
    "submit": (
        lambda r, s: submit_draft(r, *WHERE, who=CURATOR),
        "editing",
        [
            (maksa.registry.review.desk, "content_hash"),
            (LIFE, "_write_step"),
            (LIFE, "append_notice"),
            (LIFE, "write_entry"),
        ],
    ),
    "review": (
        lambda r, s: review_draft(r, *WHERE, approve=True, who=REVIEWER),
        "in-review",
        [(LIFE, "_store"), (LIFE, "append_notice"), (LIFE, "write_entry")],
    ),
    "vote": (
        lambda r, s: cast_vote(r, *WHERE, "for", who=MEMBERS[0]),
        "reviewed",
        [
            (LIFE, "_store"),
            (maksa.registry.review.votes, "_write_vote"),
            (maksa.registry.review.votes, "write_entry"),
        ],
    ),
    "close": (
        lambda r, s: close_vote(r, *WHERE, MINUTES, who=MEMBERS[0]),
        "in-vote",
        [(maksa.registry.review.votes, "_write_minutes"), (LIFE, "_store"), (LIFE, "write_entry")],
    ),
}
"""Each act, the state it is done in, and calls that it makes in their order."""


def state_of(registry):
    """Give all that an act would change."""
    with registry.reading() as connection:
        rows = tuple(draft_concepts(connection, held_draft(connection, *WHERE)))
    return (
        rows,
        draft_standing(registry, *WHERE),
        list(list_edits(registry, *WHERE)),
        len(read_notices(registry, topic="draft", limit=1_000)),
        len(list_journal(registry, limit=1_000)),
    )


def do_and_die(url, shelf, act, number):
    """Do an act, and kill this very process behind one of its calls."""
    do, _, steps = ACTS[act]
    module, step = steps[number]
    real = getattr(module, step)

    def die(*arguments, **named):
        real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, step, die)
    do(open_registry(url), shelf)


@pytest.mark.parametrize("act", ACTS)
def test_a_kill_at_any_step_leaves_nothing_of_the_act_and_it_can_be_done_again(
    registry, registry_url, shelf, act
):
    """SIGKILL behind one call after the other: the draft is as before; then the act is done once, whole."""
    gather(registry)
    standing_list(registry, shelf)
    do, state, steps = ACTS[act]
    bring_to(registry, shelf, state)
    before = state_of(registry)

    for number in range(len(steps)):
        process = FORK.Process(target=do_and_die, args=(registry_url, shelf, act, number))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert state_of(registry) == before

    do(registry, shelf)

    after = state_of(registry)
    assert (after[3], after[4]) > (before[3], before[4])
    assert list(journal_problems(registry)) == []


CODES = st.sampled_from("12345")
STEPS = st.lists(
    st.one_of(
        st.tuples(CODES, st.sampled_from(["الف", "ب", None])),
        st.just("undo"),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undoing_all_edits_gives_the_start(registry, shelf, steps):
    """Whatever is changed, added, removed and undone in between, all undone is the draft as it began."""
    start = begin_again(registry)
    before = 0
    for step in steps:
        if step == "undo":
            before -= undo_if_any(registry, shelf)
        else:
            code, display = step
            before += change_if_there(registry, shelf, code, display)

    for _ in range(before):
        undo_edits(registry, shelf, *WHERE)

    assert rows_of(registry) == start
    assert read_draft(registry, *WHERE).count == 3
    with pytest.raises(WrongState):
        undo_edits(registry, shelf, *WHERE)
    history = list(list_edits(registry, *WHERE))
    assert sum(one.undoes is not None for one in history) * 2 == len(history)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(CODES, st.sampled_from(["الف", "ب", None])), max_size=8), order=st.randoms()
)
def test_edits_are_undone_one_by_one_in_any_order_that_is_allowed(registry, shelf, changes, order):
    """An edit under a later one of its row waits for that; in the end the draft is as it began."""
    start = begin_again(registry)
    for code, display in changes:
        change_if_there(registry, shelf, code, display)
    standing = list(list_edits(registry, *WHERE))

    while standing:
        one = order.choice(standing)
        later = [other for other in standing if other.key == one.key and other.number > one.number]
        if later:
            with pytest.raises(WrongState, match="again"):
                undo_edits(registry, shelf, *WHERE, one.number)
        else:
            undo_edits(registry, shelf, *WHERE, one.number)
            standing.remove(one)

    assert rows_of(registry) == start


def begin_again(registry):
    """Save a fresh draft of three herbs, and give its rows."""
    if find_draft(registry, *WHERE) is not None:
        discard_draft(registry, *WHERE)
    draft(registry, herbs(MINT, THYME, SAGE), "2")
    return rows_of(registry)


def rows_of(registry):
    """Read the draft."""
    with registry.reading() as connection:
        return {c.code: c for c in draft_concepts(connection, held_draft(connection, *WHERE))}


def change_if_there(registry, shelf, code, display):
    """Write a title into a row or remove it; tell whether that was an edit."""
    if display is None and code not in rows_of(registry):
        return 0
    cells = None if display is None else {"display": display}
    return len(edit_draft(registry, shelf, *WHERE, [RowEdit(code, AS_IT_STANDS, cells)]).edits)


def undo_if_any(registry, shelf):
    """Undo the newest edit; tell whether there was one."""
    try:
        return len(undo_edits(registry, shelf, *WHERE).edits)
    except WrongState:
        return 0


def import_again(registry, *concepts, **more):
    """Import the list again into the draft."""
    return save_draft(registry, herbs(*concepts), "2", source=SOURCE, options=DraftOptions(), **more)


@pytest.mark.parametrize("work", ["edited", "commented", "in-review", "agreed"])
def test_an_import_replaces_no_work_unasked(registry, shelf, work):
    """Edits, open comments and a submission are named; the draft stays as it was."""
    gather(registry)
    standing_list(registry, shelf)
    if work in {"in-review", "agreed"}:
        bring_to(registry, shelf, work)
    elif work == "commented":
        undo_edits(registry, shelf, *WHERE, who=CURATOR)
        add_comment(registry, *WHERE, "x", who=SECOND)
    before = state_of(registry)

    with pytest.raises(WrongState, match="--over-edits") as refusal:
        import_again(registry, MINT)

    told = {"edited": "1 edits", "commented": "1 open comments", "in-review": "in review", "agreed": "agreed"}
    assert told[work] in refusal.value.text.en
    assert state_of(registry) == before


def test_an_import_over_edits_says_what_it_replaced_and_keeps_its_history(registry, shelf):
    """The journal names the edits; the new draft has none, and is the importer's."""
    gather(registry)
    standing_list(registry, shelf)
    number = read_draft(registry, *WHERE).number

    import_again(registry.acting_as("importer"), MINT, over_edits=True)

    entry = list_journal(registry, limit=1)[0]
    assert entry.act == "draft-save"
    assert entry.details["replaced"] == {"draft": number, "edits": 1, "comments": 0, "state": "editing"}
    assert draft_standing(registry, *WHERE).involved.makers == {"importer"}
    assert past_drafts(registry, *WHERE)[-1].life.state == "replaced"
    assert list(list_edits(registry, *WHERE)) == []


def test_an_import_over_a_draft_without_work_is_as_ever(registry, shelf):
    """Undone edits and resolved comments are no work."""
    gather(registry)
    standing_list(registry, shelf)
    undo_edits(registry, shelf, *WHERE, who=CURATOR)

    assert import_again(registry, MINT, THYME, SAGE).difference.none
    assert "replaced" not in list_journal(registry, limit=1)[0].details


def test_an_edit_of_a_draft_that_was_imported_again_is_a_conflict(registry, shelf):
    """Who still sees the old draft overwrites nothing of the new one."""
    draft(registry, herbs(MINT, THYME), "2")
    old = hash_of(line_of(THYME))
    import_again(registry, MINT, replace(THYME, display="آویشن شیرازی"))

    with pytest.raises(WrongState, match="import") as refusal:
        edit_draft(registry, shelf, *WHERE, [RowEdit("2", old, {"display": "کوهی"})])

    assert refusal.value.clashes[0].theirs["display"] == "آویشن شیرازی"
