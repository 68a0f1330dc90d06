"""Rules about maps: what a draft of a list leaves without a code, and rows of a map that lead nowhere or two ways."""

from dataclasses import replace

from checking import codes, herb, report
from desk import draft, issue
from herbs import HERBS, herbs, use, uses

from maksa.model.concept import Mapping
from maksa.registry.quality.check import check_draft

USE_LIST = replace(HERBS, id="uses")


def stand(registry, shelf, *rows):
    """Publish herbs 1 to 3 and a map of them."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("2", "دو"), herb("3", "سه")), "1")
    issue(registry, shelf, uses(*rows), "1")


def checked_map(registry, shelf, *rows):
    """Check a draft of the map."""
    return check_draft(registry, shelf, draft(registry, uses(*rows), "2"))


def test_a_map_is_orphaned_by_a_code_that_ends_or_is_dropped(registry, shelf):
    """Rows of maps in force and of drafts are told, with the map and the row; codes that stay are not."""
    stand(registry, shelf, use("1", "A"), use("2", "B"), use("3", "C"))
    draft(registry, uses(use("2", "D")), "2")

    told = report(registry, shelf, herb("1", "یک"), herb("2", "دو", status="retired"))

    assert codes(told, "orphan-map") == ["2", "2", "3"]
    text = " ".join(finding.text.en for finding in told.of("orphan-map"))
    assert "Code 2 ends; in the map 'herb-uses 1' it is the source of the row 2 → B." in text
    assert "in the map draft 'herb-uses 2'" in text
    assert "Code 3 is not in the new list" in text


def test_what_ended_before_orphans_nothing_now(registry, shelf):
    """The map was left alone by an earlier edition; this draft does nothing to it."""
    issue(registry, shelf, herbs(herb("1", "یک", status="retired")), "1")
    issue(registry, shelf, uses(use("1", "A")), "1")

    assert codes(report(registry, shelf, herb("1", "یک", status="retired")), "orphan-map") == []


def test_a_row_at_whose_end_no_code_stands_is_told(registry, shelf):
    """Neither the draft nor the edition before has it; targets count as sources do."""
    issue(registry, shelf, uses(use("7", "A"), Mapping("uses", "A", "herbs", "8")), "1")

    told = report(registry, shelf, herb("1", "یک"))

    assert codes(told, "orphan-map") == ["7", "8"]


def test_a_target_and_a_source_must_be_in_their_lists(registry, shelf):
    """Of lists that are held; nothing is said of others."""
    issue(registry, shelf, herbs(herb("1", "یک")), "1")
    issue(registry, shelf, herbs(herb("A", "الف", status="retired"), terminology=USE_LIST), "1")

    told = checked_map(registry, shelf, use("1", "A"), use("1", "B"), use("9", None))

    assert codes(told, "target-unusable") == ["1", "1"]
    assert codes(told, "source-unknown") == ["9"]
    assert told.errors == 0


def test_one_source_cannot_have_a_target_and_none(registry, shelf):
    """Both under the same condition contradict each other."""
    told = checked_map(
        registry, shelf, use("1", "A"), use("1", None), replace(use("2", None), condition="x"), use("2", "A")
    )

    assert codes(told, "map-contradiction") == ["1"]


def test_several_equivalent_targets_are_told_with_their_codes(registry, shelf):
    """Other relationships, conditions and lists part them."""
    told = checked_map(
        registry,
        shelf,
        use("1", "A"),
        use("1", "B"),
        use("2", "A"),
        replace(use("2", "B"), relationship="related-to"),
        use("3", "A"),
        Mapping("herbs", "3", "colours", "B"),
    )

    assert codes(told, "several-targets") == ["1"]
    assert "2 equivalent targets: A, B" in told.of("several-targets")[0].text.en
    assert told.examined == 6
