"""The gate: errors block publishing, and a reason opens it and is kept."""

import pytest
from checking import herb
from desk import draft, issue
from herbs import herbs

from maksa.errors import BadParameter, WrongState
from maksa.registry.drafts.drafts import read_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.journal import list_journal
from maksa.registry.quality.gate import LONGEST_REASON

BAD = herb("2", "دو", status="retired", replaced_by="9")


def acts(registry):
    """Name the acts of the journal, newest first."""
    return [entry.act for entry in list_journal(registry)]


def test_a_draft_with_an_error_is_not_published_and_stays(registry, shelf):
    """Nothing stands on the shelf, and the draft can be mended."""
    draft(registry, herbs(BAD), "1")

    with pytest.raises(WrongState, match="The replacement of code 2, 9"):
        publish(registry, shelf, "herbs", "1")

    assert not list(shelf.ids())
    assert read_draft(registry, "herbs", "1").count == 1
    assert "publish-despite" not in acts(registry)


def test_a_reason_lets_it_pass_and_is_in_the_journal_before_the_edition(registry, shelf):
    """With how many errors, of which rules, and why; a kill after it leaves a reason without an edition, never the reverse."""
    draft(registry, herbs(BAD), "1")

    publish(registry, shelf, "herbs", "1", despite=" ابلاغ فوری ")

    assert acts(registry)[:2] == ["publish", "publish-despite"]
    (entry,) = [one for one in list_journal(registry) if one.act == "publish-despite"]
    assert entry.details["reason"] == "ابلاغ فوری"
    assert (entry.details["errors"], entry.details["rules"]) == (1, ["dangling-replacement"])


@pytest.mark.parametrize("reason", ["", "  ", "x" * (LONGEST_REASON + 1)])
def test_what_is_no_reason_opens_nothing(registry, shelf, reason):
    """Empty or endless."""
    draft(registry, herbs(BAD), "1")

    with pytest.raises(BadParameter, match="reason"):
        publish(registry, shelf, "herbs", "1", despite=reason)

    assert not list(shelf.ids())


def test_a_reason_that_was_not_needed_is_not_kept(registry, shelf):
    """A draft without errors is published as any other."""
    draft(registry, herbs(herb("1", "یک")), "1")

    publish(registry, shelf, "herbs", "1", despite="به هر حال")

    assert "publish-despite" not in acts(registry)


def test_warnings_block_nothing(registry, shelf):
    """A code that ends without a word is told by the check, and published."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("2", "دو")), "1")

    assert not issue(registry, shelf, herbs(herb("1", "یک")), "2").unchanged
