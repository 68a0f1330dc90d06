"""Publishing never loses a list by mistake: nothing of nothing, and no great loss unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import content, draft, files, issue
from herbs import MINT, SAGE, THYME, herbs, use, uses

from maksa.errors import WrongState
from maksa.registry.drafts.drafts import drop_draft, list_drafts, read_draft
from maksa.registry.drafts.publish import publish

BASIL = replace(SAGE, code="4", display="ریحان")


def test_an_edition_of_nothing_is_refused(registry, shelf):
    """A source without a usable row retires nothing; the draft stands to be looked at."""
    issue(registry, shelf, herbs(MINT, THYME), "a")

    for edition, options in (("b", {}), ("c", {"partial": True})):
        draft(registry, herbs(), edition, **options)
        with pytest.raises(WrongState, match="no row of its source was usable") as refusal:
            publish(registry, shelf, "herbs", edition, retire_missing=True)
        assert refusal.value.mend is not None

    assert [entry.manifest.edition for entry in shelf.entries("herbs")] == ["a"]
    assert len(list_drafts(registry)) == 2


def test_a_map_of_nothing_is_refused(registry, shelf):
    """It has no rows."""
    draft(registry, uses(), "a")

    with pytest.raises(WrongState, match="no row of its source"):
        publish(registry, shelf, "herb-uses", "a")


@pytest.mark.usefixtures("_losses_count_from_the_first_code")
def test_retiring_more_than_half_is_refused_with_both_ways_out(registry, shelf):
    """The counts are told; nothing is published and nothing left behind."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "a")
    draft(registry, herbs(SAGE), "b")

    with pytest.raises(WrongState, match="retire 2 of the 3 codes of edition 'a'") as refusal:
        publish(registry, shelf, "herbs", "b")

    assert refusal.value.mend is not None
    for language in refusal.value.mend:
        assert "--partial" in language
        assert "--retire-missing" in language
    assert files(shelf) == ["000001.json", "000001.sqlite"]
    assert read_draft(registry, "herbs", "b").count == 1


def test_who_says_so_may_retire_most_of_a_list(registry, shelf):
    """Told explicitly, the codes end."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "a")
    draft(registry, herbs(SAGE), "b")

    published = publish(registry, shelf, "herbs", "b", retire_missing=True)

    assert published.carried == 2
    assert [concept.status for concept in content(shelf, "b")] == ["retired", "retired", "active"]


def test_a_part_of_a_list_and_half_of_it_are_no_great_loss(registry, shelf):
    """A part retires nothing, and half is not more than half."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE, BASIL), "a")

    draft(registry, herbs(SAGE), "b", partial=True)
    assert publish(registry, shelf, "herbs", "b").carried == 3
    draft(registry, herbs(SAGE, BASIL), "c")
    assert publish(registry, shelf, "herbs", "c").carried == 2


@pytest.mark.usefixtures("_losses_count_from_the_first_code")
def test_codes_that_ended_before_do_not_count(registry, shelf):
    """The loss is measured by what the edition before had in use."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "a")
    issue(registry, shelf, herbs(SAGE), "b")

    draft(registry, herbs(SAGE), "c")
    assert publish(registry, shelf, "herbs", "c").carried == 2
    draft(registry, herbs(BASIL), "d")
    with pytest.raises(WrongState, match="retire 1 of the 1 codes of edition 'c'"):
        publish(registry, shelf, "herbs", "d")


@pytest.mark.usefixtures("_losses_count_from_the_first_code")
def test_a_map_is_measured_by_its_sources(registry, shelf):
    """Rows of one source are one."""
    issue(registry, shelf, uses(use("1", "a"), use("1", "b"), use("1", "c"), use("2", "a")), "a")

    draft(registry, uses(use("2", "a")), "b")
    assert publish(registry, shelf, "herb-uses", "b").carried == 3
    draft(registry, uses(use("3", "a")), "c")
    with pytest.raises(WrongState, match="retire 1 of the 1 codes of edition 'b'"):
        publish(registry, shelf, "herb-uses", "c")


def test_only_the_draft_that_was_meant_is_published(registry, shelf):
    """One that was replaced, published or discarded meanwhile is not confused with another of its name."""
    mine = draft(registry, herbs(MINT), "a")
    other = draft(registry, herbs(THYME), "a")

    with pytest.raises(WrongState, match="is not the one that was saved"):
        publish(registry, shelf, "herbs", "a", number=mine.number)
    publish(registry, shelf, "herbs", "a", number=other.number)
    with pytest.raises(WrongState, match="is not the one that was saved"):
        publish(registry, shelf, "herbs", "a", number=other.number)
    assert content(shelf, "a") == [replace(THYME, changed=1)]


def test_a_draft_that_is_replaced_at_the_last_moment_is_not_published_as_nothing(
    registry, shelf, monkeypatch
):
    """Between finding a draft and reading it, another import may take its place."""
    issue(registry, shelf, herbs(MINT), "a")
    mine = draft(registry, herbs(MINT, THYME), "b")
    real = shelf.refresh

    def replaced():
        real()
        drop_draft(registry, mine)

    monkeypatch.setattr("maksa.registry.drafts.publish._next_sequence", lambda _folder: replaced() or 2)
    with pytest.raises(WrongState, match="is not the one that was saved"):
        publish(registry, shelf, "herbs", "b")

    assert files(shelf) == ["000001.json", "000001.sqlite"]


def test_a_small_list_may_change_as_a_whole(registry, shelf):
    """What the new list lacks is retired, unasked; the guard is for lists of a thousand codes and more."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "a")
    draft(registry, herbs(BASIL), "b")

    assert publish(registry, shelf, "herbs", "b").carried == 3
