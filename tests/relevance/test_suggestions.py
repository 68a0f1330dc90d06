"""Suggestions of maps find the targets of the maps of the samples, which they do not see."""

from __future__ import annotations

import pytest
from suggestions import MAPS, sample_shelf, score

LEAST = {
    "generic-drug": (95, 98),
    "eRx": (95, 98),
    "tamin.drugInstruction": (70, 95),
    "tamin.drugAmount": (70, 95),
    "RVU3": (65, 80),
    "tamin-service": (95, 100),
}
"""By target list: the least per cent of known pairs that stand first, and among the first five."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Give a shelf with the samples."""
    return sample_shelf(tmp_path_factory.mktemp("suggestions") / "home")


@pytest.mark.parametrize(("name", "source", "target"), MAPS)
def test_the_known_target_is_among_the_first(shelf, name, source, target):
    """Not more of them are missed than the published least; every map has pairs to ask."""
    pairs, first, five = score(shelf, name, source, target)
    least_first, least_five = LEAST[target]

    assert pairs >= 10
    assert 100 * first >= least_first * pairs
    assert 100 * five >= least_five * pairs
