"""Drafts that are started from the edition that they will follow."""

from dataclasses import replace
from datetime import date

import pytest
from colleagues import CURATOR, REVIEWER, SECOND, THYME_READ, WHERE, edit, gather, seen, standing_list
from desk import draft, issue
from herbs import MINT, SAGE, THYME, herbs, use, uses

from maksa.errors import BadInput, BadParameter, Refused, UnknownTerminology, WrongState
from maksa.model.edition import Letter
from maksa.registry.drafts.drafts import (
    DraftOptions,
    difference_from_published,
    draft_concepts,
    held_draft,
    list_drafts,
)
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.start import start_draft
from maksa.registry.journal import list_journal
from maksa.registry.review.standing import past_drafts


def held(registry, where=WHERE):
    """Read the rows of a draft by their codes."""
    with registry.reading() as connection:
        return {
            concept.code: concept for concept in draft_concepts(connection, held_draft(connection, *where))
        }


def test_an_edit_without_a_draft_starts_one_from_the_edition_in_force(registry, shelf):
    """The draft holds what stands in the edition, the edit over it, and says from where it came."""
    gather(registry)
    issue(registry, shelf, herbs(MINT, THYME), "0")
    issue(registry, shelf, herbs(MINT, SAGE), "1")

    done = edit(registry, shelf, ("3", replace(SAGE, changed=2), {"display": "سلوی"}), why="نام درست")

    assert done.started
    assert (done.draft.source.name, done.draft.source.format) == ("herbs 1", "edition")
    assert (done.draft.count, list(held(registry))) == (2, ["1", "3"])
    assert held(registry)["3"].display == "سلوی"
    assert [entry.act for entry in list_journal(registry, limit=2)] == ["draft-edit", "draft-start"]
    assert {entry.actor for entry in list_journal(registry, limit=2)} == {CURATOR.login}


def test_an_edition_that_is_published_takes_no_edit(registry, shelf):
    """An edition never changes, whether its draft is gone or a kill left it behind."""
    gather(registry)
    issue(registry, shelf, herbs(MINT), "2")
    with pytest.raises(WrongState, match="never changes"):
        edit(registry, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}))
    draft(registry, herbs(MINT), "2")

    with pytest.raises(WrongState, match="never changes"):
        edit(registry, shelf, ("1", MINT, {"display": "پونه"}))


def test_a_list_that_nobody_holds_cannot_be_edited(registry, shelf):
    """The refusal leaves no draft behind."""
    gather(registry)
    with pytest.raises(UnknownTerminology):
        edit(registry, shelf, ("1", None, {"display": "پونه"}))

    assert list_drafts(registry) == ()


def test_a_draft_of_a_later_day_starts_from_the_edition_before_it(registry, shelf):
    """The base is the edition that the new one will follow; without a day there is none before dated ones."""
    gather(registry)
    issue(registry, shelf, herbs(MINT, THYME), "1", effective=date(2025, 3, 21))
    with pytest.raises(WrongState, match="--effective") as refusal:
        edit(registry, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}))
    assert refusal.value.known == ("1 (2025-03-21)",)

    options = DraftOptions(effective=date(2026, 3, 21))
    done = edit(registry, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}), starting=options)

    assert done.draft.options == options
    assert seen(held(registry)["2"]) == seen(THYME_READ)
    assert THYME.display == held(registry)["2"].display


def test_a_draft_is_started_as_a_copy_of_what_stands(registry, shelf):
    """Not of what the edition carries of earlier ones; published unchanged, it is the same list again."""
    gather(registry)
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "1")
    issue(registry, shelf, herbs(MINT, SAGE), "2")

    started = start_draft(registry, shelf, "HERBS", "3", who=CURATOR)

    assert (started.name, started.count, list(held(registry, ("herbs", "3")))) == ("herbs 3", 2, ["1", "3"])
    assert started.source.size == shelf.file("herbs", "2").stat().st_size
    difference = difference_from_published(registry, shelf, started)
    assert difference is not None
    assert difference.none
    assert publish(registry, shelf, "herbs", "3").carried == 1
    assert past_drafts(registry, "herbs", "3")[-1].life.maker == CURATOR.login


def test_a_map_is_started_without_its_retired_rows(registry, shelf):
    """Rows that only earlier editions had are carried on by publishing, not copied."""
    gather(registry)
    issue(registry, shelf, uses(use("1", "a"), use("2", "b")), "1")
    issue(registry, shelf, uses(use("1", "a")), "2")

    assert start_draft(registry, shelf, "herb-uses", "3").count == 1


@pytest.mark.parametrize(
    ("edition", "options", "error"),
    [
        ("1", DraftOptions(), WrongState),
        ("2", DraftOptions(), WrongState),
        ("a/b", DraftOptions(), BadInput),
        ("3", DraftOptions(partial=True), BadParameter),
        ("3", DraftOptions(sample=True), WrongState),
        ("3", DraftOptions(sample=True, letter=Letter("110/1", None, "")), BadInput),
    ],
    ids=["an edition", "a draft", "a bad name", "a part", "a sample after a real one", "an announced sample"],
)
def test_what_cannot_be_started_is_refused(registry, shelf, edition, options, error):
    """And leaves nothing behind."""
    gather(registry)
    standing_list(registry, shelf)

    with pytest.raises(error):
        start_draft(registry, shelf, "herbs", edition, options, who=CURATOR)

    assert [draft.edition for draft in list_drafts(registry)] == ["2"]


def test_only_a_curator_starts_a_draft(registry, shelf):
    """The table of access says who may."""
    gather(registry)
    standing_list(registry, shelf)
    with pytest.raises(Refused, match="draft-edit"):
        start_draft(registry, shelf, "herbs", "3", who=REVIEWER)


def test_two_who_start_the_same_draft_have_one(registry, shelf):
    """The second is told that it stands."""
    gather(registry)
    issue(registry, shelf, herbs(MINT), "1")
    start_draft(registry, shelf, *WHERE, who=CURATOR)
    with pytest.raises(WrongState, match="stands already"):
        start_draft(registry, shelf, *WHERE, who=SECOND)
