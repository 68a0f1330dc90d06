"""Withdrawing and restoring editions, and the difference from what is published."""

from dataclasses import replace

import pytest
from desk import content, draft, issue
from herbs import MINT, SAGE, THYME, herbs, use, uses

from maksa.errors import BadInput, UnknownEdition, UnknownTerminology, WrongState
from maksa.registry.drafts.drafts import difference_from_published
from maksa.registry.drafts.publish import publish, restore, withdraw


def test_a_withdrawn_edition_is_no_base_and_can_be_restored(registry, shelf):
    """Withdrawing is a roll-back: the one before is again what a new edition follows."""
    issue(registry, shelf, herbs(MINT), "a")
    issue(registry, shelf, herbs(MINT, THYME), "b")

    entry = withdraw(registry, shelf, "Herbs", "b", "چاپ نادرست")
    third = issue(registry, shelf, herbs(SAGE), "c")

    assert entry.withdrawn
    assert third.base == "a"
    assert [concept.code for concept in content(shelf, "c")] == ["1", "3"]
    with pytest.raises(WrongState, match="withdrawn already"):
        withdraw(registry, shelf, "herbs", "b", "x")
    with pytest.raises(WrongState, match="is withdrawn"):
        issue(registry, shelf, herbs(MINT, THYME), "b")
    assert not restore(registry, shelf, "herbs", "b").withdrawn
    assert publish(registry, shelf, "herbs", "b").unchanged
    with pytest.raises(WrongState, match="not withdrawn"):
        restore(registry, shelf, "herbs", "b")


def test_withdrawing_needs_a_reason_and_a_published_edition(registry, shelf):
    """What cannot be withdrawn is named, with what could be."""
    issue(registry, shelf, herbs(MINT), "a")

    for reason in ("", " ", "x" * 1001):
        with pytest.raises(BadInput, match="why"):
            withdraw(registry, shelf, "herbs", "a", reason)
    with pytest.raises(UnknownEdition, match="'b'") as refusal:
        withdraw(registry, shelf, "herbs", "b", "x")
    assert refusal.value.known == ("a",)
    with pytest.raises(UnknownTerminology, match="'colours'") as refusal:
        restore(registry, shelf, "colours", "a")
    assert refusal.value.known == ("herbs",)


def test_the_difference_from_what_is_published_names_what_publishing_would_do(registry, shelf):
    """Added, changed, and those that would be retired; what was retired before is no news."""
    issue(registry, shelf, herbs(MINT, THYME), "a")
    assert difference_from_published(registry, shelf, draft(registry, uses(use("1", "a")), "a")) is None
    issue(registry, shelf, herbs(THYME, replace(SAGE, code="5")), "b")
    taller = replace(THYME, display="آویشن بلند")

    whole = difference_from_published(registry, shelf, draft(registry, herbs(taller, SAGE), "c"))
    part = difference_from_published(registry, shelf, draft(registry, herbs(taller, SAGE), "c", partial=True))

    assert whole is not None
    assert part is not None
    assert whole.against == part.against == "b"
    assert whole.added.examples == part.added.examples == ("3",)
    assert whole.changed.examples == part.changed.examples == ("2",)
    assert whole.removed.examples == ("5",)
    assert part.removed.count == 0
