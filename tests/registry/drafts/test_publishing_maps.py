"""Publishing maps: as lists are published, by what they map."""

from dataclasses import replace

import pytest
from desk import draft, issue
from herbs import MINT, USES, herbs, use, uses

from maksa.errors import WrongState
from maksa.registry.drafts.drafts import difference_from_published
from maksa.registry.drafts.published import mappings_of


def test_maps_are_published_carried_and_refused_as_lists_are(registry, shelf):
    """Rows of sources that a new map lacks are retired; the same map again is no change."""
    issue(registry, shelf, uses(use("1", "a"), use("2", "b")), "a")

    second = issue(registry, shelf, uses(use("3", None), use("1", "c")), "b")

    assert (second.base, second.carried) == ("a", 1)
    assert second.entry.manifest.kind == "map"
    rows = list(mappings_of(shelf, second.entry))
    assert [(r.source_code, r.target_code, r.relationship) for r in rows] == [
        ("3", None, "equivalent"),
        ("1", "c", "equivalent"),
        ("2", "b", "retired"),
    ]
    assert issue(registry, shelf, uses(use("1", "c"), use("3", None)), "b").unchanged
    assert issue(registry, shelf, uses(use("1", "c")), "b", partial=True).unchanged
    for other in (uses(use("1", "x"), use("3", None)), uses(use("1", "c")), uses(use("4", "c"))):
        with pytest.raises(WrongState, match="differs"):
            issue(registry, shelf, other, "b")


def test_a_map_does_not_take_the_id_of_a_list(registry, shelf):
    """An id stands for one kind of thing."""
    issue(registry, shelf, herbs(MINT), "a")

    with pytest.raises(WrongState, match="other kind"):
        issue(registry, shelf, replace(uses(), terminology=replace(USES, id="herbs")), "b")


def test_the_difference_of_a_map_leaves_out_what_was_retired_before(registry, shelf):
    """Retired rows of the map before are no news."""
    issue(registry, shelf, uses(use("1", "a"), use("2", "b")), "a")
    issue(registry, shelf, uses(use("2", "b")), "b")

    difference = difference_from_published(registry, shelf, draft(registry, uses(use("2", "c")), "c"))

    assert difference is not None
    assert difference.changed.examples == ("2",)
    assert (difference.added.count, difference.removed.count) == (0, 0)


def test_of_a_part_of_a_map_the_rest_is_no_difference(registry, shelf):
    """Publishing the same part again is no change; another row is one."""
    issue(registry, shelf, uses(use("1", "a"), use("2", "b")), "a")
    issue(registry, shelf, uses(use("3", "c")), "b", partial=True)

    assert issue(registry, shelf, uses(use("3", "c")), "b", partial=True).unchanged
    with pytest.raises(WrongState, match="'9' differs"):
        issue(registry, shelf, uses(use("3", "c"), use("9", "d")), "b", partial=True)
