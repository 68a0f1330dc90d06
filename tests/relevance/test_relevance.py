"""Search over the real lists stays as good as it was shown to be."""

from __future__ import annotations

import pytest

from relevance import hit_at, ranks_by_kind


@pytest.fixture(scope="module")
def ranks(real_data, tmp_path_factory):
    """The rank of the first right hit of every labelled query."""
    return ranks_by_kind(real_data, tmp_path_factory.mktemp("relevance") / "home")


def test_nearly_every_query_has_a_right_answer_among_the_first_five(ranks):
    """97 of 100 queries at least, over all kinds."""
    assert hit_at([rank for some in ranks.values() for rank in some], 5) >= 0.97


def test_no_kind_of_query_is_left_behind(ranks):
    """93 of 100 at least in every kind."""
    assert {kind: hit_at(some, 5) for kind, some in ranks.items() if hit_at(some, 5) < 0.93} == {}
