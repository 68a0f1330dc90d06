"""Editing a draft: cells, rows, batches, and taking edits back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from colleagues import (
    CURATOR,
    REVIEWER,
    SECOND,
    THYME_READ,
    WHERE,
    bring_to,
    edit,
    gather,
    standing_list,
)
from herbs import MINT, SAGE

from maksa.errors import (
    BadParameter,
    NotAllowed,
    NotFound,
    Refused,
    WrongState,
)
from maksa.model.concept import Designation, Property
from maksa.registry.drafts.drafts import (
    draft_concepts,
    held_draft,
    read_draft,
)
from maksa.registry.drafts.edits import undo_edits
from maksa.registry.drafts.history import list_edits
from maksa.registry.journal import journal_problems
from maksa.registry.outbox import read_notices
from maksa.registry.parties.people import disable_person
from maksa.registry.review.standing import draft_standing

MAP = ("herb-uses", "1")


@pytest.fixture
def at_desk(registry, shelf):
    """A published edition of three herbs, and the draft of the next with one edit of a curator."""
    gather(registry)
    standing_list(registry, shelf)
    return registry


def held(registry, where=WHERE):
    """Read the rows of a draft by their codes."""
    with registry.reading() as connection:
        return {
            concept.code: concept for concept in draft_concepts(connection, held_draft(connection, *where))
        }


def test_a_row_is_changed_in_the_cells_that_are_sent_and_in_no_others(at_desk, shelf):
    """Title, designations, status, days, replacement, parents and properties; variants stay."""
    mint = replace(MINT, changed=1)
    cells = {
        "display": "نعنا",
        "display_en": "Spearmint",
        "status": "منسوخ",
        "effective_from": "1404/01/01",
        "effective_to": "2026-03-20",
        "transition_until": "1405/06/31",
        "replaced_by": "3",
        "parent": ["2", "3"],
        "not_selectable": True,
        "property:height": "0.75",
        "property:colour": ["green", "white"],
    }

    edit(at_desk, shelf, ("1", mint, cells))

    assert held(at_desk)["1"] == replace(
        mint,
        display="نعنا",
        designations=(Designation("Spearmint", "en", "english"),),
        status="retired",
        effective_from=date(2025, 3, 21),
        effective_to=date(2026, 3, 20),
        transition_until=date(2026, 9, 22),
        replaced_by="3",
        parents=("2", "3"),
        not_selectable=True,
        properties=(
            Property("height", Decimal("0.75")),
            Property("colour", "green"),
            Property("colour", "white"),
        ),
    )


def test_rows_are_added_and_removed_and_counted(at_desk, shelf):
    """A grid's batch is one call; the draft knows how many rows it has."""
    done = edit(
        at_desk,
        shelf,
        ("۴", None, {"display": "ریحان"}),
        ("3", replace(SAGE, changed=1), None),
        ("1", replace(MINT, changed=1), None),
    )

    assert list(held(at_desk)) == ["2", "4"]
    assert done.draft.count == read_draft(at_desk, *WHERE).count == 2
    assert len({one.batch for one in done.edits}) == 1


def test_all_of_a_call_or_nothing(at_desk, shelf):
    """One bad cell leaves the good ones of its call unwritten."""
    with pytest.raises(BadParameter, match="height"):
        edit(
            at_desk,
            shelf,
            ("1", replace(MINT, changed=1), {"display": "پونه"}),
            ("3", replace(SAGE, changed=1), {"property:height": "بلند"}),
        )

    assert held(at_desk)["1"].display == "نعناع"
    assert len(list_edits(at_desk, *WHERE)) == 1


def test_who_may_not_edit_is_refused_with_the_reason(at_desk, shelf):
    """A reviewer's role, and a curator whose access has ended."""
    with pytest.raises(Refused, match="reviewer"):
        edit(at_desk, shelf, ("2", THYME_READ, None), who=REVIEWER)
    disable_person(at_desk, SECOND.login)
    with pytest.raises(NotAllowed, match="nader"):
        edit(at_desk, shelf, ("2", THYME_READ, None), who=SECOND)


def test_an_edit_after_submission_puts_the_draft_back_to_editing_and_says_so(at_desk, shelf):
    """Whatever was reviewed or agreed is no longer that; the call, the history, the outbox and the journal say so."""
    for state in ("in-review", "returned", "reviewed", "in-vote", "agreed", "rejected"):
        bring_to(at_desk, shelf, state)

        done = edit(at_desk, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}))

        assert done.left == state
        detail = draft_standing(at_desk, *WHERE)
        assert detail.standing.life.state == "editing"
        assert (detail.steps[-1].act, detail.steps[-1].before) == ("edit", state)
        assert "no longer stand" in read_notices(at_desk, topic="draft", limit=1_000)[-1].text.en
    assert edit(at_desk, shelf, ("2", held(at_desk)["2"], {"display": "خ"})).left is None
    assert list(journal_problems(at_desk)) == []


def test_the_newest_call_is_undone_as_a_whole(at_desk, shelf):
    """One undo takes back a grid's batch, the next the call before it; then there is nothing to undo."""
    edit(
        at_desk,
        shelf,
        ("1", replace(MINT, changed=1), None),
        ("4", None, {"display": "ریحان"}),
        who=SECOND,
    )

    done = undo_edits(at_desk, shelf, *WHERE, why="اشتباه بود", who=CURATOR)

    assert [one.key for one in done.edits] == ["4", "1"]
    assert (list(held(at_desk)), done.draft.count) == (["1", "2", "3"], 3)
    assert undo_edits(at_desk, shelf, *WHERE, who=CURATOR).edits[0].undoes == 1
    assert held(at_desk)["2"] == THYME_READ
    with pytest.raises(WrongState, match="no edit to undo"):
        undo_edits(at_desk, shelf, *WHERE, who=CURATOR)
    assert [(one.why, one.undoes) for one in list_edits(at_desk, *WHERE)][1] == ("اشتباه بود", 2)


def test_one_edit_is_undone_when_nothing_later_touched_its_row(at_desk, shelf):
    """An older edit goes by itself; one under a later edit of its row does not, nor an undo, nor one twice."""
    first = list_edits(at_desk, *WHERE)[0]
    edit(at_desk, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}), who=SECOND)
    second = edit(at_desk, shelf, ("2", first.after, {"status": "retired"}), who=SECOND).edits[0]

    with pytest.raises(WrongState, match=f"'nader' edited the row '2' again \\(edit {second.number}\\)"):
        undo_edits(at_desk, shelf, *WHERE, first.number, who=CURATOR)
    undone = undo_edits(at_desk, shelf, *WHERE, second.number, who=CURATOR).edits[0]
    undo_edits(at_desk, shelf, *WHERE, first.number, who=CURATOR)

    assert (held(at_desk)["2"], held(at_desk)["1"].display) == (THYME_READ, "پونه")
    for number, reason in ((undone.number, "itself the undo"), (second.number, "undone before")):
        with pytest.raises(WrongState, match=reason):
            undo_edits(at_desk, shelf, *WHERE, number, who=CURATOR)
    for number in (-1, 0, 999, 2**40):
        with pytest.raises(NotFound):
            undo_edits(at_desk, shelf, *WHERE, number, who=CURATOR)


def test_a_row_that_was_brought_back_to_an_earlier_state_was_touched(at_desk, shelf):
    """A to B, B to C, C to B: the first is not undone under the other two, though the row is as it left it."""
    first = list_edits(at_desk, *WHERE)[0]
    second = edit(at_desk, shelf, ("2", first.after, {"display": "دیگر"})).edits[0]
    edit(at_desk, shelf, ("2", second.after, {"display": first.after.display}))

    with pytest.raises(WrongState, match="again"):
        undo_edits(at_desk, shelf, *WHERE, first.number, who=CURATOR)
